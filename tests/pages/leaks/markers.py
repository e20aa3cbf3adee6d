"""Words that stand in one field of one story each, so that a page that says one betrays where it came from."""

import re
from collections.abc import Iterable
from random import SystemRandom

LETTERS = "bcdfghjkmnpvwxz2456789"  # no vowel: no stemmer, no spelling and no hash makes another word of it
LENGTH = 6
WORD = re.compile(f"zq[{LETTERS}]{{{LENGTH}}}")
dice = SystemRandom()


class Markers:
    """`about` says of each word that readers must not see which state and field it stands in."""

    def __init__(self) -> None:
        self.about: dict[str, str] = {}
        # Those that look like no word of ours: numbers and hashes.
        self.others: list[str] = []

    def word(self, state: str, field: str) -> str:
        """A word that has never been used: zq and six signs, short enough for a subtag of a language."""
        return self.keep("zq" + "".join(dice.choices(LETTERS, k=LENGTH)), state, field)

    def number(self, state: str, field: str) -> str:
        """The same in digits, for what takes nothing else."""
        return self.keep("9" + "".join(dice.choices("0123456789", k=17)) + "1", state, field)

    def keep(self, word: str, state: str, field: str) -> str:
        """Anything else that must not be seen, such as the hash that names a file."""
        self.about[word] = f"{state}: {field}"
        if not WORD.fullmatch(word):
            self.others.append(word)
        return word

    def within(self, text: str) -> list[str]:
        """The words of ours in a text of small letters."""
        others = [word for word in self.others if word in text]
        return [word for word in dict.fromkeys(WORD.findall(text)) if word in self.about] + others

    def without(self, text: str, words: Iterable[str], *, by: str = "") -> str:
        """The text with each word replaced: by another that nobody planted, or by `by`."""
        for word in words:
            text = text.replace(word, by or unplanted(word))
        return text


def unplanted(word: str) -> str:
    """A word of the same kind and length that stands nowhere. A hash keeps its beginning: it names a folder, too."""
    if re.fullmatch("[0-9a-f]{64}", word):
        return word[:2] + word[:1:-1]
    return "9" * 19 if word.isdigit() else "zq" + "y" * LENGTH
