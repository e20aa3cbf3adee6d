// A paste: cleaned on its way in, posts and pictures sorted out, one step to undo.

import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { lookFor } from "desk/arrivals"
import { postOf } from "desk/links"
import { insertBlocks } from "desk/nodes"
import { cleaned, cleanedText, leftOut, parsed } from "desk/pasted"

const { DOMParser: Reader } = pm.model
const { TextSelection } = pm.state

const OURS = new Set("p h2 h3 ul ol li blockquote aside hr br a strong em sub sup news-photo news-tweet".split(" "))

/** Copied from this very editor: it knows where it was cut, and needs no cleaning. */
const isOurs = (html) => {
  const body = parsed(html)
  return body.querySelector("[data-pm-slice]") && [...body.querySelectorAll("*")].every((node) => OURS.has(node.localName))
}

/** Nothing but addresses of posts, each in a paragraph of its own. */
const isPostsAlone = ({ content }) => {
  let alone = content.childCount > 0
  content.forEach((block) => (alone = alone && block.type.name === "paragraph" && Boolean(postOf(block.textContent))))
  return alone
}

/** At the end of a paragraph with words in it a heading or a list comes below: within it, it would be a paragraph. */
const comesBelow = ({ $to, empty }, { content }) => {
  const isAtEnd = empty && $to.depth === 1 && $to.parent.content.size > 0 && $to.parentOffset === $to.parent.content.size
  return isAtEnd && content.firstChild.type.name !== "paragraph"
}

export const Paste = Extension.create({
  name: "newsPaste",
  // Link takes a pasted address first unless somebody with a higher priority than its 1000 does.
  priority: 1100,
  addProseMirrorPlugins() {
    const { editor } = this
    const say = (words) => words && editor.emit("desk:say", { words })
    let last = null
    const take = (result) => ((last = result), result.html)
    return [
      new Plugin({
        props: {
          transformPastedHTML: (html) => ((last = null), isOurs(html) ? html : take(cleaned(html))),
          clipboardTextParser(text, $context, _plain, view) {
            const template = document.createElement("div")
            template.innerHTML = take(cleanedText(text))
            return Reader.fromSchema(view.state.schema).parseSlice(template, { context: $context })
          },
          handlePaste(view, event, slice) {
            const { codes = new Map(), left } = last || {}
            last = null
            const { selection } = view.state
            const isPosts = isPostsAlone(slice)
            // An address over words links them: Link does that.
            if (isPosts && slice.content.childCount === 1 && selection instanceof TextSelection && !selection.empty) return false
            if (!slice.size) {
              if (left) say(leftOut(left))
              return Boolean(left && leftOut(left))
            }
            const blocks = slice.content.content
            if (isPosts || blocks.every((block) => block.isAtom)) {
              const { from, to } = insertBlocks(view, blocks)
              lookFor(view, from, to, codes, say)
              return true
            }
            const tr = pm.history.closeHistory(view.state.tr)
            // Beside a selected card, never in its place.
            let from = selection.from
            if (!(selection instanceof TextSelection)) tr.insert(selection.to, slice.content)
            else if (comesBelow(selection, slice)) {
              from = selection.$to.after()
              tr.insert(from, slice.content).setSelection(TextSelection.near(tr.doc.resolve(from + slice.content.size), -1))
            } else tr.replaceSelection(slice)
            const to = tr.mapping.map(Math.max(from, selection.to), 1)
            from = tr.mapping.map(from, -1)
            view.dispatch(tr.scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"))
            lookFor(view, from, to, codes, say)
            if (left) say(leftOut(left))
            return true
          },
        },
      }),
    ]
  },
})
