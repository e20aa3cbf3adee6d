// What a clipboard brings → the few elements that the body knows. Text in, HTML out; no editor in here.
//
// Seen: Google Docs wraps all in <b style="font-weight:normal"> and says bold and italic in spans; Word's lists are
// paragraphs with mso-list and a bullet typed in; web pages bring pictures, buttons and hidden parts.

import { blocksHTML, escaped, paragraphs } from "desk/blocks"
import { followable, postOf } from "desk/links"

const HEADINGS = { h1: "h2", h2: "h2", h3: "h3", h4: "h3", h5: "h3", h6: "h3" }
const MARKS = { b: "strong", strong: "strong", i: "em", em: "em", cite: "em", dfn: "em", sub: "sub", sup: "sup" }
const BLOCKS = new Set(
  ("address article aside blockquote body center dd details dialog div dl dt fieldset figcaption footer form header main " +
    "p pre section summary table tbody thead tfoot tr td th caption").split(" "),
)
const DROPPED = new Set(
  "script style template noscript svg math head title meta link canvas button select input textarea nav datalist".split(" "),
)
const PLAYERS = new Set("iframe video audio object embed".split(" "))
const STRUCK = new Set("s strike del".split(" "))
const COUNTED = /^\s*\(?(?:\d+|[a-z]{1,4})[.)]/i
const EMBED = /<blockquote[^>]+\btwitter-(?:tweet|video)\b/i

