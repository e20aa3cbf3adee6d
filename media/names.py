"""People's names in bylines and credits: person or firm, capitals, and the newsroom's own spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence

from media.agencies import folded

# Small words inside names: "Ludwig van der Berg", "Zein al-Rifai", "María de la Cruz", "Ana e Silva".
_PARTICLES = """
    abu al bin bint da dal de dei del della den der di dos du e el ibn la las le les lo los op te ten ter van ver von
    y zu zum zur ’t 't
"""
PARTICLES = frozenset(_PARTICLES.split())
_JOINING = {"and", "&"}

_FIRMS = re.compile(
    r"""\b(?:agency|agencia|agencja|agence|archives?|army|arts|association|authority|broadcasting|bros|bureau|centre|center|
    channel|chronicle|city|club|collection|college|commons|company|co|corp|corporation|council|county|courier|court|
    daily|department|dept|embassy|entertainment|features|files?|films?|force|foundation|gallery|gazette|globe|
    government|group|guardian|herald|house|images?|inc|institute|international|journal|library|limited|llc|ltd|
    magazine|mail|marines|media|ministry|museum|navy|network|news|newspapers?|observer|office|organi[sz]ation|
    party|photograph(?:y|ic)|photos?|pics?|pictures?|police|post|presidency|press|productions?|project|publishing|radio|
    records|register|sciences?|service|society|sports?|stock|studios?|team|telegraph|television|theat(?:er|re)|
    times|today|tribune|trust|tv|university|video|wire|world)\b|[.]com\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NEVER_IN_NAMES = re.compile(r"\b(?:of|the|for)\b", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]+")
# How agencies write these letters when their wires cannot: "Mueller", "Djordje".
_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj"}
_SPELLED_OUT = str.maketrans(_LETTERS | {letter.upper(): plain for letter, plain in _LETTERS.items()})
_WORD = re.compile(r"[^\W\d_]+")


def looks_like_a_person(text: str) -> bool:
    """Whether a stretch of a credit names people rather than a firm: two words or more, or an @handle."""
    text = text.strip()
    if re.fullmatch(r"@\w{1,30}", text):
        return True
    words = text.split()
    if _NEVER_IN_NAMES.search(text):
        return False
    if not 2 <= len(words) <= 12 or any(c.isdigit() for c in text) or looks_like_a_firm(text):
        return False
    if len(words[0]) > 2 and words[0].isupper() and words[0].isalpha() and not text.isupper():
        return False  # "NBC Universal"; but "Philippe LOPEZ", as AFP prints surnames
    small = PARTICLES | _JOINING
    return not text[0].islower() and all(not _starts_small(word) or word in small for word in words)


def _starts_small(word: str) -> bool:
    """ "al-Rifai" and "d'Arc" do not count: the capital follows a small prefix."""
    return word[0].islower() and not re.match(r"[^\W\d_]{1,3}['’-]\S", word)


def looks_like_a_firm(text: str) -> bool:
    """Whether a word in it gives away a firm, a newspaper or an office: "Acme Pictures Ltd", "Denver Post"."""
    return _FIRMS.search(text) is not None


def proper_case(name: str) -> str:
    """ "INES MORENO" and "ines moreno" as "Ines Moreno", "Philippe LOPEZ" as "Philippe Lopez".

    Only whole names of two words or more are touched: a single word may be an acronym, mixed case is meant.
    """
    words = name.split()
    if len(words) < 2 or any(c.isdigit() for c in name):
        return name.strip()
    if name.isupper() or name.islower():
        cased = [_cased(word, is_first=place == 0) for place, word in enumerate(words)]
    else:
        cased = [_cased(word) if place and _is_shouted(word) else word for place, word in enumerate(words)]
    return " ".join(cased)


def _is_shouted(word: str) -> bool:
    return len(word) > 2 and word.isupper() and "." not in word and not _ROMAN.fullmatch(word)


def _cased(word: str, *, is_first: bool = False) -> str:
    lower = word.lower()
    if (lower in PARTICLES and not is_first) or lower in _JOINING:
        return lower
    if _ROMAN.fullmatch(word) and len(word) > 1:
        return word
    cased = _WORD.sub(lambda part: part[0].capitalize(), lower)
    cased = re.sub(r"^(Al|El|Bin)-(?=\w)", lambda prefix: prefix[0].lower(), cased)
    return re.sub(r"^Mc(\w)", lambda prefix: "Mc" + prefix[1].upper(), cased)


def known_spelling(name: str, known: Sequence[str]) -> str:
    """The newsroom's own spelling of a name that came without its accents ("Ines Nunez" → "Inés Núñez").

    When two known names differ by accents only, nothing is changed: the wrong person is worse than no accent.
    """
    came = folded(name)
    alike = {spelling for spelling in known if came in (folded(spelling), folded(spelling.translate(_SPELLED_OUT)))}
    return alike.pop() if len(alike) == 1 else name
