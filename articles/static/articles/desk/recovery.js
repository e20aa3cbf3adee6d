// Keeps what is typed, a moment after it is typed, apart from the story: after a crash it is offered again.

import { reach } from "desk/dialogs"
import { facts, form, isBusy, isUnsaved, key, say, typed, waitFor } from "desk/saving"

// Looked at every second, kept when the writer pauses or three seconds after the first letter: four seconds at most.
const TICK = 1000
const PAUSE = 2000
const LONGEST = 3000

let kept = "" // what the server has of this page
let isKept = false
let seen = ""
let seenAt = 0
let since = 0
let sending = null
let mayAsk = true // for the password: once, until somebody saves

const parcel = () => {
  const data = new FormData()
  for (const name of ["page", "version", "writer", "csrfmiddlewaretoken"]) data.set(name, form.elements[name].value)
  for (const [name, value] of typed()) data.append(name, value)
  return data
}

const keep = async () => {
  const now = key()
  since = 0
  try {
    const response = await reach(facts.recovery, { method: "POST", body: parcel() }, mayAsk ? undefined : async () => false)
    const answer = await response.json().catch(() => ({}))
    if (answer.login) mayAsk = false
    if (!response.ok) throw new Error(answer.error || (answer.login ? "your login has run out. Save to log in." : `the server answered ${response.status}.`))
    kept = now
    isKept = true
    if (isUnsaved()) say(`Not saved yet, kept ${answer.at}.`)
  } catch (error) {
    say(`Not saved, and not kept: ${error instanceof TypeError ? "the server cannot be reached." : error.message}`)
  }
}

const discard = async (page, address = facts.discard) => {
  const data = new FormData()
  data.set("page", page)
  return reach(address, { method: "POST", body: data })
}

/** What is as it is saved needs no recovery. */
const forget = async () => {
  kept = key()
  isKept = false
  say("")
  await discard(form.elements.page.value).catch(() => {})
}

const run = (deed) => (sending = deed().finally(() => (sending = null)))

const look = () => {
  const now = key()
  const at = performance.now()
  if (now !== seen) {
    seen = now
    seenAt = at
  }
  if (now === kept || sending || isBusy()) return
  if (!isUnsaved()) {
    if (isKept) run(forget)
    return
  }
  since ||= at
  if (at - seenAt >= PAUSE || at - since >= LONGEST) run(keep)
  else if (!isKept) say("Not saved yet.")
}

/** The page goes, perhaps for good: what is not kept is sent without waiting for an answer. */
const flush = () => {
  if (key() === kept || !isUnsaved() || isBusy()) return
  const data = parcel()
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]
  if (token) data.set("csrfmiddlewaretoken", token)
  // A beacon carries 64 KB; a longer text goes like any other request, and has a second or two.
  if (!navigator.sendBeacon(facts.recovery, data)) fetch(facts.recovery, { method: "POST", body: data, credentials: "same-origin" }).catch(() => {})
}

const offer = (asked) =>
  asked.addEventListener("submit", async (event) => {
    event.preventDefault()
    const response = await discard(asked.elements.page.value, asked.action).catch(() => null)
    if (response?.ok) asked.closest(".desk-offer").remove()
    else say("Not discarded: the server cannot be reached.")
  })

const start = () => {
  seen = key()
  kept = seen
  isKept = isUnsaved()
  setInterval(look, TICK)
  waitFor(() => Promise.race([sending, new Promise((resolve) => setTimeout(resolve, 2000))]))
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush())
  window.addEventListener("pagehide", flush)
  document.addEventListener("desk:saved", () => {
    kept = isUnsaved() ? "" : key()
    isKept = false
    mayAsk = true
    document.querySelector("[data-desk-restored]")?.remove()
  })
  document.querySelectorAll("[data-desk-discard]").forEach(offer)
}

if (form && facts) start()
