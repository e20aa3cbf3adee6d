"""The <img> of a photo: a browser finds the file that it needs, and knows its place before it comes."""

import dataclasses
import re
from datetime import UTC, datetime

import pytest

from articles import document
from articles.pages.picture import ACROSS, FEATURE, MEASURE, crops, image
from tests.factories import make_column, make_photo, picture, published

PHOTO = document.Photo(
    photo=1, file="ab12", path="photos/ab/ab12.jpg", width=2200, height=1400, focal_x=0.5, focal_y=0.5, crop="",
    alt='A "ship" & <dusk>', caption="", credit_line="AFP", printed_credit="", photographer="", agencies=(),
    copyright_notice="", usage_terms="", rights="agency",
)  # fmt: skip


def img(**fields) -> str:
    return image(dataclasses.replace(PHOTO, **fields))


def widths(tag: str) -> list[str]:
    return re.findall(r"/files/photos/ab/ab12\S*\.jpg (\d+)w", tag)


def test_it_works():
    assert image(PHOTO, MEASURE) == (
        '<img src="/files/photos/ab/ab12-1200.jpg" srcset="/files/photos/ab/ab12-400.jpg 400w,'
        "/files/photos/ab/ab12-800.jpg 800w,/files/photos/ab/ab12-1200.jpg 1200w,"
        '/files/photos/ab/ab12-1600.jpg 1600w" sizes="(min-width:48em) 40em,calc(100vw - 2.5em)"'
        ' width="2200" height="1400" alt="A &quot;ship&quot; &amp; &lt;dusk&gt;" loading="lazy">'
    )


def test_the_file_itself_ends_the_ladder_unless_it_is_a_giant():
    assert widths(img(width=1600)) == ["400", "800", "1200", "1600"]
    assert "/files/photos/ab/ab12.jpg 1600w" in img(width=1600)
    assert widths(img(width=900)) == ["400", "800", "900"]
    assert "ab12.jpg" not in img(width=8000)


def test_a_small_file_is_the_only_one():
    assert img(width=400, height=300).startswith('<img src="/files/photos/ab/ab12.jpg" width="400" height="300"')


def test_a_file_of_another_kind_stands_alone():
    assert "srcset" not in img(path="photos/ab/ab12.png")
    assert 'src="/files/photos/ab/ab12.png"' in img(path="photos/ab/ab12.png")


def test_a_path_from_an_old_edition_is_only_ever_words():
    assert '"><script>' not in img(path='photos/"><script>.jpg')


def test_a_picture_that_is_cut_upright_is_asked_for_wide_enough():
    assert 'sizes="(min-width:48em) 30em,calc(100vw - 2.5em)"' in img(width=1000, height=1500)
    assert 'sizes="(min-width:48em) 45em,150vw"' in img(width=1500, height=1000, crop="square")
    assert 'sizes="(min-width:48em) 30em,100vw"' in img(width=1000, height=1500, crop="portrait")
    assert f'sizes="{ACROSS}"' in img(crop="wide")
    assert img(height=0)


def test_a_file_of_unknown_size_is_drawn_all_the_same():
    assert "width=" not in img(width=0, height=0)


def test_the_shapes_for_search_engines_and_cards():
    assert crops(PHOTO) == [
        ("/files/photos/ab/ab12-16x9.jpg", 1200, 675),
        ("/files/photos/ab/ab12-4x3.jpg", 1200, 900),
        ("/files/photos/ab/ab12-1x1.jpg", 1200, 1200),
    ]
    assert crops(dataclasses.replace(PHOTO, file="")) == []


@pytest.mark.django_db
class TestOnAPage:
    def images(self, client, path: str) -> list[str]:
        return re.findall(r"<img[^>]*>", client.get(path).text)

    def test_the_lead_comes_first_and_all_others_when_they_are_near(self, client):
        lead, inner = (make_photo(upload=picture(1000, 700, colour=colour)) for colour in ("red", "blue"))
        (edition,) = published(lead_photo=lead, body=f'<news-photo data-id="{inner.pk}"></news-photo>' * 2)
        first, *rest = self.images(client, edition.path)
        assert 'fetchpriority="high"' in first
        assert "lazy" not in first
        assert len(rest) == 2
        assert all('loading="lazy"' in each and "fetchpriority" not in each for each in rest)

    def test_each_says_its_size_its_alt_text_and_its_candidates(self, client):
        photo = make_photo(upload=picture(1000, 700))
        fill = {"lead_photo": photo, "body": f'<news-photo data-id="{photo.pk}"></news-photo>'}
        (edition, _) = published(2, **fill)
        published(2, column=make_column("World", shows="cards"), **fill)
        seen = [tag for path in ("/", "/the-slatest/", "/world/", edition.path) for tag in self.images(client, path)]
        assert len(seen) > 5
        for tag in seen:
            assert all(f" {name}=" in tag for name in ("src", "srcset", "sizes", "width", "height", "alt")), tag

    def test_every_candidate_is_there(self, client):
        photo = make_photo(upload=picture(1000, 700))
        (edition,) = published(lead_photo=photo)
        named = re.findall(r"/files/\S+?\.jpg", client.get(edition.path).text)
        assert len(set(named)) >= 3
        assert {client.get(path).status_code for path in named} == {200}

    def test_posts_and_cards_ask_for_less_than_a_lead(self, client):
        photo = make_photo(upload=picture(1000, 700))
        published(2, lead_photo=photo)
        published(2, lead_photo=photo, column=make_column("World", shows="cards"))
        assert [re.search('sizes="(.*?)"', tag)[1] for tag in self.images(client, "/the-slatest/")] == [ACROSS, MEASURE]
        assert {re.search('sizes="(.*?)"', tag)[1] for tag in self.images(client, "/world/")} == {FEATURE}

    def test_the_first_card_has_its_picture_at_once_and_the_others_when_they_are_near(self, client):
        for month in (5, 6):
            published(2, lead_photo=make_photo(upload=picture(1000, 700)), column=make_column("World", shows="cards"),
                      printed=datetime(2015, month, 2, tzinfo=UTC))  # fmt: skip
        first, *rest = self.images(client, "/world/")
        assert 'fetchpriority="high"' in first
        assert "lazy" not in first
        assert len(rest) == 3
        assert all('loading="lazy"' in each and "fetchpriority" not in each for each in rest)
