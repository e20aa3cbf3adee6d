import pytest
from django.test import Client
from django.utils import timezone

from articles.desk import captures
from articles.models import Author
from media.models import Photo, Tweet
from tests.factories import make_article, make_author, make_photo, make_tag, make_tweet, make_user, picture
from tests.media.wire import AGENCY, packet, record, wire_photo

pytestmark = pytest.mark.django_db

EMBED = "/admin/articles/article/embed/"
CODE = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">All berths are closed until further notice.</p>'
    "&mdash; Port of Marsa Zahr (@PortMarsaZahr) "
    '<a href="https://twitter.com/PortMarsaZahr/status/605454868230578176">June 1, 2015</a></blockquote>'
)


def upload(client, **fields):
    said = {"file": picture(), "credit": "Photo by Zein al-Rifai/AFP/Getty Images", "alt": "A ship", "caption": "Dusk"}
    said["file"].name = "ship.png"
    return client.post(EMBED + "photos/upload/", said | fields)


def test_it_works(reporter):
    photo = make_photo(title="The harbor", file=True)
    card = reporter.get(f"{EMBED}photo/{photo.pk}/").json()
    assert (card["id"], card["credit"]) == (str(photo.pk), "Zein al-Rifai/AFP/Getty Images")
    thumbnail = reporter.get(card["src"])
    assert thumbnail.headers["Content-Type"] == "image/jpeg"
    assert "private" in thumbnail.headers["Cache-Control"]


def test_photos_are_found_by_title_and_by_credit(reporter):
    make_photo(title="The harbor")
    make_photo(title="A field", credited=False)
    found = {q: len(reporter.get(f"{EMBED}photos/", {"q": q}).json()["results"]) for q in ("harbor", "al-rifai", "")}
    assert found == {"harbor": 1, "al-rifai": 1, "": 2}


def test_the_grid_asks_the_database_a_few_times_whatever_it_shows(reporter, django_assert_max_num_queries):
    for _ in range(6):
        make_photo()
    with django_assert_max_num_queries(9):
        reporter.get(f"{EMBED}photos/")


def test_an_upload_is_stored_with_its_credit_taken_apart(reporter):
    card = upload(reporter).json()
    photo = Photo.objects.get(pk=card["id"])
    assert photo.uploaded_by.username == "ines"
    assert (photo.alt_text, photo.caption, photo.width) == ("A ship", "Dusk", 80)
    assert photo.credit.photographer == "Zein al-Rifai"
    assert photo.credit.agency_names() == ("AFP", "Getty Images")
    assert card["credit"] == "Zein al-Rifai/AFP/Getty Images"


def dropped(client, file):
    """A file that is dropped into a story: nothing is typed beside it."""
    file.name = "DSC_0001.jpg"
    return client.post(EMBED + "photos/upload/", {"file": file}).json()


def test_a_wire_photo_that_is_dropped_into_a_story_has_its_credit_at_once(reporter):
    make_photo().credit.__class__.objects.update(photographer="Zein al-Rifai")
    card = dropped(reporter, wire_photo(record(**AGENCY)))
    assert (card["credit"], card["caption"]) == ("Zein al-Rifai/AFP/Getty Images", "Smoke over Aleppo.")
    credit = Photo.objects.get(pk=card["id"]).credit
    assert (credit.printed_credit, credit.copyright_notice, credit.rights) == ("AFP/Getty Images", "2015 AFP", "agency")
    assert credit.agency_names() == ("AFP", "Getty Images")


def test_what_is_typed_beside_a_file_is_believed_before_the_file(reporter):
    card = upload(reporter, file=wire_photo(record(byline="Jane Doe", caption="Smoke"))).json()
    assert (card["credit"], card["caption"]) == ("Zein al-Rifai/AFP/Getty Images", "Dusk")


