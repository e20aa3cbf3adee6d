"""The body's widget: a textarea that the desk's script turns into the writing surface.

The script's modules are named in one import map, because relative imports break under hashed file names, and all are
imported statically: when one of them does not arrive nothing starts, and the textarea stays as it was, to be read only.
"""

from django import forms
from django.urls import reverse
from js_asset import ImportMap, Media, Script

PARTS = [
    "arrivals", "blocks", "cards", "counting", "dialogs", "dropped", "foot", "held", "linking", "links", "marks",
    "nodes", "paste", "pasted", "photos", "saving", "toolbar", "tweets",
]  # fmt: skip
MODULES = {"django-prose-editor/editor": "django_prose_editor/editor.js"} | {
    f"desk/{part}": f"articles/desk/{part}.js" for part in PARTS
}

writing_media = Media(
    importmap=ImportMap(MODULES),
    js=[
        Script("articles/desk/news-editor.js", type="module"),
        Script("articles/desk/side-panel.js", type="module"),
        Script("articles/desk/story-fields.js", type="module"),
        Script("articles/desk/bar.js", type="module"),
        Script("articles/desk/saving.js", type="module"),
        Script("articles/desk/recovery.js", type="module"),
        Script("articles/desk/presence.js", type="module"),
    ],
)


class BodyWidget(forms.Textarea):
    """The body's HTML, which the editor's script alone makes writable: markup is no place to write a story in."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 24, "data-desk-body": "", "readonly": True, **(attrs or {})})

    @property
    def media(self):
        return writing_media

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-desk-embeds"] = reverse("admin:articles_article_changelist") + "embed/"
        return context
