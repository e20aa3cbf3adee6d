"""What an editor asks for: the desk's pages over the same archive, with a session of the bench's own."""

from random import Random
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from articles.models import Column, Edition

EDITOR = "editor-of-the-bench"


def cookie() -> str:
    """A header's value that signs an editor in. They have no password: nobody else can."""
    editor, is_new = User.objects.get_or_create(username=EDITOR, defaults={"is_staff": True})
    if is_new:
        editor.set_unusable_password()
        editor.save()
        editor.groups.set(Group.objects.filter(name="Editors"))
    session = SessionStore()
    session[SESSION_KEY] = str(editor.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = editor.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def pages(dice: Random, rare: list[str], tag: str) -> dict[str, list[str]]:
    """The addresses of each kind of page, by its name."""
    stories = list(Edition.objects.order_by("-id").values_list("article", flat=True)[:2_000])
    chosen = dice.sample(stories, min(20, len(stories)))
    column = Column.objects.earliest("id")
    author = Edition.objects.latest("id").article.bylines.all()[0].author
    listed, photos = "admin:articles_article_changelist", reverse("admin:media_photo_changelist")
    picker = reverse(listed) + "embed/photos/"

    def stories_by(**asked: str | int) -> str:
        return f"{reverse(listed)}?{urlencode(asked)}"

    return {
        "desk: front": [reverse("admin:index")],
        "desk: stories": [reverse(listed)],
        "desk: stories, a rare word": [stories_by(q=word) for word in rare],
        "desk: stories, a common word": [stories_by(q="harbor")],
        "desk: stories by author": [stories_by(author=author.name)],
        "desk: stories by tag": [stories_by(tag=tag)],
        "desk: stories of a column": [stories_by(column__id__exact=column.pk)],
        "desk: stories of a month": [stories_by(printed="2020-05")],
        "desk: writing page": [reverse("admin:articles_article_change", args=[pk]) for pk in chosen],
        "desk: history of a story": [reverse("admin:articles_article_history", args=[pk]) for pk in chosen],
        "desk: photos": [photos],
        "desk: photos, a word": [f"{photos}?q=harbor"],
        "desk: photo picker": [picker],
        "desk: photo picker, a word": [f"{picker}?q=harbor"],
    }
