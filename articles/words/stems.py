"""A word in a language → what its forms have in common, marked with the language: running, runs → en:run.

The language is part of the stem, since stems of one language are words of another: Romanian “state” is stemmed to
“stat”, and who looks for “states” does not mean it. A word in a script that its language does not use (AFP in an
Arabic story), and one of a language without a stemmer here, stands for itself: x:afp.
"""

from functools import lru_cache
from threading import local

import snowballstemmer

# The stemmers by script. A search asks each of its script's, for the reader's language is not known: one more
# language in Latin letters is a tenth of a millisecond for every word.
LATIN = {
    "de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian", "nl": "dutch",
    "pt": "portuguese", "sv": "swedish",
}  # fmt: skip
CYRILLIC = {"ru": "russian"}
GREEK = {"el": "greek"}
ARABIC = {"ar": "light"}
ALGORITHMS = LATIN | CYRILLIC | GREEK | ARABIC
NONE = "x"

# light10 (Larkey, Ballesteros and Connell, 2007). Snowball's Arabic takes less from a word with the article than from
# the same word without it, so that neither finds the other.
ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")

# A stemmer keeps the word that it works on: two threads would mix theirs.
own = local()


def languages_of(word: str) -> dict[str, str]:
    """The stemmers for the script of a folded word, by its first letter."""
    first = word[:1]
    if "a" <= first <= "ɏ":
        return LATIN
    if "Ѐ" <= first <= "ԯ":
        return CYRILLIC
    if "Ͱ" <= first <= "Ͽ":
        return GREEK
    return ARABIC if "ء" <= first <= "ۓ" else {}


def stem(word: str, language: str) -> str:
    """The stem of a folded word in a text of a language (a BCP 47 tag)."""
    short = language.partition("-")[0].lower()
    return stemmed(word, short if short in languages_of(word) else NONE)


def stems(word: str) -> list[str]:
    """Every stem that a story may have a folded word by, whatever its language."""
    return [stemmed(word, language) for language in (*languages_of(word), NONE)]


@lru_cache(maxsize=50_000)
def stemmed(word: str, language: str) -> str:
    if language == NONE:
        return f"{NONE}:{word}"
    return f"{language}:{light(word) if ALGORITHMS[language] == 'light' else snowball(language).stemWord(word)}"


def snowball(language: str):
    """This thread's stemmer."""
    if language not in own.__dict__:
        own.__dict__[language] = snowballstemmer.stemmer(ALGORITHMS[language])
    return own.__dict__[language]


def light(word: str) -> str:
    """An Arabic word without “and”, article and endings, while enough of it is left."""
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            word = word[len(article) :]
            break
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            word = word[: -len(ending)]
    return word
