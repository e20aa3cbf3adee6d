// Addresses: which of them readers can follow, what redirectors hide, and which name a post on X. No editor in here.

const POST_PATH =
  "(?:(?:www|mobile|m)\\.)?(?:twitter|x)\\.com/(?:#!/)?(?:i/(?:web/)?status(?:es)?|statuses|([a-z0-9_]{1,20})/status(?:es)?)" +
  "/([1-9][0-9]{0,19})(?:/(?:photo|video)/[0-9]{1,2})?/?"
const POST = new RegExp(`^(?:https?://)?${POST_PATH}(?:[?#]\\S*)?$`, "i")
// Within a text an address ends before what closes the sentence or the bracket around it.
const POSTS = new RegExp(`(?<![\\w./@-])(?:https?://)?${POST_PATH}(?:[?#][^\\s)\\]}<>"'“”’,;]*[^\\s)\\]}<>"'“”’,;.:!?])?`, "gi")

/** The post that an address names, `{handle, id}`, or null. The server reads addresses by the same rule. */
export const postOf = (address) => {
  const found = POST.exec((address || "").trim())
  return found && { handle: found[1] || "", id: found[2] }
}

/** The addresses of posts in plain words: `[{from, to, source}]`, in characters. */
export const postsIn = (text) =>
  [...text.matchAll(POSTS)].map((found) => ({ from: found.index, to: found.index + found[0].length, source: found[0] }))

// host → where it keeps the address that it leads to
const REDIRECTORS = [
  [/^(?:www\.)?google\.[a-z.]+$/, /^\/url$/, ["q", "url"]],
  [/^lm?\.(?:facebook|instagram)\.com$/, /./, ["u"]],
  [/\.safelinks\.protection\.outlook\.com$/, /./, ["url"]],
  [/^(?:www\.)?youtube\.com$/, /^\/redirect$/, ["q"]],
  [/^(?:www\.)?linkedin\.com$/, /^\/(?:redir\/redirect|safety\/go)$/, ["url"]],
  [/^out\.reddit\.com$/, /./, ["url"]],
  [/^slack-redir\.net$/, /^\/link$/, ["url"]],
  [/^t\.umblr\.com$/, /^\/redirect$/, ["z"]],
  [/^duckduckgo\.com$/, /^\/l\/$/, ["uddg"]],
]
const TRACKERS = /([?&])(?:utm_[a-z]+|fbclid|gclid|mc_[ce]id|igshid)=[^&#]*/gi

const parsed = (address) => {
  try {
    return new URL(address)
  } catch {
    return null
  }
}

/** Where an address leads in the end: redirectors are taken off, and what only counts visitors. */
export const unwrapped = (address) => {
  let href = address
  for (let step = 0; step < 4; step++) {
    const url = parsed(href)
    const known = url && REDIRECTORS.find(([host, path]) => host.test(url.hostname) && path.test(url.pathname))
    const inside = known && known[2].map((name) => url.searchParams.get(name)).find((one) => /^https?:\/\//i.test(one || ""))
    if (!inside) break
    href = inside
  }
  if (!TRACKERS.test(href)) return href
  TRACKERS.lastIndex = 0
  const [before, ...anchor] = href.replace(TRACKERS, "$1").split("#")
  return [before.replace(/\?&+/, "?").replace(/&{2,}/g, "&").replace(/[?&]+$/, ""), ...anchor].join("#")
}

/** What a link of a paste may be: an address that readers can follow, or "". */
export const followable = (address) => {
  const href = (address || "").trim()
  return /^https?:\/\/[^/?#\\\s]|^mailto:\S/i.test(href) ? unwrapped(href) : ""
}

const HOST = /^(?:[^.]+\.)+(?:[^.\d][^.]+)$|^\d+\.\d+\.\d+\.\d+$|^\[[0-9a-f:]+\]$|^localhost$/i

/** The address that somebody typed, completed. Throws an Error with a sentence when readers could not follow it. */
export const checked = (words) => {
  const typed = words.trim()
  if (!typed) throw new Error("Type an address.")
  if (/^[^\s@/:]+@[^\s@/:]+$/.test(typed)) return checked(`mailto:${typed}`)
  if (/\s/.test(typed)) throw new Error("An address has no blanks. Is it a sentence, or are there two addresses?")
  if (/^mailto:/i.test(typed)) {
    if (/^mailto:[^\s@?]+@[^\s@.?]+(\.[^\s@.?]+)+(\?\S*)?$/i.test(typed)) return typed
    throw new Error("This is not a whole e-mail address, such as desk@example.org.")
  }
  if (/^\/(?![/\\])/.test(typed)) return typed
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(typed)
  if (scheme && !/^https?$/i.test(scheme[1])) throw new Error(`Readers cannot follow “${scheme[1]}:”. Begin with https://, mailto: or a slash.`)
  if (scheme && !/^https?:\/\/[^/\\]/i.test(typed)) throw new Error("After https: come two slashes and a host: https://example.org")
  const full = scheme ? typed : `https://${typed.replace(/^[/\\]+/, "")}`
  const url = parsed(full)
  if (!url) throw new Error("This is not an address: look at the part after https://.")
  if (url.username || url.password) throw new Error("There is an @ before the host: readers would think they go somewhere else.")
  if (!HOST.test(url.hostname)) throw new Error(`“${url.hostname}” is not a whole host: is something missing, such as “.com”?`)
  return unwrapped(full)
}
