"""The demo newsroom holds together: every reference resolves, every body parses, every picture carries its credit."""

import io
import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, IptcImagePlugin

from articles import body
from articles.exchange import demo
from articles.exchange.demo import drawing
from media.tweets import SNOWFLAKE_EPOCH_MS

FOLDER = Path(demo.__file__).parent


@cache
def told(name):
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


NEWSROOM = told("newsroom")
STORIES = told("stories")["story"]
PHOTOS = {photo["key"]: photo for photo in told("photos")["photo"]}
TWEETS = {tweet["key"]: tweet for tweet in told("tweets")["tweet"]}
NUMBERS = {key: str(number) for number, key in enumerate([*PHOTOS, *TWEETS], start=1)}
DRAWN = [photo for photo in PHOTOS.values() if photo.get("scene")]

story_by_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story["key"])


def slugs(kind):
    return [row["slug"] for row in NEWSROOM[kind]]


def parsed(story, text=None):
    """The story's body as blocks, with the keys in it replaced by numbers as the loader does it."""
    text = story["body"] if text is None else text
    for key, number in NUMBERS.items():
        text = text.replace(f'data-id="{key}"', f'data-id="{number}"')
    return body.parse(text)


def as_changed(story):
    """The headline, dek and body after each change, oldest first."""
    texts = [story["headline"], story.get("dek", ""), story["body"]]
    for change in story.get("change", []):
        for old, new in change.get("replace", []):
            assert sum(text.count(old) for text in texts) >= 1, f"{story['key']}: nothing to replace: {old}"
            texts = [text.replace(old, new) for text in texts]
        yield texts


def test_keys_are_unique():
    for rows in (STORIES, told("photos")["photo"], told("tweets")["tweet"]):
        keys = [row["key"] for row in rows]
        assert len(keys) == len(set(keys))
    assert not set(PHOTOS) & set(TWEETS)


def test_there_are_two_columns_three_authors_and_forty_stories():
    assert [column["shows"] for column in NEWSROOM["column"]] == ["posts", "cards"]
    assert len(NEWSROOM["author"]) == 3
    assert len([story for story in STORIES if story.get("stage") != "draft"]) >= 40


@story_by_story
def test_a_story_names_only_what_exists(story):
    assert story["column"] in slugs("column")
    assert story["bylines"]
    assert set(story["bylines"]) <= set(slugs("author"))
    assert story["tags"]
    assert set(story["tags"]) <= set(slugs("tag"))
    assert story.get("lead", {}).get("photo", "aleppo") in PHOTOS


@story_by_story
def test_a_body_parses_and_shows_only_what_exists(story):
    blocks = parsed(story)
    assert parsed(story, body.render(blocks)) == blocks
    numbers = {int(number): key for key, number in NUMBERS.items()}
    assert {numbers[ref.photo] for ref in body.photo_refs(blocks)} <= set(PHOTOS)
    assert {numbers[ref.tweet] for ref in body.tweet_refs(blocks)} <= set(TWEETS)


@story_by_story
def test_a_change_finds_the_words_it_replaces_and_leaves_a_body_that_parses(story):
    for _, _, text in as_changed(story):
        parsed(story, text)


@story_by_story
def test_a_story_is_live_scheduled_or_a_draft_and_changes_only_after_it_was_published(story):
    when = [key for key in ("published", "hours_ago", "scheduled_in_hours") if key in story]
    if story.get("stage") == "draft":
        assert not when
        assert "TK" in story["headline"] + story["body"]
        return
    assert len(when) == 1
    moments = [story["published"]] if "published" in story else []
    moments += [change["at"] for change in story.get("change", [])]
    assert moments == sorted(moments, key=datetime.fromisoformat)


def test_every_tag_and_every_drawn_photo_and_every_tweet_is_used():
    text = "".join(story["body"] for story in STORIES)
    leads = {story["lead"]["photo"] for story in STORIES if "lead" in story}
    assert {tag for story in STORIES for tag in story["tags"]} == set(slugs("tag"))
    assert {key for key in PHOTOS if key in leads or f'data-id="{key}"' in text} == set(PHOTOS)
    assert {key for key in TWEETS if f'data-id="{key}"' in text} == set(TWEETS)


@pytest.mark.parametrize("tweet", TWEETS.values(), ids=TWEETS)
def test_a_status_id_carries_the_second_of_its_post(tweet):
    milliseconds = (int(tweet["status_id"]) >> 22) + SNOWFLAKE_EPOCH_MS
    assert milliseconds // 1000 == datetime.fromisoformat(tweet["posted_at"]).timestamp()
    assert tweet["captured_at"] > tweet["posted_at"]
    assert tweet["availability"] in ("available", "deleted")
    assert bool(tweet["translation"]) or tweet["language"] == "en"
    assert tweet["direction"] == ("rtl" if tweet["language"] in ("ar", "fa", "he") else "ltr")


def test_posts_come_in_english_arabic_persian_and_hebrew():
    assert {"en", "ar", "fa", "he"} <= {tweet["language"] for tweet in TWEETS.values()}
    assert any(any("\u0600" <= letter <= "\u06ff" for letter in tweet["text"]) for tweet in TWEETS.values())


def test_the_odd_shapes_are_there():
    assert any(len(story["headline"]) == 109 for story in STORIES)
    assert any(story["body"] == "" for story in STORIES)
    assert any(story.get("language") == "ar" for story in STORIES)
    assert any(len(list(body.tweet_refs(parsed(story)))) >= 8 for story in STORIES)
    assert any(PHOTOS[story["lead"]["photo"]].get("height", 0) > 1000 for story in STORIES if "lead" in story)


def test_the_real_event_is_told_without_drawing_anybody_s_real_post():
    story = next(story for story in STORIES if story["key"] == "embassy-account")
    assert story["published"] == "2015-06-01T17:43"
    assert not list(body.tweet_refs(parsed(story)))
    assert PHOTOS[story["lead"]["photo"]]["printed_credit"] == "Photo by Zein al-Rifai/AFP/Getty Images"


@pytest.mark.parametrize("photo", DRAWN, ids=lambda photo: photo["key"])
def test_a_drawn_photo_is_small_and_carries_its_credit_as_iptc_and_xmp(photo):
    file = drawing.draw(photo)
    assert len(file) <= drawing.LARGEST
    with Image.open(io.BytesIO(file)) as image:
        assert image.size == (photo["width"], photo["height"])
        iptc = IptcImagePlugin.getiptcinfo(image)
        xmp = image.getxmp()["xmpmeta"]["RDF"]["Description"]
    credit = "/".join(photo["agencies"]) or photo["credit_line"]
    assert iptc[1, 90] == b"\x1b%G"
    assert iptc[2, 80].decode() == photo["photographer"]
    assert iptc[2, 110].decode() == xmp["Credit"] == credit
    assert iptc[2, 116].decode() == xmp["rights"]["Alt"]["li"]["text"] == photo["copyright_notice"]
    assert iptc[2, 120].decode() == xmp["description"]["Alt"]["li"]["text"] == photo["caption"]
    assert [word.decode() for word in iptc[2, 25]] == photo["keywords"]
    assert xmp["creator"]["Seq"]["li"] == photo["photographer"]
    assert xmp["UsageTerms"]["Alt"]["li"]["text"] == photo["usage_terms"]


def test_a_photo_is_drawn_the_same_each_time():
    assert drawing.draw(PHOTOS["ferry"]) == drawing.draw(PHOTOS["ferry"])
