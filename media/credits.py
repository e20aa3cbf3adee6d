"""Photo credits: reading the line that was printed beside a picture, and writing it in our own style.

House style is `Photographer/Agency/Agency`, in the order in which the picture travelled. How a line is
recognised and parsed, with figures from real ones: docs/credits.md.
What IPTC means by its fields: https://www.iptc.org/std/photometadata/specification/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from media.agencies import UNMISTAKABLE, agency_named, folded
from media.creditline import CUT_OFF_FROM, DIVIDER, OFFICIAL, pieces, prepared, stretches, unlabelled
from media.names import PARTICLES, known_spelling, looks_like_a_firm, looks_like_a_person, proper_case

RIGHTS = (
    "staff", "agency", "freelance", "handout", "pool", "stock", "social_media", "screengrab",
    "creative_commons", "illustration", "composite", "unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditParts:
    """Who made a picture and how it came to us; every part may be empty.

    `source` is who handed it over when that is not the chain itself ("Courtesy of X", the maker of an
    illustration, IPTC's Source). `printed_credit` is the line as it came. `rights` is a hint, one of RIGHTS.
    """

    photographer: str
    agencies: tuple[str, ...]
    source: str
    credit_line: str
    printed_credit: str
    rights: str = "unknown"


# Printed credits of several pictures stay under this; a paragraph of a story seldom does.
LONGEST_PRINTED = 300

_WORDS_BETWEEN = """
    and by via for of from the on in at file pool handout photo photos courtesy illustration artist author family
    photographer museum estate a video tweet website
"""
_SMALL_WORDS = PARTICLES | set(_WORDS_BETWEEN.split())
_CLOSED_LABEL = re.compile(r"(?: (?:by|of|from|via)|[:©/]|\)| of| \d{4},?)$", re.IGNORECASE)
_FIRM_DIVIDER = re.compile(r"[/|]|\bvia\b", re.IGNORECASE)
_BETWEEN_GROUPS = re.compile(r"\) ?\(")

# The label of these names who gave or showed the picture, not who took it.
_GIVEN = ("handout", "screengrab")

_PRECEDENCE = (
    "illustration", "composite", "screengrab", "creative_commons", "social_media", "pool", "handout",
    "agency", "stock", "freelance", "staff",
)  # fmt: skip


@dataclass
class _Credit:
    """One credit of a line that may hold several ("Left: A/Getty Images. Right: B/AFP")."""

    kind: str = ""
    photographer: str = ""
    chain: list[str] = field(default_factory=list)
    hints: set[str] = field(default_factory=set)

    @property
    def line(self) -> str:
        if self.kind == "handout":
            return f"Courtesy of {'/'.join(self.chain)}" if self.chain else ""
        return compose("Screenshot" if self.kind == "screengrab" else self.photographer, self.chain)


def compose(photographer: str, agencies: Iterable[str]) -> str:
    """The credit in house style, such as "Zein al-Rifai/AFP/Getty Images"; empty parts are left out."""
    return "/".join(filter(None, (photographer, *agencies)))


def parse_credit(line: str) -> CreditParts:
    """Take a printed credit line apart. Never raises; a name that is not understood is kept in the chain."""
    text, hints = prepared(line)
    credits = [_credit(piece) for piece in pieces(text)]
    makers = [credit for credit in credits if credit.kind == "illustration"]
    others = [credit for credit in credits if credit.kind != "illustration"]
    if makers and not others:
        makers, others = [], makers
    sources = [credit.line for credit in makers]
    sources += [credit.chain[0] for credit in others if credit.kind in _GIVEN and credit.chain]
    # Who supplied a picture "by courtesy" is its source, not an agency of the chain.
    chains = [credit.chain[1:] if credit.kind == "handout" else credit.chain for credit in others]
    agencies = _each_once(name for chain in chains for name in chain)
    hints |= {hint for credit in credits for hint in (credit.kind, *credit.hints)}
    photographers = _each_once(credit.photographer for credit in others if credit.photographer)
    return CreditParts(
        photographer=" and ".join(photographers),
        agencies=agencies,
        source=sources[0] if sources else "",
        credit_line="; ".join(_each_once(credit.line for credit in credits if credit.line)),
        printed_credit=line,
        rights=_rights(hints, agencies),
    )


def is_credit_line(line: str) -> bool:
    """Whether a paragraph of a plain text is a picture's credit, rather than prose, a headline or a caption.

    It must open with a credit's label ("Photo by", "Courtesy of") or be nothing but a chain with a known agency in
    it ("EPA/Jane Doe"); and every word must look like part of a name.
    """
    if not line.strip() or len(line) > LONGEST_PRINTED or "\n" in line.strip():
        return False
    text = " ".join(line.split())
    if text[0] == "(" and text[-1] == ")":
        text = _BETWEEN_GROUPS.sub(" / ", text[1:-1])
    kind, labelled, rest = unlabelled(text)
    label, rest = text[: len(text) - len(rest)].rstrip(), prepared(rest)[0]
    if not (all(map(_is_word_of_a_credit, rest.split())) and _ends_like_a_credit(text)):
        return False
    if labelled:
        return _is_labelled_credit(kind, label, rest)
    return _is_bare_chain(text)


def from_metadata(
    byline: str = "",
    credit: str = "",
    source: str = "",
    copyright_notice: str = "",
    known_names: Sequence[str] = (),
) -> CreditParts:
    """The credit that a file's IPTC fields tell (By-line, Credit, Source, Copyright Notice).

    The by-line is believed to name a person unless it names an agency; `known_names` are photographers as the
    newsroom spells them ("Inés Núñez"), and win over a spelling without accents. An agency that stands in Source
    only is appended; the copyright notice speaks when by-line and credit are silent. `printed_credit` is the
    credit field as it came, else the by-line, else the notice.
    """
    printed = next((text for text in (credit, byline, copyright_notice) if text.strip()), "")
    said = stretches(byline, cut_off=len(byline.encode()) >= CUT_OFF_FROM)
    noted = stretches(credit if credit.strip() or said.names else copyright_notice)
    photographer, rest = _person_first(said.names, is_byline=True)
    if photographer:
        chain = [*rest, *(name for name in noted.names if folded(name) != folded(photographer))]
    else:
        photographer, chain = _person_first(noted.names)
        chain += rest
    photographer = known_spelling(proper_case(photographer), known_names)
    agencies = _chain(chain)
    supplier = agency_named(source)
    if supplier and not any(agency_named(name) for name in agencies):
        agencies = (*agencies, supplier.name)
    if not agencies and noted.last_role:
        agencies = (noted.last_role,)
    return CreditParts(
        photographer=photographer,
        agencies=agencies,
        source=source.strip(),
        credit_line=compose(photographer, agencies),
        printed_credit=printed,
        rights=_rights(said.hints | noted.hints, agencies),
    )


def _ends_like_a_credit(text: str) -> bool:
    return text[-1] not in ":?!;" and not any(mark in text for mark in '“”"?!')


def _is_word_of_a_credit(word: str) -> bool:
    """Names, figures and the few small words between them; prose has others."""
    bare = word.strip("()[].,;:/|&-–—'’*")
    parts = bare.replace("—", "/").replace("|", "/").split("/")
    return all(not part[:1].islower() or part in _SMALL_WORDS or "." in part or _is_prefixed(part) for part in parts)


def _is_prefixed(word: str) -> bool:
    """ "al-Rifai", "d'Arc", "iStock": a capital follows the small beginning."""
    return any(c.isupper() for c in word[1:4])


def _is_labelled_credit(kind: str, label: str, rest: str) -> bool:
    closed = _CLOSED_LABEL.search(label) is not None
    if not rest.strip(" ./"):
        return kind == "screengrab"
    if kind in ("screengrab", "handout"):
        # "Screenshots Show a Plan" is a headline; "Screenshot/YouTube" and "Photo courtesy Acme" are credits.
        names_a_picture = kind == "handout" and not label.lower().startswith("courtesy")
        return closed or names_a_picture or DIVIDER.search(rest) is not None
    if not closed or (rest[0].islower() and not agency_named(rest.split("/")[0])):
        return False  # "Copyright Law Is Broken", "Photos by the Numbers"
    if kind or label.lower().endswith((" by", "credit:", "credits:")):
        return True
    names = stretches(rest).names
    return any(looks_like_a_person(name) or agency_named(name) for name in names[:1]) or _is_supplied(names)


def _is_bare_chain(text: str) -> bool:
    official = OFFICIAL.fullmatch(text)
    if official:
        return True
    names = stretches(text).names
    if len(names) == 1:
        agency = agency_named(names[0])
        return agency is not None and (agency.name in UNMISTAKABLE or agency.kind == "stock")
    if not _is_supplied(names) or len(names) > 6:
        return False
    if not _FIRM_DIVIDER.search(text) and not looks_like_a_person(names[0]):
        return False  # "BEIRUT — Reuters" is a dateline
    return all(agency_named(name) or looks_like_a_person(name) or len(name.split()) <= 2 for name in names)


def _is_supplied(names: list[str]) -> bool:
    """Whether somebody who supplies pictures stands in the chain; a platform counts only with an account."""
    kinds = {agency.kind for name in names if (agency := agency_named(name))}
    if kinds & {"agency", "stock", "creative_commons"}:
        return True
    return "social_media" in kinds and any(looks_like_a_person(name) for name in names)


def _credit(piece: str) -> _Credit:
    kind, _, text = unlabelled(piece.strip())
    official = OFFICIAL.fullmatch(text)
    if official:
        text = f"{official['rest']}/{official['who'].removeprefix('Official ')}"
    said = stretches(text)
    if kind in ("handout", "screengrab"):
        return _Credit(kind, "", list(_chain(said.names)), said.hints)
    photographer, rest = _person_first(said.names, is_byline=bool(official))
    return _Credit(kind, proper_case(photographer), list(_chain(rest)), said.hints)


def _person_first(names: list[str], *, is_byline: bool = False) -> tuple[str, list[str]]:
    """The photographer, wherever in the chain (EPA prints the agency first), and the others in order."""
    for place, name in enumerate(names):
        if agency_named(name):
            continue
        if looks_like_a_person(name) or (is_byline and place == 0 and not looks_like_a_firm(name)):
            return _without_full_stop(name), names[:place] + names[place + 1 :]
    return "", list(names)


def _chain(names: Iterable[str]) -> tuple[str, ...]:
    """The agencies in their own spelling, each once, followed by those that they must be credited with."""
    chain: list[str] = []
    for name in names:
        agency = agency_named(name)
        is_whole = agency and " for " not in name  # "Getty Images for Acme" is printed like that
        chain.append(agency.name if agency and is_whole else _without_full_stop(name))
        if agency and agency.credited_with:
            chain.append(agency.credited_with)
    return _each_once(chain)


def _without_full_stop(name: str) -> str:
    """The line's full stop goes, the points of "U.S." stay."""
    return name.rstrip(".") if name.count(".") == 1 else name


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({folded(name): name for name in reversed(list(names))}.values())[::-1]


def _rights(hints: set[str], agencies: Iterable[str]) -> str:
    suppliers = [agency for name in agencies if (agency := agency_named(name))]
    kinds = hints | {agency.kind for agency in suppliers}
    editorial = {agency.name for agency in suppliers if agency.kind == "agency"}
    if "stock" in kinds and editorial <= {"Getty Images"}:
        kinds.discard("agency")  # "Getty Images/iStockphoto"
    return next((kind for kind in _PRECEDENCE if kind in kinds), "unknown")
