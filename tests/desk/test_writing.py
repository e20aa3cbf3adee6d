import re
import unicodedata

import pytest

from articles.desk.names_field import new_tag
from articles.models import Article, Author, Tag
from tests.desk.forms import ADD, change, typed
from tests.factories import make_article, make_author, make_column, make_photo, make_tag, make_tweet

pytestmark = pytest.mark.django_db


def errors(response) -> dict[str, list[str]]:
    return response.context["adminform"].form.errors


def test_it_works(reporter):
    response = reporter.post(ADD, typed(headline="Is the Harbor Open?", _continue="1"))
    article = Article.objects.get()
    assert response.status_code == 302
    assert (article.headline, article.slug) == ("Is the Harbor Open?", "is-the-harbor-open")
    assert article.created_by.username == "ines"


def test_the_page_knows_the_writer_and_their_column(reporter, django_user_model):
    ines = django_user_model.objects.get(username="ines")
    author = make_author("Ines Corvald")
    author.user = ines
    author.save()
    make_column()
    make_article(column=make_column("Slow Read"), created_by=ines)
    form = reporter.get(ADD).context["adminform"].form
    assert form.get_initial_for_field(form.fields["author_names"], "author_names") == ["Ines Corvald"]
    assert form["column"].value() == make_column("Slow Read").pk


def test_white_house_is_one_tag_and_a_comma_stays_inside_a_name(editor):
    editor.post(ADD, typed(tag_names="White House\nWashington, D.C."))
    assert [tag.name for tag in Article.objects.get().ordered_tags()] == ["White House", "Washington, D.C."]


def test_a_tag_is_found_whatever_its_case_and_keeps_its_place(editor):
    make_tag("Congress")
    editor.post(ADD, typed(tag_names="Harbor\ncongress\nHARBOR"))
    assert [tag.name for tag in Article.objects.get().ordered_tags()] == ["Harbor", "Congress"]
    assert Tag.objects.count() == 2


@pytest.mark.parametrize("name", ["Élysée", "İstanbul", "Москва", "الأخبار", "Straße"])
def test_a_tag_of_any_alphabet_is_used_again_whatever_its_case(editor, name):
    for typed_name in [name, name, name.upper(), unicodedata.normalize("NFD", name)]:
        response = editor.post(ADD, typed(tag_names=typed_name))
        assert response.status_code == 302
    assert [tag.name for tag in Tag.objects.all()] == [name]
    assert Article.objects.filter(article_tags__tag__name=name).count() == 4


def test_of_two_tags_that_differ_in_case_the_one_typed_is_meant(editor):
    make_tag("Élysée")
    Tag.objects.create(name="ÉLYSÉE", slug="elysee-2")
    editor.post(ADD, typed(tag_names="ÉLYSÉE"))
    assert [tag.slug for tag in Article.objects.get().ordered_tags()] == ["elysee-2"]


def test_a_tag_that_somebody_made_a_moment_ago_is_used():
    made = make_tag("Élysée")
    assert new_tag("Élysée") == made


@pytest.mark.parametrize("model", [Tag, Author])
def test_a_name_as_long_as_its_row_allows_is_taken(editor, model):
    name = "n" * model._meta.get_field("name").max_length
    model.objects.create(name=name, slug="n")
    response = editor.post(ADD, typed(**{"tag_names" if model is Tag else "author_names": name}))
    assert response.status_code == 302


def test_a_tag_longer_than_its_row_is_asked_back(editor):
    assert "longer than 100" in errors(editor.post(ADD, typed(tag_names="n" * 101)))["tag_names"][0]


def test_an_author_is_found_in_any_case(editor):
    make_author("Élodie Жукова")
    editor.post(ADD, typed(author_names="ÉLODIE ЖУКОВА"))
    assert Article.objects.get().bylines.get().author.name == "Élodie Жукова"


def test_a_byline_of_two_authors_of_one_name_is_saved_again_as_it_is(editor):
    make_author("Sam Twin")
    second = Author.objects.create(name="Sam Twin", slug="sam-twin-2")
    response = editor.post(ADD, typed(author_names="Sam Twin"))
    assert "write “Sam Twin (sam-twin)” or “Sam Twin (sam-twin-2)”" in errors(response)["author_names"][0]
    editor.post(ADD, typed(author_names="sam-twin-2"))
    article = Article.objects.get()
    shown = editor.get(change(article)).context["adminform"].form.initial["author_names"]
    assert shown == ["Sam Twin (sam-twin-2)"]
    editor.post(change(article), typed(article, author_names="\n".join(shown)))
    assert article.bylines.get().author == second


