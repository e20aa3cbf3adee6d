"""Photos, tweets and agencies at the desk: media's own screens, with where each is used."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from articles.desk.cards import thumbnail_address
from articles.desk.paging import BoundedList
from articles.desk.workflow import PUBLISH
from articles.models import Article, Edition
from articles.publishing import PublishingError, reprint
from media.admin import AgencyAdmin, PhotoAdmin, TweetAdmin
from media.metadata import Readings
from media.models import Agency, Photo, Tweet

SHOWN = 20


def used_in(articles: QuerySet[Article], user):
    """Links to the articles, newest first: those that show it now and those whose record does. What is not open to
    somebody has no headline for them."""
    articles = articles.filter(pk__in=Article.objects.open_to(user, timezone.now()))
    rows = list(articles.distinct().order_by("-pk")[: SHOWN + 1])
    if not rows:
        return "Nowhere yet"
    links = ((reverse("admin:articles_article_change", args=[row.pk]), row.headline) for row in rows[:SHOWN])
    more = " and more" if len(rows) > SHOWN else ""
    return format_html("{}{}", format_html_join(", ", '<a href="{}">{}</a>', links), more)


class Reprinting(admin.ModelAdmin):
    """A row that articles show: when it is put right, they can be printed anew with it, in the same press."""

    change_form_template = "admin/media/used_change_form.html"
    shown_as: str  # the look-up from an edition to the row

    def showing(self, row) -> QuerySet[Article]:
        """The articles whose edition of now, or one that waits, shows the row."""
        now = timezone.now()
        shows = Edition.objects.filter(**{self.shown_as: row})
        seen = shows.seen_at(now).values("article") | shows.waiting(now).values("article")
        return Article.objects.filter(pk__in=seen)

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found:
            found.asked_by = request.user  # the row's own fields are drawn without the request
        return found

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if "_reprint" in request.POST and not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and request.user.has_perm(PUBLISH):
            context["showing"] = self.showing(obj).count()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_change(self, request, obj):
        if "_reprint" in request.POST:
            self.reprint(request, obj)
        return super().response_change(request, obj)

    def reprint(self, request, row) -> None:
        """Print every article that shows the row anew, and say how many, and which could not be."""
        made = 0
        for article in self.showing(row):
            try:
                made += len(reprint(article, by=request.user, reason=f"{row._meta.verbose_name} put right: {row}"))
            except PublishingError as error:
                messages.error(request, f"“{article}” was not reprinted. {error}")
        messages.success(request, f"Editions printed anew: {made}.")


@admin.register(Photo)
class DeskPhotoAdmin(BoundedList, Reprinting, PhotoAdmin):
    shown_as = "photos__photo"
    list_display = ["thumbnail", *PhotoAdmin.list_display]
    list_display_links = ["thumbnail", "__str__"]
    readonly_fields = ["picture", "stories", "what_the_file_says"]

    def get_fieldsets(self, request, obj=None):
        """A photo that is there has more to show; what its file says is unfolded when it says two things."""
        own = super().get_fieldsets(request, obj)
        if obj is None:
            return own
        folded = [] if any(field.disagree for field in Readings.kept(obj.readings).by_field()) else ["collapse"]
        file = ("The file", {"classes": folded, "fields": ["what_the_file_says"]})
        return [(None, {"fields": ["picture", "stories"]}), *own, file]

    @admin.display(description="Picture")
    def thumbnail(self, photo: Photo):
        return self.drawn(photo, "desk-thumbnail")

    @admin.display(description="Picture")
    def picture(self, photo: Photo):
        return self.drawn(photo, "desk-picture")

    def drawn(self, photo: Photo, style: str):
        if not photo.file:
            return "No file"
        return format_html(
            '<img class="{}" src="{}" alt="{}">', style, thumbnail_address(photo), photo.alt_text or str(photo)
        )

    @admin.display(description="What the file says")
    def what_the_file_says(self, photo: Photo):
        fields = Readings.kept(photo.readings).by_field()
        return render_to_string("admin/media/readings.html", {"fields": fields})

    @admin.display(description="Used in")
    def stories(self, photo: Photo):
        return used_in(
            Article.objects.filter(photo_placements__photo=photo)
            | Article.objects.filter(editions__photos__photo=photo),
            photo.asked_by,
        )


@admin.register(Tweet)
class DeskTweetAdmin(BoundedList, Reprinting, TweetAdmin):
    shown_as = "tweets__tweet"

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["stories"] if obj else [])]

    def get_fieldsets(self, request, obj=None):
        own = super().get_fieldsets(request, obj)
        return [*own, ("Used in", {"fields": ["stories"]})] if obj else own

    @admin.display(description="Articles")
    def stories(self, tweet: Tweet):
        return used_in(
            Article.objects.filter(tweet_placements__tweet=tweet)
            | Article.objects.filter(editions__tweets__tweet=tweet),
            tweet.asked_by,
        )


@admin.register(Agency)
class DeskAgencyAdmin(BoundedList, AgencyAdmin):
    """Agencies are media’s own; only the list is bounded."""
