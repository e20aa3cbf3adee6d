"""What was frozen reads the same for ever. No database."""

import dataclasses
import json
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import document
from articles.document import (
    BLOCKS,
    UPGRADES,
    VERSION,
    Correction,
    Document,
    DocumentError,
    Heading,
    List,
    Paragraph,
    Photo,
    PullQuote,
    Quote,
    Rule,
    Tweet,
    Unknown,
    UnknownBlock,
    from_json,
    to_json,
)

SAMPLES = Path(__file__).parent / "samples"

words = st.text(max_size=30)
paragraphs = st.builds(Paragraph, html=words)
lists = st.recursive(
    paragraphs,
    lambda inner: st.builds(
        List,
        ordered=st.booleans(),
        items=st.lists(st.lists(inner, min_size=1, max_size=2).map(tuple), max_size=3).map(tuple),
    ),
    max_leaves=6,
)


def filled(cls, **more):
    kinds = {"str": words, "int": st.integers(0, 2**62), "float": st.floats(0, 1)}
    kinds["tuple[str, ...]"] = st.lists(words, max_size=3).map(tuple)
    return st.builds(cls, **{f.name: kinds[f.type] for f in dataclasses.fields(cls) if f.name not in more}, **more)


blocks = st.one_of(
    lists, filled(Photo), filled(Tweet), filled(Heading), filled(Quote), filled(PullQuote), st.just(Rule())
)
documents = filled(
    Document,
    lead=st.none() | filled(Photo),
    blocks=st.lists(blocks, max_size=6).map(tuple),
    corrections=st.lists(filled(Correction), max_size=2).map(tuple),
    version=st.just(VERSION),
)


def sample(version: int) -> dict:
    return json.loads((SAMPLES / f"document-v{version}.json").read_text(encoding="utf-8"))


@given(documents)
def test_a_document_comes_back_from_json_as_it_was(written):
    assert from_json(json.loads(json.dumps(to_json(written)))) == written


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_each_version_ever_stored_can_still_be_read(version):
    read = from_json(sample(version))
    assert read.version == VERSION
    assert {block.kind for block in read.blocks} == set(BLOCKS)
    assert read.lead.agencies == ("Quay Press", "Harbour Images")
    assert read.blocks[2].items[1][1].items[0][0].html == "and the dog"
    assert [tweet.text for tweet in read.tweets()] == ["وصلت العبارة"]
    assert [photo.photo for photo in read.photos()] == [4, 5]


def test_a_note_of_the_first_version_is_about_no_block():
    assert [note.block for note in from_json(sample(1)).corrections] == [0]
    assert [note.block for note in from_json(sample(2)).corrections] == [1]


def test_todays_sample_is_written_as_it_was_read():
    assert to_json(from_json(sample(VERSION))) == sample(VERSION)


def test_there_is_a_step_from_each_version_to_the_next():
    assert set(UPGRADES) == set(range(1, VERSION))


def test_an_older_document_is_lifted_step_by_step(monkeypatch):
    monkeypatch.setattr(document, "VERSION", VERSION + 2)
    monkeypatch.setitem(UPGRADES, VERSION, lambda old: {**old, "dek": old["dek"] + " one"})
    monkeypatch.setitem(UPGRADES, VERSION + 1, lambda old: {**old, "dek": old["dek"] + " two"})
    stored = sample(1)
    read = from_json(stored)
    assert (read.version, read.dek) == (VERSION + 2, "A clerical error, the harbour says. one two")
    assert stored == sample(1)


def test_an_unknown_block_is_logged_and_keeps_its_words(caplog):
    data = sample(VERSION)
    poll = {
        "kind": "poll",
        "html": "Was it <em>the dog</em> &amp; nobody else?",
        "paragraphs": ["Yes", "No<br>way"],
        "items": [[{"kind": "paragraph", "html": "a &lt; b"}], []],
        "text": "1 < 2",
        "votes": 12,
    }
    data["blocks"][1:1] = [poll]
    with caplog.at_level(logging.ERROR, logger="articles.document"):
        block = from_json(data).blocks[1]
    assert block == Unknown(original_kind="poll", text="Was it the dog & nobody else?\nYes\nNo way\n1 < 2\na < b")
    assert "'poll'" in caplog.text


def test_an_unknown_block_inside_a_list_keeps_its_words_too():
    data = sample(VERSION)
    data["blocks"][2]["items"][0][0] = {"kind": "poll", "text": "Yes"}
    assert from_json(data).blocks[2].items[0][0] == Unknown(original_kind="poll", text="Yes")


def test_a_lead_of_an_unknown_kind_leaves_the_page_without_a_lead(caplog):
    assert from_json({**sample(VERSION), "lead": {"kind": "film", "caption": "Rain"}}).lead is None
    assert "'film'" in caplog.text


@pytest.mark.parametrize("inside", [False, True])
def test_a_document_with_an_unknown_block_is_not_frozen(inside):
    stranger = Unknown(original_kind="poll", text="Yes")
    block = List(ordered=False, items=((stranger,),)) if inside else stranger
    written = dataclasses.replace(from_json(sample(VERSION)), blocks=(block,))
    with pytest.raises(UnknownBlock, match="poll"):
        to_json(written)


def test_a_block_class_that_nobody_registered_is_not_frozen():
    class Loud(Paragraph):
        pass

    written = dataclasses.replace(from_json(sample(VERSION)), blocks=(Loud(html="x"),))
    with pytest.raises(UnknownBlock):
        to_json(written)


@pytest.mark.parametrize("field", sorted(sample(VERSION)))
def test_a_document_without_a_known_field_is_an_error(field):
    data = sample(VERSION)
    del data[field]
    with pytest.raises(DocumentError, match=field):
        from_json(data)


@pytest.mark.parametrize("number", range(8))
def test_a_block_without_a_known_field_is_an_error(number):
    data = sample(VERSION)
    data["blocks"][number].popitem()
    with pytest.raises(DocumentError, match="has no"):
        from_json(data)
