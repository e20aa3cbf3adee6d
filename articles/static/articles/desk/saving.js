// Saves without leaving the page, so that a save that fails loses nothing. Without this script the form is sent as it
// stands, and the server says the same on a page.

import { dialog, el, reach } from "desk/dialogs"

export const form = document.getElementById("article_form")
export const facts = document.getElementById("desk-facts")?.dataset

// The page's own bookkeeping: no text of the story.
const NOT_TEXT = new Set(["csrfmiddlewaretoken", "version", "page", "writer", "confirm_removal"])
const APART = ".desk-bar, [data-desk-part], [data-desk-checks]"

/** The story's fields as they stand in the page, [[name, value]]. What the publishing bar asks is not of the story. */
export const typed = () => {
  const apart = new Set([...form.elements].filter((control) => control.closest(APART)).map((control) => control.name))
  return [...new FormData(form)].filter(([name]) => !NOT_TEXT.has(name) && !apart.has(name))
}
export const key = (entries = typed()) => JSON.stringify(entries)

let saved = ""
let busy = false
let leaving = false
let before = async () => {}
/** Whether something stands here that is not saved. */
export const isUnsaved = () => key() !== saved
export const isBusy = () => busy
/** What must be over before a save is sent: an autosave that arrived after it would offer what is saved. */
export const waitFor = (settled) => (before = settled)
export const versionHere = () => Number(form.elements.version.value)

const state = el("span", { className: "desk-state", role: "status" })
export const others = el("span", { className: "desk-others", role: "status" })
const line = el("span", { className: "desk-line" }, [state, " ", others])
/** The line in the bar: what is saved, and who else is here. The bar is drawn anew with each save. */
const intoBar = () => form.querySelector(".desk-standing")?.append(line)
export const say = (words) => {
  if (state.textContent !== words) state.textContent = words
}

const trouble = el("div", { className: "desk-unsent", role: "alert", hidden: true })
/** What went wrong, where it cannot be overlooked, however far down somebody writes. "" takes it away. */
const complain = (words) => {
  trouble.hidden = !words
  const close = el("button", { type: "button", textContent: "Close", onclick: () => complain("") })
  trouble.replaceChildren(...(words ? [el("p", { textContent: words }), close] : []))
  if (words) say("Not saved.")
}

const rowOf = (name) => form.querySelector(`.field-${CSS.escape(name)}`) || form.elements[name]?.closest?.(".form-row")

const clearErrors = () => {
  form.querySelectorAll(".errorlist, .errornote").forEach((one) => one.remove())
  form.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"))
}

const box = (name, words) => el("li", {}, [el("label", {}, [el("input", { type: "checkbox", name }), ` ${words}`])])

/** Each sentence at its field, as the server would have drawn it; the first field gets the caret. */
const showErrors = ({ errors, asks = {} }) => {
  const boxes = Object.entries(asks).map(([name, words]) => box(name, words))
  const lost = []
  for (const [name, sentences] of Object.entries(errors)) {
    const row = rowOf(name)
    if (!row) {
      lost.push(...sentences)
      continue
    }
    const list = el("ul", { className: "errorlist", id: `id_${name}_error` }, sentences.map((textContent) => el("li", { textContent })))
    if (name === "body") list.append(...boxes)
    row.prepend(list)
    const control = form.elements[name]
    control?.setAttribute?.("aria-invalid", "true")
    control?.setAttribute?.("aria-describedby", list.id)
  }
  complain(["Nothing is saved yet.", ...lost].join(" "))
  const first = form.querySelector(".errorlist")
  first?.scrollIntoView({ block: "center" })
  first?.parentElement.querySelector("input:not([type=hidden]), textarea, [contenteditable=true]")?.focus()
}

const showConflict = (html) => {
  complain("Not saved: somebody else saved a newer version. Your text is still here.")
  dialog(
    "Two versions",
    () => {
      const both = el("div")
      both.innerHTML = html // drawn and escaped by our own template
      both.querySelector("form").addEventListener("submit", () => (leaving = true))
      both.querySelectorAll("a:not([target])").forEach((link) => link.addEventListener("click", () => (leaving = true)))
      return [both]
    },
    { wide: true },
  )
}

const showMessages = (messages) => {
  document.querySelector(".messagelist")?.remove()
  document.querySelector(".desk-messages")?.remove()
  if (!messages.length) return
  const list = el("ul", { className: "messagelist" })
  for (const { level, html } of messages) {
    const item = el("li", { className: level })
    item.innerHTML = html // escaped by the server, but for its own links
    list.append(item)
  }
  // A list keeps its own role: what is read out at once is the box around it.
  document.getElementById("content").before(el("div", { className: "desk-messages", role: "status" }, [list]))
  list.scrollIntoView({ block: "nearest" })
}

