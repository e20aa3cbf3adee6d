// Photos: the picker, files on their way to the server, and what is still to be said of one.

import { dialog, el, field, finder, send, sendFile, smallForm } from "desk/dialogs"
import { hold } from "desk/held"

export const KINDS = "image/jpeg,image/png,image/webp,image/gif,image/avif,image/tiff"

/** The picture of a card, or the picture in words when it has no file. */
export const picture = (photo) =>
  photo.src
    ? el("img", { src: photo.src, alt: photo.alt, draggable: false })
    : el("p", { className: "desk-absent", textContent: photo.caption || photo.alt || photo.title })

const times = (used) => (used === undefined ? "" : used ? `Used in ${used}` : "Not used yet")

const choice = (photo, done) =>
  el("button", { type: "button", className: "desk-choice", onclick: () => done(photo) }, [
    picture(photo),
    el("strong", { textContent: photo.title }),
    el("small", { textContent: photo.credit || "Nobody credited yet" }),
    el("small", { textContent: times(photo.used) }),
  ])

/** The pictures among what was dropped or pasted, in order. */
export const picturesIn = (data) => [...(data?.files || [])].filter((file) => file.type.startsWith("image/"))

/** Sends a file as it is; `progress(fraction)` hears how far it got. Gives the photo's card. */
export const uploadPhoto = (file, progress) => sendFile("photos/upload/", file, progress)

/** A line that says how far a file got: `{box, tell(fraction), fail(sentence, again)}`. */
export const progressLine = (name) => {
  const bar = el("progress", { max: 1, value: 0, "aria-label": `Sending ${name}` })
  const words = el("span", { textContent: `Sending ${name} …` })
  const box = el("div", { className: "desk-sending" }, [words, bar])
  return {
    box,
    tell(fraction) {
      bar.value = fraction
      if (fraction === 1) words.textContent = `Looking at ${name} …`
    },
    fail(sentence, again, dismiss) {
      box.classList.add("failed")
      box.replaceChildren(
        el("p", { role: "alert", textContent: `${name} is not in the text: ${sentence}` }),
        el("button", { type: "button", textContent: "Try again", onclick: again }),
        el("button", { type: "button", textContent: "Leave it out", onclick: dismiss }),
      )
    },
  }
}

/**
 * The fields for what nobody said of a photo yet, its credit and its alt text, `{box, pending}`. Each is sent when it
 * is left; everybody who draws the photo hears of it by the event "desk:photo".
 */
export const missingWords = (photo) => {
  const box = el("div", { className: "desk-missing" })
  const sends = []
  const ask = (name, label, control, help) => {
    const error = el("p", { className: "desk-error", role: "alert" })
    const row = el("div", {}, [field(label, control, help), error])
    let sent = ""
    const keep = async () => {
      if (!control.value.trim() || sent === control.value) return
      sent = control.value
      error.textContent = ""
      try {
        const card = await send(`photo/${photo.id}/words/`, { [name]: control.value })
        document.dispatchEvent(new CustomEvent("desk:photo", { detail: card }))
      } catch (problem) {
        sent = ""
        error.textContent = problem.message
      }
    }
    control.addEventListener("change", () => hold(keep()))
    sends.push(() => (row.isConnected && control.value.trim() && sent !== control.value ? keep() : null))
    box.append(row)
  }
  if (!photo.credit) ask("credit", "Credit", el("input", { placeholder: "Photographer/Agency" }), "Whose picture is it? It cannot be published without.")
  if (!photo.alt && photo.src) ask("alt", "Alt text of the photo", el("input", {}), "What a reader who cannot see it should know.")
  const pending = () => {
    const waits = sends.map((one) => one()).filter(Boolean)
    return waits.length ? Promise.all(waits) : null
  }
  return { box, pending }
}

const uploadForm = (done) => {
  const file = el("input", { type: "file", name: "file", accept: KINDS, required: true })
  const credit = el("input", { name: "credit", placeholder: "Photographer/Agency" })
  const alt = el("textarea", { name: "alt", rows: 2 })
  const caption = el("textarea", { name: "caption", rows: 2 })
  const fields = [
    field("File", file),
    field("Credit", credit, "As it is printed: Zein al-Rifai/AFP/Getty Images. Needed before it is published."),
    field("Alt text", alt, "What a reader who cannot see the picture should know."),
    field("Caption", caption),
  ]
  return smallForm(fields, "Upload and use", async (data) => done(await send("photos/upload/", Object.fromEntries(data))))
}

export const choosePhoto = () =>
  dialog(
    "Choose a photo",
    (done) => [
      el("details", { className: "desk-upload" }, [el("summary", { textContent: "Upload a new photo" }), uploadForm(done)]),
      ...finder("Find a photo by what it shows or who made it", "photos/", (photo) => choice(photo, done), "No photo found."),
    ],
    { wide: true },
  )
