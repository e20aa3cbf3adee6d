"""One name spelt two ways in a story. Careful rather than complete: who was called in vain twice does not come again.

Latin script: a name is written with a capital inside a sentence, and never without. Two are suspected when they sound
alike (transliterations differ in vowels and doubled letters: Mohammed, Muhamad), or when one letter of a long word
differs, and one of the two is rare. Of two full names one part is the same. Arabic has no capitals: there it is one
word with and without its hamza or points (الأسد, الاسد) beside the same other word. Pure; no database.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

SHORTEST, LONG = 4, 7
RARE = 2  # two names that are both frequent are two people
MOST_NAMES = 1000  # a text of 1 MB may hold more: then nobody waits for the comparison of all with all

WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ][^\W\d_]+)*")
PARTICLES = {
    "al",
    "el",
    "ad",
    "as",
    "bin",
    "ibn",
    "abu",
    "de",
    "del",
    "da",
    "dos",
    "la",
    "di",
    "van",
    "von",
    "der",
    "den",
}
PARTED = re.compile(r"[^\w\s’'-]")
GOES_ON = re.compile(r"[^\W_]|[,;)&/–-]")  # before a word inside a sentence, blanks aside
POSSESSIVE = re.compile(r"[’'](?:s|S)?$")
# Beside a name, its inflections and what is made of it are no other spelling.
ENDINGS = {"s", "es", "n", "an", "ian", "ans", "ians", "ns", "i", "is", "ic", "ish", "ese", "ist", "ism", "ite", "d",
           "ed", "er", "ers", "y", "e", "a", "o", "os", "as"}  # fmt: skip
# Names are inflected at their end in most other languages of Latin letters; German writes every noun as a name.
UNINFLECTED = {"en", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "nb", "ca", "id", "ms", "vi", "sw"}
NOUNS_AS_NAMES = {"de", "lb", "nds", "gsw"}
# Two words, and each of them right.
TWO_WORDS = {frozenset(pair) for pair in (("britain", "briton"), ("britain", "britons"), ("minister", "ministry"),
             ("ministers", "ministries"))}  # fmt: skip

SOUNDS = [(re.compile(pattern), sound) for pattern, sound in (
    ("ph", "f"), ("(?<=[a-z])h(?![aeiou])|(?<=[bcdfgjklmnpqrstvwxz])h", ""), ("^g(?=[auo])", "k"), ("[cq]", "k"),
    ("w", "v"), ("z", "s"), ("x", "ks"), (r"(.)\1+", r"\1"),
)]  # fmt: skip
VOWELS = re.compile("(?<=.)[aeiouy]+")
FIRST = str.maketrans("oeyz", "uiis")

ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]+(?:[\u064b-\u0652\u0640]+[\u0621-\u064a\u066e-\u06d3]+)*")
SIGNS = re.compile("[\u064b-\u0652\u0640]")
ALIKE = str.maketrans("أإآٱىةؤئ", "اااايهوي")


class Named(NamedTuple):
    """A word that is a name, the one after it if that is one too, and the number of the text that it stands in.

    One that only ever opens sentences counts beside the rest of a full name alone: elsewhere nobody is `sure`.
    """

    word: str
    after: str
    at: int
    sure: bool


def two_spellings(texts: Sequence[str], language: str = "en") -> list[tuple[str, str, int]]:
    """(the frequent spelling, the rare one, number of the text in which the rare one is first seen), in reading order.

    The first text is the headline, whose capitals say nothing.
    """
    tongue = language.split("-")[0].lower()
    found = [*latin(texts, tongue), *arabic(texts)]
    return sorted(dict.fromkeys(found), key=lambda pair: pair[2])


def latin(texts: Sequence[str], tongue: str) -> Iterator[tuple[str, str, int]]:
    seen = list(capitalised(texts))
    counts = Counter(one.word for one in seen)
    if len(counts) > MOST_NAMES:
        return
    first = {one.word: one.at for one in reversed(seen)}
    suspects = {frozenset(pair) for pair in full_names(seen, tongue)}
    if tongue not in NOUNS_AS_NAMES:
        sure = Counter({one.word: counts[one.word] for one in seen if one.sure})
        suspects |= {frozenset(pair) for pair in alike_alone(sure, tongue)}
    for pair in suspects:
        often, rare = sorted(pair, key=lambda word: (-counts[word], first[word]))
        yield often, rare, first[rare]


def capitalised(texts: Sequence[str]) -> Iterator[Named]:
    """The words that are names by their capitals, in order. Words in capitals alone are initials."""
    small = {word for text in texts for word in WORD.findall(text) if word[0].islower()}
    words = [(at, found, bare(found[0])) for at, text in enumerate(texts) for found in WORD.finditer(text)]
    named = {
        word
        for at, found, word in words
        if at and word[:1].isupper() and GOES_ON.match(texts[at][: found.start()].rstrip()[-1:])
    }

    def may_be(word: str) -> bool:
        return word[:1].isupper() and is_latin(word) and not word.isupper() and word.lower() not in small

    kept = {word for word in named if may_be(word)}
    for number, (at, found, word) in enumerate(words):
        if may_be(word):
            following = next((one for one in words[number + 1 : number + 4] if one[2].lower() not in PARTICLES), None)
            then, beside, after = following or (-1, found, "")
            joined = then == at and after in kept and not PARTED.search(texts[at][found.end() : beside.start()])
            if word in kept or (joined and at):
                yield Named(word, after if joined else "", at, word in kept)


def bare(word: str) -> str:
    return POSSESSIVE.sub("", word)


def is_latin(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("LATIN")


def plain(word: str) -> str:
    """A word in small letters without accents."""
    apart = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def sound(word: str) -> str:
    """What two transliterations of one name have in common: the consonants."""
    heard = plain(word)
    for pattern, letter in SOUNDS:
        heard = pattern.sub(letter, heard)
    return VOWELS.sub("", heard.translate(FIRST)[:1] + heard[1:])


def alike_alone(counts: Counter[str], tongue: str) -> Iterator[tuple[str, str]]:
    """Pairs of single words: those that sound alike, and those of which one letter differs in a long word."""
    heard = defaultdict(list)
    for word in counts:
        heard[sound(word)].append(word)
    for same in heard.values():
        for one, other in combinations(same, 2):
            if (
                min(counts[one], counts[other]) <= RARE
                and sounds_alike(one, other)
                and not inflected(one, other, tongue)
            ):
                yield one, other
    long = defaultdict(list)
    for word in filter(lambda word: len(word) >= LONG, counts):
        long[word[:2]].append(word)
    for same in long.values():
        for one, other in combinations(same, 2):
            rare = min(counts[one], counts[other]) == 1 < max(counts[one], counts[other])
            if rare and differ(one, other) == 1 and not inflected(one, other, tongue):
                yield one, other


def full_names(seen: Sequence[Named], tongue: str) -> Iterator[tuple[str, str]]:
    """Pairs of words beside one and the same other: the first names before a family name, and the other way round."""
    after, before = defaultdict(set), defaultdict(set)
    for name in filter(lambda name: name.after, seen):
        after[name.word].add(name.after)
        before[name.after].add(name.word)
    for family in after.values():
        for one, other in combinations(sorted(family), 2):
            if (sounds_alike(one, other) or long_and_close(one, other)) and not inflected(one, other, tongue):
                yield one, other
    for given in before.values():
        for one, other in combinations(sorted(given), 2):
            if (sounds_alike(one, other) or one_vowel(one, other)) and not inflected(one, other, tongue):
                yield one, other


def one_vowel(one: str, other: str) -> bool:
    """Whether two short names differ in one vowel: Zein, Zain. John and Joan are two people."""
    pairs = [{a, b} for a, b in zip(plain(one), plain(other), strict=False) if a != b]
    return len(one) == len(other) == SHORTEST and len(pairs) == 1 and pairs[0] <= set("aeiouy")


def sounds_alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < SHORTEST or max(len(one), len(other)) == SHORTEST:
        return False
    return len(sound(one)) > 1 and sound(one) == sound(other) and differ(plain(one), plain(other)) <= 2


def long_and_close(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= SHORTEST + 1 and differ(one, other) == 1


def inflected(one: str, other: str, tongue: str) -> bool:
    """Whether one is rather a form of the other, or the name of another sex: Syrians, Syria; Mario, Maria."""
    short, long = sorted((plain(one), plain(other)), key=len)
    added = long[len(short) :]
    if long == short + short[-1]:
        return False  # Zelensky, Zelenskyy
    if frozenset((short, long)) in TWO_WORDS or (long.startswith(short) and added in ENDINGS):
        return True
    ending = 1 if tongue in UNINFLECTED else 3
    return short != long and short[:-ending] == long[: len(short) - ending] and len(long) - len(short) < ending


def differ(one: str, other: str) -> int:
    """How many letters are to be changed, put in, left out or swapped with their neighbour; 3 for more than two."""
    if abs(len(one) - len(other)) > 2:
        return 3
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b)))
            if i > 1 and j > 1 and (a, one[i - 2]) == (other[j - 2], b):
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        rows.append(row)
    return min(rows[-1][-1], 3)


def arabic(texts: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Words that are one but for hamza, points and the form of their last letter, and stand beside one same word."""
    spelt: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    first: dict[str, int] = {}
    for at, text in enumerate(texts):
        words = [SIGNS.sub("", found) for found in ARABIC.findall(text)]
        same = [word.translate(ALIKE) for word in words]
        for number, word in enumerate(words):
            first.setdefault(word, at)
            for side, beside in (("before", number - 1), ("after", number + 1)):
                if 0 <= beside < len(words) and len(same[beside]) > 2 and len(same[number]) > SHORTEST:
                    spelt[side + same[beside], same[number]][word] += 1
    for spellings in spelt.values():
        (often, _), *others = spellings.most_common()
        yield from ((often, rare, first[rare]) for rare, _ in others)
