// Posts on their way into the text. An address that was pasted or typed stands in the text first, as what it is; when
// the server has the post, a card takes its place. So nothing is lost when it fails, and undo gives the address back.

import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { rememberCard } from "desk/cards"
import { el } from "desk/dialogs"
import { hold } from "desk/held"
import { postOf, postsIn } from "desk/links"
import { marks } from "desk/marks"
import { caretInto } from "desk/nodes"
import { captureTweet } from "desk/tweets"

const { Decoration } = pm.view
const arriving = marks("arrivals")
const { key } = arriving

const LOOKS_LIKE_AN_ADDRESS = /^(?:https?:\/\/|(?:www\.|mobile\.)?(?:twitter|x)\.com\/)\S+$/i

/** The addresses of posts between two places that stand there as addresses: a link with words of its own is a source. */
const addressesIn = (doc, start, end) => {
  const found = []
  doc.nodesBetween(start, Math.min(end, doc.content.size), (block, at) => {
    if (!block.isTextblock) return
    block.forEach((node, offset) => {
      if (!node.isText) return
      const from = at + 1 + offset
      const href = node.marks.find((mark) => mark.type.name === "link")?.attrs.href
      if (href && postOf(href)) {
        if (LOOKS_LIKE_AN_ADDRESS.test(node.text.trim())) found.push({ from, to: from + node.nodeSize, source: href })
      } else if (!href) {
        for (const one of postsIn(node.text)) found.push({ from: from + one.from, to: from + one.to, source: one.source })
      }
    })
    return false
  })
  return found.filter(({ from, to }) => from >= start && to <= end)
}

const waiting = (item) => Decoration.inline(item.from, item.to, { class: "desk-arriving" }, { item })

const trouble = (view, item, sentence) =>
  el("div", { className: "desk-trouble", role: "alert" }, [
    el("p", { textContent: `No card for ${item.source}: ${sentence} The address stays in the text.` }),
    el("button", { type: "button", textContent: "Try again", onclick: () => again(view, item) }),
    el("button", { type: "button", textContent: "Leave it so", onclick: () => forget(view, item) }),
  ])

const mine = (state, item) => arriving.found(state, (spec) => spec.item.id === item.id)
const forget = (view, item) => view.dispatch(view.state.tr.setMeta(key, { remove: mine(view.state, item) }))

const again = (view, item) => {
  const at = mine(view.state, item).find((one) => one.inline)
  forget(view, item)
  if (at) lookFor(view, at.from, at.to)
  view.focus()
}

const blank = (text) => !text.replace(/[\s\u00a0()[\]{}<>.,;:]/g, "")

/** The text of a block, one character for each place in it. */
const charactersOf = (block) => block.textBetween(0, block.content.size, null, "\n")

/** What a block says beside these addresses. */
const textBeside = (block, top, addresses) => {
  let text = ""
  block.descendants((node, offset) => {
    if (!node.isText) return
    const at = top + 1 + offset
    text += [...Array(node.text.length).keys()].filter((n) => !addresses.some(({ from, to }) => at + n >= from && at + n < to)).map((n) => node.text[n]).join("")
  })
  return text
}

/**
 * What an editor would do with an address that became a card below its paragraph: at an end of the sentence, of a line
 * or in brackets it goes; in the middle the sentence needs a word, and gets the account's name as a link.
 */
const takeOut = (tr, { from, to, source }, handle) => {
  const $from = tr.doc.resolve(from)
  const text = charactersOf($from.parent)
  let [start, end] = [from - $from.start(), to - $from.start()]
  if (/[([{<]/.test(text[start - 1] || "") && /[)\]}>]/.test(text[end] || "")) [start, end] = [start - 1, end + 1]
  const before = text.slice(0, start).split("\n").at(-1)
  const after = text.slice(end).split("\n")[0]
  const inBrackets = end - start > to - from
  const isAll = blank(text.slice(0, start) + text.slice(end))
  // An item of a list that is nothing else keeps a word: an empty item is no item.
  if (!isAll && (inBrackets || !before.trim() || blank(after))) {
    const blanks = before.length - before.trimEnd().length
    if (before.trim()) start -= blanks
    else if (!after.trim() && text[start - before.length - 1] === "\n") start -= before.length + 1
    else if (!after.trim() && text[end + after.length] === "\n") end += after.length + 1
    if (!before.trim()) end += after.length - after.trimStart().length
    return tr.delete($from.start() + start, $from.start() + end)
  }
  const { schema } = tr.doc.type
  const link = schema.marks.link.create({ href: /^https?:/i.test(source) ? source : `https://${source}` })
  return tr.replaceWith(from, to, schema.text(handle ? `@${handle}` : "this post", [link]))
}

