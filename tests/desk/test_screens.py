import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles.models import Column, Edition, Tag
from media.models import Agency, Photo, Tweet
from tests.desk.forms import typed
from tests.factories import make_article, make_author, make_photo, make_tag, make_tweet, make_user, picture, published

pytestmark = pytest.mark.django_db

SCREENS = {
    "Editors": ["articles/article", "articles/column", "articles/author", "articles/tag", "articles/correction",
                "articles/edition", "media/photo", "media/tweet", "media/agency"],
    "Reporters": ["articles/article", "articles/edition", "media/photo", "media/tweet"],
    "Picture desk": ["media/photo", "media/tweet", "media/agency"],
    "Tag staff": ["articles/tag"],
    "Managing editors": ["auth/user", "auth/group"],
}  # fmt: skip


@pytest.mark.parametrize("group", SCREENS)
def test_each_group_opens_its_lists_and_their_rows(at_desk, group):
    photo, tweet = make_photo(file=True), make_tweet()
    published(tags=["Congress"], body=f'<p>A</p><news-photo data-id="{photo.pk}"></news-photo>', lead_photo=photo)
    make_article(body=f'<p>A</p><news-tweet data-id="{tweet.pk}"></news-tweet>')
    desk = at_desk("marek", group)
    for screen in SCREENS[group]:
        page = desk.get(f"/admin/{screen}/")
        assert page.status_code == 200
        assert page.context["cl"].search_fields is not None
        for row in page.context["cl"].result_list[:1]:
            assert desk.get(f"/admin/{screen}/{row.pk}/change/").status_code == 200


def test_the_shared_tag_screen_of_taggit_is_gone(at_desk):
    assert at_desk("root", is_superuser=True).get("/admin/taggit/tag/").status_code in (302, 404)


def test_editions_and_corrections_are_only_read(at_desk):
    (edition,) = published()
    desk = at_desk("root", "Editors", is_superuser=True)
    address = f"/admin/articles/edition/{edition.pk}/"
    assert desk.post(address + "change/", {"headline": "Forged"}).status_code == 403
    assert desk.post(address + "delete/", {"post": "yes"}).status_code == 403
    assert Edition.objects.get().headline == edition.headline


def credit(**fields) -> dict[str, str]:
    said = {
        "photographer": "Zein al-Rifai",
        "agency_chain": "AFP / Getty Images",
        "credit_line": "",
        "printed_credit": "",
        "source": "",
        "copyright_notice": "",
        "usage_terms": "",
        "rights": "agency",
        "id": "",
    } | fields
    total = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "1" if said["id"] else "0", "MIN_NUM_FORMS": "0"}
    return {f"credit-{name}": value for name, value in total.items()} | {
        f"credit-0-{name}": value for name, value in said.items()
    }


def photo_form(**fields) -> dict:
    said = {"title": "Dusk", "caption": "", "alt_text": "A ship", "keywords": "", "focal_x": "0.5", "focal_y": "0.5"}
    return said | {"taken_at_0": "", "taken_at_1": ""} | fields


def test_a_photo_is_made_with_its_credit_from_the_parts(at_desk):
    file = picture()
    file.name = "dusk.png"
    at_desk("pia", "Picture desk").post("/admin/media/photo/add/", photo_form(upload=file) | credit())
    photo = Photo.objects.get()
    assert (photo.width, photo.height, photo.uploaded_by.username) == (80, 50, "pia")
    assert photo.credit.credit_line == "Zein al-Rifai/AFP/Getty Images"
    assert photo.credit.agency_names() == ("AFP", "Getty Images")


def test_a_chain_is_put_in_another_order(at_desk):
    photo = make_photo()
    said = credit(
        id=str(photo.credit.pk), agency_chain="Getty Images / AFP", credit_line="Zein al-Rifai/Getty Images/AFP"
    )
    at_desk("pia", "Picture desk").post(f"/admin/media/photo/{photo.pk}/change/", photo_form() | said)
    assert Photo.objects.get().credit.agency_names() == ("Getty Images", "AFP")


def test_a_chain_names_an_agency_once_whatever_its_case(at_desk):
    photo = make_photo()
    said = credit(id=str(photo.credit.pk), agency_chain="afp / Getty Images / AFP / ÉPA / épa", credit_line="x")
    response = at_desk("pia", "Picture desk").post(f"/admin/media/photo/{photo.pk}/change/", photo_form() | said)
    assert response.status_code == 302
    assert Photo.objects.get().credit.agency_names() == ("AFP", "Getty Images", "ÉPA")