// The page's policy allows no inline styles and handlers, and the browser reports each that it parses, even where
// nothing is drawn or run. So they are renamed before: a mark that no text has stands before their names.
const MARK = "\uE000"
const INLINE = /([\s"'/])(style|on[a-z]+)(?=\s*=)/gi
const unmarked = (text) => (text || "").replaceAll(MARK, "")
const attribute = (node, name) => unmarked(node.getAttribute(name))

/** The body of copied HTML, to be looked at. */
export const parsed = (html) => {
  const quiet = unmarked(html).replace(/<(\/?)style\b/gi, "<$1template").replace(INLINE, `$1${MARK}$2`)
  return new DOMParser().parseFromString(quiet, "text/html").body
}

const styleOf = (node) => {
  const said = {}
  for (const part of attribute(node, `${MARK}style`).split(";")) {
    const at = part.indexOf(":")
    if (at > 0) said[part.slice(0, at).trim().toLowerCase()] = part.slice(at + 1).trim().toLowerCase()
  }
  return said
}

class Reader {
  constructor() {
    this.blocks = []
    this.runs = []
    this.place = {}
    this.items = 0
    this.codes = new Map()
    this.left = { pictures: 0, players: 0, struck: 0, tables: 0 }
  }

  end() {
    for (const runs of paragraphs(this.runs)) this.blocks.push({ ...this.place, runs })
    this.runs = []
  }

  block(node, at, change) {
    this.end()
    const inside = { ...at, ...change }
    this.children(node, inside)
    this.end()
  }

  children(node, at) {
    for (const child of node.childNodes) this.node(child, at)
  }

  add(text, at) {
    this.place = { list: at.list, quote: at.quote, heading: at.heading, pull: at.pull }
    this.runs.push({ text, marks: at.marks, href: at.href })
  }

  node(node, at) {
    if (node.nodeType === 3) this.add(at.pre ? unmarked(node.data) : unmarked(node.data).replace(/[ \t\r\n\f]+/g, " "), at)
    else if (node.nodeType === 1) this.element(node, at)
  }

  element(node, at) {
    const name = node.localName
    const style = styleOf(node)
    if (DROPPED.has(name) || style.display === "none" || style["mso-hide"] === "all" || style["mso-list"] === "ignore") return
    if (node.hidden || node.getAttribute("aria-hidden") === "true") return
    if (PLAYERS.has(name)) return void this.left.players++
    if (STRUCK.has(name) || /line-through/.test(style["text-decoration"] || style["text-decoration-line"] || "")) {
      if (node.textContent.trim()) this.left.struck++
      return
    }
    if (name === "img" || name === "picture") return this.picture(node, at)
    if (name === "figure" && node.querySelector("img, picture, video")) return void this.left.pictures++
    if (name === "news-photo" || name === "news-tweet") return this.atom(node)
    if (name === "blockquote" && EMBED.test(node.outerHTML.slice(0, 400))) return this.post(node)
    if (node.querySelector(":scope > .who") && node.querySelector(":scope > .when a[href]")) return this.post(node)
    if (name === "br") return this.add("\n", at)
    if (name === "hr") return this.end(), void this.blocks.push({ rule: true })
    const marked = this.marked(name, style, at)
    const heading = HEADINGS[name] || (node.getAttribute("role") === "heading" && HEADINGS[`h${node.getAttribute("aria-level") || 2}`])
    if (heading) return this.block(node, marked, at.list || at.quote ? {} : { heading })
    if (name === "ul" || name === "ol" || name === "menu") return this.list(node, marked)
    if (name === "li") return this.block(node, marked, at.list ? { list: this.item(node, at.list) } : {})
    if (/\bl\d+ level\d/.test(style["mso-list"] || "")) return this.wordItem(node, marked, style["mso-list"])
    if (name === "blockquote") return this.block(node, marked, at.list ? {} : { quote: ++this.items })
    if (name === "aside" && node.classList.contains("pull-quote")) return this.block(node, marked, { pull: ++this.items })
    if (name === "table") return this.table(node, marked)
    if (BLOCKS.has(name)) return this.block(node, marked, name === "pre" ? { pre: true } : {})
    if (name === "a") return this.link(node, marked)
    this.children(node, marked)
  }

  marked(name, style, at) {
    const marks = new Set(at.marks)
    if (MARKS[name]) marks.add(MARKS[name])
    const weight = style["font-weight"]
    if (/^(?:bold|bolder|[6-9]00)$/.test(weight)) marks.add("strong")
    else if (/^(?:normal|lighter|[1-5]00)$/.test(weight)) marks.delete("strong")
    if (/^(?:italic|oblique)/.test(style["font-style"])) marks.add("em")
    else if (style["font-style"] === "normal") marks.delete("em")
    if (style["vertical-align"] === "super") marks.add("sup")
    if (style["vertical-align"] === "sub") marks.add("sub")
    return { ...at, marks }
  }

  link(node, at) {
    const said = attribute(node, "href")
    if (/^#(?:cmnt|_msocom)/.test(said)) return // a colleague's remark, not the text
    this.children(node, { ...at, href: followable(said) || at.href })
  }

  picture(node, at) {
    if (node.closest("[role=checkbox]")) return // how Google Docs draws a box to tick
    const alt = attribute(node, "alt")
    // Publishing systems turn an emoji into a picture of it.
    if (/^\p{Extended_Pictographic}/u.test(alt) && alt.length < 20) return this.add(alt, at)
    const size = Math.min(...["width", "height"].map((side) => Number(node.getAttribute(side) || 100)))
    if (size > 2) this.left.pictures++ // smaller ones count visitors
  }

  atom(node) {
    this.end()
    const said = [...node.attributes].filter(({ name }) => /^data-(?:id|caption|alt|crop)$/.test(name))
    this.blocks.push({ html: `<${node.localName}${said.map(({ name, value }) => ` ${name}="${escaped(unmarked(value))}"`).join("")}></${node.localName}>` })
  }

  /** X's embed code, or a post as our own pages draw it: its address on a line of its own. */
  post(node) {
    const address = [...node.querySelectorAll("a[href]")].map((a) => attribute(a, "href")).filter(postOf).at(-1)
    if (!address) return this.block(node, { marks: new Set() }, { quote: ++this.items })
    this.end()
    if (EMBED.test(node.outerHTML.slice(0, 400))) this.codes.set(postOf(address).id, unmarked(node.outerHTML))
    this.blocks.push({ runs: [{ text: address, marks: new Set(), href: address }] })
  }

  list(node, at) {
    this.end()
    const lone = node.closest(".ListContainerWrapper") // Word on the web wraps each item in a list of its own
    const list = {
      ordered: node.localName === "ol",
      level: (at.list?.level || 0) + 1,
      key: at.list?.key || (lone ? "word" : `list${++this.items}`),
      item: at.list?.item,
    }
    this.children(node, { ...at, list, heading: undefined })
    this.end()
  }

  item(node, list) {
    const level = Number(node.getAttribute("data-aria-level")) || list.level
    return { ...list, level, item: ++this.items }
  }

  wordItem(node, at, said) {
    const [, key, level] = /\b(l\d+) level(\d+)/.exec(said)
    const marker = [...node.querySelectorAll("span")].find((one) => styleOf(one)["mso-list"] === "ignore")
    const ordered = COUNTED.test(marker?.textContent || "") && marker.textContent.trim() !== "o"
    this.block(node, at, { list: { key, level: Number(level), ordered, item: ++this.items } })
  }

  table(node, at) {
    const rows = [...node.rows]
    const isLayout = rows.every((row) => row.cells.length < 2) || node.querySelector("table, ul, ol, h1, h2, h3, blockquote")
    if (isLayout) return this.block(node, at, {})
    this.end()
    this.left.tables++
    for (const row of rows) {
      ;[...row.cells].forEach((cell, n) => {
        if (n && cell.textContent.trim()) this.add(" · ", at)
        for (const part of cell.childNodes) {
          if (part.localName === "p") this.children(part, at)
          else this.node(part, at)
        }
      })
      this.end()
    }
  }
}

const read = (html) => {
  const reader = new Reader()
  const body = parsed(html)
  reader.children(body, { marks: new Set() })
  reader.end()
  return reader
}

const linesHTML = (text) => text.split(/\r\n?|\n/).map((line) => `<p>${escaped(line.replace(/\t/g, " "))}</p>`).join("")

/** Plain text, with X's embed code in it or without, as HTML to be cleaned: a line is a paragraph. */
const asHTML = (text) => {
  const parts = text.split(/(<blockquote[^>]+\btwitter-(?:tweet|video)\b[\s\S]*?<\/blockquote>(?:\s*<script[^>]*>\s*<\/script>)?)/i)
  return parts.map((part, n) => (n % 2 ? part : linesHTML(part))).join("")
}

/**
 * `{html, codes, left}` of what was copied: clean HTML, X's embed codes by the post's id, and how many pictures,
 * players, struck-out words and tables did not come along as they were.
 */
export const cleaned = (html) => {
  const textContent = unmarked(parsed(html).textContent)
  // The code itself, copied from where it is shown.
  const reader = read(EMBED.test(textContent) ? asHTML(textContent) : html)
  return { html: blocksHTML(reader.blocks), codes: reader.codes, left: reader.left }
}

export const cleanedText = (text) => {
  const reader = read(asHTML(text))
  return { html: blocksHTML(reader.blocks), codes: reader.codes, left: reader.left }
}

/** What was left out, in a sentence; "" when nothing was. */
export const leftOut = ({ pictures, players, struck, tables }) => {
  const many = (count, one, more) => (count === 1 ? `a ${one}` : `${count} ${more}`)
  const gone = []
  if (pictures) gone.push(many(pictures, "picture", "pictures"))
  if (players) gone.push(many(players, "player", "players"))
  if (struck) gone.push(many(struck, "struck-out passage", "struck-out passages"))
  const sentence = gone.length ? `Left out of what was pasted: ${gone.join(", ")}.` : ""
  const advice = pictures ? " Drop the file of a picture into the text, or choose it with Photo." : ""
  const table = tables ? " Of a table each row is a line now." : ""
  return `${sentence}${advice}${table}`.trim()
}
