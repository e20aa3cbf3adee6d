"""How credit lines are built: labels, dividers, roles. Cuts a line into credits and a credit into names.

What the names mean is the matter of media/credits.py. Every expression here meets text whose blanks were
joined before, so none can backtrack over long runs of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from media.agencies import agency_named, closing_agency, folded, publication_named
from media.names import looks_like_a_person

# A credit that is longer is prose; the first names of it will do.
LONGEST = 1_000

# IPTC-IIM's by-line field holds 32 octets: what is nearly as long may have lost its end.
CUT_OFF_FROM = 30

_PICTURE = r"(?:photo(?:graph|grapher|graphy|s|graphs)?|pictures?|images?|pics?)"
_LABELS = {
    "illustration": r"(?:photo[- ]?)?illustrations?(?: by\b|:)|(?:animation|graphics?|art|drawings?) by\b",
    "composite": r"(?:composite|collage|montage)(?: image)?(?: by\b|:)",
    "screengrab": r"(?:screen[- ]?(?:shot|grab|cap)s?\b|(?:video )?still\b(?= (?:from|via|of)\b))"
    r"(?: (?:from|of|via|by)\b|:|/)?",
    "handout": rf"(?:{_PICTURE} )?(?:courtesy\b|(?:supplied|provided|released) by\b|handout (?:from|by)\b)"
    r"(?: of\b|:)?",
    "": rf"(?:mandatory )?(?:{_PICTURE} )?credits?(?: line)?:"
    rf"|(?:(?:both|all|other|lead|top|cover|file) )?{_PICTURE}(?: (?:by\b|from\b|via\b)|:)(?: by\b)?"
    r"|(?:from )?(?:top |bottom |far )?(?:left|right|top|bottom|cent(?:er|re)|above|below)"
    r"(?: to (?:right|bottom))?:"
    r"|clockwise from [a-z ]{3,20}:"
    r"|(?:©|\(c\)|copyright\b)(?: ?:)?(?: ?(?:©|\(c\)))?(?: ?(?:19|20)\d\d\b,?)?",
}
LABEL = re.compile("|".join(f"(?P<{kind or 'plain'}>{words})" for kind, words in _LABELS.items()), re.I)
_BY = re.compile(r"by ", re.I)
_NEXT_LABEL = re.compile(
    rf"(?: *[.,/] +| *; *| (?:and|&) )(?:and )?(?={LABEL.pattern.replace('?P<', '?P<next_')})", re.I
)
OFFICIAL = re.compile(r"(?P<who>[A-Z][\w.&' -]{1,40}?) (?i:(?:handout )?(?:photo|image)s? by) (?P<rest>.+)")
_GROUP = re.compile(r"\(([^()]{3,300})\)")
_ADDRESS = re.compile(r"https?://(?:www\.)?([^/\s]+)\S*")
_PICTURE_NUMBER = re.compile(r"\({1,2}\w{0,4}\d{3,12}\w{0,4}\){1,2}")
_LICENCE = re.compile(r"\bCC(?:0|[ -]BY(?:-(?:SA|NC|ND))*)(?: ?\d\.\d)?\b", re.I)
_RESERVED = re.compile(r"\.? *all rights reserved\.?$", re.I)
DIVIDER = re.compile(r" *(?:[/|\\—–]| - |\bvia\b|-(?=(?:pool|handout|getty|afp|epa|reuters|jiji)\b))[ ,]*", re.I)
_COMMA = re.compile(r" *, *(?!(?:inc|ltd|llc|jr|sr|co)\b)", re.I)
_JOINT = re.compile(r"( *[,;] *(?!(?:inc|ltd|llc|jr|sr|co)\b)| (?:and|&) )", re.I)
_FOR = re.compile(r"(?P<who>.+) for (?P<client>[Tt]he .+|[A-Z].+)", re.I)

# How a picture was had, not who made it: told by `rights`, kept out of the chain.
_ROLES = {
    "pool": "pool", "poolphoto": "pool", "wpapool": "pool", "whitehousepool": "pool",
    "handout": "handout", "ho": "handout", "supplied": "handout", "provided": "handout",
    "staff": "staff", "stf": "staff", "staffphotographer": "staff", "staffphoto": "staff",
    "stringer": "freelance", "str": "freelance", "contributor": "freelance", "freelance": "freelance",
    "freelancer": "freelance", "screenshot": "screengrab", "screengrab": "screengrab",
    "file": "", "filephoto": "", "photo": "", "allrightsreserved": "", "": "",
}  # fmt: skip


def prepared(line: str) -> tuple[str, set[str]]:
    """One credit's plain text, with addresses cut to their host, and what a licence in it says."""
    text = _ADDRESS.sub(r"\1", " ".join(line.split()))
    groups = [group for group in _GROUP.findall(text) if LABEL.match(group)]
    if groups:
        # AFP prints "(Photo by X / AFP) (Photo by X/AFP via Getty Images)": the longer chain says more.
        text = max(reversed(groups), key=lambda group: len(DIVIDER.findall(group)))
    hints = {"creative_commons"} if _LICENCE.search(text) else set()
    text = text[:LONGEST]
    text = _RESERVED.sub("", _PICTURE_NUMBER.sub("", _LICENCE.sub("", text)))
    return text.strip(), hints