def test_two_names_with_one_slug_get_two_addresses(editor):
    editor.post(ADD, typed(tag_names="C++\nC#"))
    assert {tag.path for tag in Tag.objects.all()} == {"/tag/c/", "/tag/c-2/"}


def test_a_reporter_uses_tags_and_makes_none(reporter):
    make_tag("Congress")
    response = reporter.post(ADD, typed(tag_names="Congress\nBrand new"))
    assert "“Brand new” does not exist" in errors(response)["tag_names"][0]
    assert not Article.objects.exists()
    reporter.post(ADD, typed(tag_names="Congress"))
    assert [tag.name for tag in Article.objects.get().ordered_tags()] == ["Congress"]


def test_bylines_keep_the_order_typed(editor):
    make_author("Ines Corvald")
    make_author("Marek Dovlan")
    editor.post(ADD, typed(author_names="Marek Dovlan\nInes Corvald"))
    assert [line.author.name for line in Article.objects.get().bylines.all()] == ["Marek Dovlan", "Ines Corvald"]


def test_an_author_nobody_knows_is_asked_back(editor):
    response = editor.post(ADD, typed(author_names="Nobody"))
    assert "no author called “Nobody”" in errors(response)["author_names"][0]


def test_a_bad_body_is_refused_at_its_place_and_the_text_is_kept(editor):
    response = editor.post(ADD, typed(body='<p>Kept words</p><news-photo data-id="x"></news-photo>'))
    assert errors(response)["body"]
    assert "Kept words" in response.content.decode()
    assert not Article.objects.exists()


def test_a_photo_that_does_not_exist_is_refused(editor):
    response = editor.post(ADD, typed(body='<news-photo data-id="99"></news-photo>'))
    assert "photo 99, which does not exist" in errors(response)["body"][0]


def test_a_save_that_loses_embeds_is_asked_back(editor):
    photo, tweet = make_photo(title="The harbor"), make_tweet()
    html = f'<p>A</p><news-photo data-id="{photo.pk}"></news-photo><news-tweet data-id="{tweet.pk}"></news-tweet>'
    article = make_article(body=html)
    response = editor.post(change(article), typed(article, body="<p>A</p>"))
    assert "the photo “The harbor”" in errors(response)["body"][0]
    assert 'type="checkbox" name="confirm_removal"' in response.content.decode()
    article.refresh_from_db()
    assert article.photo_placements.count() == article.tweet_placements.count() == 1


def test_embeds_that_somebody_deleted_go(editor):
    photo = make_photo()
    article = make_article(body=f'<p>A</p><news-photo data-id="{photo.pk}"></news-photo>')
    editor.post(change(article), typed(article, body="<p>A</p>", removed_embeds=f"photo:{photo.pk}"))
    assert not article.photo_placements.exists()


def test_a_ticked_box_lets_embeds_go(editor):
    photo = make_photo()
    article = make_article(body=f'<p>A</p><news-photo data-id="{photo.pk}"></news-photo>')
    editor.post(change(article), typed(article, body="<p>A</p>", confirm_removal="on"))
    assert not article.photo_placements.exists()


def test_one_of_two_uses_of_a_photo_counts(editor):
    photo = make_photo()
    html = f'<news-photo data-id="{photo.pk}"></news-photo>'
    article = make_article(body=html * 2)
    assert "take the photo" in errors(editor.post(change(article), typed(article, body=html)))["body"][0]


def test_a_lead_photo_stands_with_its_caption_and_the_photos_own_alt_text(editor):
    photo = make_photo()
    editor.post(ADD, typed(lead_photo=str(photo.pk), lead_caption="At dusk"))
    placement = Article.objects.get().photo_placements.get()
    assert (placement.position, placement.photo, placement.caption, placement.alt) == (0, photo, "At dusk", None)


