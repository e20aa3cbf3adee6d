"""Who supplies pictures: how each is credited, what kind of supplier it is, and how its name comes spelled.

A row for each name. Brands of a firm that are printed alone (Hulton Archive, EPA-EFE, Anadolu Agency) have
their own rows: a credit must not rename what the licence names. Spellings are compared without case, spaces
and points.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agency:
    """`name` as printed; `kind`: agency, stock, social_media, creative_commons or publication.

    `credited_with` names the agency that must follow in the chain ("Action Images/Reuters").
    """

    name: str
    kind: str
    credited_with: str = ""


# name: other spellings, divided by "|"
_AGENCIES = {
    "AAP": "AAP Image|Australian Associated Press",
    "AFP": "AFP Photo|AFP Photos|Agence France-Presse|Agence France Presse|AFP Forum",
    "ANP": "",
    "ANSA": "",
    "AP": "AP Photo|AP Photos|AP Images|AP Wire|Associated Press|The Associated Press|Associated Press Photo",
    "APA": "APA Images",
    "Action Images": "Action Images Ltd",
    "Action Press": "ActionPress",
    "Agencia Makro": "",
    "Alamy Live News": "",
    "Allstar": "Allstar Picture Library",
    "Anadolu": "",
    "Anadolu Agency": "AA",
    "Barcroft Images": "",
    "Barcroft Media": "Barcroft",
    "Belga": "Belga Photo|Belga Mag",
    "Bettmann": "Bettmann Archive|The Bettmann Archive",
    "Black Star": "",
    "Bloomberg": "Bloomberg News|Bloomberg Photo",
    "CNP": "Consolidated News Photos|Consolidated News Pictures",
    "CP": "The Canadian Press|Canadian Press|CP Images",
    "CQ Roll Call": "CQ-Roll Call",
    "Contour": "",
    "Corbis": "Corbis Images",
    "Cover Images": "",
    "DPA": "dpa Picture-Alliance|Deutsche Presse-Agentur",
    "EPA": "EPA Images|European Pressphoto Agency|European Press Photo Agency",
    "EPA-EFE": "EFE-EPA|EPA EFE",
    "EFE": "",
    "EyeEm": "",
    "FilmMagic": "",
    "Gamma-Rapho": "Gamma Rapho",
    "Getty Images": "Getty|Getty Image|Getty Images Europe|Getty Images North America"
    "|Getty Images South America|Getty Images AsiaPac|Getty Images News|Getty Images Sport|Getty Images Entertainment",
    "Hulton Archive": "Hulton",
    "INPHO": "",
    "Imagn": "Imagn Images",
    "Imago": "Imago Images",
    "Invision": "",
    "JIJI Press": "Jiji",
    "Kyodo News": "Kyodo",
    "LightRocket": "",
    "MCT": "McClatchy-Tribune",
    "MPTV": "",
    "Magnum Photos": "Magnum",
    "Maxppp": "",
    "MediaNews Group": "Digital First Media",
    "MediaPunch": "",
    "NurPhoto": "Nur Photo",
    "PA": "PA Wire|PA Images|PA Photos|PA Archive|PA Media|Press Association|Press Association Images",
    "PMC": "",
    "Pacific Press": "",
    "Panos Pictures": "Panos",
    "Picture Alliance": "",
    "Pixsell": "",
    "Polaris": "Polaris Images",
    "Presseye": "Press Eye",
    "REX": "",
    "REX Shutterstock": "",
    "Redferns": "",
    "Redux": "Redux Pictures",
    "Reuters": "Retuers|Rueters|Thomson Reuters|Reuters Photo|Reuters Pictures",
    "Rex Features": "",
    "Ritzau Scanpix": "",
    "SIPA": "SIPA Press",
    "SIPA USA": "",
    "SOPA Images": "",
    "Scanpix": "",
    "Splash News": "Splash",
    "Sportsphoto": "Sportsphoto Ltd",
    "Sputnik": "",
    "Sygma": "",
    "TASS": "ITAR-TASS",
    "TNS": "Tribune News Service",
    "UPI": "United Press International",
    "USA Today Network": "",
    "USA Today Sports": "USA Today Sports Images",
    "VII": "VII Photo",
    "WENN": "",
    "WireImage": "",
    "Xinhua": "Xinhua News Agency|Xinhua Press",
    "ZUMA": "",
    "ZUMA Press": "ZUMAPress.com|Zumapress",
    "ZUMA Wire": "",
    "Zuma24": "",
}
_STOCK = {
    "Adobe Stock": "",
    "Alamy": "Alamy Stock Photo|Alamy Stock Photos|Alamy Stock",
    "Depositphotos": "",
    "Dreamstime": "",
    "Getty Images Plus": "",
    "Pexels": "",
    "Shutterstock": "Shutterstock.com|Shutterstock Editorial",
    "Thinkstock": "Thinkstock Images",
    "Unsplash": "",
    "iStock": "",
    "iStockphoto": "",
}
_SOCIAL_MEDIA = {
    "Bluesky": "",
    "Facebook": "",
    "Flickr": "",
    "Instagram": "",
    "Reddit": "",
    "Snapchat": "",
    "Telegram": "",
    "TikTok": "",
    "Twitter": "Twitter.com",
    "YouTube": "YouTube.com",
}
_CREATIVE_COMMONS = {
    "Creative Commons": "",
    "Flickr Creative Commons": "Flickr CC",
    "Wikimedia Commons": "Wikimedia|Wikicommons|Wikimedia Creative Commons",
    "Wikipedia": "",
}
# Newspapers that photographers work "for" and that agencies pass on.
_PUBLICATIONS = {
    "Chicago Tribune": "",
    "Los Angeles Times": "L.A. Times",
    "Slate": "",
    "The Boston Globe": "Boston Globe",
    "The Guardian": "Guardian",
    "The New York Times": "New York Times",
    "The Observer": "",
    "The Washington Post": "Washington Post",
}
_CREDITED_WITH = {"Action Images": "Reuters", "Hulton Archive": "Getty Images"}

# These are agencies wherever they stand: at the end of a stretch without a divider ("Jane Doe REUTERS"), or alone in a
# paragraph. Zuma, Corbis and Rex are surnames too, VII and Splash could be headings.
UNMISTAKABLE = {"AFP", "AP", "EPA", "Getty Images", "NurPhoto", "Reuters", "Shutterstock", "Xinhua"}


# Letters that Unicode does not take apart into a base and an accent.
_PLAIN = str.maketrans("łŁøØđĐı", "lloodDi")


def folded(text: str) -> str:
    """A spelling without case, accents, spaces and points, to compare by; "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "", bare).casefold()


