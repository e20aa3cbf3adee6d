"""From a file to a story in the newsroom, by the command that people type."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles import body
from articles.models import Address, Article, Author, Column, Edition, Manuscript
from media.models import Agency, Credit, Photo
from tests.factories import make_column

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parent / "samples" / "two-floors.txt"
SLUG = "the-harbor-master-says-the-port-is-closed-so-does-the-port"
PUBLISHED = ["--published", "2015-06-01T17:43", "--publish"]


def run(*args) -> str:
    out = io.StringIO()
    call_command("import_articles", *map(str, args), stdout=out, stderr=out)
    return out.getvalue()


def refused(*args) -> str:
    out = io.StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_articles", *map(str, args), stdout=out, stderr=out)
    assert refusal.value.returncode
    return f"{out.getvalue()}{refusal.value}"


@pytest.fixture
def send(tmp_path):
    def write(content: str | bytes, name: str = "story.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def nothing_was_kept() -> bool:
    return not any(model.objects.exists() for model in (Article, Column, Author, Photo, Agency, Manuscript, Address))


def test_it_works():
    told = run(SAMPLE, *PUBLISHED)
    edition = Edition.objects.get()
    assert edition.number == 1
    assert edition.path == f"/the-slatest/2015/06/01/{SLUG}/"
    assert edition.path in told
    assert edition.document["lead"]["caption"].startswith("A pilot boat lies")
    assert [block["kind"] for block in edition.document["blocks"]] == ["paragraph"] * 3
    assert "“night timetable”—mainly a list of ferries—was" in edition.document["blocks"][1]["html"]


def test_the_credit_is_parsed_and_kept_as_it_came():
    run(SAMPLE)
    credit = Credit.objects.get()
    assert credit.photographer == "Samar al-Idrani"
    assert credit.agency_names() == ("AFP", "Getty Images")
    assert credit.credit_line == "Samar al-Idrani/AFP/Getty Images"
    assert credit.printed_credit == "Photo by Samar al-Idrani/AFP/Getty Images"
    assert credit.photo.file.name == ""


def test_what_looks_lost_is_reported():
    told = run(SAMPLE)
    assert "embeds may be missing after paragraph 1" in told
    assert "the photo has no file" in told


def test_a_draft_keeps_the_printed_time_for_the_desk():
    run(SAMPLE, "--published", "2015-06-01T17:43")
    article = Article.objects.get()
    assert article.stage == "draft"
    assert not Edition.objects.exists()
    assert article.first_published_at.isoformat() == "2015-06-01T21:43:00+00:00"


def test_bylines_come_in_order_and_authors_are_made_once():
    Author.objects.create(name="Ines Corvald", slug="ines-corvald")
    run(SAMPLE, "--byline", "Marek Oake", "--byline", "ines corvald")
    names = [line.author.name for line in Article.objects.get().bylines.all()]
    assert names == ["Marek Oake", "Ines Corvald"]
    assert Author.objects.count() == 2


def test_authors_without_latin_letters_get_addresses_of_their_own(send):
    run(SAMPLE, "--byline", "سمر الإدراني", "--byline", "هدى درويش")
    assert sorted(Author.objects.values_list("slug", flat=True)) == ["author", "author-2"]


def test_the_same_file_again_changes_nothing():
    run(SAMPLE, *PUBLISHED)
    assert "unchanged" in run(SAMPLE, *PUBLISHED)
    assert (Article.objects.count(), Edition.objects.count(), Photo.objects.count()) == (1, 1, 1)


def test_other_line_ends_are_the_same_story(send):
    run(SAMPLE, *PUBLISHED)
    elsewhere = "\ufeff" + SAMPLE.read_text(encoding="utf-8").replace("\n", "  \r\n")
    assert "unchanged" in run(send(elsewhere), *PUBLISHED)


def test_a_changed_file_is_refused_with_the_difference(send):
    run(SAMPLE, *PUBLISHED)
    changed = send(SAMPLE.read_text(encoding="utf-8").replace("In 2011", "In 2012"))
    told = refused(changed, "--published", "2015-06-01T08:00", "--publish")
    assert "-The suspicion" in told
    assert "+The suspicion" in told
    assert "2012" in told
    assert Edition.objects.count() == 1
    assert "2011" in Edition.objects.get().document["blocks"][1]["html"]


def test_another_day_is_another_story(send):
    run(SAMPLE, *PUBLISHED)
    run(send(SAMPLE.read_text(encoding="utf-8") + "\n\nMore."), "--published", "2015-06-02T00:01", "--publish")
    assert Edition.objects.filter(path=f"/the-slatest/2015/06/02/{SLUG}/").exists()


def test_two_arabic_stories_of_one_day_are_two(send):
    for number, headline in enumerate(("الميناء مغلق", "الميناء مفتوح")):
        run(send(f"{headline}\n\nتوقف المرشدون عن العمل ظهراً.", f"{number}.txt"), "--column", "The Slatest", *PUBLISHED)
    paths = sorted(Edition.objects.values_list("path", flat=True))
    assert paths == ["/the-slatest/2015/06/01/story-2/", "/the-slatest/2015/06/01/story/"]
    assert set(Edition.objects.values_list("language", flat=True)) == {"ar"}


def test_the_column_is_found_by_its_name_whatever_the_case(send):
    column = make_column("The Slatest")
    run(send("the slatest\n\nPort Closed\n\nPilots stopped work."))
    assert Article.objects.get().column == column


def test_markup_in_a_text_is_text(send):
    run(
        send(
            'The Slatest\n\nPort <b>Closed</b>\n\n<script>alert(1)</script> &amp; <news-photo data-id="1"></news-photo>'
        )
    )
    article = Article.objects.get()
    assert article.headline == "Port <b>Closed</b>"
    assert (
        body.text(body.parse(article.body)) == '<script>alert(1)</script> &amp; <news-photo data-id="1"></news-photo>'
    )
    assert "<script" not in article.body


def test_a_line_of_nearly_a_megabyte_goes_in_and_a_longer_one_is_refused(send):
    run(send("The Slatest\n\nLong\n\n" + "wordwords " * 99_000))
    assert len(Article.objects.get().body) > 980_000
    assert "longer than 1,000,000" in refused(send("The Slatest\n\nLonger\n\n" + "wordwords " * 101_000))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        ("The Slatest\n\nIt’s".encode("cp1252"), "byte 0x92 at offset 15"),
        (b"\x89PNG\r\n\x1a\n\x00", "not a text"),
        (b"The Slatest\n", "No headline"),
        (b"Search\n\nPort Closed\n\nPilots stopped work.", "taken by another page"),
        (b"The Slatest\n\nPort Closed\n\n" + b"<" * 1_000_000, "longer than 1,000,000"),
    ],
)
def test_a_bad_file_leaves_nothing_behind(send, content, sentence):
    assert sentence in refused(send(content), "--byline", "Marek Oake", *PUBLISHED)
    assert nothing_was_kept()


def test_a_refusal_after_the_first_rows_takes_them_back(send):
    """The column and the photo are written before the author's name is found to be too long."""
    assert "Name: Ensure this value has at most 120 characters" in refused(SAMPLE, "--byline", "Marek " * 30)
    assert nothing_was_kept()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-03-08T02:30", "does not exist"),
        ("2025-11-02T01:30", "happened twice"),
        ("yesterday", "Write it like"),
        ("2099-01-01T00:00", "lies in the future"),
    ],
)
def test_a_bad_time_is_refused_before_any_file_is_read(typed, sentence):
    assert sentence in refused(SAMPLE, "--published", typed)
    assert nothing_was_kept()


def test_good_files_go_in_beside_bad_ones(send):
    bad = send(b"", "bad.txt")
    told = refused(bad, SAMPLE, send("The Slatest\n\nPort Closed", "good.txt"), *PUBLISHED)
    assert f"{bad}: The file is empty." in told
    assert "1 of 3 files" in told
    assert Edition.objects.count() == 2
