"""What is found before publishing: each check with a story that has it and with one that has not."""

from pathlib import Path

import pytest

from articles import body
from articles.body import Paragraph, PhotoRef, Quote, TweetRef
from articles.desk import margin
from articles.desk.checks import Script, read_over
from articles.desk.spelling import two_spellings
from articles.publishing import publish
from tests.factories import make_article, make_photo, make_tweet

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "slatest.txt"


def script(*blocks, **said) -> Script:
    """A story of paragraphs and blocks, without anything to find in its frame."""
    made = tuple(Paragraph(block) if isinstance(block, str) else block for block in blocks)
    return Script(**{"headline": "Is the Harbor Open?", "blocks": made} | said)


def found(*blocks, **said) -> list[str]:
    return [finding.check for finding in read_over(script(*blocks, **said))]


def test_it_works():
    assert found("Pilots stopped work at noon.", "By evening nobody knew more.") == []
    finding = read_over(script("All was quiet.", "About TK boats lay idle."))[0]
    assert (finding.check, finding.field, finding.block, finding.hard) == ("tk", "body", 1, False)
    assert finding.words == "TK is left: “About TK boats lay idle.”"


@pytest.mark.parametrize("words", ["TK", "About TK people", "TKTK", "[TK]", "قال TK شخصا", "the TK, and"])
def test_tk_is_found_wherever_readers_would_see_it(words):
    assert found(words) == ["tk"]
    assert found(headline=words) == ["tk"]
    assert found(dek=words) == ["tk"]
    assert found(PhotoRef(1, caption=words)) == ["tk"]
    assert found(Quote((words,))) == ["tk"]
    assert found(lead=PhotoRef(1, caption=words)) == ["tk"]


@pytest.mark.parametrize("words", ["Flight TK 1951 landed", "TK1951", "ATK", "STKs", "tk", "Kırıkkale’de ATKı"])
def test_what_only_looks_like_tk_is_none(words):
    assert found(words) == []


def test_a_photo_without_a_credit_stops_and_comes_first():
    story = script("TK", PhotoRef(7), lead=PhotoRef(8), uncredited={7: "A quay", 8: "A ship"})
    findings = read_over(story)
    assert [(one.check, one.hard, one.field, one.block, one.photo) for one in findings] == [
        ("credit", True, "lead_photo", None, 8),
        ("credit", True, "body", 1, 7),
        ("tk", False, "body", 0, None),
    ]
    assert "A quay" in findings[1].words


def test_a_photo_without_alt_text_is_found_unless_somebody_said_that_it_means_nothing():
    assert found(PhotoRef(7), undescribed=frozenset({7})) == ["alt"]
    assert found(PhotoRef(7, alt="A quay"), PhotoRef(7, alt=""), undescribed=frozenset({7})) == []
    assert found(PhotoRef(7)) == []
    assert found(lead=PhotoRef(7), undescribed=frozenset({7})) == ["alt"]


def test_a_post_that_is_gone_is_found():
    findings = read_over(script("It said:", TweetRef(3), gone={3: "@port is gone: deleted since"}))
    assert [(one.check, one.block) for one in findings] == [("tweet", 1)]
    assert "@port is gone: deleted since" in findings[0].words
    assert found("It said:", TweetRef(4), gone={3: "@port is gone"}) == []


def test_a_post_of_which_no_words_are_kept_is_found_and_stops_nobody():
    (finding,) = read_over(script("It said:", TweetRef(3), wordless={3: "@port"}))
    assert (finding.check, finding.block, finding.hard) == ("words", 1, False)
    assert finding.words == "No words are kept of the post by @port: type them in its card."
    assert found("It said:", TweetRef(4), wordless={3: "@port"}) == []


