// How a photo and a post stand in the text: cards with what belongs to this use, and what is still to be typed.

import { ask, el, field } from "desk/dialogs"
import { beforeSave } from "desk/held"
import { choosePhoto, missingWords as photoWords, picture } from "desk/photos"
import { drawn, missingWords as tweetWords } from "desk/tweets"

const CONTROLS = "input, textarea, select, button, label, summary, a"

// Drawn once per row and page: moving a card must not ask the server again.
const cards = new Map()
const cardOf = (kind, id) => {
  const key = `${kind}/${encodeURIComponent(id)}/`
  if (!cards.has(key)) cards.set(key, ask(key).catch((error) => (cards.delete(key), Promise.reject(error))))
  return cards.get(key)
}
export const rememberCard = (kind, card) => cards.set(`${kind}/${encodeURIComponent(card.id)}/`, Promise.resolve(card))

document.addEventListener("desk:photo", ({ detail }) => rememberCard("photo", detail))

const button = (words, onclick) => el("button", { type: "button", textContent: words, onclick })

const removeButton = ({ editor, getPos }, words) =>
  button(words, () => {
    const at = getPos()
    if (editor.isEditable) editor.chain().deleteRange({ from: at, to: at + 1 }).focus().run()
  })

let sessions = 0
/** Writes an attribute of a card. What is typed in one go, from focus to blur, is undone in one go. */
const setter = ({ editor, getPos }, control) => {
  let session = ""
  control.addEventListener("focus", () => (session = `card ${++sessions}`))
  return (attributes) => {
    if (!editor.isEditable) return
    const { tr } = editor.state
    for (const [name, value] of Object.entries(attributes)) tr.setNodeAttribute(getPos(), name, value)
    // The history parts what lies apart, and a change of an attribute lies nowhere: each letter would be a step of its
    // own. It joins what one composition of an input method wrote.
    editor.view.dispatch(tr.setMeta("composition", session))
  }
}

/** Enter in a field of a card leaves the field; it does not send the page. */
const quietEnter = (event) => {
  if (event.key !== "Enter" || event.target.localName !== "input") return
  event.preventDefault()
  event.target.blur()
}

const cardView = (kind, name, fill) => (props) => {
  const dom = el("div", { className: `desk-card ${kind}`, onkeydown: quietEnter })
  dom.contentEditable = "false"
  const view = { node: props.node, sync: () => {}, pending: () => null, redraw: () => load() }
  const stop = beforeSave(() => view.pending())
  const load = () => {
    const { id } = view.node.attrs
    return cardOf(kind, id)
      .then((card) => id === view.node.attrs.id && dom.replaceChildren(...fill(card, props, view)))
      .catch((error) => (dom.textContent = `${name} ${id} cannot be shown: ${error.message} It stays in the text.`))
  }
  const heard = ({ detail }) => detail.id === view.node.attrs.id && view.told?.(detail)
  document.addEventListener(`desk:${kind}`, heard)
  dom.textContent = "Loading…"
  load()
  return {
    dom,
    update(node) {
      if (node.type !== view.node.type) return false
      const other = node.attrs.id !== view.node.attrs.id
      view.node = node
      if (other) load()
      else view.sync(node)
      return true
    },
    destroy() {
      stop()
      document.removeEventListener(`desk:${kind}`, heard)
    },
    stopEvent: (event) => Boolean(event.target.closest?.(CONTROLS)),
    ignoreMutation: () => true,
  }
}

/** After a swap the words of this use stand beside another picture: do they still fit? */
const stillFits = (photo, { before, alt }, caption, set, leave) => {
  const words = []
  if (before) words.push(el("p", {}, [`Does the caption still fit this picture?`]))
  if (alt) words.push(el("p", {}, ["The alt text of the other picture is taken out: undo brings it back with that picture."]))
  const keep = button("It fits", leave)
  const take = button("Use the photo’s own", () => {
    caption.focus()
    set({ caption: photo.caption })
    caption.value = photo.caption
    leave()
  })
  const offer = before && photo.caption && photo.caption !== before ? [keep, take] : [keep]
  return el("div", { className: "desk-asks", role: "group", "aria-label": "After the swap" }, [...words, el("p", {}, offer)])
}

