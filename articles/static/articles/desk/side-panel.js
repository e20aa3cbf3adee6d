// Beside the text: names in order (tags, bylines), the lead photo, and fields that grow. Works without the editor.

import { ask, el } from "desk/dialogs"
import { choosePhoto, picture } from "desk/photos"

const lines = (textarea) => textarea.value.split("\n").map((line) => line.trim()).filter(Boolean)

/** A textarea of names becomes one box: chips in order, and an input with suggestions. */
const namesBox = (textarea) => {
  const kind = textarea.dataset.deskNames
  const list = el("ol", { className: "desk-names" })
  const options = el("datalist", { id: `${textarea.id}_options` })
  const input = el("input", { id: `${textarea.id}_box`, autocomplete: "off" })
  input.setAttribute("list", options.id)
  let names = lines(textarea)
  const labels = [...document.querySelectorAll(`label[for="${textarea.id}"]`)]
  labels.forEach((label) => (label.htmlFor = input.id))

  const set = (changed) => {
    names = changed
    textarea.value = names.join("\n")
    draw()
  }
  const moved = (name, step) => {
    const at = names.indexOf(name)
    const to = at + step
    if (to < 0 || to >= names.length) return names
    const copy = names.filter((one) => one !== name)
    copy.splice(to, 0, name)
    return copy
  }
  const chip = (name) => {
    const words = el("span", { textContent: name })
    const remove = el("button", { type: "button", textContent: "×", onclick: () => { set(names.filter((one) => one !== name)); input.focus() } })
    remove.setAttribute("aria-label", `Remove ${name}. Arrow keys move it.`)
    remove.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (!step) return
      event.preventDefault()
      set(moved(name, step))
      list.querySelectorAll("button")[names.indexOf(name)]?.focus()
    })
    const item = el("li", { draggable: true }, [words, remove])
    item.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/plain", name))
    item.addEventListener("dragover", (event) => event.preventDefault())
    item.addEventListener("drop", (event) => {
      event.preventDefault()
      const dragged = event.dataTransfer.getData("text/plain")
      if (names.includes(dragged)) set(moved(dragged, names.indexOf(name) - names.indexOf(dragged)))
    })
    return item
  }
  const draw = () => list.replaceChildren(...names.map(chip))
  const known = () => [...options.children].map((option) => option.value)
  // "Washington, D.C." is one name when it is known; otherwise a comma parts names, as everybody types.
  const typed = (words) => (known().includes(words) ? [words] : words.split(",").map((one) => one.trim()).filter(Boolean))
  const take = () => {
    const fresh = typed(input.value.trim()).filter((name) => !names.some((one) => one.toLowerCase() === name.toLowerCase()))
    if (input.value.trim()) set([...names, ...fresh])
    input.value = ""
  }
  let asked = 0
  input.addEventListener("input", async (event) => {
    if (event.inputType === "insertReplacementText" || (!event.inputType && known().includes(input.value))) return take()
    const mine = ++asked
    const found = await ask(`${kind}/`, { q: input.value }).catch(() => null)
    if (found && mine === asked) options.replaceChildren(...found.results.map((value) => el("option", { value })))
  })
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault()
      take()
    } else if (event.key === "Backspace" && !input.value && names.length) {
      set(names.slice(0, -1))
    }
  })
  // What was typed and not entered still counts when the article is saved.
  input.addEventListener("blur", take)
  textarea.form.addEventListener("submit", take, { capture: true })
  textarea.hidden = true
  textarea.before(el("div", { className: "desk-namesbox" }, [list, input, options]))
  draw()
}

const leadPhoto = (input) => {
  const shown = el("div", { className: "desk-lead" })
  const row = input.closest("fieldset")
  const about = [...row.querySelectorAll(".form-row")].filter((one) => !one.contains(input))
  const choose = el("button", { type: "button" })
  const remove = el("button", { type: "button", textContent: "Remove" })
  const show = (photo) => {
    shown.replaceChildren(...(photo ? [picture(photo), el("p", { className: "desk-credit", textContent: photo.credit || "Nobody credited yet" })] : []))
    choose.textContent = photo ? "Choose another" : "Choose a photo"
    remove.hidden = !photo
    about.forEach((one) => (one.hidden = !photo))
  }
  choose.addEventListener("click", async () => {
    const photo = await choosePhoto()
    if (!photo) return
    input.value = photo.id
    const caption = document.getElementById("id_lead_caption")
    if (caption && !caption.value) caption.value = photo.caption
    show(photo)
  })
  remove.addEventListener("click", () => {
    input.value = ""
    show(null)
  })
  input.hidden = true
  input.before(shown, el("p", { className: "desk-leadbuttons" }, [choose, remove]))
  show(null)
  if (input.value) {
    remove.hidden = false
    about.forEach((one) => (one.hidden = false))
    ask(`photo/${encodeURIComponent(input.value)}/`).then(show, (error) => (shown.textContent = error.message))
  }
}

/** The headline and the dek wrap like the page they become, and have no line ends. */
const oneLine = (textarea) =>
  textarea.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return
    event.preventDefault()
    document.getElementById("id_dek")?.focus()
  })

/** For browsers without `field-sizing`. */
const grow = (textarea) => {
  if (CSS.supports("field-sizing", "content")) return
  const fit = () => {
    textarea.style.height = "auto"
    textarea.style.height = `${textarea.scrollHeight}px`
  }
  textarea.addEventListener("input", fit)
  fit()
}

/** A button that needs words asks for them before anything is sent. The form itself is `novalidate`. */
const needs = (button) => {
  const control = document.getElementById(button.dataset.deskNeeds)
  button.addEventListener("click", (event) => {
    control.required = true
    if (!control.reportValidity()) event.preventDefault()
    control.required = false
  })
}

const leaveGuard = (form) => {
  let changed = false
  let sent = false
  form.addEventListener("input", () => (changed = true))
  form.addEventListener("submit", () => (sent = true))
  window.addEventListener("beforeunload", (event) => {
    if (changed && !sent) event.preventDefault()
  })
}

document.querySelectorAll("[data-desk-names]").forEach(namesBox)
document.querySelectorAll("[data-desk-lead]").forEach(leadPhoto)
document.querySelectorAll("[data-desk-one-line]").forEach(oneLine)
document.querySelectorAll("[data-desk-one-line], [data-desk-grow]").forEach(grow)
document.querySelectorAll("[data-desk-needs]").forEach(needs)
const form = document.getElementById("article_form")
if (form) leaveGuard(form)