/** Turns the addresses whose posts came into cards below their paragraphs, in order, as one step to undo. */
const settle = (view, items, answers) => {
  if (view.isDestroyed) return
  const { state } = view
  const places = new Map(items.map((item) => [item, mine(state, item).find((one) => one.inline)]))
  const came = items.filter((item) => places.get(item) && answers.get(item).tweet)
  const failed = items.filter((item) => places.get(item) && !answers.get(item).tweet)
  const tr = pm.history.closeHistory(state.tr)
  const blocks = new Map()
  for (const item of came) {
    const { from, to } = places.get(item)
    const top = state.doc.resolve(from).before(1)
    blocks.set(top, [...(blocks.get(top) || []), { ...item, from, to, tweet: answers.get(item).tweet }])
  }
  let caret = null
  // From the last block to the first, and within one from its end: what was counted before stays true.
  for (const [top, addresses] of [...blocks].sort((one, two) => two[0] - one[0])) {
    const block = state.doc.nodeAt(top)
    const cards = addresses.map(({ tweet }) => state.schema.nodes.newsTweet.create({ id: tweet.id }))
    const size = cards.reduce((sum, card) => sum + card.nodeSize, 0)
    const end = top + block.nodeSize
    const { head, empty } = state.selection
    const follows = empty && addresses.some(({ to }) => head === to)
    const goesAway = blank(textBeside(block, top, addresses))
    if (goesAway) tr.replaceWith(top, end, cards)
    else tr.insert(end, cards)
    const steps = tr.mapping.maps.length
    if (!goesAway) for (const one of addresses.toReversed()) takeOut(tr, one, one.tweet.handle)
    const after = goesAway ? top + size : tr.mapping.slice(steps).map(end + size, 1)
    if (follows || (goesAway && head > top && head < end)) caret = { at: after, steps: tr.mapping.maps.length }
  }
  if (caret) caretInto(tr, tr.mapping.slice(caret.steps).map(caret.at, 1))
  for (const item of came) rememberCard("tweet", answers.get(item).tweet)
  const add = failed.flatMap((item) => {
    const [from, to] = [tr.mapping.map(places.get(item).from, 1), tr.mapping.map(places.get(item).to, -1)]
    const end = tr.mapping.map(state.doc.resolve(places.get(item).to).after(1), -1)
    const note = () => trouble(view, item, answers.get(item).why)
    return [
      Decoration.inline(from, to, {}, { item }),
      Decoration.widget(end, note, { item, side: -1, key: `trouble-${item.id}`, stopEvent: () => true }),
    ]
  })
  tr.setMeta(key, { remove: items.flatMap((item) => mine(state, item)), add })
  view.dispatch(tr)
  return { came: came.length, failed: failed.length }
}

let count = 0

/** Makes cards of the addresses of posts between two places. `codes` are embed codes by the post's id: they say more. */
export const lookFor = (view, start, end, codes = new Map(), say = () => {}) => {
  const items = addressesIn(view.state.doc, start, end).map((one) => ({ ...one, id: ++count }))
  if (!items.length) return 0
  view.dispatch(view.state.tr.setMeta(key, { add: items.map(waiting) }))
  const asked = new Map() // the same post twice is one question
  const ask = (source) => {
    const { id } = postOf(source)
    if (!asked.has(id)) asked.set(id, captureTweet(codes.get(id) || source).then((tweet) => ({ tweet }), (problem) => ({ why: problem.message })))
    return asked.get(id)
  }
  const answered = Promise.all(items.map(async (item) => [item, await ask(item.source)]))
  hold(
    answered.then((answers) => {
      const told = settle(view, items, new Map(answers))
      if (told?.came) say(told.came === 1 ? "A post is in the text as a card." : `${told.came} posts are in the text as cards.`)
    }),
  )
  return items.length
}

export const Arrivals = Extension.create({
  name: "newsArrivals",
  priority: 1100,
  addProseMirrorPlugins() {
    const { editor } = this
    const say = (words) => editor.emit("desk:say", { words })
    return [
      new Plugin({
        key,
        state: arriving.state,
        props: {
          decorations: arriving.decorations,
          // An address typed on a line of its own is one too, and one that failed is asked for again.
          handleKeyDown(view, event) {
            const { $from, empty } = view.state.selection
            if (event.key !== "Enter" || !empty || $from.depth !== 1 || $from.parentOffset < $from.parent.content.size) return false
            if (!postOf($from.parent.textContent)) return false
            const [start, end] = [$from.start(), $from.end()]
            setTimeout(() => lookFor(view, start, end, new Map(), say))
            return false
          },
        },
      }),
    ]
  },
})