def test_an_agency_name_that_has_no_room_is_asked_back(at_desk):
    photo = make_photo()
    said = credit(id=str(photo.credit.pk), agency_chain="AFP / " + "x" * 121)
    response = at_desk("pia", "Picture desk").post(f"/admin/media/photo/{photo.pk}/change/", photo_form() | said)
    assert "longer than 120" in response.content.decode()
    assert Photo.objects.get().credit.agency_names() == ("AFP", "Getty Images")


def test_an_agency_is_kept_once_whatever_its_case(at_desk):
    make_photo()
    response = at_desk("pia", "Picture desk").post("/admin/media/agency/add/", {"name": "afp"})
    assert "kept already, as “AFP”" in response.content.decode()
    assert not Agency.objects.filter(name="afp").exists()


def tweet_form(**fields) -> dict[str, str]:
    return {
        "status_id": "605454868230578176", "author_name": "Port", "handle": "@Port", "text": "مغلق", "translation": "",
        "language": "ar", "direction": "ltr", "posted_at_0": "", "posted_at_1": "", "url": "",
        "availability": "unknown", "embed_code": "",
    } | fields  # fmt: skip


@pytest.mark.parametrize("status_id", ["0", "00", "007"])
def test_a_status_id_that_no_post_has_is_refused(editor, status_id):
    response = editor.post("/admin/media/tweet/add/", tweet_form(status_id=status_id))
    assert "does not begin with 0" in response.content.decode()
    assert not Tweet.objects.exists()


@pytest.mark.parametrize("language", ["English!", "e", "en_US", "arabic", "en-", "-en"])
def test_a_language_that_is_no_tag_is_refused(editor, language):
    response = editor.post("/admin/media/tweet/add/", tweet_form(language=language))
    assert "as a tag: en, ar, pt-BR" in response.content.decode()
    assert not Tweet.objects.exists()


@pytest.mark.parametrize("language", ["", "en", "pt-BR", "zh-Hant-TW"])
def test_a_language_that_is_a_tag_is_kept(editor, language):
    editor.post("/admin/media/tweet/add/", tweet_form(language=language))
    assert Tweet.objects.get().language == language


def test_the_account_of_an_author_is_shown_to_who_may_see_accounts(at_desk):
    author = make_author(user=make_user("ines"))
    address = f"/admin/articles/author/{author.pk}/change/"
    assert 'name="user"' in at_desk("vera", "Managing editors").get(address).content.decode()
    desk = at_desk("marek", "Editors")
    assert 'name="user"' not in desk.get(address).content.decode()
    desk.post(address, {"name": "Ines C. Corvald", "slug": author.slug, "biography": ""})
    author.refresh_from_db()
    assert (author.name, author.user.username) == ("Ines C. Corvald", "ines")


def test_a_photo_says_where_it_is_used(editor):
    photo = make_photo()
    make_article(headline="Is the Harbor Open?", lead_photo=photo)
    assert "Is the Harbor Open?" in editor.get(f"/admin/media/photo/{photo.pk}/change/").content.decode()


def test_a_credit_put_right_is_right_in_every_live_story(editor):
    photo = make_photo()
    (edition,) = published(lead_photo=photo)
    (elsewhere,) = published()
    address = f"/admin/media/photo/{photo.pk}/change/"
    assert "Save and reprint the article that shows it" in editor.get(address).content.decode()
    said = credit(id=str(photo.credit.pk), photographer="Zayn al-Rifai", credit_line="Zayn al-Rifai/AFP/Getty Images")
    editor.post(address, photo_form() | said | {"_reprint": "1"})
    live = edition.article.editions.seen_at(timezone.now()).get()
    assert (live.number, live.kind) == (2, "reprint")
    assert "Zayn al-Rifai" in str(live.document)
    assert elsewhere.article.editions.count() == 1


def test_the_picture_desk_puts_a_credit_right_and_reprints_nothing(at_desk):
    photo = make_photo()
    (edition,) = published(lead_photo=photo)
    desk = at_desk("pia", "Picture desk")
    address = f"/admin/media/photo/{photo.pk}/change/"
    assert "_reprint" not in desk.get(address).content.decode()
    said = credit(id=str(photo.credit.pk), photographer="Zayn al-Rifai")
    assert desk.post(address, photo_form() | said | {"_reprint": "1"}).status_code == 403
    assert edition.article.editions.count() == 1
    photo.credit.refresh_from_db()
    assert photo.credit.photographer == "Zein al-Rifai"


