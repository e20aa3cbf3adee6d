// Who else has the story open, and whether somebody saved a newer version. Says nothing while one is alone.

import { el, reach } from "desk/dialogs"
import { facts, form, isBusy, others, versionHere } from "desk/saving"

const EVERY = 15_000

const name = (words) => el("bdi", { textContent: words })
const sentence = (...parts) => el("span", {}, parts)

const parcel = (fields = {}) => {
  const data = new FormData()
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  for (const [field, value] of Object.entries(fields)) data.set(field, value)
  return data
}

const draw = (said) => {
  const here = said.others.map((one) => sentence(name(one.name), ` is editing since ${one.since}. `))
  const newer = said.version > versionHere()
  const by = said.by_you ? "You saved a newer version in another window at " : " saved a newer version at "
  const news = newer ? [sentence(...(said.by_you ? [] : [name(said.saved_by)]), `${by}${said.saved_at}. `)] : []
  const words = [...here, ...news]
  // Read aloud only when it changes.
  if (others.textContent !== words.map((one) => one.textContent).join("")) others.replaceChildren(...words)
}

const beat = async () => {
  if (!facts.presence || isBusy()) return
  const before = versionHere()
  try {
    const response = await reach(facts.presence, { method: "POST", body: parcel() }, async () => false)
    // A save that came between has its own answer.
    if (response.ok && before === versionHere() && !isBusy()) draw(await response.json())
  } catch {
    // Without the server nobody knows who is there; a save says so.
  }
}

const start = () => {
  beat()
  setInterval(beat, EVERY)
  // A story that was never saved has nobody else in it until now; the save itself must be over first.
  document.addEventListener("desk:saved", () => setTimeout(beat))
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && beat())
  window.addEventListener("pageshow", (event) => event.persisted && beat())
  window.addEventListener("pagehide", () => facts.presence && navigator.sendBeacon(facts.presence, parcel({ leaving: "1" })))
}

if (form && facts) start()
