"""Preview: the page itself, of what is on the screen, with nothing saved."""

import pytest
from lxml import html

from articles.models import Article, ArticleTag, Edition, Tag
from articles.publishing import correct, publish, update
from tests.desk.forms import typed
from tests.factories import make_article, make_author, make_photo, make_tweet, make_user, published

pytestmark = pytest.mark.django_db
NEW = "/admin/articles/article/add/preview/"


def preview(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/preview/"


def test_it_works(editor):
    answer = editor.post(NEW, typed(headline="Pilots Walk Out", dek="At noon.", kicker="Port"))
    page = html.fromstring(answer.text)
    assert page.xpath("string(//h1)") == "Pilots Walk Out"
    assert page.xpath("string(//p[@class='dek'])") == "At noon."
    assert "Preview. Nothing of it is saved" in page.xpath("string(//main)")
    assert page.xpath('//meta[@name="robots"]/@content') == ["noindex,nofollow"]
    assert not page.xpath('//link[@rel="canonical"] | //script | //meta[@property]')
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Cache-Tag" not in answer.headers


def test_it_is_the_page_that_publishing_would_make(editor, client):
    photo, tweet = make_photo(file=True), make_tweet()
    article = make_article(
        tags=["Labor"], lead_photo=photo, body=f'<h2>A</h2><news-tweet data-id="{tweet.pk}"></news-tweet>'
    )
    form = typed(
        article, author_names="Ines Corvald", tag_names="Labor", lead_photo=str(photo.pk), column=str(article.column_id)
    )
    before = html.fromstring(editor.post(preview(article), form).text)
    after = html.fromstring(client.get(publish(article).path).text)
    for place in ("//article/div[2]", "//h1", "//figure"):
        one, other = (
            " ".join(page.xpath(f"string({place})").replace("Seen a mistake?", "").split()) for page in (before, after)
        )
        assert one == other.replace(" Report a mistake", ""), place


def test_nothing_is_saved_of_a_preview(editor):
    article = make_article(headline="Before", tags=["Labor"])
    editor.post(preview(article), typed(article, headline="After", tag_names="Labor\nA New Tag", author_names=""))
    editor.post(NEW, typed(headline="Never"))
    row = Article.objects.get()
    assert (row.headline, row.version) == ("Before", 1)
    assert [tag.name for tag in row.ordered_tags()] == ["Labor"]
    assert (Tag.objects.count(), Edition.objects.count(), ArticleTag.objects.count()) == (1, 0, 1)


def test_it_shows_what_is_on_the_screen_names_included(editor):
    article = make_article(headline="Before", tags=["Labor"])
    make_author("Marius Oake")
    answer = editor.post(
        preview(article),
        typed(
            article, headline="After", tag_names="A New Tag\nLabor", author_names="Marius Oake", body="<p>Typed.</p>"
        ),
    )
    page = html.fromstring(answer.text)
    assert page.xpath("//a[@rel='tag']/bdi/text()") == ["A New Tag", "Labor"]
    assert page.xpath("//a[@rel='author']/bdi/text()") == ["Marius Oake"]
    assert page.xpath("string(//div[@class='prose']/p)") == "Typed."


def test_photos_that_no_reader_sees_yet_are_seen_at_the_desk(editor):
    photo = make_photo(file=True)
    answer = editor.post(NEW, typed(lead_photo=str(photo.pk)))
    (address,) = html.fromstring(answer.text).xpath("//img/@src")
    assert address == photo.file.url
    assert editor.get(address).status_code == 200


def test_what_cannot_be_printed_is_named_in_the_page(editor):
    lead, inner = make_photo(credited=False, title="The lead"), make_photo(credited=False, title="The other")
    body = f'<p>At noon.</p><news-photo data-id="{inner.pk}"></news-photo>'
    answer = editor.post(NEW, typed(lead_photo=str(lead.pk), body=body))
    assert answer.status_code == 200
    text = html.fromstring(answer.text).text_content()
    assert text.count("The photo “The lead” has no credit") == 1
    assert text.count("The photo “The other” has no credit") == 2  # over the page, and where it would stand
    assert "At noon." in text


def test_the_notes_of_a_story_stand_in_its_preview_and_a_retraction_hides_the_text(editor):
    (edition,) = published()
    article = edition.article
    correct(article, kind="retraction", note="Nothing of it was true.")
    text = editor.post(preview(article), typed(article, body="<p>SECRET</p>")).text
    assert "Nothing of it was true." in text
    assert "SECRET" not in text


def test_a_live_story_is_seen_as_its_next_edition(editor):
    (edition,) = published()
    update(edition.article)
    assert "Edition 3, updated" in editor.post(preview(edition.article), typed(edition.article)).text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("headline", "", "Headline: This field is required."),
        ("body", '<iframe src="https://example.org/"></iframe>', "Body"),
        ("body", '<news-photo data-id="999"></news-photo>', "which does not exist"),
        ("slug", "Not A Slug", "Slug"),
        ("author_names", "Nobody", "There is no author called"),
        ("language", "\0", "Language"),
        ("column", "x", "Column"),
    ],
)
def test_a_form_that_could_not_be_saved_says_why(editor, field, value, told):
    answer = editor.post(NEW, typed(**{field: value}))
    assert answer.status_code == 400
    assert told in html.fromstring(answer.text).text_content()


def test_taking_a_photo_out_is_not_asked_back_by_a_preview(editor):
    photo = make_photo()
    article = make_article(body=f'<news-photo data-id="{photo.pk}"></news-photo>')
    assert editor.post(preview(article), typed(article, body="<p>Without.</p>")).status_code == 200


def test_it_is_asked_with_post_by_who_may_write_the_story(client, at_desk):
    theirs = make_article(created_by=make_user("marek", "Editors"))
    reporter = at_desk("ines", "Reporters")
    assert reporter.post(preview(theirs), typed(theirs)).status_code == 403
    assert reporter.post(NEW, typed()).status_code == 200
    assert reporter.get(NEW).status_code == 405
    assert reporter.post("/admin/articles/article/999/preview/", typed()).status_code == 404
    pictures = at_desk("pia", "Picture desk")
    assert pictures.post(NEW, typed()).status_code == 403
    assert pictures.post(preview(theirs), typed(theirs)).status_code == 403
    client.logout()
    assert "/admin/login/" in client.post(NEW, typed()).headers["Location"]
