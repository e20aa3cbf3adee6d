"""Sentences without news in them: long enough, varied enough, and plainly nobody's journalism."""

from random import Random

WHO = (
    "The harbor board", "A panel of three judges", "The mayor’s office", "Residents of the old town",
    "The ferry company", "Union leaders", "A city engineer", "The school district", "Opponents of the plan",
    "The county’s auditors", "Members of the council", "A spokeswoman for the utility", "Farmers along the river",
    "The museum’s director",
)  # fmt: skip
DID = (
    "approved", "put off", "questioned", "defended", "criticized", "withdrew", "agreed to study", "voted against",
    "signed off on", "asked for more time on", "published", "refused to discuss", "promised to pay for",
)  # fmt: skip
WHAT = (
    "the new drawbridge", "a second ferry line", "the flood wall", "next year’s budget", "the market hall’s repair",
    "a ban on night flights", "the library’s hours", "a tax on empty houses", "the tram extension", "the water report",
    "an audit of the pension fund", "the lighthouse sale", "a plan for the rail yard", "the stadium lease",
)  # fmt: skip
WHEN = (
    "on Tuesday", "after a six-hour meeting", "for the third time this year", "without debate", "late on Friday",
    "in a letter of four pages", "by a single vote", "over the objections of the treasurer", "before the summer recess",
)  # fmt: skip
AFTERWARDS = (
    "“We have heard this before,” said a woman who has lived there for forty years, “and the roof still leaks.”",
    "Nobody could say what it would cost; the last estimate, made in spring, was <em>not</em> meant for the public.",
    "The figures are in <a href=\"https://example.org/report\">the report</a>, on page 212, in a footnote.",
    "It was raining, and the line reached around the corner.",
    "A decision is expected within weeks, though people who know the matter say that it may take longer than that.",
    "Both sides called it a victory. Neither looked as if they had slept, and neither took questions afterwards.",
    "The work would begin in March and take two years, if the money comes, which nobody in the room would promise.",
    "<strong>That is not what the contract says</strong>, the lawyers answered, and pointed at the date under it.",
    "Ridership fell by a third in the same time, the numbers show, but the fares did not.",
    "Three of the nine members were absent; one followed the session by telephone from a train.",
)  # fmt: skip
TOPICS = (
    "Harbor", "Elections", "Schools", "Courts", "Housing", "Ferries", "Budget", "Weather", "Museums", "Football",
    "Unions", "Water", "Trams", "Markets", "Hospitals", "Fisheries", "Parks", "Taxes", "Migration", "Archives",
)  # fmt: skip
PLACES = ("", " abroad", " in the north", " in the old town", " by the river", " at night", " of the county", " law")
POSTS = (
    ("en", "The bridge is closed in both directions. Please go round by the mill."),
    ("en", "Thank you all for coming tonight. Four hundred people, one microphone, no shouting. More of this please."),
    ("en", "We are looking into the outage in the eastern districts and will say more here at noon."),
    ("ar", "الميناء مغلق هذا المساء بسبب الرياح. يرجى متابعة القناة الرسمية للمستجدات."),
    ("ar", "شكرا لكل من ساعد جيرانه خلال العاصفة. المدينة بخير."),
)
# Of these are made the names that stand in a headline or two: words that hardly any story has.
SYLLABLES = (
    "ba", "cor", "del", "esk", "fen", "gar", "hul", "ith", "jor", "kel", "lun", "mar", "nov", "ost", "pel", "quen",
    "ras", "sol", "tam", "ul", "vor", "wen", "yar", "zim",
)  # fmt: skip


def surname(dice: Random) -> str:
    """One of 13,824 names, so that a name is a rare word."""
    return "".join(dice.choices(SYLLABLES, k=3)).capitalize()


def sentence(dice: Random) -> str:
    return f"{dice.choice(WHO)} {dice.choice(DID)} {dice.choice(WHAT)} {dice.choice(WHEN)}."


def paragraph(dice: Random) -> str:
    """Some forty to seventy words of inline HTML."""
    parts = []
    for _ in range(dice.randint(2, 3)):
        parts += [sentence(dice), dice.choice(AFTERWARDS)]
    return " ".join(parts)


def headline(dice: Random) -> str:
    who, did, what, when = map(dice.choice, (WHO, DID, WHAT, WHEN))
    return f"{who.removeprefix('The ').capitalize()} {did} {what} {when}, {surname(dice)} says"
