// The blocks that only this newsroom has: photo, tweet and pull quote, as the body's grammar writes them.

import { Extension, Node, Plugin, mergeAttributes, pm } from "django-prose-editor/editor"
import { ask, el, field } from "desk/dialogs"
import { picture } from "desk/photos"
import { captureTweet, drawn, sourceIn } from "desk/tweets"

/** Puts a block after the one that holds the caret, never in the place of a selected block, and the caret below it. */
export const insertBlock = (editor, type, attributes) =>
  editor
    .chain()
    .focus()
    .command(({ tr, state, dispatch }) => {
      const { TextSelection } = pm.state
      const { selection } = tr
      const { $to } = selection
      const node = state.schema.nodes[type].create(attributes)
      const isEmptyLine = selection instanceof TextSelection && $to.depth === 1 && $to.parent.content.size === 0
      const from = isEmptyLine ? $to.before() : $to.depth ? $to.after(1) : selection.to
      if (!dispatch) return true
      tr.replaceWith(from, isEmptyLine ? $to.after() : from, node)
      const after = from + node.nodeSize
      if (!tr.doc.nodeAt(after)?.isTextblock) tr.insert(after, state.schema.nodes.paragraph.create())
      tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView()
      return true
    })
    .run()

/** The embeds of a document, in words that the server reads too: ["photo:12", "tweet:5"]. */
export const embedsOf = (doc) => {
  const found = []
  doc.descendants((node) => {
    if (node.type.name === "newsPhoto") found.push(`photo:${node.attrs.id}`)
    if (node.type.name === "newsTweet") found.push(`tweet:${node.attrs.id}`)
  })
  return found
}

const kept = (name, missing = null) => ({
  default: missing,
  parseHTML: (dom) => dom.getAttribute(name) ?? missing,
  renderHTML: () => ({}),
})

// Drawn once per row and page: moving a card must not ask the server again.
const cards = new Map()
const cardOf = (path, id) => {
  const key = `${path}/${encodeURIComponent(id)}/`
  if (!cards.has(key)) cards.set(key, ask(key).catch((error) => (cards.delete(key), Promise.reject(error))))
  return cards.get(key)
}
export const rememberCard = (path, card) => cards.set(`${path}/${encodeURIComponent(card.id)}/`, Promise.resolve(card))

const removeButton = (editor, getPos, words) =>
  el("button", {
    type: "button",
    className: "desk-remove",
    textContent: words,
    onclick: () => {
      const at = getPos()
      if (editor.isEditable) editor.chain().deleteRange({ from: at, to: at + 1 }).focus().run()
    },
  })

const CONTROLS = "input, textarea, select, button, label"

const cardView = (name, fill) => (props) => {
  const dom = el("div", { className: `desk-card ${name}` })
  dom.contentEditable = "false"
  const view = { node: props.node, sync: () => {} }
  const path = name === "photo" ? "photo" : "tweet"
  dom.textContent = "Loading…"
  cardOf(path, props.node.attrs.id)
    .then((card) => dom.replaceChildren(...fill(card, props, view)))
    .catch((error) => {
      dom.textContent = `${path} ${props.node.attrs.id} cannot be shown: ${error.message} It stays in the text.`
    })
  return {
    dom,
    update(node) {
      if (node.type !== view.node.type || node.attrs.id !== view.node.attrs.id) return false
      view.node = node
      view.sync(node)
      return true
    },
    stopEvent: (event) => Boolean(event.target.closest?.(CONTROLS)),
    ignoreMutation: () => true,
  }
}

