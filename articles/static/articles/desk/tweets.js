// Tweets: an address or X's embed code becomes a row of our own; what is missing is typed. Gives a card, or null.

import { dialog, el, field, finder, send, smallForm } from "desk/dialogs"

const ADDRESS = /^(?:https?:\/\/)?(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com\/\S*status(?:es)?\/\d{1,20}\S*$/i
const EMBED = /<blockquote[^>]+\btwitter-(?:tweet|video)\b/i

/** The address or embed code in what was pasted, or "". An address counts only when it stands alone. */
export const sourceIn = (data) => {
  const text = data.getData("text/plain").trim()
  const html = data.getData("text/html")
  if (ADDRESS.test(text) || EMBED.test(text)) return text
  return EMBED.test(html) ? html : ""
}

/** How a post stands on the page: name, words, time. */
export const drawn = (tweet) => {
  const said = el("p", { className: "desk-said", textContent: tweet.text || "The words are not known yet.", dir: tweet.direction })
  if (tweet.language) said.lang = tweet.language
  const gloss = tweet.translation ? [el("p", { className: "desk-gloss", textContent: tweet.translation })] : []
  const who = el("p", {}, [el("strong", { textContent: tweet.name || `@${tweet.handle}` }), ` @${tweet.handle}`])
  const when = el("small", { textContent: [tweet.posted, tweet.gone].filter(Boolean).join(" · ") })
  return [who, said, ...gloss, when]
}

const missingForm = (source, known, done) => {
  const control = (name, attributes = {}) =>
    el(attributes.rows ? "textarea" : "input", { name, value: known[name] || "", ...attributes })
  const fields = [
    el("p", { textContent: `Post ${known.status_id} is not in the archive yet. Type what it says, so that it stays when the original goes.` }),
    field("Words of the post", control("text", { rows: 4, required: true, dir: "auto" })),
    field("Name", control("author_name", { required: true })),
    field("Handle", control("handle", { required: true }), "Without the @."),
    field("Language", control("language", { placeholder: "en" }), "en, ar, pt-BR"),
    field("Our translation", control("translation", { rows: 2 })),
  ]
  return smallForm(fields, "Keep and insert", async (data) => {
    const { tweet } = await send("tweets/capture/", { ...Object.fromEntries(data), source })
    if (tweet) done(tweet)
  })
}

const typeMissing = (source, known) => dialog("What does the post say?", (done) => [missingForm(source, known, done)])

/** The card of a pasted address or embed code; asks for the words when only the address is known. */
export const captureTweet = async (source) => {
  const { tweet, missing } = await send("tweets/capture/", { source })
  return tweet || typeMissing(source, missing)
}

export const chooseTweet = async () => {
  const chosen = await dialog(
    "Insert a tweet",
    (done) => {
      const source = el("textarea", { name: "source", rows: 3, required: true })
      const form = smallForm([field("Address of the post, or X’s embed code", source)], "Insert", async () => {
        const { tweet, missing } = await send("tweets/capture/", { source: source.value })
        done(tweet || { missing, source: source.value })
      })
      const pick = (tweet) => el("button", { type: "button", className: "desk-choice post", onclick: () => done(tweet) }, drawn(tweet))
      return [form, ...finder("Or find one that we have", "tweets/", pick, "No tweet found.")]
    },
    { wide: true },
  )
  return chosen?.missing ? typeMissing(chosen.source, chosen.missing) : chosen
}