def test_a_file_that_names_nobody_waits_for_its_credit(reporter):
    assert dropped(reporter, wire_photo(record(caption="Smoke")))["credit"] == ""
    too_long = dropped(reporter, wire_photo(record(byline="Jane " + "Doe " * 400), colour="red"))
    assert too_long["credit"] == ""
    assert Photo.objects.get(pk=too_long["id"]).readings[0]["value"].startswith("Jane Doe Doe")


def test_a_hostile_file_s_words_are_words(reporter):
    card = dropped(
        reporter,
        wire_photo(
            record(byline="<script>alert(1)</script>", caption="a\0b\u202e", title="x" * 500, city="y" * 500),
            xmp=packet(xmpRights_WebStatement="javascript:alert(1)", photoshop_DateCreated="9999-99-99"),
        ),
    )
    photo = Photo.objects.get(pk=card["id"])
    assert (photo.caption, photo.taken_at, len(photo.title), len(photo.city)) == ("ab\u202e", None, 200, 100)
    assert not hasattr(photo, "credit") or photo.credit.license_url == ""


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"file": ""}, "Choose a file"), ({"credit": "x" * 700}, "")],
)
def test_a_bad_upload_is_a_sentence_and_leaves_no_row(reporter, fields, why):
    response = upload(reporter, **fields)
    assert response.status_code == 400
    assert why in response.json()["error"]
    assert not Photo.objects.exists()


def test_a_dropped_file_has_a_name_and_waits_for_its_credit(reporter):
    card = upload(reporter, credit="", alt="", caption="").json()
    assert (card["title"], card["credit"], card["alt"]) == ("ship", "", "")
    said = {"credit": "Photo by Zein al-Rifai/AFP", "alt": "A ship"}
    card = reporter.post(f"{EMBED}photo/{card['id']}/words/", said).json()
    assert (card["credit"], card["alt"]) == ("Zein al-Rifai/AFP", "A ship")


def test_a_picture_that_we_have_is_that_photo_with_its_credit(reporter):
    first = upload(reporter).json()
    again = upload(reporter, credit="", alt="", caption="").json()
    assert (again["id"], again["credit"]) == (first["id"], "Zein al-Rifai/AFP/Getty Images")
    assert upload(reporter, credit="Somebody Else", alt="").json()["id"] != first["id"]


def test_what_is_said_of_a_photo_is_not_said_over(reporter):
    photo = make_photo(alt_text="")
    said = {"credit": "Somebody Else", "alt": "A quay"}
    card = reporter.post(f"{EMBED}photo/{photo.pk}/words/", said).json()
    assert (card["credit"], card["alt"]) == ("Zein al-Rifai/AFP/Getty Images", "A quay")
    card = reporter.post(f"{EMBED}photo/{photo.pk}/words/", {"alt": "Another"}).json()
    assert card["alt"] == "A quay"


def test_a_credit_that_no_row_can_hold_is_a_sentence(reporter):
    photo = make_photo(credited=False)
    response = reporter.post(f"{EMBED}photo/{photo.pk}/words/", {"credit": "x" * 700, "alt": "A quay"})
    assert response.status_code == 400
    assert response.json()["error"]
    photo.refresh_from_db()
    assert not hasattr(photo, "credit")


def test_the_picker_says_in_how_many_articles_a_photo_is(reporter):
    photo, other = make_photo(), make_photo()
    html = f'<news-photo data-id="{photo.pk}"></news-photo>'
    make_article(lead_photo=photo, body=html * 2)
    make_article(body=html)
    make_article(body=html, trashed_at=timezone.now())
    used = {card["id"]: card["used"] for card in reporter.get(f"{EMBED}photos/").json()["results"]}
    assert used == {str(photo.pk): 2, str(other.pk): 0}


def test_a_headline_makes_an_address_part(reporter):
    made = {q: reporter.get(EMBED + "slug/", {"headline": q}).json()["slug"] for q in ("Is It Open?", "مغلق", "")}
    assert made == {"Is It Open?": "is-it-open", "مغلق": "story", "": "story"}


def test_a_file_that_is_no_picture_is_refused(reporter):
    fake = picture()
    fake.name = "ship.jpg"
    fake.seek(0)
    fake.truncate(20)
    response = upload(reporter, file=fake)
    assert response.status_code == 400
    assert not Photo.objects.exists()


