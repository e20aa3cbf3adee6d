// The toolbar in words: each button says what it does, to eyes and to screen readers alike.

import { el } from "desk/dialogs"
import { editLink } from "desk/linking"
import { insertCard } from "desk/nodes"
import { choosePhoto } from "desk/photos"
import { chooseTweet } from "desk/tweets"

const insertPhoto = async (editor) => {
  const photo = await choosePhoto()
  if (photo) insertCard(editor, "photo", photo)
}

const insertTweet = async (editor) => {
  const tweet = await chooseTweet()
  if (tweet) insertCard(editor, "tweet", tweet)
}

const chain = (editor) => editor.chain().focus()

// words, what it does, when it is on (null: it is no switch)
const ALWAYS = [
  ["Heading", (e) => chain(e).toggleHeading({ level: 2 }).run(), (e) => e.isActive("heading", { level: 2 })],
  ["Bold", (e) => chain(e).toggleBold().run(), (e) => e.isActive("bold")],
  ["Italic", (e) => chain(e).toggleItalic().run(), (e) => e.isActive("italic")],
  ["Link", editLink, (e) => e.isActive("link")],
  ["List", (e) => chain(e).toggleBulletList().run(), (e) => e.isActive("bulletList")],
  ["Quote", (e) => chain(e).toggleBlockquote().run(), (e) => e.isActive("blockquote")],
  ["Photo", insertPhoto, null],
  ["Tweet", insertTweet, null],
  ["Undo", (e) => chain(e).undo().run(), null],
  ["Redo", (e) => chain(e).redo().run(), null],
]
const SELDOM = [
  ["Subheading", (e) => chain(e).toggleHeading({ level: 3 }).run(), (e) => e.isActive("heading", { level: 3 })],
  ["Numbers", (e) => chain(e).toggleOrderedList().run(), (e) => e.isActive("orderedList")],
  ["Pull quote", (e) => chain(e).toggleWrap("pullQuote").run(), (e) => e.isActive("pullQuote")],
  ["Rule", (e) => chain(e).setHorizontalRule().run(), null],
  ["Sub", (e) => chain(e).toggleSubscript().run(), (e) => e.isActive("subscript")],
  ["Super", (e) => chain(e).toggleSuperscript().run(), (e) => e.isActive("superscript")],
]

/** One tab stop; the arrow keys go from button to button, as the ARIA pattern for toolbars says. */
const roving = (bar) => {
  const shown = () => [...bar.querySelectorAll("button")].filter((button) => !button.closest("[hidden]"))
  shown().forEach((button, n) => (button.tabIndex = n ? -1 : 0))
  bar.addEventListener("keydown", (event) => {
    const buttons = shown()
    const at = buttons.indexOf(document.activeElement)
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key]
    if (next === undefined || at < 0) return
    event.preventDefault()
    bar.querySelectorAll("button").forEach((button) => (button.tabIndex = -1))
    const to = buttons.at(next % buttons.length)
    to.tabIndex = 0
    to.focus()
  })
}

export const toolbar = (editor) => {
  const switches = []
  const made = ([words, act, isOn]) => {
    const button = el("button", { type: "button", textContent: words, tabIndex: -1, onclick: () => act(editor) })
    if (isOn) switches.push([button, isOn])
    return button
  }
  const seldom = el("div", { className: "desk-tools", id: "desk-seldom", hidden: true }, SELDOM.map(made))
  const more = el("button", { type: "button", textContent: "More", tabIndex: -1, "aria-expanded": "false", "aria-controls": "desk-seldom" })
  more.addEventListener("click", () => {
    seldom.hidden = !seldom.hidden
    more.setAttribute("aria-expanded", String(!seldom.hidden))
  })
  const always = ALWAYS.map(made)
  always.splice(-2, 0, more)
  const bar = el("div", { className: "desk-toolbar", role: "toolbar", "aria-label": "Text" }, [el("div", { className: "desk-tools" }, always), seldom])
  roving(bar)
  const show = () => switches.forEach(([button, isOn]) => button.setAttribute("aria-pressed", String(isOn(editor))))
  editor.on("transaction", show)
  show()
  return bar
}
