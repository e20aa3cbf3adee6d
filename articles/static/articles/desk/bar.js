// The publishing bar and the checks in the margin. Without this script every button sends the form, and the checks are
// those of the saved copy.

import { el } from "desk/dialogs"

const form = document.getElementById("article_form")
const bar = () => form.querySelector("[data-desk-bar]")
const body = () => document.querySelector("[data-desk-body]")
const say = (words) => (bar().querySelector("[data-desk-said]").textContent = words)

/** A control that must hold something before a button sends the form; the form itself is `novalidate`. */
const holds = (id) => {
  const control = document.getElementById(id)
  control.required = true
  const fine = control.reportValidity()
  control.required = false
  return fine
}

const NEED_A_SENTENCE = ["clarification", "correction", "retraction"]
const needed = (button) => {
  if (button.dataset.deskNeeds) return button.dataset.deskNeeds.split(" ")
  const kind = button.name === "_update" && bar().querySelector("[name=update_kind]:checked")
  return kind && NEED_A_SENTENCE.includes(kind.value) ? ["correction_note"] : []
}

// Before anybody else hears of the click: what is not complete is not sent by whatever road.
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.("button[type=submit]")
    if (!button || button.form !== form || needed(button).every(holds)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  },
  { capture: true },
)

document.addEventListener("keydown", (event) => {
  const panel = event.key === "Escape" && event.target.closest?.(".desk-verbs details[open]")
  if (!panel) return
  panel.open = false
  panel.querySelector("summary").focus()
})

/** The seconds in which a publication can be taken back: counted on the button, and said once. */
const countDown = () => {
  const button = bar()?.querySelector("[data-desk-undo]")
  if (!button || button.dataset.deskCounts) return
  button.dataset.deskCounts = "1"
  const end = performance.now() + Number(button.dataset.deskUndo) * 1000
  const shown = button.querySelector("[data-desk-seconds]")
  const left = () => Math.ceil((end - performance.now()) / 1000)
  setTimeout(() => say(`${button.firstChild.textContent.trim()} is possible for ${left()} seconds.`), 400)
  const tick = () => {
    if (!button.isConnected) return
    if (left() > 0) {
      shown.textContent = ` (${left()})`
      return setTimeout(tick, 250)
    }
    const focused = document.activeElement === button
    button.remove()
    say("The edition can no longer be taken back.")
    if (focused) bar().querySelector("button").focus()
  }
  tick()
}

/** Where the numbered block of the body stands in the editor; the server does not count what is empty. */
const placeOf = (editor, number) => {
  let place = 0
  let seen = -1
  editor.state.doc.forEach((node, offset) => {
    if (seen < number && (node.isLeaf || node.textContent.trim()) && ++seen === number) place = offset
  })
  return place
}

const showBlock = (editor, number) => {
  const place = placeOf(editor, number)
  const node = editor.state.doc.nodeAt(place)
  if (node?.isLeaf) editor.chain().setNodeSelection(place).focus(null, { scrollIntoView: false }).run()
  else editor.chain().focus(place + (node?.nodeSize ?? 1) - 1, { scrollIntoView: false }).run()
  const shown = editor.view.nodeDOM(place)
  if (shown?.scrollIntoView) shown.scrollIntoView({ block: "center" })
}

const showField = (name) => {
  const control = document.getElementById(`id_${name}`)
  if (!control) return
  for (let box = control.closest("details"); box; box = box.parentElement.closest("details")) box.open = true
  const inPlace = control.hidden ? control.closest(".form-row, fieldset").querySelector("button, input:not([hidden])") : control
  inPlace.scrollIntoView({ block: "center" })
  inPlace.focus({ preventScroll: true })
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-desk-field]")
  if (!link) return
  event.preventDefault()
  const editor = body()?.deskEditor
  if (link.dataset.deskField === "body" && editor) showBlock(editor, Number(link.dataset.deskBlock ?? 0))
  else showField(link.dataset.deskField)
})

/** The checks, asked anew for what stands in the form; what somebody types there as a reason stays. */
const PAUSE = 1200
const LONGEST = 2500 // whoever never pauses is told all the same
let asked = 0
let timer = 0
let since = 0
const look = async () => {
  const section = document.querySelector("[data-desk-checks]")
  if (!section) return
  const mine = ++asked
  since = 0
  const headers = { Accept: "application/json" }
  const answer = await fetch(section.dataset.deskChecks, { method: "POST", body: new FormData(form), headers }).catch(() => null)
  if (mine !== asked || !answer?.ok || answer.redirected) return
  draw(section, await answer.json())
}

const draw = (section, found) => {
  const list = section.querySelector("[data-desk-findings]")
  const reason = list.querySelector("#override_reason")
  const focused = reason === document.activeElement
  const fresh = el("div")
  fresh.innerHTML = found.html
  if (fresh.textContent.replace(/\s+/g, " ") !== list.textContent.replace(/\s+/g, " ")) {
    list.replaceChildren(...fresh.childNodes)
    const again = list.querySelector("#override_reason")
    if (reason && again) again.value = reason.value
    if (focused) again?.focus()
  }
  const count = bar()?.querySelector("[data-desk-count]")
  if (!count) return
  count.textContent = `${found.count} to look at`
  count.hidden = !found.count
}

const soon = () => {
  since ||= performance.now()
  clearTimeout(timer)
  timer = setTimeout(look, Math.max(0, Math.min(PAUSE, since + LONGEST - performance.now())))
  // No all-clear for words that nobody has looked at.
  const clear = document.querySelector("[data-desk-findings] .desk-quiet")
  if (clear) clear.textContent = "Looking…"
}

const APART = ["override_reason", "correction_note", "correction_passage", "step_note"]
form?.addEventListener("input", (event) => !APART.includes(event.target.id) && soon())
document.addEventListener("desk:saved", () => {
  countDown()
  look()
})
if (form && bar()) countDown()