def test_embed_code_becomes_one_row_however_often_it_comes(reporter):
    cards = [reporter.post(EMBED + "tweets/capture/", {"source": CODE}).json()["tweet"] for _ in range(2)]
    tweet = Tweet.objects.get()
    assert {card["id"] for card in cards} == {str(tweet.pk)}
    assert (tweet.status_id, tweet.handle, tweet.author_name) == (
        "605454868230578176",
        "PortMarsaZahr",
        "Port of Marsa Zahr",
    )
    assert tweet.text == "All berths are closed until further notice."
    assert tweet.embed_code == CODE
    assert tweet.captured_at


def test_an_address_alone_is_a_row_without_words_until_they_are_typed(reporter):
    source = "https://x.com/PortMarsaZahr/status/605454868230578176?s=20"
    card = reporter.post(EMBED + "tweets/capture/", {"source": source}).json()["tweet"]
    assert (card["handle"], card["text"], card["statusId"]) == ("PortMarsaZahr", "", "605454868230578176")
    said = {"author_name": "Port", "handle": "@someone", "text": "مغلق", "language": "ar"}
    filled = reporter.post(f"{EMBED}tweet/{card['id']}/words/", said).json()["tweet"]
    assert (filled["handle"], filled["direction"], filled["text"]) == ("PortMarsaZahr", "rtl", "مغلق")
    assert Tweet.objects.get().posted_at.year == 2015


def test_an_embed_code_brings_the_words_that_an_address_did_not(reporter):
    address = "https://x.com/PortMarsaZahr/status/605454868230578176"
    ids = [reporter.post(EMBED + "tweets/capture/", {"source": s}).json()["tweet"]["id"] for s in (address, CODE)]
    tweet = Tweet.objects.get()
    assert ids == [str(tweet.pk)] * 2
    assert (tweet.text, tweet.author_name) == ("All berths are closed until further notice.", "Port of Marsa Zahr")
    assert tweet.embed_code == CODE


def test_words_that_we_have_are_not_typed_over(reporter):
    tweet = make_tweet(text="As it was", translation="")
    said = {"text": "Forged", "author_name": "Forged", "translation": "A gloss"}
    card = reporter.post(f"{EMBED}tweet/{tweet.pk}/words/", said).json()["tweet"]
    assert (card["text"], card["name"], card["translation"]) == ("As it was", "Port of Marsa Zahr", "A gloss")


def test_two_who_bring_one_post_at_once_get_one_row(reporter, monkeypatch):
    tweet = make_tweet(status_id="605454868230578176", text="")
    monkeypatch.setattr(captures, "check", lambda row: None)  # as if the other's row came after the check
    assert captures.keep({"status_id": tweet.status_id, "handle": "a", "text": ""}) == tweet


@pytest.mark.parametrize(
    ("said", "why"),
    [({"text": "x", "language": "English!"}, "as a tag"), ({"author_name": "n" * 300}, "200")],
)
def test_words_that_no_row_can_hold_are_a_sentence(reporter, said, why):
    tweet = make_tweet(text="", language="", author_name="")
    response = reporter.post(f"{EMBED}tweet/{tweet.pk}/words/", said)
    assert response.status_code == 400
    assert why in response.json()["error"]
    tweet.refresh_from_db()
    assert tweet.text == ""


def test_a_row_that_exists_is_a_record_and_is_not_written_over(reporter):
    tweet = make_tweet(text="As it was")
    source = f"https://x.com/i/status/{tweet.status_id}"
    card = reporter.post(EMBED + "tweets/capture/", {"source": source, "text": "Forged"}).json()["tweet"]
    assert card["text"] == "As it was"
    tweet.refresh_from_db()
    assert tweet.text == "As it was"


