// Counts that hold for every script: words, minutes of reading, and what is still to come (TK). No editor in here.

// The checks before publishing look for the same: with digits after it, it is a flight of Turkish Airlines.
const TK = /\[TK[^\]\n]*\]|(?<![\p{L}\p{N}])TK(?:TK)*(?![\p{L}\p{N}])(?! ?\d{2,4}(?!\d))/gu
const PACE = 238 // words a minute, silent reading of non-fiction: Brysbaert 2019, doi.org/10.1016/j.jml.2019.104047
const WORD = /[\p{L}\p{N}]+(?:['’.,:-][\p{L}\p{N}]+)*/gu

/** Where "to come" stands in a text: TK, TKTK, [TK who said it]. `[{from, to}]`, in characters. */
export const tksIn = (text) => [...text.matchAll(TK)].map((found) => ({ from: found.index, to: found.index + found[0].length }))

let segmenter = null
const segments = (text, language) => {
  if (segmenter?.language !== language) {
    try {
      segmenter = { language, by: new Intl.Segmenter(language, { granularity: "word" }) }
    } catch {
      segmenter = { language, by: null } // an old browser, or a language that is none
    }
  }
  return segmenter.by?.segment(text)
}

/** How many words a text has. Chinese, Japanese and Thai put no blanks between theirs: the browser knows them. */
export const wordsIn = (text, language = "en") => {
  const parts = segments(text, language)
  if (!parts) return (text.match(WORD) || []).length
  let count = 0
  for (const part of parts) if (part.isWordLike) count++
  return count
}

/** Whole minutes, at least one where there is something to read. */
export const minutesFor = (words) => (words ? Math.max(1, Math.round(words / PACE)) : 0)