@pytest.mark.django_db
def test_words_of_spaces_are_no_words():
    bare, said = make_tweet(text=" \n", handle="bare"), make_tweet(text="Closed.", handle="said")
    posts = "".join(f'<news-tweet data-id="{post.pk}"></news-tweet>' for post in (said, bare))
    seen = margin.of_copy(make_article(body=f"<p>They said:</p>{posts}"))
    assert [(one.check, one.block) for one in seen.findings] == [("words", 2)]
    assert "@bare" in seen.findings[0].words


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://TK">the report</a>',
        '<a href="http://report">the report</a>',
        '<a href="mailto:desk">the desk</a>',
        '<a href="https://port.example/">…</a>',
        '<a href="/the-slatest/2015/06/01/no-such/">before</a>',
        '<a href="http://[">the report</a>',
    ],
)
def test_a_link_without_words_or_without_a_goal_is_found(html):
    checks = found(f"See {html} for more.", nowhere=frozenset({"/the-slatest/2015/06/01/no-such/"}))
    assert "link" in checks


def test_a_link_that_leads_somewhere_is_left_alone():
    html = '<a href="https://port.example/a?b=1&amp;c=2">the report</a>, <a href="mailto:a@port.example">the desk</a>'
    assert found(f'{html}, <a href="/tag/ports/">ports</a>, <a href="http://127.0.0.1:8000/">here</a>') == []


def test_a_headline_too_long_for_search_asks_for_a_search_title():
    assert found(headline="W" * 70) == []
    findings = read_over(script(headline="W" * 71))
    assert [(one.check, one.field) for one in findings] == [("headline", "seo_title")]
    assert found(headline="W" * 71, seo_title="Port Closed") == []
    assert found(seo_title="W" * 71) == ["headline"]


@pytest.mark.parametrize("after", [(), ("The port is closed.",), (body.Heading(2, "More"),), (body.Rule(),)])
@pytest.mark.parametrize("words", ["The port said so itself:", "قال الميناء:", "<em>It said:</em>", "港口说："])
def test_a_colon_with_nothing_after_it_is_found(words, after):
    assert found(words, *after) == ["colon"]


@pytest.mark.parametrize(
    "after",
    [
        TweetRef(1),
        PhotoRef(1),
        Quote(("The port is closed.",)),
        body.PullQuote("Closed."),
        body.List(False, ((Paragraph("One"),),)),
        "“The port is closed,” it said.",
        "«الميناء مغلق»",
        "— The port is closed.",
        "1. The port is closed.",
    ],
)
def test_a_colon_that_announces_what_follows_is_left_alone(after):
    assert found("The port said so itself:", after) == []


TWO = [
    ("They asked Mohammed al-Rifai.", "Then Mohammad al-Rifai left.", {"Mohammed", "Mohammad"}),
    ("They met Zein al-Rifai.", "Later, Zain al-Rifai left.", {"Zein", "Zain"}),
    ("For Assad, by Assad, with Assad.", "Nobody saw Asad.", {"Assad", "Asad"}),
    ("They went to Palmyra, Palmyra and Palmyra.", "In Palmira nobody was.", {"Palmyra", "Palmira"}),
    ("He met Colonel Gaddafi.", "He left Colonel Qaddafi.", {"Gaddafi", "Qaddafi"}),
    ("He met President Erdoğan.", "He left President Erdogan.", {"Erdoğan", "Erdogan"}),
    ("A book by Michael Weiss.", "Its author, Micheal Weiss, was there.", {"Michael", "Micheal"}),
    ("She met Volodymyr Zelensky.", "She left Volodymyr Zelenskyy.", {"Zelensky", "Zelenskyy"}),
    ("Mohammed al-Rifai spoke.", "Mohammad al-Rifai did not.", {"Mohammed", "Mohammad"}),
    ("The mayor of Johannesburg and Johannesburg’s port.", "In Johanesburg, too.", {"Johannesburg", "Johanesburg"}),
    ("وقال الرئيس بشار الأسد ذلك.", "ثم ذهب بشار الاسد.", {"الأسد", "الاسد"}),
    ("قالت فاطمة الزهراء نعم.", "وصلت فاطمه الزهراء.", {"فاطمة", "فاطمه"}),
]


