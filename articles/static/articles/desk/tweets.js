// Posts: how one is drawn, what is still to be typed of it, and the picker.

import { dialog, el, field, finder, send, smallForm } from "desk/dialogs"

/** How a post stands on the page: name, words, time. */
export const drawn = (tweet) => {
  const said = el("p", { className: "desk-said", textContent: tweet.text || "The words are not known yet.", dir: tweet.text ? tweet.direction : "ltr" })
  if (tweet.language && tweet.text) said.lang = tweet.language
  const gloss = tweet.translation ? [el("p", { className: "desk-gloss", textContent: tweet.translation })] : []
  const handle = tweet.handle ? `@${tweet.handle}` : ""
  const who = el("p", {}, [el("strong", { textContent: tweet.name || handle || `Post ${tweet.statusId}` }), tweet.name ? ` ${handle}` : ""])
  const when = el("small", { textContent: [tweet.posted, tweet.gone].filter(Boolean).join(" · ") })
  return [who, said, ...gloss, when]
}

/** The card that the server makes of an address or an embed code. Throws an Error with a sentence. */
export const captureTweet = async (source) => (await send("tweets/capture/", { source })).tweet

/**
 * The fields for what nobody typed yet of a post, `{box, pending}`: `pending()` is a promise when words wait to be
 * sent, else null. `done(tweet)` gets the row when the server has it.
 */
export const missingWords = (tweet, done) => {
  const text = el("textarea", { rows: 2, dir: "auto" })
  const name = el("input", { dir: "auto", value: tweet.name })
  const handle = el("input", { value: tweet.handle, readOnly: Boolean(tweet.handle) })
  const language = el("input", { placeholder: "en" })
  const translation = el("textarea", { rows: 1, dir: "auto" })
  const error = el("p", { className: "desk-error", role: "alert" })
  const keep = async () => {
    error.textContent = ""
    if (!text.value.trim()) {
      error.textContent = "Type the words of the post."
      return text.focus()
    }
    const said = { text: text.value, author_name: name.value, handle: handle.value, language: language.value, translation: translation.value }
    try {
      done((await send(`tweet/${tweet.id}/words/`, said)).tweet)
    } catch (problem) {
      error.textContent = problem.message
    }
  }
  const typed = () => [text, name, translation].some((one) => one.value.trim() && one.value !== one.defaultValue)
  const button = el("button", { type: "button", textContent: "Keep these words", onclick: keep })
  const box = el("div", { className: "desk-missing" }, [
    el("p", {}, [
      "We know its address and not its words. Type them, so that they stay when the ",
      el("a", { href: tweet.url, target: "_blank", rel: "noopener noreferrer", textContent: "original" }),
      " goes.",
    ]),
    field("Words of the post", text),
    el("div", { className: "desk-pair" }, [field("Name", name), field("Handle", handle)]),
    el("div", { className: "desk-pair" }, [field("Language", language), field("Our translation", translation)]),
    error,
    button,
  ])
  return { box, pending: () => (text.isConnected && text.value.trim() && typed() ? keep() : null) }
}

export const chooseTweet = () =>
  dialog(
    "Insert a tweet",
    (done) => {
      const source = el("textarea", { name: "source", rows: 3, required: true })
      const form = smallForm([field("Address of the post, or X’s embed code", source)], "Insert", async () => done(await captureTweet(source.value)))
      const pick = (tweet) => el("button", { type: "button", className: "desk-choice post", onclick: () => done(tweet) }, drawn(tweet))
      return [form, ...finder("Or find one that we have", "tweets/", pick, "No tweet found.")]
    },
    { wide: true },
  )
