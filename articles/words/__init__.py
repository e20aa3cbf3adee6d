"""Words as search compares them: text in any script → the same plain tokens on every database. No Django in here.

    text ──folding──▶ words ──stems──▶ tokens      what a story is found by, and what a reader looks for

The databases' own tokenizers, stemmers and accents differ; so they get tokens that mean nothing to them, to store and
to intersect, and the same words find the same stories on both.
"""

from articles.words.asking import MOST_CHARACTERS, MOST_WORDS, Asked, Term, asked
from articles.words.folding import Word, plain_latin, words, words_in
from articles.words.stems import stem, stems
from articles.words.tokens import CLOSING, HEADLINE, Tokens, pairs, stream, tokens_of

__all__ = [
    "CLOSING",
    "HEADLINE",
    "MOST_CHARACTERS",
    "MOST_WORDS",
    "Asked",
    "Term",
    "Tokens",
    "Word",
    "asked",
    "pairs",
    "plain_latin",
    "stem",
    "stems",
    "stream",
    "tokens_of",
    "words",
    "words_in",
]
