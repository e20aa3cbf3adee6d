// The writing surface: the newsroom's own preset.
//
// Every import is static. An editor that starts without the node for a photo drops every photo at the first
// keystroke; so when one module does not arrive, nothing starts, and the textarea below is what it was: read only, with
// a sentence that says so.

import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, History, HorizontalRule,
  Italic, Link, ListItem, OrderedList, Paragraph, Placeholder, Subscript, Superscript, Text, initializeEditors,
} from "django-prose-editor/editor"
import { Arrivals } from "desk/arrivals"
import { el } from "desk/dialogs"
import { DropPictures } from "desk/dropped"
import { MarkTk, foot } from "desk/foot"
import { editLink } from "desk/linking"
import { KeepCards, NewsPhoto, NewsTweet, PullQuote, embedsOf } from "desk/nodes"
import { Paste } from "desk/paste"
import { toolbar } from "desk/toolbar"

// The body's grammar is narrower than the editor's own nodes: a quote holds paragraphs, an item paragraphs and lists.
const extensions = [
  // Ctrl+Enter is for the page: it publishes.
  HardBreak.extend({ addKeyboardShortcuts: () => ({ "Shift-Enter": ({ editor }) => editor.commands.setHardBreak() }) }),
  Document, Paragraph, Text, History, Gapcursor, Dropcursor, HorizontalRule,
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
  KeepCards, NewsPhoto, NewsTweet, PullQuote, DropPictures, Paste, Arrivals, MarkTk,
]

const counted = (words) => {
  const counts = new Map()
  for (const word of words) counts.set(word, (counts.get(word) || 0) + 1)
  return counts
}

/**
 * Tells the server which embeds a person deleted; what is missing without standing here is asked back. Remembered is
 * the most that ever stood here of each, so that it holds after any number of saves.
 */
const watchRemovals = (editor, hidden) => {
  const most = counted([...embedsOf(editor.state.doc), ...hidden.value.split(" ").filter(Boolean)])
  return () => {
    const now = counted(embedsOf(editor.state.doc))
    for (const [word, count] of now) most.set(word, Math.max(count, most.get(word) || 0))
    hidden.value = [...most].flatMap(([word, count]) => Array(count - (now.get(word) || 0)).fill(word)).join(" ")
  }
}

const isEmpty = (html) => /^(?:<p><\/p>)*$/.test(html)

const languageOf = () => document.getElementById("id_language")?.value || "en"

const start = (textarea) => {
  if (textarea.closest(".desk-editor")) return
  const note = el("p", { className: "desk-note", role: "alert", hidden: true })
  const surface = el("div", { className: "desk-surface" })
  let refused = false
  const editor = new Editor({
    element: surface,
    extensions,
    content: textarea.value,
    injectCSS: false,
    enableContentCheck: true,
    editorProps: {
      attributes: { "aria-label": "Body", "aria-multiline": "true", role: "textbox", spellcheck: "true" },
    },
    onContentError() {
      refused = true
    },
  })
  // The tools come after the text for the keyboard, and stand above it for the eye.
  const tools = toolbar(editor)
  const box = el("div", { className: "desk-editor" }, [note, surface, tools, foot(editor, languageOf)])
  box.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "F10") tools.querySelector("[tabindex='0']").focus()
    else if (event.key === "Escape" && tools.contains(event.target)) editor.view.focus()
  })
  textarea.before(box)
  textarea.hidden = true
  document.querySelector("[data-desk-unloaded]")?.remove()
  if (refused) {
    // The second false: no update, or the textarea would take what the editor left of the text.
    editor.setEditable(false, false)
    // What the editor drew has dropped what it does not know: the text itself is shown.
    surface.hidden = true
    textarea.hidden = false
    note.textContent =
      "This text holds something that the editor does not know. Editing is off, so that nothing is lost; the text is kept as it is."
    note.hidden = false
    return
  }
  textarea.readOnly = false
  const noteRemovals = watchRemovals(editor, document.querySelector("[data-desk-removed]"))
  editor.on("update", () => {
    const html = editor.getHTML()
    textarea.value = isEmpty(html) ? "" : html
    noteRemovals()
    textarea.dispatchEvent(new Event("input", { bubbles: true }))
  })
  textarea.deskEditor = editor
}

initializeEditors(start, "[data-desk-body]")
