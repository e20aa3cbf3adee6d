"""What stands beside a story: its neighbours in the column, related stories, and where to report a mistake."""

import re
from datetime import timedelta
from email.utils import unquote
from urllib.parse import parse_qs

import pytest
from django.utils import timezone
from django.utils.html import escape

from articles.pages.nearby import CANDIDATES, RELATED
from articles.publishing import redact, schedule, withdraw
from tests.factories import PRINTED, make_article, make_column, make_tag, make_user, published

pytestmark = pytest.mark.django_db
REPORT = re.compile(r'<a href="(mailto:[^"]+)">Report a mistake</a>')


def link(rel: str, text: str) -> str | None:
    found = re.search(rf'<p class="h"><a href="([^"]+)" rel="{rel}"', text)
    return found and found[1]


def related(text: str) -> list[str]:
    return re.findall(r'<h3><a href="([^"]+)"', text.partition('class="related"')[2])


class TestNeighbours:
    def test_are_the_next_later_and_the_next_earlier_of_the_column(self, client):
        first, middle, last = published(3)
        published(printed=PRINTED + timedelta(seconds=90), column=make_column("World"))
        text = client.get(middle.path).text
        assert link("next", text) == last.path
        assert link("prev", text) == first.path
        assert "Next in <bdi>The Slatest</bdi>, <br>" in text
        assert '<time datetime="2015-06-01T17:45:00-04:00">5:45 p.m.</time>' in text
        assert link("next", client.get(last.path).text) is None
        assert link("prev", client.get(first.path).text) is None

    def test_of_one_minute_are_all_passed_through(self, client):
        """The printed time alone is no place in a river."""
        editions = [edition for _ in range(4) for edition in published()]
        path, seen = editions[0].path, []
        while path:
            seen.append(path)
            path = link("next", client.get(path).text)
        assert seen == [edition.path for edition in editions]

    def test_are_none_for_the_only_story(self, client):
        (edition,) = published()
        text = client.get(edition.path).text
        assert "Next in" not in text
        assert "Before it" not in text
        assert "Related" not in text

    def test_are_those_that_readers_see(self, client):
        first, middle, gone = published(3, tags=["Labor"])
        withdraw(gone.article, reason="It was wrong.")
        schedule(make_article("MARKER waits", tags=["Labor"]), at=timezone.now() + timedelta(hours=1))
        make_article("MARKER draft", tags=["Labor"])
        text = client.get(middle.path).text
        assert link("next", text) is None
        assert link("prev", text) == first.path
        assert "MARKER" not in text
        assert gone.path not in text

    def test_and_related_of_a_moment_that_has_passed_are_those_of_that_moment(self, client):
        _, middle, last = published(3, tags=["Labor"])
        other, *_ = published(2, tags=["Labor"], column=make_column("World"))
        then = timezone.now().isoformat()
        withdraw(last.article, reason="It was wrong.")
        redact(other, reason="by order")
        assert link("next", client.get(middle.path).text) is None
        client.force_login(make_user("marek", "Editors"))
        text = client.get(middle.path, {"at": then}).text
        assert link("next", text) == last.path
        assert other.path not in text  # its words are gone for ever

    def test_are_in_their_own_language_beside_a_story_in_another(self, client):
        english, arabic, _ = (
            *published(headline="In English"),
            *published(headline="حساب السفارة", language="ar", slug="embassy", printed=PRINTED + timedelta(hours=1)),
            *published(headline="Later", printed=PRINTED + timedelta(hours=2)),
        )
        assert 'rel="prev" lang="en" dir="ltr">In English</a>' in client.get(arabic.path).text
        assert 'rel="next" lang="ar" dir="rtl">حساب السفارة</a>' in client.get(english.path).text


class TestRelated:
    def test_share_most_tags_first_then_the_lead_tag_then_are_newest(self, client):
        world = make_column("World")

        def story(hours: int, *tags: str) -> str:
            return published(tags=list(tags), column=world, printed=PRINTED + timedelta(hours=hours))[0].path

        (edition,) = published(tags=["Labor", "Ports", "Marsa Zahr"])
        only_last, lead_old, both, lead_new = (
            story(9, "Marsa Zahr"), story(1, "Labor"), story(2, "Ports", "Marsa Zahr"), story(3, "Labor", "Other"),
        )  # fmt: skip
        story(10, "Other")
        text = client.get(edition.path).text
        assert related(text) == [both, lead_new, lead_old, only_last]
        ports = '<a href="/tag/ports/"><bdi>Ports</bdi></a>'
        place = '<a href="/tag/marsa-zahr/"><bdi>Marsa Zahr</bdi></a>'
        assert f"Also under {ports} and {place}" in text

    def test_are_neither_the_story_nor_its_neighbours(self, client):
        editions = published(7, tags=["Labor"])
        middle = editions[3]
        found = related(client.get(middle.path).text)
        assert found == [editions[n].path for n in (6, 5, 1, 0)]
        assert len(found) == RELATED

    def test_are_asked_of_the_newest_of_a_tag_alone(self, client):
        old, *_ = published(tags=["Labor", "Ports"], column=make_column("World"))
        many = published(CANDIDATES + 3, tags=["Labor"], printed=PRINTED + timedelta(days=1))
        (edition,) = published(tags=["Labor"], printed=PRINTED - timedelta(days=9), column=make_column("Politics"))
        assert related(client.get(edition.path).text) == [each.path for each in reversed(many[-RELATED:])]
        assert old.path not in client.get(edition.path).text

    def test_and_neighbours_are_in_the_cache_keys(self, client):
        first, middle, last = published(3)
        (other,) = published(tags=["Labor"], column=make_column("World"))
        (edition,) = published(tags=["Labor"], printed=PRINTED + timedelta(hours=1))
        keys = client.get(edition.path).headers["Cache-Tag"].split()
        assert {f"article-{other.article_id}", f"article-{last.article_id}"} <= set(keys)
        assert {f"column-{edition.column_id}", make_tag("Labor").cache_key} <= set(keys)
        assert f"article-{first.article_id}" not in keys
        assert f"article-{middle.article_id}" not in keys


class TestReportAMistake:
    def report(self, client, edition) -> str:
        return REPORT.search(client.get(edition.path).text)[1]

    def test_is_a_letter_that_says_which_words_were_read(self, client, settings):
        headline = 'Is 5 + 5 % of “x” & <y> "open"? نعم'
        (edition,) = published(headline=headline, slug="open")
        address = self.report(client, edition)
        assert "<" not in address
        to, _, query = address.removeprefix("mailto:").replace("&amp;", "&").partition("?")
        assert unquote(to) == settings.CONTACT_EMAIL
        assert "+" not in query  # mail programs show it as it stands
        said = parse_qs(query)
        assert said["subject"] == [headline]
        assert said["body"] == [f"{settings.SITE_URL}{edition.path}\r\nedition 1\r\n\r\n"]
        assert escape(headline) in client.get(edition.path).text

    def test_cannot_be_made_to_write_to_others(self, client, settings):
        (edition,) = published(headline="x&cc=me@example.com\r\nBcc: me", slug="x")
        assert "cc=me" not in self.report(client, edition)
        settings.CONTACT_EMAIL = "odd?&tag+mistakes@halyard.example"
        assert self.report(client, edition).startswith("mailto:odd%3F%26tag%2Bmistakes@halyard.example?subject=")

    def test_is_not_offered_where_nobody_would_read_it(self, client, settings):
        settings.CONTACT_EMAIL = ""
        (edition,) = published()
        text = client.get(edition.path).text
        assert "mailto:" not in text
        assert "mistake" not in text
