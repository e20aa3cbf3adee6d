// Blocks of marked text, as a paste was read → the body's own HTML. No editor in here.
//
// A block is {runs, list, quote, pull, heading}, {rule} or {html}; a run is {text, marks, href}.

const ORDER = ["strong", "em", "sub", "sup"]
const DEEPEST = 6 // lists within lists
const BULLET = /^\s*[•·▪▫◦‣●○■□][\s\u00a0]+/u
const DASH = /^\s*[-*–][\s\u00a0]+/u
const NUMBER = /^\s*(\d{1,3})[.)][\s\u00a0]+/u

export const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;")

// A space that must not break belongs between a number and its unit and inside French quotes; all others are left over.
const staysTogether = (before, after) =>
  (/\p{N}/u.test(before) && /[\p{L}\p{N}%€$£°]/u.test(after)) || /[«‹]/.test(before) || /[»›!?:;%]/.test(after)

/** One space between words, none at the ends, no-break spaces only where somebody means them. */
const tidied = (runs) => {
  const all = runs.map((run) => run.text).join("")
  let at = 0
  let last = "\n"
  const out = []
  for (const run of runs) {
    let text = ""
    for (const character of run.text) {
      const before = all[at - 1] || ""
      at += character.length
      let one = character
      if (one === "\u00a0") one = staysTogether(before, all[at] || "") ? one : " "
      if (one === " " && /[\s\u00a0]/.test(last)) continue
      text += one
      last = one
    }
    if (text) out.push({ ...run, text })
  }
  while (out.length && !out.at(-1).text.trimEnd()) out.pop()
  if (out.length) out.at(-1).text = out.at(-1).text.trimEnd()
  return out
}

const written = (runs, plainly) => {
  let html = ""
  for (const { text, marks, href } of runs) {
    const shown = escaped(text).replace(/\s*\n\s*/g, "<br>")
    const around = ORDER.filter((mark) => marks.has(mark) && !(plainly && mark === "strong"))
    const inner = around.reduceRight((inside, mark) => `<${mark}>${inside}</${mark}>`, shown)
    html += href ? `<a href="${escaped(href)}">${inner}</a>` : inner
  }
  return html
}

/** Runs parted where two line breaks stand together: that is a paragraph's end to who typed it. */
export const paragraphs = (runs) => {
  const parts = [[]]
  const joined = []
  for (const run of runs) for (const piece of run.text.split(/(\n)/)) if (piece) joined.push({ ...run, text: piece })
  for (let n = 0; n < joined.length; n++) {
    if (joined[n].text !== "\n") {
      parts.at(-1).push(joined[n])
      continue
    }
    let next = n + 1
    while (joined[next] && !joined[next].text.replace(/\n/g, "").trim()) next++
    const breaks = joined.slice(n, next).filter((one) => one.text === "\n").length
    if (breaks > 1) parts.push([])
    else if (parts.at(-1).length) parts.at(-1).push(joined[n])
    n = next - 1
  }
  return parts.map(tidied).filter((part) => part.length)
}

const textOf = (block) => (block.runs || []).map((run) => run.text).join("")

const without = (block, pattern) => {
  let cut = pattern.exec(textOf(block))[0].length
  const runs = []
  for (const run of block.runs) {
    const text = run.text.slice(cut)
    cut = Math.max(0, cut - run.text.length)
    if (text) runs.push({ ...run, text })
  }
  return { ...block, runs }
}

/** Bullets and numbers that were typed: one bullet makes an item, dashes and numbers need a neighbour. */
const typedLists = (blocks) => {
  const kind = (block) => {
    if (!block?.runs || block.list || block.heading || block.quote || block.pull) return null
    const text = textOf(block)
    if (BULLET.test(text)) return { pattern: BULLET, ordered: false, sure: true }
    if (DASH.test(text)) return { pattern: DASH, ordered: false, sign: text.trim()[0] }
    const number = NUMBER.exec(text)
    return number && { pattern: NUMBER, ordered: true, number: Number(number[1]) }
  }
  const follows = (one, two) => one && two && one.pattern === two.pattern && one.sign === two.sign && (!one.ordered || two.number === one.number + 1)
  const kinds = blocks.map(kind)
  let key = 0
  return blocks.map((block, n) => {
    const mine = kinds[n]
    const joined = follows(kinds[n - 1], mine)
    if (!mine || !(mine.sure || joined || (follows(mine, kinds[n + 1]) && (!mine.ordered || mine.number === 1 || joined)))) return block
    if (!joined) key++
    return { ...without(block, mine.pattern), list: { key: `typed${key}`, level: 1, ordered: mine.ordered, item: `typed${n}` } }
  })
}

const listHTML = (blocks) => {
  let html = ""
  const open = [] // {tag, item}
  const shut = () => {
    const { tag } = open.pop()
    html += `</li></${tag}>`
  }
  for (const { list, runs } of blocks) {
    const level = Math.min(list.level, open.length + 1, DEEPEST)
    const tag = list.ordered ? "ol" : "ul"
    while (open.length > level || (open.length === level && open.at(-1).tag !== tag && open.at(-1).item !== list.item)) shut()
    if (open.length < level) {
      html += `<${tag}><li>`
      open.push({ tag, item: list.item })
    } else if (open.at(-1).item !== list.item) {
      html += "</li><li>"
      open.at(-1).item = list.item
    }
    html += `<p>${written(runs)}</p>`
  }
  while (open.length) shut()
  return html
}

const alike = (one, two) => {
  if (one.list || two.list) return one.list?.key === two.list?.key
  return (one.quote || one.pull) && one.quote === two.quote && one.pull === two.pull
}

/** The HTML of blocks, lists that were typed made lists. */
export const blocksHTML = (read) => {
  const blocks = typedLists(read)
  const groups = []
  for (const block of blocks) {
    if (groups.length && alike(groups.at(-1)[0], block)) groups.at(-1).push(block)
    else groups.push([block])
  }
  return groups.map(groupHTML).join("")
}

const groupHTML = (group) => {
  const [first] = group
  if (first.html) return first.html
  if (first.rule) return "<hr>"
  if (first.list) return listHTML(group)
  const inside = group.map(({ runs }) => written(runs))
  if (first.quote) return `<blockquote>${inside.map((one) => `<p>${one}</p>`).join("")}</blockquote>`
  if (first.pull) return `<aside class="pull-quote"><p>${inside.join("<br>")}</p></aside>`
  if (first.heading) return `<${first.heading}>${written(first.runs, true)}</${first.heading}>`
  return `<p>${inside[0]}</p>`
}
