// The toolbar in words: each button says what it does, to eyes and to screen readers alike.

import { dialog, el, field, smallForm } from "desk/dialogs"
import { insertBlock, rememberCard } from "desk/nodes"
import { choosePhoto } from "desk/photos"
import { chooseTweet } from "desk/tweets"

const ADDRESS = /^(?:https?:\/\/[^\s/?#]+\S*|mailto:\S+@\S+|\/(?![/\\])\S*)$/i

export const editLink = async (editor) => {
  if (editor.state.selection.empty && !editor.isActive("link")) return
  const before = editor.getAttributes("link").href || ""
  const href = await dialog("Link", (done) => {
    const input = el("input", { name: "href", value: before, required: true, placeholder: "https://" })
    const form = smallForm([field("Address", input)], "Link", () => {
      const typed = /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(input.value.trim()) ? `https://${input.value.trim()}` : input.value.trim()
      if (!ADDRESS.test(typed)) throw new Error("An address begins with https://, mailto: or a slash, and has no blanks.")
      done(typed)
    })
    const unlink = el("button", { type: "button", textContent: "Remove the link", onclick: () => done("") })
    return before ? [form, unlink] : [form]
  })
  if (href === null) return
  const chain = editor.chain().focus().extendMarkRange("link")
  ;(href ? chain.setLink({ href }) : chain.unsetLink()).run()
}

const insertPhoto = async (editor) => {
  const photo = await choosePhoto()
  if (!photo) return
  rememberCard("photo", photo)
  insertBlock(editor, "newsPhoto", { id: photo.id, caption: photo.caption })
}

const insertTweet = async (editor) => {
  const tweet = await chooseTweet()
  if (!tweet) return
  rememberCard("tweet", tweet)
  insertBlock(editor, "newsTweet", { id: tweet.id })
}

const chain = (editor) => editor.chain().focus()

// words, what it does, when it is on (null: it is no switch)
const GROUPS = [
  [
    ["Heading", (e) => chain(e).toggleHeading({ level: 2 }).run(), (e) => e.isActive("heading", { level: 2 })],
    ["Subheading", (e) => chain(e).toggleHeading({ level: 3 }).run(), (e) => e.isActive("heading", { level: 3 })],
  ],
  [
    ["Bold", (e) => chain(e).toggleBold().run(), (e) => e.isActive("bold")],
    ["Italic", (e) => chain(e).toggleItalic().run(), (e) => e.isActive("italic")],
    ["Link", editLink, (e) => e.isActive("link")],
  ],
  [
    ["List", (e) => chain(e).toggleBulletList().run(), (e) => e.isActive("bulletList")],
    ["Numbers", (e) => chain(e).toggleOrderedList().run(), (e) => e.isActive("orderedList")],
    ["Quote", (e) => chain(e).toggleBlockquote().run(), (e) => e.isActive("blockquote")],
    ["Pull quote", (e) => chain(e).toggleWrap("pullQuote").run(), (e) => e.isActive("pullQuote")],
  ],
  [
    ["Photo", insertPhoto, null],
    ["Tweet", insertTweet, null],
    ["Rule", (e) => chain(e).setHorizontalRule().run(), null],
  ],
  [
    ["Sub", (e) => chain(e).toggleSubscript().run(), (e) => e.isActive("subscript")],
    ["Super", (e) => chain(e).toggleSuperscript().run(), (e) => e.isActive("superscript")],
  ],
  [
    ["Undo", (e) => chain(e).undo().run(), null],
    ["Redo", (e) => chain(e).redo().run(), null],
  ],
]

/** One tab stop; the arrow keys go from button to button, as the ARIA pattern for toolbars says. */
const roving = (bar, buttons) => {
  buttons.forEach((button, n) => (button.tabIndex = n ? -1 : 0))
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const at = buttons.indexOf(document.activeElement)
    if (!step || at < 0) return
    event.preventDefault()
    const next = buttons[(at + step + buttons.length) % buttons.length]
    buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1))
    next.focus()
  })
}

export const toolbar = (editor) => {
  const buttons = []
  const switches = []
  const groups = GROUPS.map((group) =>
    el("div", { className: "desk-tools" }, group.map(([words, act, isOn]) => {
      const button = el("button", { type: "button", textContent: words, onclick: () => act(editor) })
      buttons.push(button)
      if (isOn) switches.push([button, isOn])
      return button
    })),
  )
  const bar = el("div", { className: "desk-toolbar", role: "toolbar", "aria-label": "Text" }, groups)
  roving(bar, buttons)
  const show = () => switches.forEach(([button, isOn]) => button.setAttribute("aria-pressed", String(isOn(editor))))
  editor.on("transaction", show)
  show()
  return bar
}