const photoCard = (photo, { editor, getPos }, view) => {
  const set = (name, value) => {
    if (!editor.isEditable) return
    editor.view.dispatch(editor.state.tr.setNodeAttribute(getPos(), name, value))
  }
  const caption = el("textarea", { rows: 2, value: view.node.attrs.caption, placeholder: photo.caption || "Caption" })
  const alt = el("input", { value: view.node.attrs.alt ?? "", placeholder: photo.alt || "What the picture shows" })
  const silent = el("input", { type: "checkbox", checked: view.node.attrs.alt === "" })
  const crop = el("select", {}, [["", "As it is"], ["wide", "Wide"], ["square", "Square"], ["portrait", "Portrait"]].map(([value, words]) => el("option", { value, textContent: words })))
  crop.value = view.node.attrs.crop
  caption.addEventListener("input", () => set("caption", caption.value))
  alt.addEventListener("input", () => set("alt", alt.value || null))
  // "" says that the picture means nothing, null that nobody said anything here: only a tick makes the first.
  silent.addEventListener("change", () => {
    if (silent.checked) alt.value = ""
    set("alt", silent.checked ? "" : alt.value || null)
  })
  crop.addEventListener("change", () => set("crop", crop.value))
  view.sync = ({ attrs }) => {
    if (document.activeElement !== caption) caption.value = attrs.caption
    if (document.activeElement !== alt) alt.value = attrs.alt ?? ""
    silent.checked = attrs.alt === ""
    crop.value = attrs.crop
  }
  const credit = el("p", { className: "desk-credit", textContent: photo.credit || "Nobody credited yet" })
  const more = el("details", {}, [el("summary", { textContent: "Alt text and crop" }), field("Alt text", alt, "Empty: the photo’s own."), field("Decorative", silent, "Passed over in silence when the page is read aloud."), field("Crop", crop)])
  const captionField = field("Caption", caption)
  return [el("figure", {}, [picture(photo), el("figcaption", {}, [captionField, credit])]), el("footer", {}, [more, removeButton(editor, getPos, "Remove photo")])]
}

const tweetCard = (tweet, { editor, getPos }) => [...drawn(tweet), el("footer", {}, [removeButton(editor, getPos, "Remove tweet")])]

const atom = { group: "block", atom: true, draggable: true, selectable: true }

export const NewsPhoto = Node.create({
  ...atom,
  name: "newsPhoto",
  addAttributes: () => ({ id: kept("data-id"), caption: kept("data-caption", ""), alt: kept("data-alt"), crop: kept("data-crop", "") }),
  parseHTML: () => [{ tag: "news-photo[data-id]" }],
  renderHTML({ node: { attrs } }) {
    const said = { "data-id": attrs.id, "data-caption": attrs.caption || null, "data-alt": attrs.alt, "data-crop": attrs.crop || null }
    return ["news-photo", Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null))]
  },
  addNodeView: () => cardView("photo", photoCard),
})

export const NewsTweet = Node.create({
  ...atom,
  name: "newsTweet",
  addAttributes: () => ({ id: kept("data-id") }),
  parseHTML: () => [{ tag: "news-tweet[data-id]" }],
  renderHTML: ({ node }) => ["news-tweet", { "data-id": node.attrs.id }],
  addNodeView: () => cardView("tweet", tweetCard),
})

export const PullQuote = Node.create({
  name: "pullQuote",
  group: "block",
  content: "paragraph",
  defining: true,
  parseHTML: () => [{ tag: "aside.pull-quote" }],
  renderHTML: ({ HTMLAttributes }) => ["aside", mergeAttributes(HTMLAttributes, { class: "pull-quote" }), 0],
  // It holds one paragraph: Enter leaves it.
  addKeyboardShortcuts: () => ({
    Enter: ({ editor }) => {
      if (!editor.isActive("pullQuote")) return false
      const after = editor.state.selection.$to.after(1)
      return editor.chain().insertContentAt(after, { type: "paragraph" }).setTextSelection(after + 1).run()
    },
  }),
})

// Link takes a pasted address first unless somebody with a higher priority than its 1000 does.
export const PasteTweet = Extension.create({
  name: "pasteTweet",
  priority: 1100,
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        props: {
          handlePaste(_view, event) {
            const source = event.clipboardData ? sourceIn(event.clipboardData) : ""
            if (!source) return false
            captureTweet(source)
              .then((tweet) => {
                if (!tweet) return
                rememberCard("tweet", tweet)
                insertBlock(editor, "newsTweet", { id: tweet.id })
              })
              .catch((error) => editor.emit("desk:trouble", error.message))
            return true
          },
        },
      }),
    ]
  },
})