@pytest.mark.parametrize("source", ["", "hello", "https://example.com/status/12", "<p>no embed</p>"])
def test_what_is_no_tweet_is_a_sentence(reporter, source):
    response = reporter.post(EMBED + "tweets/capture/", {"source": source})
    assert response.status_code == 400
    assert response.json()["error"]


def test_a_language_that_is_none_is_refused_not_a_crash(reporter):
    said = {
        "source": "https://x.com/a/status/605454868230578176",
        "text": "x",
        "language": "e" * 50,
        "author_name": "A",
    }
    assert reporter.post(EMBED + "tweets/capture/", said).status_code == 400


def test_names_are_suggested(reporter):
    make_tag("White House")
    make_tag("The White Album")
    make_author("Ines Corvald")
    assert reporter.get(EMBED + "tags/", {"q": "white"}).json()["results"] == ["White House", "The White Album"]
    assert reporter.get(EMBED + "authors/", {"q": "corv"}).json()["results"] == ["Ines Corvald"]


ADDRESSES = ["slug/", "photos/", "tweets/", "tags/", "authors/", "photo/1/", "tweet/1/", "photo/1/abc.jpg"]


WRITES = ["photos/upload/", "photo/1/words/", "tweets/capture/", "tweet/1/words/"]


@pytest.mark.parametrize("address", [*ADDRESSES, *WRITES])
def test_strangers_are_sent_to_the_login(client, address):
    response = client.post(EMBED + address)
    assert response.status_code == 302
    assert "/admin/login/" in response.url


@pytest.mark.parametrize("address", ["photos/", "tweets/", "tags/", "authors/", "tweet/1/"])
def test_staff_who_write_nothing_get_403(at_desk, address):
    assert at_desk("toni", "Tag staff").get(EMBED + address).status_code == 403


@pytest.mark.parametrize("address", WRITES)
def test_staff_who_write_nothing_keep_nothing(at_desk, address):
    assert at_desk("toni", "Tag staff").post(EMBED + address).status_code == 403


@pytest.mark.parametrize("group", ["Picture desk", "Tag staff"])
def test_who_may_see_photos_gets_their_pictures(at_desk, group):
    photo = make_photo(file=True)
    desk = at_desk("pia", group)
    card = desk.get(f"{EMBED}photo/{photo.pk}/").json()
    thumbnail = desk.get(card["src"])
    assert (thumbnail.status_code, thumbnail.headers["Content-Type"]) == (200, "image/jpeg")


def test_staff_who_may_see_no_photos_get_no_picture(at_desk):
    photo = make_photo(file=True)
    desk = at_desk("nora", "A group of no rights")
    for address in (f"photo/{photo.pk}/", f"photo/{photo.pk}/{photo.sha256}.jpg"):
        assert desk.get(EMBED + address).status_code == 403


def test_a_post_needs_a_language_that_is_one(reporter):
    said = {"source": "https://x.com/a/status/605454868230578176", "text": "x", "language": "English!"}
    response = reporter.post(EMBED + "tweets/capture/", said)
    assert "as a tag" in response.json()["error"]
    assert not Tweet.objects.exists()


def test_an_agency_without_end_is_a_sentence_and_leaves_no_row(reporter):
    response = upload(reporter, credit="Jane Doe/" + "Agency " * 30)
    assert (response.status_code, Photo.objects.count()) == (400, 0)
    assert response.json()["error"]


def test_two_authors_of_one_name_are_suggested_apart(reporter):
    make_author("Sam Twin")
    Author.objects.create(name="Sam Twin", slug="sam-twin-2")
    found = reporter.get(EMBED + "authors/", {"q": "sam"}).json()["results"]
    assert found == ["Sam Twin (sam-twin)", "Sam Twin (sam-twin-2)"]


def test_a_post_without_the_token_is_refused():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user("ines", "Reporters"))
    assert strict.post(EMBED + "tweets/capture/", {"source": CODE}).status_code == 403
    assert not Tweet.objects.exists()


@pytest.mark.parametrize("address", WRITES)
def test_what_writes_is_asked_by_post_only(reporter, address):
    assert reporter.get(EMBED + address).status_code == 405
