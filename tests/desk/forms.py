"""What the writing page sends."""

from django.urls import reverse

from articles.models import Article
from tests.factories import make_column

ADD = "/admin/articles/article/add/"


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def typed(article: Article | None = None, **fields) -> dict[str, str]:
    """The form as the page would send it, with `fields` typed over it."""
    said = {
        "headline": "Pilots Walk Out",
        "dek": "",
        "body": "<p>At noon.</p>",
        "column": str(make_column().pk),
        "author_names": "",
        "tag_names": "",
        "kicker": "",
        "slug": "",
        "seo_title": "",
        "language": "en",
        "lead_photo": "",
        "lead_caption": "",
        "lead_alt": "",
        "lead_crop": "",
        "removed_embeds": "",
    }
    if article:
        said |= {name: str(getattr(article, name) or "") for name in ("headline", "dek", "body", "slug", "language")}
        said["version"] = str(Article.objects.values_list("version", flat=True).get(pk=article.pk))
    return said | fields
