// The fields round the text: headline and dek that wrap as they will be printed, and what follows from them. Works
// without the editor.

import { tksIn } from "desk/counting"
import { ask, el } from "desk/dialogs"

const STORY = "#id_headline, #id_dek, #id_body, #id_lead_caption, #id_lead_alt, #id_seo_title, .desk-mirror, .desk-surface"

const byId = (id) => document.getElementById(id)
const headline = byId("id_headline")

/** The words once more behind the field: they give it its height in every browser, and show what is still to come. */
const mirrored = (textarea) => {
  const behind = el("div", { className: "desk-mirror" })
  behind.setAttribute("aria-hidden", "true")
  const box = el("div", { className: `desk-grown ${textarea.id}` })
  textarea.before(box)
  box.append(behind, textarea)
  const show = () => {
    const words = textarea.value || textarea.placeholder
    const parts = []
    let at = 0
    for (const { from, to } of tksIn(textarea.value)) {
      parts.push(words.slice(at, from), el("mark", { className: "desk-tk", textContent: words.slice(from, to) }))
      at = to
    }
    behind.replaceChildren(...parts, `${words.slice(at)} `)
  }
  textarea.addEventListener("input", show)
  show()
}

/** One paragraph, as it is printed: Enter goes on to what comes next. */
const enterTo = (textarea, next) =>
  textarea.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    next()?.focus()
  })

// Of the languages of one script those come first that have letters of their own.
const LETTERS = [["ur", /[ٹڈڑںے]/u], ["fa", /[پچژگ]/u], ["ar", /\p{Script=Arabic}/u], ["he", /\p{Script=Hebrew}/u]]

/** The language that a headline tells by its letters; "" when it opens with letters that many languages share. */
const toldBy = (words) => {
  const opens = words.match(/\p{L}/u)?.[0] ?? ""
  if (!/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(opens)) return ""
  return LETTERS.find(([, letters]) => letters.test(words))[0]
}

/** Headline, dek and text run as the language of the article does; a new one's is what its headline is written in. */
const runsAs = (language) => {
  const usual = language.value
  let isChosen = Boolean(headline.form.elements.version.value)
  const rightToLeft = language.dataset.deskRtl.split(" ")
  const turn = () => {
    const lang = language.value.trim() || "en"
    const dir = rightToLeft.includes(lang.split("-")[0].toLowerCase()) ? "rtl" : "ltr"
    for (const part of document.querySelectorAll(STORY)) {
      part.lang = lang
      part.dir = dir
    }
  }
  headline.addEventListener("input", () => {
    if (isChosen) return
    language.value = toldBy(headline.value) || usual
    turn()
  })
  language.addEventListener("input", () => {
    isChosen = true
    turn()
  })
  turn()
}

/** The address part follows the headline until somebody writes it, or readers know it. */
const slug = (input) => {
  let before = input.value
  let isLive = input.dataset.deskSlug === "live"
  const note = el("p", { className: "desk-hint", role: "status" })
  let follows = input.dataset.deskSlug === "auto"
  input.closest(".form-row").append(note)
  const preview = async () => {
    const words = headline.value
    const made = words.trim() ? await ask("slug/", { headline: words }).catch(() => null) : { slug: "" }
    if (made && words === headline.value) input.placeholder = made.slug
  }
  let timer = 0
  headline.addEventListener("input", () => {
    if (!follows) return
    // Empty, the server makes it from the headline as it is then: a half-typed one never sticks.
    input.value = ""
    clearTimeout(timer)
    timer = setTimeout(preview, 300)
  })
  input.addEventListener("input", () => {
    follows = !input.value && !isLive
    if (follows) preview()
    const moves = isLive && input.value && input.value !== before
    note.textContent = moves ? `Readers know this article as “${before}”. With Update it moves, and the old address leads to the new one.` : ""
  })
  // Published from this page, it stands from now on.
  document.addEventListener("desk:saved", ({ detail }) => {
    before = input.value
    isLive = detail.slug_follows === "live"
    follows = detail.slug_follows === "auto"
    note.textContent = ""
  })
  if (follows && !input.value) preview()
}

/** How much of the title a search shows. */
const searchTitle = (input) => {
  const note = el("p", { className: "desk-hint" })
  const shows = Number(input.dataset.deskShows) // the number by which the checks before publishing go
  input.closest(".form-row").append(note)
  const show = () => {
    input.placeholder = headline.value
    const length = [...(input.value || headline.value)].length
    const over = length > shows
    note.textContent = length ? `${length} characters${over ? `: a search shows about ${shows}` : ""}` : ""
    note.classList.toggle("over", over)
  }
  headline.addEventListener("input", show)
  input.addEventListener("input", show)
  show()
}

const text = () => document.querySelector(".desk-surface .ProseMirror") || byId("id_body")

if (headline?.localName === "textarea") {
  const dek = byId("id_dek")
  mirrored(headline)
  mirrored(dek)
  enterTo(headline, () => dek)
  enterTo(dek, text)
  if (headline.autofocus) headline.focus()
  runsAs(byId("id_language"))
  slug(byId("id_slug"))
  searchTitle(byId("id_seo_title"))
}