def test_a_photo_in_a_story_cannot_be_deleted(at_desk):
    photo = make_photo()
    make_article(lead_photo=photo)
    at_desk("pia", "Picture desk").post(f"/admin/media/photo/{photo.pk}/delete/", {"post": "yes"})
    assert Photo.objects.filter(pk=photo.pk).exists()


def test_a_tweet_gets_its_time_from_its_id(editor):
    editor.post("/admin/media/tweet/add/", tweet_form())
    tweet = Tweet.objects.get()
    assert (tweet.handle, tweet.posted_at.year, tweet.direction) == ("Port", 2015, "rtl")


def test_tag_staff_rename_a_tag(at_desk):
    tag = make_tag("Congres")
    said = {"name": "Congress", "slug": "congress", "description": ""}
    at_desk("toni", "Tag staff").post(f"/admin/articles/tag/{tag.pk}/change/", said)
    assert Tag.objects.get().name == "Congress"


def test_editors_change_columns_and_do_not_make_them(editor):
    assert editor.get("/admin/articles/column/add/").status_code == 403
    assert not Column.objects.exists()


def test_no_select_box_lists_every_account(editor, django_assert_max_num_queries):
    author = make_author()
    for number in range(5):
        make_user(f"user{number}")
    page = editor.get(f"/admin/articles/author/{author.pk}/change/").content.decode()
    assert "user3" not in page


def account(**fields) -> dict:
    return {"username": "ines", "first_name": "", "last_name": "", "email": "", "is_active": "on"} | fields


def test_a_managing_editor_gives_groups(at_desk):
    ines = make_user("ines")
    group = Group.objects.get(name="Reporters")
    desk = at_desk("vera", "Managing editors")
    desk.post(f"/admin/auth/user/{ines.pk}/change/", account(is_staff="on", groups=[group.pk]))
    ines.refresh_from_db()
    assert ines.is_staff
    assert list(ines.groups.all()) == [group]


def test_a_managing_editor_cannot_make_themselves_more(at_desk):
    desk = at_desk("vera", "Managing editors")
    vera = User.objects.get(username="vera")
    beyond = Group.objects.create(name="Owners")
    beyond.permissions.add(*vera.groups.get().permissions.model.objects.filter(codename="delete_user"))
    said = account(username="vera", is_staff="on", is_superuser="on", user_permissions=["1"], groups=[beyond.pk])
    desk.post(f"/admin/auth/user/{vera.pk}/change/", said)
    vera.refresh_from_db()
    assert not vera.is_superuser
    assert not vera.user_permissions.exists()
    assert beyond not in vera.groups.all()


def test_who_has_more_rights_is_out_of_reach(at_desk):
    root = make_user("root", is_superuser=True)
    desk = at_desk("vera", "Managing editors")
    before = root.password
    said = account(username="mine")
    assert desk.post(f"/admin/auth/user/{root.pk}/change/", said).status_code == 403
    passwords = {"password1": "another long one", "password2": "another long one", "usable_password": "true"}
    assert desk.post(f"/admin/auth/user/{root.pk}/password/", passwords).status_code == 403
    root.refresh_from_db()
    assert (root.username, root.password) == ("root", before)


def test_editors_make_no_accounts(editor):
    assert editor.get("/admin/auth/user/add/").status_code == 403


def test_the_desk_index_opens_for_everybody_at_it(at_desk):
    assert at_desk("toni", "Tag staff").get("/admin/").status_code == 200


def test_a_stranger_sees_the_login(client):
    assert client.post("/admin/articles/article/add/", typed()).status_code == 302


def test_a_credit_of_another_photo_is_not_taken_for_a_new_one(at_desk):
    photo = make_photo()
    file = picture()
    file.name = "dusk.png"
    said = photo_form(upload=file) | credit(id=str(photo.credit.pk), photographer="Somebody else")
    assert at_desk("pia", "Picture desk").post("/admin/media/photo/add/", said).status_code in (200, 302)
    photo.credit.refresh_from_db()
    assert photo.credit.photographer == "Zein al-Rifai"


@pytest.mark.parametrize(
    ("said", "refused"), [("ines", ""), (" ines ", ""), ("nobody", "no account"), ("a\0b", "no account")]
)
def test_the_account_of_an_author_is_typed_by_its_name(at_desk, said, refused):
    author, ines = make_author(), make_user("ines")
    desk = at_desk("vera", "Managing editors")
    address = f"/admin/articles/author/{author.pk}/change/"
    page = desk.post(address, {"name": author.name, "slug": author.slug, "biography": "", "user": said})
    author.refresh_from_db()
    assert author.user == (None if refused else ines)
    assert refused in page.text
    assert ('value="ines"' in desk.get(address).text) is not bool(refused)
