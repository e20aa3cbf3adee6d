"""The card of a story that has no photo: that it is really drawn, what it says, and how it is sent."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image, ImageDraw

from articles.models import Edition
from articles.pages import card, lettering, poster
from articles.pages.lettering import SERIF, face_of, has, legible, runs_from_right
from articles.pages.poster import MARGIN, RULE, SPINE, TEXT, WIDTH, Card, Words, drawn, set_type
from articles.publishing import cancel, correct, redact, schedule, update, withdraw
from tests.factories import make_column, make_photo, make_user, published

LONG = "Harbor Pilots Walk Off the Job at Noon, and Nobody Can Say When the Ships That Wait in the Roads Will Be Let In"
ARABIC = "مرشدو الميناء يتركون العمل يوم الاثنين"
HEBREW = "הנתבים עזבו את הנמל"
PERSIAN = "خلبانان بندر گفتند که «کشتی‌ها» در انتظارند"
SLATE = (0x1F, 0x29, 0x2C)
SHAPES = pytest.mark.skipif(not lettering.can_shape(), reason="no FriBiDi on this machine: nothing runs from the right")


def words(headline: str, **others: str) -> Words:
    said = {
        "direction": "ltr", "column": "The Slatest", "kicker": "", "clock": "5:43", "half": "p.m.",
        "date": "June 1, 2015", "credit": "By Ines Corvald", "newsroom": "Halyard",
    }  # fmt: skip
    return Words(headline=headline, **(said | others))


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def inked(picture: Image.Image, *box: int) -> int:
    """How many pixels of a box are not the ground."""
    part = picture.crop(box) if box else picture
    return sum(count for count, colour in part.getcolors(1_000_000) if colour != SLATE)


def text_box(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """Where ink stands between the rule and the foot."""
    ground = picture.crop((0, RULE + 8, WIDTH, poster.FOOT - 40)).convert("L").point(lambda shade: shade > 60 and 255)
    return ground.getbbox()


class TestTheDrawing:
    def test_has_the_size_that_social_sites_ask_for_and_says_nothing_in_its_metadata(self):
        with Image.open(io.BytesIO(drawn(words("Is the Harbor Open?")))) as picture:
            assert (picture.format, picture.size, picture.info) == ("PNG", (1200, 630), {})

    @pytest.mark.parametrize(
        "change",
        [{"headline": "Is the Harbor Shut?"}, {"column": "World"}, {"kicker": "Ports"}, {"clock": "6:02"},
         {"half": "a.m."}, {"date": "June 2, 2015"}, {"credit": "By Marius Oake"}, {"newsroom": "Slack Water"}],
    )  # fmt: skip
    def test_shows_every_word_that_it_is_given(self, change):
        assert drawn(words("Is the Harbor Open?")) != drawn(words(**({"headline": "Is the Harbor Open?"} | change)))

    @pytest.mark.parametrize(
        "headline", ["Why", "Is the Harbor Open?", LONG, LONG * 3, "W" * 300, "i" * 1000, "W " * 500]
    )
    def test_keeps_within_its_margins_and_clear_of_its_foot(self, headline):
        picture = opened(drawn(words(headline)))
        left, _, right, _ = text_box(picture)
        assert left >= MARGIN - 4
        assert right <= WIDTH - MARGIN + 4
        assert inked(picture, SPINE, poster.BOTTOM + 8, WIDTH, poster.FOOT - 34) == 0
        assert inked(picture, SPINE, RULE + 8, WIDTH, poster.BOTTOM) > 1500

    def test_sets_a_short_headline_large_and_a_long_one_whole(self):
        assert set_type("Is the Harbor Open?")[0].size == 112
        face, lines, _ = set_type(LONG)
        assert face.size >= 60
        assert " ".join(lines) == LONG
        assert max(map(face.getlength, lines)) <= TEXT
        # Balanced: the last line is no lonely word.
        assert min(map(face.getlength, lines)) > TEXT / 2

    def test_cuts_what_does_not_fit_with_an_ellipsis(self):
        for headline in (LONG * 3, "W" * 300):
            lines = set_type(headline[:300])[1]
            assert lines[-1].endswith("…")
            assert len(lines) == 6

    def test_hangs_the_masthead_on_the_spine(self):
        picture = opened(drawn(words("Is the Harbor Open?")))
        assert inked(picture, SPINE - 30, 0, SPINE, RULE - 10) == 0
        assert inked(picture, SPINE, 0, WIDTH, RULE - 10) > 500
        assert inked(picture, MARGIN, 0, SPINE, RULE - 10) > 500

    @pytest.mark.parametrize(
        "column", ["World", "The Department of Long Names and of Longer Things Than Those", "W" * 200]
    )
    def test_draws_other_mastheads_within_the_margins(self, column):
        picture = opened(drawn(words("Open", column=column)))
        assert inked(picture, WIDTH - MARGIN + 4, 0, WIDTH, RULE) == 0
        assert inked(picture, MARGIN, 0, WIDTH, RULE - 10) > 500

    @pytest.mark.parametrize(("clock", "half"), [("midnight", ""), ("11:59", "p.m."), ("noon", "")])
    def test_keeps_the_time_off_the_headline(self, clock, half):
        picture = opened(drawn(words("W" * 9, clock=clock, half=half)))
        assert inked(picture, SPINE - 12, RULE + 8, SPINE - 2, poster.BOTTOM) == 0

    @SHAPES
    @pytest.mark.parametrize("headline", [ARABIC, HEBREW, PERSIAN])
    def test_is_mirrored_for_a_story_that_is_read_from_the_right(self, headline):
        picture = opened(drawn(words(headline, direction="rtl")))
        left, _, right, _ = text_box(picture)
        assert left >= MARGIN - 4
        assert right <= WIDTH - MARGIN + 4
        # The rail stands at the right, the first line ends at the spine.
        assert inked(picture, WIDTH - MARGIN - 120, RULE, WIDTH - MARGIN, RULE + 4) > 400
        assert inked(picture, WIDTH - SPINE - 60, RULE + 8, WIDTH - SPINE + 4, poster.BOTTOM) > 100
        assert inked(picture, WIDTH - SPINE + 6, RULE + 8, WIDTH - SPINE + 40, poster.BOTTOM) == 0

    @SHAPES
    def test_joins_arabic_letters_and_runs_them_from_the_right(self):
        face = face_of(SERIF, 80)
        # سلام joins: narrower than its letters apart. Its first letter, with teeth and no stem, stands at the right.
        assert face.getlength("سلام") < 0.8 * sum(face.getlength(letter) for letter in "سلام")
        picture = Image.new("L", (1200, 630))
        Card(ImageDraw.Draw(picture), mirror=True).write(100, 300, "سا", face, 255, rtl=True)
        left, top, right, _ = picture.getbbox()
        stem = picture.crop((left, top, (left + right) // 2, 630)).getbbox()
        tooth = picture.crop(((left + right) // 2, 0, right, 630)).getbbox()
        assert stem[1] == 0
        assert tooth[1] > top

    def test_shows_the_columns_name_where_letters_cannot_be_set(self, monkeypatch):
        assert drawn(words("港口引航员星期一罢工")) == drawn(words("😀🎉")) == drawn(words("")) != drawn(words("Open"))
        assert inked(opened(drawn(words("港口引航员星期一罢工"))), SPINE, RULE + 8, WIDTH, poster.BOTTOM) > 1500
        assert drawn(words("港口", column="世界")) == drawn(words("港口", column="國際"))
        monkeypatch.setattr(lettering, "can_shape", lambda: False)
        monkeypatch.setattr(poster, "can_shape", lambda: False)
        drawn.cache_clear()
        unshaped = drawn(words(HEBREW, direction="rtl"))
        drawn.cache_clear()
        assert unshaped == drawn(words("港口", direction="rtl"))
        drawn.cache_clear()


class TestLegible:
    """Letters that a face lacks would be holes: what can be said without them is said, the rest is not."""

    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("Is the “Harbor” Open?", "Is the “Harbor” Open?"),
            ("ﬁve ﬂags ＡＢＣ", "five flags ABC"),
            ("Erdoğan, Šešelj, Łódź, Ünal", "Erdoğan, Šešelj, Łódź, Ünal"),
            ("Vie\u0323\u0302t", "Viet"),
            ("non‑breaking ‘quotes’", "non-breaking ‘quotes’"),
            ("e\u0301te\u0301", "été"),
            ("Ships 😀 sail 🇫🇷", "Ships sail"),
            ("a\u202eb\u2066c\u200fd\0e\x1bf\ud800g", "abcdefg"),
            ("one\x1ctwo\x85three\u2029four\u00a0five\tsix", "one two three four five six"),
            ("港口", ""),
            ("Moscow Москва", ""),
            ("", ""),
            ("\u0301" * 10_000, ""),
        ],
    )
    def test_reads(self, text, read):
        assert legible(text) == read

    def test_bounds_what_it_is_given(self):
        assert len(legible("x" * 1_000_000)) == 300
        assert len(legible("ب" + "\u064e" * 10_000, shaped=True)) == 4
        assert len(legible("a\u0315\u0300\u05ae" * 10_000)) <= 300

    @pytest.mark.parametrize("text", [ARABIC, HEBREW, PERSIAN, "Port ميناء"])
    def test_leaves_out_what_this_machine_cannot_shape(self, text):
        assert legible(text, shaped=True) == text
        assert legible(text, shaped=False) == ""

    def test_every_letter_that_it_leaves_is_drawn(self):
        for number in range(1, 0x3000):
            for letter in legible(chr(number), shaped=True):
                assert letter in " \u200c\u200d" or has(SERIF, letter), hex(number)

    def test_tells_the_side_that_a_text_runs_from(self):
        assert runs_from_right(f"12 {ARABIC}")
        assert not runs_from_right(f"By {ARABIC}")
        assert not runs_from_right("5:43")


HOSTILE = [
    "W" * 300, "i" * 300, "a " * 150, "\u0301" * 300, "a" + "\u0301" * 299, "\u0628" + "\u064e" * 299, "港" * 300,
    "😀" * 300, "👩\u200d👧\u200d👦" * 40, "\u202e" * 300, "\u200d" * 300, "\u200f" * 300, " ",
    "\x1c\x1d\u2028\u2029\x85", "\ufffd\uffff\U0010ffff\ud800\0", "\ufdfa" * 300, "Z\u0338\u0321\u0353\u035a" * 60,
    "ก\u0e47\u0e47" * 100, "-" * 300, "…" * 300, "\u0640" * 300, "\u05e9\u05c1" * 150, "1" * 300,
]  # fmt: skip


class TestHostileHeadlines:
    @pytest.mark.parametrize("headline", HOSTILE)
    @pytest.mark.parametrize("direction", ["ltr", "rtl"])
    def test_make_a_card(self, headline, direction):
        said = words(
            headline, direction=direction, column=headline, kicker=headline, credit=headline, newsroom=headline
        )
        assert opened(drawn(said)).size == (1200, 630)
        assert said.etag

    @pytest.mark.parametrize("headline", [*HOSTILE, LONG * 100])
    def test_cost_no_more_than_a_bounded_number_of_measures(self, headline, monkeypatch):
        count = 0

        class Counting(type(face_of(SERIF, 52))):
            def getlength(self, *args, **kwargs):
                nonlocal count
                count += 1
                return super().getlength(*args, **kwargs)

        for cached in (face_of, drawn):
            cached.cache_clear()
        monkeypatch.setattr(lettering.ImageFont, "FreeTypeFont", Counting)
        drawn(words(headline, kicker=headline))
        for cached in (face_of, drawn):
            cached.cache_clear()
        assert 0 < count < 2000

    @pytest.mark.django_db
    @pytest.mark.parametrize("headline", ["W" * 300, "</svg>\x0b\x01 & <b>", "😀 " * 100, "\u202eOpen"])
    def test_are_answered(self, client, headline):
        (edition,) = published(headline=headline, slug="evil")
        assert client.get(path_of(edition)).status_code == 200


def path_of(edition: Edition, number: int = 0) -> str:
    return f"{edition.path}card-{number or edition.number}.png"


def said(edition: Edition) -> Words:
    return card.words_of(edition, edition.column, [line.author for line in edition.edition_bylines.all()])


@pytest.mark.django_db
class TestTheAddress:
    def test_answers_with_the_card_and_how_to_keep_it(self, client):
        (edition,) = published(headline="Is the Harbor Open?", kicker="Ports")
        answer = client.get(path_of(edition))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        author = edition.edition_bylines.get().author
        assert set(answer.headers["Cache-Tag"].split()) == {
            f"article-{edition.article_id}", f"column-{edition.column_id}", author.cache_key
        }  # fmt: skip
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Vary" not in answer.headers
        assert answer.content == drawn(words("Is the Harbor Open?", kicker="Ports"))

    def test_is_revalidated_without_a_drawing(self, client, monkeypatch):
        (edition,) = published()
        etag = client.get(path_of(edition)).headers["ETag"]
        monkeypatch.setattr(card, "drawn", None)
        answer = client.get(path_of(edition), headers={"if-none-match": etag})
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etag)

    def test_has_another_tag_when_the_column_is_called_otherwise(self, client):
        (edition,) = published()
        first = client.get(path_of(edition))
        edition.column.name = "The Log"
        edition.column.save()
        second = client.get(path_of(edition), headers={"if-none-match": first.headers["ETag"]})
        assert second.status_code == 200
        assert second.content != first.content

    def test_answers_head_and_refuses_what_writes(self, client):
        (edition,) = published()
        got, head = client.get(path_of(edition)), client.head(path_of(edition))
        assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", got.headers["ETag"])
        assert client.post(path_of(edition)).status_code == 405

    def test_costs_two_questions(self, client, django_assert_num_queries):
        (edition,) = published()
        client.get(path_of(edition))
        with django_assert_num_queries(2):
            client.get(path_of(edition))

    def test_older_numbers_lead_to_todays_in_one_hop(self, client):
        (first,) = published(headline="First Words")
        first.article.slug, first.article.headline = "second-name", "Second Words"
        first.article.save()
        second = update(first.article)
        third = correct(first.article, note="It was forty-one.")
        today = path_of(third)
        for path in (path_of(first), path_of(second), path_of(first, 3), path_of(third, 1), path_of(third).upper(),
                     path_of(third) + "/", path_of(first) + "?utm_source=x"):  # fmt: skip
            answer = client.get(path)
            assert (answer.status_code, answer.headers["Location"]) == (301, today), path
            assert f"article-{first.article_id}" in answer.headers["Cache-Tag"].split()
        assert client.get(today).status_code == 200

    def test_numbers_that_nobody_saw_are_not_found(self, client):
        (edition,) = published()
        waiting = schedule(edition.article, at=timezone.now() + timedelta(days=1))
        nothing = client.get(path_of(edition, 77))
        for number in (waiting.number, 77, 999_999_999):
            answer = client.get(path_of(edition, number))
            assert answer.status_code == 404
            assert answer.content == nothing.content
        cancel(edition.article)
        assert client.get(path_of(edition, waiting.number)).status_code == 404
        for name in (
            "card-0.png",
            "card-01.png",
            "card--1.png",
            "card-٣.png",
            "card-.png",
            "card-1.jpg",
            f"card-{'9' * 400}.png",
        ):
            assert client.get(edition.path + name).status_code == 404, name
        assert client.get(f"/the-slatest/2015/06/01/nothing/card-{edition.number}.png").status_code == 404

    def test_a_withdrawn_storys_is_gone_like_a_forbidden_ones(self, client):
        gone, forbidden, mended = published(3)
        withdraw(gone.article, reason="It named the wrong man.")
        assert client.get(path_of(gone)).status_code == 410
        assert client.get(path_of(gone, 2)).status_code == 404
        redact(forbidden, reason="A court.")
        assert client.get(path_of(forbidden)).status_code == 410
        assert client.get(path_of(forbidden, 2)).status_code == 404
        newer = update(mended.article)
        redact(mended, reason="A court.")
        assert client.get(path_of(mended)).status_code == 404
        assert client.get(path_of(newer)).status_code == 200

    def test_a_retracted_storys_says_so_and_nothing_that_the_story_said(self, client):
        (edition,) = published(headline="FALSE", kicker="FALSE", dek="FALSE", lead_photo=make_photo(file=True))
        retracted = correct(edition.article, kind="retraction", note="Nothing of it was true.")
        assert said(retracted).headline == "Retracted"
        assert "FALSE" not in repr(said(retracted))
        answer = client.get(path_of(retracted))
        assert answer.content == drawn(words("Retracted", credit=""))
        assert client.get(path_of(edition)).headers["Location"] == path_of(retracted)

    def test_an_editor_sees_the_card_of_another_moment_and_nobody_keeps_it(self, client):
        (edition,) = published(headline="Now")
        edition.article.headline = "Tomorrow"
        edition.article.save()
        later = schedule(edition.article, at=timezone.now() + timedelta(days=1))
        path = f"{path_of(edition, later.number)}?at=2999-01-01T12:00"
        assert client.get(path).status_code == 404
        client.force_login(make_user("olu", "Editors"))
        answer = client.get(path)
        assert answer.content == drawn(said(later))
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "Cache-Tag" not in answer.headers
        moved = client.get(f"{path_of(edition)}?at=2999-01-01T12:00")
        assert (moved.status_code, moved.headers["Location"]) == (301, path)

    def test_stories_are_told_by_their_direction_language_and_column(self, client):
        (edition,) = published(headline=ARABIC, language="ar", column=make_column("العالم"))
        assert (said(edition).direction, said(edition).column) == ("rtl", "العالم")
        assert client.get(path_of(edition)).content == drawn(said(edition))
