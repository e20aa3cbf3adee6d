"""A few lines of a story around what was looked for, with the words marked."""

from collections.abc import Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from articles import document
from articles.models.article import direction_of
from articles.pages.passages import passages
from articles.words import Term, Word, stem, words_in

LENGTH = 220  # characters, about three lines
LEAD_IN = 60


def excerpt(said: document.Document, terms: Sequence[Term]) -> SafeString:
    """The first passage that says most of it, cut around the words; "" when none does (the headline alone, a name)."""
    best: tuple[str, str, list[Word]] = ("", said.language, [])
    most = 0
    for text, language in passages(said):
        marks: list[Word] = []
        hits = 0
        words = list(words_in(text))
        for term in terms:
            places = list(found(term, words, language))
            hits += bool(places)
            marks += places
        if hits > most:
            best, most = (text, language, marks), hits
        if hits == len(terms):
            break
    text, language, marks = best
    return (
        in_its_language(marked(text, sorted(marks, key=start_of)), language, said.language) if marks else SafeString("")
    )


def found(term: Term, words: list[Word], language: str) -> Iterator[Word]:
    """Where a term stands among the words of a passage."""
    if term.stems:
        # Only what may be a form of it is stemmed: but for Arabic a stemmer leaves the first two letters alone.
        begins = term.written[0][:2]
        arabic = begins > "\u0600"
        likely = words if arabic else [word for word in words if word.word.startswith(begins)]
        yield from (word for word in likely if stem(word.word, language) in term.stems)
        return
    length = len(term.written)
    for n in range(len(words) - length + 1):
        if all(words[n + i].word == written for i, written in enumerate(term.written)):
            yield Word(" ".join(term.written), words[n].start, words[n + length - 1].end)


def start_of(word: Word) -> int:
    return word.start


def marked(text: str, marks: list[Word]) -> str:
    """The part of a text around the first mark as HTML, cut between words."""
    start = cut_before(text, marks[0].start)
    end = cut_after(text, max(start + LENGTH, marks[0].end))
    parts, at = [], start
    for mark in marks:
        if at <= mark.start and mark.end <= end:
            parts += [escape(text[at : mark.start]), "<mark>", escape(text[mark.start : mark.end]), "</mark>"]
            at = mark.end
    parts.append(escape(text[at:end]))
    return f"{'… ' if start else ''}{''.join(parts).strip()}{' …' if end < len(text) else ''}"


def cut_before(text: str, place: int) -> int:
    if place <= LEAD_IN:
        return 0
    space = text.find(" ", place - LEAD_IN, place)
    return space + 1 if space >= 0 else place - LEAD_IN // 3


def cut_after(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - LEAD_IN, place + 1)
    return space if space >= 0 else place


def in_its_language(html: str, language: str, around: str) -> SafeString:
    if language == around:
        return SafeString(html)
    return SafeString(f'<span lang="{escape(language)}" dir="{direction_of(language)}">{html}</span>')