def test_a_lead_photo_is_decorative_only_where_it_is_ticked(editor):
    article = make_article(lead_photo=make_photo())
    photo = str(article.lead_photo_id)

    def ticked() -> bool:
        return "checked" in re.search(r"<input[^>]*lead_decorative[^>]*>", editor.get(change(article)).text)[0]

    def alt(**more) -> str | None:
        editor.post(change(article), typed(article, lead_photo=photo, **more))
        article.refresh_from_db()
        return article.lead_alt

    assert alt() is None
    assert not ticked()
    assert alt(lead_decorative="on") == ""
    assert ticked()
    assert alt(lead_decorative="on", lead_alt="A ship") == "", "both at once say nothing, and are refused"
    assert alt(lead_alt="A ship") == "A ship"


def test_who_only_reads_sees_the_story_and_no_button(at_desk):
    article = make_article(headline="Quiet in the Harbor", tags=["Congress"])
    page = at_desk("toni", "Tag staff").get(change(article)).content.decode()
    assert "Quiet in the Harbor" in page
    assert "Congress" in page
    assert "_continue" not in page
    assert "_publish" not in page


def test_who_only_reads_sees_the_text_with_its_pictures_and_posts(at_desk):
    photo, tweet, bare = make_photo(file=True), make_tweet(text="All berths closed."), make_photo(credited=False)
    html = (
        f'<p>Said <em>twice</em>.</p><news-photo data-id="{photo.pk}" data-caption="At dusk"></news-photo>'
        f'<news-tweet data-id="{tweet.pk}"></news-tweet><news-photo data-id="{bare.pk}"></news-photo>'
    )
    lead = make_photo(file=True, colour="red")
    article = make_article(body=html, lead_photo=lead)
    page = at_desk("pia", "Picture desk").get(change(article)).content.decode()
    assert "<p>Said <em>twice</em>.</p>" in page
    assert page.index(f"embed/photo/{lead.pk}/{lead.sha256}.jpg") < page.index(f"photo/{photo.pk}/{photo.sha256}.jpg")
    for words in ["At dusk", "Zein al-Rifai/AFP/Getty Images", "All berths closed.", f"“{bare}” has no credit"]:
        assert words in page
    assert "&lt;p&gt;" not in page


def test_a_text_to_read_is_text_and_no_markup_of_its_writer(at_desk):
    tweet = make_tweet(text="<script>alert(1)</script>")
    article = make_article(body=f'<p>1 &lt; 2</p><news-tweet data-id="{tweet.pk}"></news-tweet>')
    page = at_desk("pia", "Picture desk").get(change(article)).content.decode()
    assert "1 &lt; 2" in page
    assert "<script>alert" not in page


def test_the_desk_says_articles(editor):
    page = editor.get("/admin/articles/article/").content.decode()
    assert "<h1>Articles</h1>" in page
    assert "Add article" in page
    for address in ["/admin/articles/article/", ADD, change(make_article())]:
        shown = re.sub(r"<[^>]*>", " ", editor.get(address).content.decode())
        assert not re.search(r"\bstor(?:y|ies)\b", shown, re.IGNORECASE), address


def test_a_new_article_begins_in_its_headline(editor):
    page = editor.get(ADD).content.decode()
    assert re.search(r'<textarea[^>]*id="id_headline"[^>]*autofocus|<textarea[^>]*autofocus[^>]*id="id_headline"', page)
    assert "change_form.js" not in page
    assert "autofocus" not in editor.get(change(make_article())).content.decode()


def test_the_list_finds_and_filters_without_counting_everything(editor, django_assert_max_num_queries):
    for number in range(3):
        make_article(headline=f"Harbor {number}")
    make_article(headline="Something else")
    with django_assert_max_num_queries(12) as asked:
        response = editor.get("/admin/articles/article/?q=harbor&stage=draft")
    assert len(response.context["cl"].result_list) == 3
    counts = [query["sql"] for query in asked.captured_queries if "COUNT(" in query["sql"]]
    assert all("LIMIT" in sql for sql in counts)


def test_the_import_map_carries_the_nonce_and_nothing_else_is_inline(editor):
    response = editor.get(ADD)
    html = response.content.decode()
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", html)
    assert len(inline) == 1
    nonce = re.search(r'nonce="([^"]+)"', inline[0])[1]
    assert 'type="importmap"' in inline[0]
    assert f"'nonce-{nonce}'" in response.headers["Content-Security-Policy"]
    assert "<style" not in html
    assert not re.search(r"\s(?:style|on[a-z]+)=", html)