def pieces(text: str) -> list[str]:
    """The single credits of a line: parted before a label, and where one chain ends and another begins."""
    starts = [0, *(found.end() for found in _NEXT_LABEL.finditer(text))]
    ends = [*(found.start() for found in _NEXT_LABEL.finditer(text)), len(text)]
    return [piece for start, end in zip(starts, ends, strict=True) for piece in _chains(text[start:end])]


def _chains(text: str) -> list[str]:
    """ "A/Getty Images and B/AFP" is two credits, "A and B/AFP" and "A, AP" are one."""
    first, *rest = _JOINT.split(text)
    chains = [first]
    for joint, following in zip(rest[::2], rest[1::2], strict=True):
        if ";" in joint or (_is_chain(chains[-1]) and _is_chain(following)):
            chains.append(following)
        else:
            chains[-1] += joint + following
    return chains


def _is_chain(text: str) -> bool:
    _, _, text = unlabelled(text)
    return bool(DIVIDER.search(text) or agency_named(text.strip(" .")))


def unlabelled(text: str) -> tuple[str, bool, str]:
    """(kind, whether there was a label, the rest) of "Photo illustration by Slate"."""
    kind, labelled = "", False
    while found := (LABEL.match(text) or (labelled and _BY.match(text))):
        kind = kind or next((name for name in _LABELS if name and found.groupdict().get(name)), "")
        labelled, text = True, text[found.end() :].lstrip(" :")
    return kind, labelled, text


@dataclass
class Stretches:
    """What a chain says: names in order, hints about the rights, and its last role if there is no name."""

    names: list[str] = field(default_factory=list)
    hints: set[str] = field(default_factory=set)
    last_role: str = ""


def stretches(text: str, *, cut_off: bool = False) -> Stretches:
    """The names of a chain in the order printed, roles such as "Pool" set apart."""
    _, _, text = unlabelled(" ".join(text[:LONGEST].split()))
    said = Stretches()
    for stretch in DIVIDER.split(re.sub(r"[()]+", "/", text)):
        parts = _COMMA.split(stretch)
        if len(parts) > 1 and all(looks_like_a_person(part) for part in parts):
            parts = [stretch]  # "Jane Doe, John Roe/AP"
        for part in parts:
            kind, _, name = unlabelled(part.strip(" ,;:"))
            said.hints.add(kind)
            _add_stretch(name, said, cut_off)
    return said


def _add_stretch(name: str, said: Stretches, cut_off: bool) -> None:
    if folded(name) in _ROLES:
        said.hints.add(_ROLES[folded(name)])
        said.last_role = name or said.last_role
        return
    ordered = _FOR.fullmatch(name)
    client = ordered and (
        publication_named(ordered["client"], cut_off=cut_off)
        or (ordered["client"] if ordered["client"].startswith("The ") else "")
    )
    if ordered and client and looks_like_a_person(ordered["who"]):
        said.hints.add("freelance")
        said.names += [ordered["who"], client]
        return
    rest, closing = (name, "") if agency_named(name) else closing_agency(name)
    said.names += [part for part in (rest, closing) if part]
