"""Addresses of an older site, from a table to the page that answers for them."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.exchange.address_table import BadAddress, as_asked
from articles.exchange.old_addresses import AddressesRefused, import_addresses
from articles.models import Address, Tag
from articles.publishing import update, withdraw
from tests.factories import PRINTED, make_article, make_column, published

pytestmark = pytest.mark.django_db

SLATE = "/blogs/the_slatest/2015/06/01/is_the_harbor_open.html"


def ask(client, path):
    response = client.get(path)
    return response.status_code, response.headers.get("Location")


def refusal(table: str) -> str:
    before = Address.objects.count()
    with pytest.raises(AddressesRefused) as error:
        import_addresses(table)
    assert Address.objects.count() == before
    return str(error.value)


@pytest.fixture
def story():
    (edition,) = published(slug="is-the-harbor-open", tags=["Ports and shipping"])
    return edition


def test_it_works(client, story):
    imported = import_addresses(f"address,to\nhttp://www.slate.com{SLATE},{story.path}\n")
    assert (imported.added, imported.known) == (1, 0)
    address = Address.objects.get(path=SLATE)
    assert (address.article_id, address.is_current) == (story.article_id, False)
    assert ask(client, SLATE) == (301, story.path)
    assert ask(client, f"{SLATE}?utm_source=x&fbclid=y") == (301, story.path)


@pytest.mark.parametrize(
    ("columns", "cells", "leads_to"),
    [
        ("to", "{path}", "{path}"),
        ("to", "http://127.0.0.1:8000{path}", "{path}"),
        ("to", "/The-Slatest", "/the-slatest/"),
        ("to", "/tag/ports-and-shipping/", "/tag/ports-and-shipping/"),
        ("slug,date", "is-the-harbor-open,2015-06-01", "{path}"),
        ("slug,date,column", "is-the-harbor-open,2015-06-01,The Slatest", "{path}"),
        ("column", "the-slatest", "/the-slatest/"),
        ("column", "The SLATEST", "/the-slatest/"),
        ("tag", "ports and shipping", "/tag/ports-and-shipping/"),
        ("author", "Ines Corvald", "/by/ines-corvald/"),
        ("Column,TAG,author", ",,ines-corvald", "/by/ines-corvald/"),
    ],
)
def test_a_line_says_in_one_of_many_ways_what_an_address_belongs_to(client, story, columns, cells, leads_to):
    import_addresses(f"address,{columns}\n/old.html,{cells.format(path=story.path)}\n")
    assert ask(client, "/old.html") == (301, leads_to.format(path=story.path))


@pytest.mark.parametrize("parted", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tables_of_every_spreadsheet_are_read(tmp_path, story, parted, mark, end):
    rows = [["Address", "Title", " To "], ['"/old,and;new.html"', '"Is it ""open""?"', story.path], ["", "", ""], []]
    file = tmp_path / "old.csv"
    file.write_bytes((mark + end.join(parted.join(row) for row in rows)).encode())
    out = io.StringIO()
    call_command("import_addresses", str(file), stdout=out)
    assert "columns that say nothing to us: title" in out.getvalue()
    assert "1 kept, 0 known before" in out.getvalue()
    assert Address.objects.filter(path="/old,and;new.html").exists()


class TestAQuery:
    """Half of the blogs of the world had their stories at /?p=12."""

    @pytest.mark.parametrize(
        "old", ["/story.php?id=12", "/?p=12", "/news/?ID=12&section=3", "/CMS/Show.aspx?guid=%7BA-1%7D", "/x?id"]
    )
    def test_belongs_to_an_address(self, client, story, old):
        import_addresses(f"address,to\nhttps://old.example{old},{story.path}\n")
        assert ask(client, old) == (301, story.path)
        assert ask(client, f"{old}&utm_source=x&fbclid=y") == (301, story.path)
        withdraw(story.article, reason="It was wrong.")
        assert ask(client, old)[0] == 410

    def test_that_is_another_is_another_address(self, client, story):
        import_addresses(f"address,to\n/story.php?id=12,{story.path}\n")
        assert ask(client, "/story.php?id=13")[0] == 404
        assert ask(client, "/story.php?ID=12")[0] == 404
        assert ask(client, "/story.php")[0] == 404

    def test_wins_over_its_path_alone(self, client, story):
        import_addresses(f"address,to\n/story.php?id=12,{story.path}\n/story.php,/the-slatest/\n")
        assert ask(client, "/story.php?id=12") == (301, story.path)
        assert ask(client, "/story.php?id=13") == ask(client, "/story.php") == (301, "/the-slatest/")

    def test_of_the_older_site_ends_at_ours(self, client, story):
        import_addresses(f"address,to\n/list.php?at=1&id=2,{story.path}\n")
        assert ask(client, "/list.php?at=1&id=2") == (301, story.path)

    def test_that_nobody_knows_leaves_the_front_as_it_is(self, client, story):
        import_addresses(f"address,to\n/?p=12,{story.path}\n")
        plain = client.get("/").content
        assert client.get("/?p=13").content == client.get("/?utm_source=p").content == plain
        with CaptureQueriesContext(connection) as asked:
            client.get("/?utm_source=x&before=")
        assert not [query for query in asked if "articles_address" in query["sql"]]

    def test_on_a_page_of_ours_is_refused(self, story):
        assert "is a page of ours, and ?print=1 is no other page" in refusal(
            f"address,to\n{story.path}?print=1,/the-slatest/\n"
        )


@pytest.mark.parametrize(
    "old",
    ["/caf%C3%A9.html", "/café.html", "/A%20B/c+d.HTML", "/ports,ships;x=1.html", "/%E9t%E9.html", "/a%2Fb.html",
     "/100%.html", "/story.php?q=café", "/أخبار/1.html", "/blogs//double.html"],
)  # fmt: skip
def test_an_address_is_asked_for_as_it_was(client, story, old):
    import_addresses(f'address,to\n"{old}",{story.path}\n')
    assert ask(client, old.replace("café", "caf%C3%A9")) == (301, story.path)


def test_a_story_that_nobody_saw_is_not_betrayed(client):
    article = make_article(slug="to-come", first_published_at=PRINTED)
    import_addresses("address,slug,date\n/old.html,to-come,2015-06-01\n")
    assert Address.objects.get(path="/old.html").article == article
    assert ask(client, "/old.html")[0] == 404


def test_an_address_leads_in_one_hop_wherever_the_story_moves(client, story):
    import_addresses(f"address,to\n{SLATE},{story.path}\n")
    story.article.slug = "moved"
    story.article.save()
    moved = update(story.article)
    assert ask(client, SLATE) == (301, moved.path)
    import_addresses(f"address,to\n/older.html,{story.path}\n")  # by an address that it had
    assert ask(client, "/older.html") == (301, moved.path)


def test_the_same_table_again_changes_nothing(story):
    table = f"address,to\n{SLATE},{story.path}\n{SLATE},{story.path}\n{story.path},{story.path}\n"
    first, rows = import_addresses(table), list(Address.objects.values())
    assert (first.added, first.known) == (1, 2)
    again = import_addresses(table)
    assert (again.added, again.known) == (0, 3)
    assert list(Address.objects.values()) == rows


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path, story):
    file = tmp_path / "old.csv"
    file.write_text(f"address,to\n{SLATE},{story.path}\n")
    before, out = Address.objects.count(), io.StringIO()
    call_command("import_addresses", str(file), "--dry-run", stdout=out)
    assert out.getvalue() == f"{file}: 1 would be kept, 0 known before\n"
    assert Address.objects.count() == before


class TestNothingIsKept:
    def test_of_a_table_with_one_bad_line_and_each_is_named(self, tmp_path, story):
        file = tmp_path / "old.csv"
        file.write_text(
            f'address,to,tag\n/good.html,{story.path},\n,{story.path},\nold.html,{story.path},\n"/two\nlines",,\n'
            f"/a.html,{story.path},Ports\n/b.html,,Nothing\n/c.html,/nowhere,\n"
        )
        before, out = Address.objects.count(), io.StringIO()
        with pytest.raises(CommandError, match="6 refused; nothing was kept"):
            call_command("import_addresses", str(file), stderr=out)
        assert Address.objects.count() == before
        assert out.getvalue().replace(f"{file}: ", "").splitlines() == [
            "Line 3: It has no address.",
            "Line 4: An address begins with a slash, or with https:// and a host.",
            "Line 5: It has a control character in it.",
            "Line 7: Say in one way what it belongs to: to; slug, date (and column); column; tag; or author.",
            "Line 8: There is no tag called “Nothing”.",
            "Line 9: No story, column, tag or author of ours has or had the address /nowhere/.",
        ]

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("/x.html,http://elsewhere.example/,,", "is not on this site"),
            ("/x.html,/the-slatest/?before=1,,", "is a path without a query"),
            ("/x.html,,is-the-harbor-open,June 1", "“June 1” is not a date"),
            ("/x.html,,is-the-harbor-open,2015-06-02", "was printed on 2015-06-02"),
            ("/x.html,,is-the-harbor-open,", "Say in one way"),
            ("/x.html#top,/the-slatest/,,", "after # never reaches"),
            ("/x/../y.html,/the-slatest/,,", "No browser asks"),
            (f"/{'x' * 255},/the-slatest/,,", "It has 256 characters; there is room for 255."),
            ("/x%00.html,/the-slatest/,,", "control character"),
            ("/admin/old.html,/the-slatest/,,", "what begins with /admin is kept for pages of ours"),
            ("/Search?q=x,/the-slatest/,,", "what begins with /search is kept"),
            ("/tag/old,/the-slatest/,,", "what begins with /tag is kept"),
            ("/static/x.css,/the-slatest/,,", "what begins with /static is kept"),
            ("https://old.example,/the-slatest/,,", "a page of ours stands there"),
            ("/sitemap-2015-06.xml,/the-slatest/,,", "a page of ours stands there"),
            ("/index.php/../,/the-slatest/,,", "No browser asks"),
            ("/the-slatest/2015/,/the-slatest/,,", "a page of the column at /the-slatest/ stands there"),
            ("/The-Slatest/feed,/the-slatest/,,", "a page of the column at /the-slatest/ stands there"),
            ("/the-slatest/,/tag/ports-and-shipping/,,", "is taken: it belongs to column"),
            ("/THE-SLATEST,/tag/ports-and-shipping/,,", "is taken: it belongs to column"),
            ("{path},/the-slatest/,,", "is taken: it belongs to story {pk}, {path}"),
            ("/x.html,http://[/,,", "is not an address"),
            ('/x.html,"/the\nslatest/",,', "control character"),
        ],
    )
    def test_of_a_line_that_cannot_be(self, story, line, reason):
        said = {"path": story.path, "pk": story.article_id}
        told = refusal(f"address,to,slug,date\n{line.format(**said)}\n")
        assert told.startswith("Line 2: ")
        assert reason.format(**said) in told

    @pytest.mark.parametrize(
        ("table", "reason"),
        [
            ("", "The first line names the columns, and “address” must be one."),
            ("old,new\n/x,/y\n", "“address” must be one"),
            ("address,to,to\n/x,/y,/z\n", "names “to” twice"),
            ("address,to\n/x,/y,/z\n", "Line 2 has 3 cells, and the header 2."),
            ('address,to\n"/x" y,/z\n', "Line 2 is not CSV"),
            ('address,to\n"/x,/z\n', "is not CSV"),
        ],
    )
    def test_of_what_is_no_table(self, table, reason):
        assert reason in refusal(table)

    def test_when_two_lines_disagree(self, story):
        told = refusal(f"address,to\n/x.html,{story.path}\n/x.html,/the-slatest/\n")
        assert told == "Line 3: Line 2 says that /x.html belongs to something else."

    def test_when_two_stories_could_be_meant(self, story):
        twin = published(slug="is-the-harbor-open", column=make_column("World"))[0]
        assert "2 stories “is-the-harbor-open” were printed on 2015-06-01" in refusal(
            "address,slug,date\n/x.html,is-the-harbor-open,2015-06-01\n"
        )
        import_addresses("address,slug,date,column\n/x.html,is-the-harbor-open,2015-06-01,World\n")
        assert Address.objects.get(path="/x.html").article_id == twin.article_id


def test_an_older_tag_or_author_may_have_stood_where_ours_stand(client, story):
    import_addresses("address,tag,author\n/tag/ports_etc/,Ports and shipping,\n/by/ines_c,,Ines Corvald\n")
    assert ask(client, "/tag/ports_etc/") == (301, "/tag/ports-and-shipping/")
    assert ask(client, "/by/ines_c") == (301, "/by/ines-corvald/")
    assert "what begins with /tag is kept" in refusal("address,tag\n/tag/a/b,Ports and shipping\n")
    assert "what begins with /by is kept" in refusal("address,tag\n/by/ports,Ports and shipping\n")


def test_a_name_is_found_whatever_its_case_and_a_slug_before_a_name(client):
    published(tags=["Harbor", "Labor"])
    Tag.objects.filter(name="Labor").update(name="harbor")
    import_addresses("address,tag\n/x.html,HARBOR\n")
    assert ask(client, "/x.html") == (301, "/tag/harbor/")


def test_many_lines_cost_few_queries(story):
    table = "address,to,slug,date\n" + "".join(f"/old/{n}.html,{story.path},,\n" for n in range(2000))
    table += "".join(f"/older/{n}.html,,is-the-harbor-open,2015-06-01\n" for n in range(2000))
    with CaptureQueriesContext(connection) as asked:
        assert import_addresses(table).added == 4000
    assert len(asked) < 60


@pytest.mark.parametrize("written", ["", "old.html", "mailto:x@y.example", "javascript:alert(1)", "\\\\x\\y", "#top"])
def test_what_is_no_address_is_refused(written):
    with pytest.raises(BadAddress):
        as_asked(written)
