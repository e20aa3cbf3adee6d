"""A visitor without an account asks for every public address, and follows every address that an answer names."""

import gzip
import html
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client, RequestFactory
from PIL import Image

from tests.pages.leaks.planting import World
from tests.pages.leaks.routes import Shut

# In quotes, in angle brackets or between tags: whatever begins with our host, or with a slash where an address stands.
ADDRESS = re.compile(r"""(?:https?://(?:HOST|testserver)|(?<=["'=<>(,\s]))/[^\s"'<>\\()]*""".replace(
    "HOST", re.escape(urlsplit(settings.SITE_URL).netloc)
))  # fmt: skip
# The server's own files and the desk; neither is made of stories.
NOT_OURS = ("/static/", "/admin")
# They are of the bytes, and the bytes may hold the word that was asked for.
OF_THE_BYTES = {"etag", "content-length"}
NOTHING = (404, 410)


@dataclass(frozen=True)
class Answer:
    path: str
    status: int
    headers: dict[str, str]
    content: bytes

    @cached_property
    def words(self) -> str:
        """Everything that it says, in small letters: headers, bytes, and what a picture tells about itself."""
        said = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{said}\n{self.content.decode('latin-1')}\n{self.about_the_picture()}".lower()

    def about_the_picture(self) -> str:
        """Metadata in the clear: PNG compresses its texts."""
        if not self.headers.get("Content-Type", "").startswith("image/") or b"<svg" in self.content[:200]:
            return ""
        with Image.open(io.BytesIO(self.content)) as picture:
            return f"{picture.info} {dict(picture.getexif())}"

    def addresses(self) -> set[str]:
        """Every address of this site that it names: links, pictures, Location, Link, canonical, items of feeds."""
        if self.headers.get("Content-Type", "").startswith("image/"):
            return set()
        text = self.content.decode("utf-8", "replace").replace("\\/", "/")
        text += "".join(f' "{value}" ' for name, value in self.headers.items() if name in {"Location", "Link"})
        found = set(ADDRESS.findall(text))
        # A feed holds HTML as text.
        for _ in range(2):
            text = html.unescape(text)
            found.update(ADDRESS.findall(text))
        return {path_of(address) for address in found}


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


class Crawl:
    """`leaks` fills with a sentence for each word, each oracle and each secret that answers."""

    def __init__(self, client: Client, world: World):
        # As the client asks, without its records of each template and context: they take as long as the page.
        self.factory, self.handler = RequestFactory(), client.handler
        self.factory.cookies = client.cookies
        self.handler.load_middleware()
        self.world = world
        self.answers: dict[str, Answer] = {}
        self.unplanted: dict[str, Answer] = {}
        self.leaks: list[str] = []

    def ask(self, path: str) -> Answer:
        response = self.handler.get_response(self.factory.get(path))
        content = b"".join(response.streaming_content) if response.streaming else response.content
        if response.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return Answer(path, response.status_code, dict(response.headers), content)

    def follow(self, paths: Iterable[str]) -> None:
        """Ask for these, and for all they lead to, until nothing new is named."""
        waiting = list(paths)
        while waiting:
            path = waiting.pop()
            if path in self.answers or path.startswith(NOT_OURS) or path.startswith("//"):
                continue
            answer = self.visit(path)
            secret = self.world.markers.within(path.lower())
            # A page repeats what it was asked for: only what it names beside that leads on.
            waiting += [each for each in answer.addresses() if not any(word in each.lower() for word in secret)]

    def visit(self, path: str) -> Answer:
        """Ask for one address, once, and judge the answer."""
        if path not in self.answers:
            self.answers[path] = self.ask(path)
            self.judge(self.answers[path], shut=isinstance(path, Shut))
        return self.answers[path]

    def unmoved(self, path: str, at: str) -> None:
        """Holds that an address with ?at= answers a reader as it does without."""
        moved = f"{path}{'&' if '?' in path else '?'}at={at}"
        plain, other = self.visit(path), self.visit(moved)
        if plain.words != other.words:
            plain = self.ask(path)  # a file that was made for the first answer is sent otherwise from then on
        if (plain.status, plain.words) != (other.status, other.words):
            self.leaks.append(f"{moved} answers otherwise than {path}: a reader chose the time")

    def judge(self, answer: Answer, *, shut: bool = False) -> None:
        asked = self.world.markers.within(answer.path.lower())
        worked = self.worked(answer.path)
        for word in self.world.markers.within(answer.words):
            if worked or word not in asked:
                self.leaks.append(f"{answer.path} says the {self.world.markers.about[word]}")
        if answer.status >= 500:
            self.leaks.append(f"{answer.path} breaks")
        if shut and answer.status not in NOTHING:
            self.leaks.append(f"{answer.path} should answer 404 or 410, not {answer.status}")
        if worked and answer.status not in {worked, 404}:
            self.leaks.append(f"{answer.path} should answer {worked}, not {answer.status}")
        elif asked and not worked:
            self.compare(answer, asked)

    def worked(self, path: str) -> int:
        """What an address that worked once answers, and all that stands below it; 0 for any other."""
        found = (status for old, status in self.world.worked.items() if path.startswith(old.rstrip("/")))
        return next(found, 0)

    def compare(self, answer: Answer, asked: list[str]) -> None:
        """A secret word in an address gets what any other word of its kind gets, to the byte."""
        markers = self.world.markers
        path = markers.without(answer.path, asked)
        if path not in self.unplanted:
            self.unplanted[path] = self.ask(path)
        mine = markers.without(answer.words, asked)
        if (answer.status, said(mine)) != (self.unplanted[path].status, said(self.unplanted[path].words)):
            about = ", ".join(markers.about[word] for word in asked)
            self.leaks.append(f"{answer.path} answers otherwise than {path}: it betrays the {about}")


def said(words: str) -> list[str]:
    return [line for line in words.split("\n") if line.split(":")[0] not in OF_THE_BYTES]