@pytest.mark.parametrize(("one", "other", "names"), TWO)
def test_a_name_spelt_two_ways_is_found_once(one, other, names):
    pairs = two_spellings(["A Headline", one, other], "ar" if "ا" in one else "en")
    assert [{often, rare} for often, rare, _ in pairs] == [names]
    assert pairs[0][2] in (1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "In Syria the Syrians, in a Syrian town of Syria’s; Iraq and Iran, Iraqi and Iranian.",
        "They were Mario Rossi and Maria Rossi, John Smith and Joan Smith.",
        "In Britain a Briton met an Austrian and an Australian.",
        "There were three. Three were there. Quiet! Quite so. In Quiet Street they were quite quiet.",
        "Marten and Marten and Marten said to Martin and Martin and Martin: two people.",
        "The EPA, the EPO and the ISIS of the IRIS.",
        "On Monday and Sunday, in March and May, the Embassy and the embassy, the Minister and the Ministry.",
        "ذهب إلى المدينة على الطريق، قال علي إن أخبار الإعلام أعلام، وأن الإمام كان أمام الباب.",
    ],
)
def test_names_that_only_look_alike_are_left_alone(text):
    assert two_spellings(["A Headline", text], "en") == []


def test_a_language_that_inflects_names_or_writes_nouns_as_names_is_left_alone():
    assert two_spellings(["x", "W Warszawa, do Warszawy, w Warszawie, o Warszawie."], "pl") == []
    assert two_spellings(["x", "die Mutter, zwei Mütter, der Bruder, zwei Brüder, die Stadt, der Staat"], "de") == []


@pytest.mark.skipif(not REAL.exists(), reason="the real story lies beside the repository, and is not there")
def test_a_real_story_raises_what_is_true_of_it_and_nothing_else():
    _, headline, caption, _, *paragraphs = REAL.read_text(encoding="utf-8").split("\n\n")
    story = script(*paragraphs, headline=headline, lead=PhotoRef(1, caption=caption))
    # Its posts were lost on the way: that is what the colon says.
    assert [(one.check, one.block) for one in read_over(story)] == [("colon", 0)]
    with_posts = script(paragraphs[0], TweetRef(1), *paragraphs[1:], headline=headline)
    assert read_over(with_posts) == []


@pytest.mark.django_db
def test_the_saved_copy_is_read_with_what_is_known_of_its_photos_posts_and_links():
    bare, plain = make_photo(credited=False, title="A quay"), make_photo(file=True, alt_text="")
    tweet = make_tweet(availability="deleted", handle="port")
    article = make_article(
        body=f'<p>It said <a href="/the-slatest/2015/06/01/lost/">so</a>:</p><news-tweet data-id="{tweet.pk}">'
        f'</news-tweet><news-photo data-id="{bare.pk}"></news-photo>',
        lead_photo=plain,
    )
    seen = margin.of_copy(article)
    assert {(one.check, one.field, one.block) for one in seen.findings} == {
        ("credit", "body", 2),
        ("tweet", "body", 1),
        ("link", "body", 0),
        ("alt", "lead_alt", None),
    }
    assert seen.uncredited == {bare.pk}


@pytest.mark.django_db
def test_a_link_to_a_story_of_ours_leads_somewhere_whatever_its_column_is_called_by_now():
    path = publish(make_article()).path
    renamed = "/renamed" + path[path.index("/", 1) :]
    article = make_article(body=f'<p><a href="{path}">One</a>, <a href="{renamed}">two</a>.</p>')
    assert margin.of_copy(article).findings == []


@pytest.mark.django_db
@pytest.mark.parametrize("lead", ["", "0", "x", "9" * 30, "١", "1 OR 1"])
def test_a_form_with_anything_in_it_is_read(lead):
    said = {"headline": "H", "body": "<p>TK</p><table><tr><td>x</td></tr></table>", "lead_photo": lead, "language": ""}
    assert margin.of_form(said).findings
