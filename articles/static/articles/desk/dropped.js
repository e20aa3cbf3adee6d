// A picture file dropped or pasted into the text: it is sent at once, a line at its place says how far it got, and the
// card stands where it was dropped. One after another, so that they stand in the order in which they came.

import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { rememberCard } from "desk/cards"
import { hold } from "desk/held"
import { marks } from "desk/marks"
import { picturesIn, progressLine, uploadPhoto } from "desk/photos"

const { Decoration } = pm.view
const arriving = marks("dropped")
const { key } = arriving

let count = 0
let queue = Promise.resolve()

const placeOf = (view, id) => arriving.found(view.state, (spec) => spec.id === id)

const sent = async (view, id, file, line, say) => {
  if (!placeOf(view, id).length) return
  try {
    const photo = await uploadPhoto(file, line.tell)
    rememberCard("photo", photo)
    const [place] = placeOf(view, id)
    if (!place || view.isDestroyed) return
    const { tr, schema } = view.state
    tr.insert(place.from, schema.nodes.newsPhoto.create({ id: photo.id, caption: photo.caption }))
    view.dispatch(pm.history.closeHistory(tr).setMeta(key, { remove: placeOf(view, id) }))
    say(photo.credit ? `${file.name} is in the text.` : `${file.name} is in the text. Whose picture is it? Type its credit in the card.`)
  } catch (problem) {
    const gone = () => view.dispatch(view.state.tr.setMeta(key, { remove: placeOf(view, id) }))
    const again = () => {
      const [place] = placeOf(view, id)
      gone()
      take(view, [file], place.from, say)
    }
    line.fail(problem.message, again, gone)
  }
}

/** Sends pictures and puts their cards at a place between blocks. */
export const take = (view, files, at, say) => {
  for (const file of files) {
    const id = ++count
    const line = progressLine(file.name || "the picture")
    const widget = Decoration.widget(at, line.box, { id, side: 1, key: `dropped-${id}`, stopEvent: () => true, ignoreSelection: true })
    view.dispatch(view.state.tr.setMeta(key, { add: [widget] }))
    queue = hold(queue.then(() => sent(view, id, file, line, say)))
  }
}

/** The place between two blocks that is nearest to a point of the screen. */
const placeAt = (view, event) => {
  const found = view.posAtCoords({ left: event.clientX, top: event.clientY })
  if (!found) return view.state.doc.content.size
  const $at = view.state.doc.resolve(found.inside >= 0 ? found.inside : found.pos)
  const top = $at.depth ? $at.before(1) : $at.pos
  const dom = view.nodeDOM(top)
  if (!dom?.getBoundingClientRect) return top
  const box = dom.getBoundingClientRect()
  return event.clientY > box.top + box.height / 2 ? top + view.state.doc.nodeAt(top).nodeSize : top
}

const afterCaret = ({ selection }) => (selection.$to.depth ? selection.$to.after(1) : selection.to)

export const DropPictures = Extension.create({
  name: "dropPictures",
  priority: 1200,
  addProseMirrorPlugins() {
    const { editor } = this
    const say = (words) => editor.emit("desk:say", { words })
    return [
      new Plugin({
        key,
        state: arriving.state,
        props: {
          decorations: arriving.decorations,
          handleDrop(view, event) {
            const files = event.dataTransfer?.files || []
            if (!files.length) return false
            event.preventDefault()
            const pictures = picturesIn(event.dataTransfer)
            if (pictures.length) take(view, pictures, placeAt(view, event), say)
            else say("Only pictures can be dropped into the text.")
            return true
          },
          handlePaste(view, event, slice) {
            const pictures = picturesIn(event.clipboardData)
            // Word and Excel put a picture of the words beside the words: then the words are meant.
            if (!pictures.length || slice.content.textBetween(0, slice.content.size).trim()) return false
            take(view, pictures, afterCaret(view.state), say)
            return true
          },
        },
      }),
    ]
  },
})
