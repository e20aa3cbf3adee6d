// The line under the text: how long it is, what is still to come, where a link leads, and what just happened.

import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { minutesFor, tksIn, wordsIn } from "desk/counting"
import { el } from "desk/dialogs"
import { editLink, removeLink } from "desk/linking"

const { Decoration, DecorationSet } = pm.view
const { TextSelection } = pm.state

/** Where TK stands in a text, across bold and links: `[{from, to}]`, in places of the document. */
const tksOf = (doc) => {
  const found = []
  doc.descendants((block, at) => {
    if (!block.isTextblock) return
    const text = block.textBetween(0, block.content.size, null, "\n")
    if (text.includes("TK")) for (const { from, to } of tksIn(text)) found.push({ from: at + 1 + from, to: at + 1 + to })
    return false
  })
  return found
}

const marked = (doc) => DecorationSet.create(doc, tksOf(doc).map(({ from, to }) => Decoration.inline(from, to, { class: "desk-tk" })))

export const MarkTk = Extension.create({
  name: "markTk",
  addProseMirrorPlugins: () => [
    new Plugin({
      state: { init: (_config, { doc }) => marked(doc), apply: (tr, set) => (tr.docChanged ? marked(tr.doc) : set) },
      props: {
        decorations(state) {
          return this.getState(state)
        },
      },
    }),
  ],
})

const plainText = (doc) => {
  const parts = []
  doc.descendants((block) => {
    if (!block.isTextblock) return
    parts.push(block.textBetween(0, block.content.size, null, " "))
    return false
  })
  return parts.join("\n")
}

const many = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`

/** The count, a moment after the last key: a long text is not counted at every letter. */
const counter = (editor, language) => {
  const length = el("span")
  const toCome = el("button", { type: "button", className: "desk-quiet" })
  const next = () => {
    const all = tksOf(editor.state.doc)
    const { from, to } = all.find((one) => one.from > editor.state.selection.from) || all[0]
    editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, from, to)).scrollIntoView())
    editor.view.focus()
  }
  toCome.addEventListener("click", next)
  const show = () => {
    const words = wordsIn(plainText(editor.state.doc), language())
    const tks = tksOf(editor.state.doc).length
    length.textContent = words ? `${many(words, "word")} · ${many(minutesFor(words), "minute")}` : ""
    toCome.hidden = !tks
    toCome.textContent = `${tks} TK`
    toCome.setAttribute("aria-label", `${tks} still to come: go to the next`)
  }
  let timer = 0
  editor.on("update", () => {
    clearTimeout(timer)
    timer = setTimeout(show, 250)
  })
  show()
  return el("p", { className: "desk-count" }, [toCome, length])
}

/** Where the link at the caret leads, with what can be done about it. */
const linkLine = (editor) => {
  const address = el("a", { target: "_blank", rel: "noopener noreferrer" })
  const edit = el("button", { type: "button", className: "desk-quiet", textContent: "Edit link", onclick: () => editLink(editor) })
  const remove = el("button", { type: "button", className: "desk-quiet", textContent: "Remove link", onclick: () => removeLink(editor) })
  const line = el("p", { className: "desk-linkline", hidden: true }, [address, edit, remove])
  editor.on("transaction", () => {
    const { href } = editor.getAttributes("link")
    line.hidden = !href
    if (!href || address.textContent === href) return
    address.textContent = href
    address.href = href
  })
  return line
}

export const foot = (editor, language) => {
  const words = el("span", { role: "status" })
  const away = el("button", { type: "button", className: "desk-quiet", textContent: "×", "aria-label": "Dismiss", hidden: true })
  const say = (sentence) => {
    words.textContent = sentence
    away.hidden = !sentence
  }
  away.addEventListener("click", () => say(""))
  editor.on("desk:say", ({ words: sentence }) => say(sentence))
  return el("div", { className: "desk-foot" }, [linkLine(editor), el("p", { className: "desk-said-last" }, [words, away]), counter(editor, language)])
}
