// The front's screen: places change by dragging or by buttons, stories are chosen by their words. Without this script
// the form stands as it is, with numbers to type.

import { dialog, el, finder } from "desk/dialogs"

const form = document.getElementById("front-form")
const list = form.querySelector(".front-places")
const said = document.getElementById("front-said")
const places = () => [...list.children]
const named = (place) => place.querySelector("[data-headline]")?.textContent.trim() || "The empty place"

const unsaved = () => (document.getElementById("front-unsaved").hidden = false)

/** Each line says the number at which it stands now, to readers of the screen and to the form. */
const renumber = () => {
  places().forEach((place, index) => {
    const number = index + 1
    place.querySelector(".front-number").textContent = number
    place.classList.toggle("moved", place.dataset.place !== String(number))
    place.querySelectorAll('[name$="-place"]').forEach((input) => (input.value = number))
    place.querySelectorAll("[data-step]").forEach((button) => {
      button.disabled = (button.dataset.step < 0 ? index : places().length - number) === 0
      button.setAttribute("aria-label", `${button.dataset.word} ${named(place)}, place ${number}`)
    })
    place.querySelectorAll(".front-choose").forEach((button) => button.setAttribute("aria-label", `${button.textContent} for place ${number}`))
  })
}

const announce = (place) => (said.textContent = `${named(place)} is in place ${places().indexOf(place) + 1} of ${places().length}.`)

const moved = (place) => {
  renumber()
  unsaved()
  announce(place)
}

/** The neighbour goes round the place, which stays: an element that is taken out loses focus and pointer. */
const step = (place, by) => {
  if (by < 0) place.after(place.previousElementSibling)
  else place.before(place.nextElementSibling)
}

const mover = (place, by, word, sign) => {
  const button = el("button", { type: "button", textContent: sign, title: word.slice(0, -1) })
  button.dataset.step = by
  button.dataset.word = word
  button.addEventListener("click", () => {
    step(place, by)
    moved(place)
    if (button.disabled) place.querySelector("[data-step]:not(:disabled)").focus()
  })
  return button
}

const middle = (element) => {
  const box = element.getBoundingClientRect()
  return box.top + box.height / 2
}

const handle = (place) => {
  const grip = el("button", { type: "button", className: "front-handle", textContent: "⠿", title: "Drag", tabIndex: -1 })
  grip.setAttribute("aria-hidden", "true")
  let before = null
  const end = (keep) => {
    if (!before) return
    place.classList.remove("held")
    if (!keep) list.append(...before)
    const changed = places().some((one, index) => one !== before[index])
    before = null
    if (changed) moved(place)
  }
  grip.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return
    event.preventDefault()
    grip.setPointerCapture(event.pointerId)
    before = places()
    place.classList.add("held")
  })
  grip.addEventListener("pointermove", (event) => {
    if (!before) return
    while (place.previousElementSibling && event.clientY < middle(place.previousElementSibling)) step(place, -1)
    while (place.nextElementSibling && event.clientY > middle(place.nextElementSibling)) step(place, 1)
  })
  grip.addEventListener("pointerup", () => end(true))
  grip.addEventListener("pointercancel", () => end(false))
  document.addEventListener("keydown", (event) => event.key === "Escape" && end(false))
  return grip
}

const chooseStory = () =>
  dialog("Choose a story", (done) =>
    finder(
      "Words of its headline, its number or its address",
      "stories/",
      (story) =>
        el("button", { type: "button", className: "desk-choice post", onclick: () => done(story) }, [
          el("strong", { textContent: story.headline }),
          el("small", { textContent: `${story.column} · ${story.when}` }),
        ]),
      "No story found that readers see, now or later.",
    ),
  )

const put = (row, story) => {
  row.querySelector('[name$="-story"]').value = story.id
  row.querySelector("[data-headline]").textContent = story.headline
  row.querySelector("[data-about]").textContent = `${story.column} · ${story.when}`
  row.querySelector('[name$="-gone"]').checked = false
  row.querySelector(".front-note")?.remove()
  row.querySelector(".front-which + .errorlist")?.remove()
  row.querySelector(".front-choose").textContent = "Another story"
  unsaved()
  renumber()
}

/** The field for a number becomes a button that finds the story. */
const chooser = (row) => {
  const empty = !row.querySelector('[name$="-story"]').value
  const button = el("button", { type: "button", className: "front-choose", textContent: empty ? "Choose a story" : "Another story" })
  button.addEventListener("click", async () => {
    const story = await chooseStory()
    if (story) put(row, story)
    button.focus()
  })
  row.querySelector(".front-which").append(button)
  row.querySelector(".front-which input").tabIndex = -1
}

/** A row for a plan: first the story, then its hours. */
const plan = async () => {
  const story = await chooseStory()
  if (!story) return
  const total = form.querySelector('[name$="-TOTAL_FORMS"]')
  const copy = document.getElementById("front-row").innerHTML.replaceAll("__prefix__", total.value)
  document.getElementById("front-plans").insertAdjacentHTML("beforeend", copy)
  total.value = Number(total.value) + 1
  const row = document.getElementById("front-plans").lastElementChild
  chooser(row)
  put(row, story)
  row.querySelector('[name$="-place"]').focus()
}

const leaveGuard = () => {
  let sent = false
  form.addEventListener("input", (event) => event.target.name !== "preview_at" && unsaved())
  form.addEventListener("submit", (event) => (sent = !event.submitter?.hasAttribute("formtarget")))
  window.addEventListener("beforeunload", (event) => {
    if (!document.getElementById("front-unsaved").hidden && !sent) event.preventDefault()
  })
}

form.querySelectorAll("#front-plans [data-row]").forEach((row) => {
  const untouched = !row.querySelector(".errorlist") && [...row.querySelectorAll("input")].every((input) => !input.value || input.type === "checkbox")
  if (untouched) row.remove()
})
form.querySelectorAll("[data-row]").forEach(chooser)
for (const place of places()) {
  place.querySelector(".front-moves").append(mover(place, -1, "Move up:", "↑"), mover(place, 1, "Move down:", "↓"), handle(place))
}
form.querySelector(".front-later").append(el("button", { type: "button", id: "front-plan", textContent: "Plan a story", onclick: plan }))
form.classList.add("front-alive")
renumber()
leaveGuard()
// Refused or overtaken, it is still not saved.
if (form.querySelector(".front-told")) unsaved()