/** The page around the text: a new story has a name by now, and what can be done with one that is kept. */
const redraw = ({ parts, title, name }) => {
  const focused = document.activeElement?.closest(".desk-bar") ? document.activeElement.name : ""
  for (const [part, html] of Object.entries(parts)) {
    const place = document.querySelector(`[data-desk-part=${part}]`)
    if (place) place.innerHTML = html
  }
  document.title = `${title} | ${document.title.split(" | ").at(-1)}`
  document.querySelector("#content h1").textContent = title.split(" | ").at(-1)
  const crumb = document.querySelector(".breadcrumbs")?.lastChild
  if (crumb) crumb.textContent = ` › ${name}`
  intoBar()
  if (focused) (form.querySelector(`.desk-bar [name="${focused}"]`) || form.querySelector(".desk-bar button"))?.focus()
}

/** A deed that was refused is asked again with what was typed; of an hour that comes twice, which of the two. */
const askAgain = (summary, said, refused) => {
  const box = [...form.querySelectorAll(".desk-verbs details")].find((one) => one.querySelector("summary").textContent === summary)
  if (!box) return
  box.open = true
  for (const [name, value] of said) {
    const control = box.querySelector(`[name="${name}"]:not([type=radio])`)
    if (control) control.value = value
  }
  box.querySelector(`[data-desk-which="${refused}"]`)?.removeAttribute("hidden")
}

const isSaved = (answer, sent) => {
  const open = form.querySelector(".desk-verbs details[open]")
  const asked = open && [open.querySelector("summary").textContent, [...new FormData(form)]]

  form.elements.version.value = answer.version
  const slug = form.elements.slug
  if (slug && slug.value === sent.find(([name]) => name === "slug")?.[1]) slug.value = answer.slug
  saved = key(sent.map(([name, value]) => [name, name === "slug" ? answer.slug : value]))
  if (location.pathname !== answer.address || location.search) history.replaceState(null, "", answer.address)
  facts.recovery = answer.address.replace(/change\/$/, "recovery/")
  facts.presence = answer.address.replace(/change\/$/, "presence/")
  clearErrors()
  complain("")
  redraw(answer)
  if (answer.refused && asked) askAgain(...asked, answer.refused)
  showMessages(answer.messages)
  say(`Saved ${answer.saved_at}.`)
  document.dispatchEvent(new CustomEvent("desk:saved", { detail: answer }))
}

const SORRY = "Your text is still here: try again in a moment."
const sentenceFor = (status, said) => {
  if (said?.error) return said.error
  if (said?.login) return "Not saved: your login has run out. Save again to log in."
  if (status === 403) return "You may not do this. Your text is still here."
  if (status === 413 || status === 400) return "The server refused this: it is larger than one story may be. Your text is still here; make two stories of it."
  return `The server answered ${status}, and nothing is saved. ${SORRY}`
}

const take = async (response, sent) => {
  const isJson = (response.headers.get("content-type") || "").includes("json")
  const answer = isJson ? await response.json() : null
  if (response.ok && answer?.ok) return isSaved(answer, sent)
  clearErrors()
  if (answer?.messages?.length) showMessages(answer.messages) // an undo is done before anything is saved
  if (answer?.errors) return showErrors(answer)
  if (answer?.conflict) return showConflict(answer.conflict)
  complain(sentenceFor(response.status, answer))
}

/** Sends the form as the button would; whatever comes of it, the page stays. */
export const save = async (button) => {
  if (busy) return
  busy = true
  form.setAttribute("aria-busy", "true")
  say("Saving…")
  try {
    await before()
    const body = new FormData(form)
    if (button?.name) body.append(button.name, button.value)
    const sent = typed()
    await take(await reach(location.pathname, { method: "POST", body }), sent)
  } catch {
    complain(`The server cannot be reached, and nothing is saved. ${SORRY}`)
  } finally {
    busy = false
    form.removeAttribute("aria-busy")
  }
}

/** Publish; for a story that readers see the question of Update, and pressed again its answer. */
const goOn = (bar) => {
  const publish = bar.querySelector("[name=_reschedule].desk-primary") || bar.querySelector("[name=_publish]")
  const update = bar.querySelector("details:has([name=_update])")
  if (publish) return () => publish.click()
  if (update?.open) return () => update.querySelector("[name=_update]").click()
  if (update) return () => ((update.open = true), update.querySelector(":checked")?.focus())
  return null
}

/** Ctrl+S saves, Ctrl+Enter publishes; on a Mac with Cmd. Before the editor sees them. */
const keys = (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || document.querySelector("dialog[open]")) return
  const bar = form.querySelector(".desk-bar")
  const deed = { s: () => bar.querySelector("[name=_continue]").click(), Enter: goOn(bar) }[event.key === "S" ? "s" : event.key]
  if (!deed) return
  event.preventDefault()
  event.stopPropagation()
  deed()
}

const start = () => {
  saved = facts.unsaved ? "" : key()
  document.body.append(trouble)
  intoBar()
  if (facts.savedAt && !facts.unsaved) say(`Saved ${facts.savedAt}.`)
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.hasAttribute("formaction") || event.submitter?.hasAttribute("formtarget")) return
    event.preventDefault()
    save(event.submitter)
  })
  document.addEventListener("keydown", keys, { capture: true })
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && isUnsaved()) event.preventDefault()
  })
}

if (form && facts) start()
