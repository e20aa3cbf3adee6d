// The blocks that only this newsroom has: photo, tweet and pull quote, as the body's grammar writes them.

import { Extension, Node, Plugin, mergeAttributes, pm } from "django-prose-editor/editor"
import { photoView, rememberCard, tweetView } from "desk/cards"

const { TextSelection } = pm.state

/**
 * Where a new block goes for a caret or a selected card, never in the place of the card: `{from, to}`. An empty line
 * makes way.
 */
const placeFor = ({ selection }) => {
  const { $to } = selection
  const isEmptyLine = selection instanceof TextSelection && $to.depth === 1 && $to.parent.content.size === 0
  if (isEmptyLine) return { from: $to.before(), to: $to.after() }
  const at = $to.depth ? $to.after(1) : selection.to
  return { from: at, to: at }
}

/** The caret into the line at a place between blocks; a new line when there is none to write in. */
export const caretInto = (tr, at) => {
  if (!tr.doc.nodeAt(at)?.isTextblock) tr.insert(at, tr.doc.type.schema.nodes.paragraph.create())
  return tr.setSelection(TextSelection.create(tr.doc, at + 1))
}

/** Puts blocks after the one that holds the caret, and the caret below them, as one step to undo. Gives `{from, to}`. */
export const insertBlocks = (view, blocks) => {
  const { from, to } = placeFor(view.state)
  const tr = pm.history.closeHistory(view.state.tr.replaceWith(from, to, blocks))
  const after = from + blocks.reduce((size, block) => size + block.nodeSize, 0)
  view.dispatch(caretInto(tr, after).scrollIntoView())
  return { from, to: after }
}

/** Puts the card of a row from one of the pickers into the text. */
export const insertCard = (editor, kind, card) => {
  rememberCard(kind, card)
  const { newsPhoto, newsTweet } = editor.schema.nodes
  const node = kind === "photo" ? newsPhoto.create({ id: card.id, caption: card.caption }) : newsTweet.create({ id: card.id })
  insertBlocks(editor.view, [node])
  editor.view.focus()
}

/** The embeds of a document, in words that the server reads too: ["photo:12", "tweet:5"]. */
export const embedsOf = (doc) => {
  const found = []
  doc.descendants((node) => {
    if (node.type.name === "newsPhoto") found.push(`photo:${node.attrs.id}`)
    if (node.type.name === "newsTweet") found.push(`tweet:${node.attrs.id}`)
  })
  return found
}

/** A letter typed while a card is selected goes below it: the stock editor would put it in the card's place. */
export const KeepCards = Extension.create({
  name: "keepCards",
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleTextInput(view, _from, to, text) {
          if (!view.state.selection.node?.isAtom) return false
          const { paragraph } = view.state.schema.nodes
          const tr = pm.history.closeHistory(view.state.tr.insert(to, paragraph.create(null, view.state.schema.text(text))))
          view.dispatch(tr.setSelection(TextSelection.create(tr.doc, to + 1 + text.length)).scrollIntoView())
          return true
        },
      },
    }),
  ],
})

const kept = (name, missing = null) => ({
  default: missing,
  parseHTML: (dom) => dom.getAttribute(name) ?? missing,
  renderHTML: () => ({}),
})

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
  addNodeView: () => photoView,
})

export const NewsTweet = Node.create({
  ...atom,
  name: "newsTweet",
  addAttributes: () => ({ id: kept("data-id") }),
  parseHTML: () => [{ tag: "news-tweet[data-id]" }],
  renderHTML: ({ node }) => ["news-tweet", { "data-id": node.attrs.id }],
  addNodeView: () => tweetView,
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
