// The photo picker: search with thumbnails, or a new file with its credit. Gives a photo's card, or null.

import { dialog, el, field, finder, send, smallForm } from "desk/dialogs"

/** The picture of a card, or the picture in words when it has no file. */
export const picture = (photo) =>
  photo.src
    ? el("img", { src: photo.src, alt: photo.alt, draggable: false })
    : el("p", { className: "desk-absent", textContent: photo.caption || photo.alt || photo.title })

const choice = (photo, done) =>
  el("button", { type: "button", className: "desk-choice", onclick: () => done(photo) }, [
    picture(photo),
    el("strong", { textContent: photo.title }),
    el("small", { textContent: photo.credit || "Nobody credited" }),
  ])

const uploadForm = (done) => {
  const kinds = "image/jpeg,image/png,image/webp,image/gif,image/avif,image/tiff"
  const file = el("input", { type: "file", name: "file", accept: kinds, required: true })
  const credit = el("input", { name: "credit", required: true, placeholder: "Photographer/Agency" })
  const alt = el("textarea", { name: "alt", rows: 2, required: true })
  const caption = el("textarea", { name: "caption", rows: 2 })
  const fields = [
    field("File", file),
    field("Credit", credit, "As it is printed: Zein al-Rifai/AFP/Getty Images"),
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
