// The writing surface: the newsroom's own preset.
//
// Every import is static. An editor that starts without the node for a photo drops every photo at the first
// keystroke; so when one module does not arrive, nothing starts and the textarea below is what it was.

import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, History, HorizontalRule,
  Italic, Link, ListItem, OrderedList, Paragraph, Placeholder, Subscript, Superscript, Text, initializeEditors,
} from "django-prose-editor/editor"
import { el } from "desk/dialogs"
import { NewsPhoto, NewsTweet, PasteTweet, PullQuote, embedsOf } from "desk/nodes"
import { editLink, toolbar } from "desk/toolbar"

// The body's grammar is narrower than the editor's own nodes: a quote holds paragraphs, an item paragraphs and lists.
const extensions = [
  Document, Paragraph, Text, HardBreak, History, Gapcursor, Dropcursor, HorizontalRule,
  Bold, Italic, Subscript, Superscript, BulletList,
  Heading.configure({ levels: [2, 3] }),
  OrderedList.configure({ enableListAttributes: false }),
  ListItem.extend({ content: "paragraph (paragraph | bulletList | orderedList)*" }),
  Blockquote.extend({ content: "paragraph+" }),
  Link.extend({ addKeyboardShortcuts: () => ({ "Mod-k": ({ editor }) => (editLink(editor), true) }) }).configure({
    enableTarget: false,
    defaultProtocol: "https",
    isAllowedUri: (address) => /^(?:https?:\/\/|mailto:|\/(?![/\\]))/i.test(address || ""),
  }),
  Placeholder.configure({ placeholder: "Write, or paste" }),
  NewsPhoto, NewsTweet, PullQuote, PasteTweet,
]

const minus = (all, some) => {
  const left = [...some]
  return all.filter((one) => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** Tells the server which embeds a person deleted; what is missing without standing here is asked back. */
const watchRemovals = (editor, hidden) => {
  const atFirst = [...embedsOf(editor.state.doc), ...hidden.value.split(" ").filter(Boolean)]
  return () => (hidden.value = minus(atFirst, embedsOf(editor.state.doc)).join(" "))
}

const isEmpty = (html) => /^(?:<p><\/p>)*$/.test(html)

const start = (textarea) => {
  if (textarea.closest(".desk-editor")) return
  const note = el("p", { className: "desk-note", role: "alert", hidden: true })
  const surface = el("div", { className: "desk-surface" })
  const box = el("div", { className: "desk-editor" }, [note, surface])
  const say = (words) => {
    note.textContent = words
    note.hidden = !words
  }
  let refused = false
  const editor = new Editor({
    element: surface,
    extensions,
    content: textarea.value,
    injectCSS: false,
    enableContentCheck: true,
    editorProps: {
      attributes: { "aria-label": "Body", "aria-multiline": "true", role: "textbox", spellcheck: "true", dir: "auto" },
    },
    onContentError() {
      refused = true
    },
  })
  textarea.before(box)
  textarea.hidden = true
  if (refused) {
    // The second false: no update, or the textarea would take what the editor left of the text.
    editor.setEditable(false, false)
    say("This text holds something that the editor does not know. Editing is off, so that nothing is lost; the text is kept as it is.")
    return
  }
  const noteRemovals = watchRemovals(editor, document.querySelector("[data-desk-removed]"))
  editor.on("update", () => {
    const html = editor.getHTML()
    textarea.value = isEmpty(html) ? "" : html
    noteRemovals()
    textarea.dispatchEvent(new Event("input", { bubbles: true }))
    say("")
  })
  editor.on("desk:trouble", say)
  surface.before(toolbar(editor))
  textarea.deskEditor = editor
}

initializeEditors(start, "[data-desk-body]")
