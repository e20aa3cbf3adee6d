"""Every address that ever worked. The answer to a request is derived from the editions, never stored here."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from articles.models.errand import Errand
from articles.models.names import without_overrides


def exactly_one(*names: str) -> Q:
    """A condition: one of the named relations is set, the others are null."""
    choices = [Q(**{f"{other}__isnull": other != name for other in names}) for name in names]
    condition = choices[0]
    for choice in choices[1:]:
        condition |= choice
    return condition


class AddressQuerySet(models.QuerySet["Address"]):
    def assign(self, path: str, **owner) -> "Address":
        """Make `path` the current address of `column=`, `tag=`, `author=` or `article=`; earlier ones stay.

        Raises ValidationError when the address belongs, or once belonged, to something else.
        """
        ((kind, thing),) = owner.items()
        address = self.filter(path=path).first()
        if address is None:
            self.filter(**owner, is_current=True).update(is_current=False)
            return self.create(path=path, **owner)
        if getattr(address, f"{kind}_id") != thing.pk:
            raise ValidationError(f"The address {path} belongs, or once belonged, to something else.")
        if not address.is_current:
            self.filter(**owner, is_current=True).update(is_current=False)
            address.is_current = True
            address.save(update_fields=["is_current"])
        return address


# The key of what lists the addresses of all columns, tags and authors.
EVERY_ADDRESS = "addresses"


class Addressed(models.Model):
    """A column, tag or author: has one page, and keeps every address the page ever had."""

    addressed_as: str
    name: str
    path: str  # each says where its page is
    cache_key: str  # and with what word pages that name it are stamped

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        taken = Address.objects.filter(path=self.path).exclude(**{self.addressed_as: self.pk})
        if taken.exists():
            raise ValidationError({"slug": "This address belongs, or once belonged, to something else."})

    def save(self, *args, **kwargs) -> None:
        self.name = without_overrides(self.name)
        with transaction.atomic():
            super().save(*args, **kwargs)
            Address.objects.assign(self.path, **{self.addressed_as: self})
            Errand.objects.purge(self.shown_by(), timezone.now())

    def shown_by(self) -> list[str]:
        """The cache keys of the pages that name it."""
        return [self.cache_key, EVERY_ADDRESS]


class Address(models.Model):
    path = models.CharField(max_length=255, unique=True, error_messages={"unique": "This address is taken."})
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, blank=True, related_name="addresses"
    )
    # With what readers never saw its address goes; what they saw cannot be deleted: editions hold it.
    column = models.ForeignKey(
        "articles.Column", on_delete=models.CASCADE, null=True, blank=True, related_name="addresses"
    )
    tag = models.ForeignKey("articles.Tag", on_delete=models.CASCADE, null=True, blank=True, related_name="addresses")
    author = models.ForeignKey(
        "articles.Author", on_delete=models.CASCADE, null=True, blank=True, related_name="addresses"
    )
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            models.CheckConstraint(
                name="address_of_exactly_one_thing",
                condition=exactly_one("article", "column", "tag", "author"),
                violation_error_message="An address belongs to exactly one story, column, tag or author.",
            ),
            models.CheckConstraint(
                name="address_begins_with_slash",
                condition=Q(path__startswith="/"),
                violation_error_message="An address begins with a slash.",
            ),
            *(
                models.UniqueConstraint(
                    fields=[thing],
                    condition=Q(is_current=True),
                    name=f"address_one_current_of_{thing}",
                    violation_error_message=f"This {thing} already has a current address.",
                )
                for thing in ("article", "column", "tag", "author")
            ),
        ]

    def __str__(self) -> str:
        return self.path