const swap = async ({ editor, getPos }, view) => {
  const photo = await choosePhoto()
  if (!photo || photo.id === view.node.attrs.id) return
  rememberCard("photo", photo)
  const { caption, alt } = view.node.attrs
  view.asks = caption || alt ? { id: photo.id, before: caption, alt } : null
  const at = getPos()
  const { tr } = editor.state
  tr.setNodeAttribute(at, "id", photo.id).setNodeAttribute(at, "alt", null)
  if (!caption) tr.setNodeAttribute(at, "caption", photo.caption)
  editor.view.dispatch(tr)
  editor.emit("desk:say", { words: caption ? "Swapped. The caption is kept: does it still fit?" : "Swapped." })
}

const altFields = (photo, props, view) => {
  const alt = el("input", { dir: "auto", value: view.node.attrs.alt ?? "", placeholder: photo.alt || "What the picture shows" })
  const silent = el("input", { type: "checkbox", checked: view.node.attrs.alt === "" })
  const crop = el("select", {}, [["", "As it is"], ["wide", "Wide"], ["square", "Square"], ["portrait", "Portrait"]].map(([value, words]) => el("option", { value, textContent: words })))
  crop.value = view.node.attrs.crop
  const [setAlt, setSilent, setCrop] = [alt, silent, crop].map((control) => setter(props, control))
  alt.addEventListener("input", () => setAlt({ alt: alt.value || null }))
  // "" says that the picture means nothing, null that nobody said anything here: only a tick makes the first.
  silent.addEventListener("change", () => {
    if (silent.checked) alt.value = ""
    setSilent({ alt: silent.checked ? "" : alt.value || null })
  })
  crop.addEventListener("change", () => setCrop({ crop: crop.value }))
  const sync = ({ attrs }) => {
    if (document.activeElement !== alt) alt.value = attrs.alt ?? ""
    silent.checked = attrs.alt === ""
    crop.value = attrs.crop
  }
  const rows = [field("Alt text in this article", alt, "Empty: the photo’s own."), field("Decorative", silent, "Passed over in silence when the page is read aloud."), field("Crop", crop)]
  return { box: el("details", {}, [el("summary", { textContent: "Alt text and crop" }), ...rows]), sync }
}

const photoCard = (photo, props, view) => {
  const caption = el("textarea", { rows: 1, dir: "auto", value: view.node.attrs.caption, placeholder: photo.caption || "What it shows, in this article" })
  const set = setter(props, caption)
  caption.addEventListener("input", () => set({ caption: caption.value }))
  const more = altFields(photo, props, view)
  const credit = el("p", { className: "desk-credit" })
  const missing = el("div")
  const image = picture(photo)
  view.told = (card) => {
    credit.textContent = card.credit
    credit.hidden = !card.credit
    if (card.src) image.alt = card.alt
    // Who is typing the alt text while the credit is kept must not lose the field.
    if (missing.contains(document.activeElement) && !(card.credit && card.alt)) return
    const form = photoWords(card)
    view.pending = form.pending
    missing.replaceChildren(form.box)
  }
  view.told(photo)
  view.sync = (node) => {
    if (document.activeElement !== caption) caption.value = node.attrs.caption
    more.sync(node)
  }
  const asks = view.asks?.id === photo.id ? [stillFits(photo, view.asks, caption, set, () => ((view.asks = null), view.redraw()))] : []
  if (!asks.length) view.asks = null
  const words = el("figcaption", {}, [...asks, field("Caption", caption), credit, missing])
  const verbs = el("p", { className: "desk-cardverbs" }, [button("Swap photo", () => swap(props, view)), removeButton(props, "Remove photo")])
  return [el("figure", {}, [image, words]), el("footer", {}, [more.box, verbs])]
}

const tweetCard = (tweet, props, view) => {
  const footer = el("footer", {}, [removeButton(props, "Remove tweet")])
  view.pending = () => null
  if (tweet.text) return [...drawn(tweet), footer]
  const shown = drawn(tweet)
  const form = tweetWords(tweet, (card) => {
    rememberCard("tweet", card)
    document.dispatchEvent(new CustomEvent("desk:tweet", { detail: card }))
    props.editor.emit("desk:say", { words: "The words of the post are kept." })
  })
  view.pending = form.pending
  view.told = () => view.redraw()
  return [shown[0], shown.at(-1), form.box, footer]
}

export const photoView = cardView("photo", "Photo", photoCard)
export const tweetView = cardView("tweet", "Tweet", tweetCard)