def _table() -> dict[str, Agency]:
    tables = {
        "agency": _AGENCIES,
        "stock": _STOCK,
        "social_media": _SOCIAL_MEDIA,
        "creative_commons": _CREATIVE_COMMONS,
        "publication": _PUBLICATIONS,
    }
    return {
        folded(spelling): Agency(name, kind, _CREDITED_WITH.get(name, ""))
        for kind, table in tables.items()
        for name, spellings in table.items()
        for spelling in (name, *filter(None, spellings.split("|")))
    }


_BY_SPELLING = _table()


def agency_named(text: str) -> Agency | None:
    """The agency that a name means, however spelled, or None. "Getty Images for Acme" is Getty Images."""
    found = _BY_SPELLING.get(folded(text))
    if found is None and " for " in text:
        found = _BY_SPELLING.get(folded(text.split(" for ", 1)[0]))
        return found if found and found.kind != "publication" else None
    return found


def publication_named(text: str, *, cut_off: bool = False) -> str:
    """The publication's printed name, or "".

    `cut_off`: the text may have lost its end, as IIM's by-line does after 32 octets; one match only will do.
    """
    found = _BY_SPELLING.get(folded(text))
    if found and found.kind == "publication":
        return found.name
    start = folded(text)
    if not cut_off or not start:
        return ""
    matches = [name for name in _PUBLICATIONS if folded(name).startswith(start)]
    return matches[0] if len(matches) == 1 else ""


def closing_agency(text: str) -> tuple[str, str]:
    """The stretch and the agency that closes it: "Jane Doe", "Reuters" for "Jane Doe REUTERS"; or text, ""."""
    words = text.split()
    for count in (2, 1):
        if len(words) <= count:
            continue
        tail = " ".join(words[-count:])
        found = _BY_SPELLING.get(folded(tail))
        # Short names count in capitals only: "Pa" and "Ap" are also parts of people's names.
        if found and found.name in UNMISTAKABLE and (len(tail) > 3 or tail.isupper()):
            return " ".join(words[:-count]), found.name
    return text, ""
