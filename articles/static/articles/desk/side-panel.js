// Beside the text: names in order (tags, bylines), the lead photo, fields that grow. Works without the editor.

import { ask, el } from "desk/dialogs"
import { beforeSave, hold } from "desk/held"
import { choosePhoto, missingWords, picture, picturesIn, progressLine, uploadPhoto } from "desk/photos"

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
  const said = el("p", { className: "desk-hint", role: "status" })
  const choose = el("button", { type: "button" })
  const remove = el("button", { type: "button", textContent: "Remove" })
  let pending = () => null
  beforeSave(() => pending())
  const show = (photo) => {
    const form = photo ? missingWords(photo) : null
    pending = form ? form.pending : () => null
    shown.replaceChildren(...(photo ? [picture(photo), el("p", { className: "desk-credit", textContent: photo.credit }), form.box] : []))
    choose.textContent = photo ? "Swap photo" : "Choose a photo"
    remove.hidden = !photo
    about.forEach((one) => (one.hidden = !photo))
  }
  const use = (photo) => {
    const swapped = input.value && input.value !== photo.id
    const [caption, alt] = ["id_lead_caption", "id_lead_alt"].map((id) => document.getElementById(id))
    input.value = photo.id
    if (!caption.value) caption.value = photo.caption
    else if (swapped) said.textContent = "Swapped. The caption is kept: does it still fit?"
    if (swapped && alt.value) {
      alt.value = ""
      said.textContent += " The alt text of the other picture is taken out."
    }
    input.dispatchEvent(new Event("input", { bubbles: true }))
    show(photo)
  }
  choose.addEventListener("click", async () => {
    const photo = await choosePhoto()
    if (photo) use(photo)
    choose.focus()
  })
  remove.addEventListener("click", () => {
    input.value = ""
    said.textContent = ""
    input.dispatchEvent(new Event("input", { bubbles: true }))
    show(null)
    choose.focus()
  })
  document.addEventListener("desk:photo", ({ detail }) => {
    const typing = shown.contains(document.activeElement) && !(detail.credit && detail.alt)
    if (detail.id === input.value && !typing) show(detail)
  })
  dropOn(row, said, use)
  input.hidden = true
  input.before(shown, el("p", { className: "desk-leadbuttons" }, [choose, remove]), said)
  show(null)
  if (input.value) {
    remove.hidden = false
    about.forEach((one) => (one.hidden = false))
    ask(`photo/${encodeURIComponent(input.value)}/`).then(show, (error) => (shown.textContent = error.message))
  }
}

/** A picture file dropped on the panel is sent at once; what goes wrong is said there. */
const dropOn = (zone, said, use) => {
  const hover = (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return
    event.preventDefault()
    zone.classList.add("over")
  }
  const send = async (file) => {
    const line = progressLine(file.name)
    said.before(line.box)
    const gone = () => line.box.remove()
    try {
      use(await uploadPhoto(file, line.tell))
      gone()
    } catch (problem) {
      line.fail(problem.message, () => (gone(), hold(send(file))), gone)
    }
  }
  zone.addEventListener("dragenter", hover)
  zone.addEventListener("dragover", hover)
  zone.addEventListener("dragleave", (event) => zone.contains(event.relatedTarget) || zone.classList.remove("over"))
  zone.addEventListener("drop", (event) => {
    zone.classList.remove("over")
    if (!event.dataTransfer.files.length) return
    event.preventDefault()
    const [file] = picturesIn(event.dataTransfer)
    if (file) hold(send(file))
    else said.textContent = "Only a picture can be the lead photo."
  })
}

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

document.querySelectorAll("[data-desk-names]").forEach(namesBox)
document.querySelectorAll("[data-desk-lead]").forEach(leadPhoto)
document.querySelectorAll("[data-desk-grow]").forEach(grow)
