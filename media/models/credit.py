"""Who made a photograph and who may use it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from media.models.photo import Photo


class Agency(models.Model):
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


def refuse_long_agency(name: str) -> None:
    """Raises ValidationError for a name that has no room in an agency's row."""
    longest = Agency._meta.get_field("name").max_length or 0
    if len(name) > longest:
        raise ValidationError(f"“{name[:40]}…” is longer than {longest} characters. Part agencies by a slash.")


class Rights(models.TextChoices):
    UNKNOWN = "unknown", "Not known yet"
    STAFF = "staff", "Staff"
    AGENCY = "agency", "Agency"
    FREELANCE = "freelance", "Freelance"
    HANDOUT = "handout", "Handout"
    POOL = "pool", "Pool"
    STOCK = "stock", "Stock"
    SOCIAL_MEDIA = "social_media", "Social media"
    SCREENGRAB = "screengrab", "Screengrab"
    CREATIVE_COMMONS = "creative_commons", "Creative Commons"
    ILLUSTRATION = "illustration", "Illustration"
    COMPOSITE = "composite", "Composite"


class Credit(models.Model):
    """The credit of one photo. `credit_line` is what readers see, `printed_credit` the line as it came."""

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="credit")
    photographer = models.CharField(max_length=200, blank=True)
    agencies = models.ManyToManyField(Agency, through="CreditAgency", related_name="credits", blank=True)
    credit_line = models.CharField(
        max_length=400,
        help_text="As readers see it: Zein al-Rifai/AFP/Getty Images. Made from the parts when empty.",
    )
    printed_credit = models.CharField(max_length=600, blank=True, help_text="The line as it came, for the record.")
    source = models.CharField(max_length=200, blank=True)
    copyright_notice = models.CharField(max_length=400, blank=True)
    usage_terms = models.TextField(blank=True)
    license_url = models.URLField(
        "licence at", max_length=400, blank=True, help_text="Where the terms stand (the file's Web Statement)."
    )
    licensor = models.CharField(max_length=200, blank=True, help_text="Who sells the right to print it.")
    licensor_url = models.URLField("licensor's page", max_length=400, blank=True)
    rights = models.CharField(max_length=20, choices=Rights, default=Rights.UNKNOWN)
    rights_end = models.DateField(
        "rights end on", null=True, blank=True, help_text="The last day on which we may show it. Empty: no end known."
    )
    modified_at = models.DateTimeField(auto_now=True)

    class Meta:
        # Which rights end soon?
        indexes = [models.Index(fields=["rights_end"], condition=Q(rights_end__isnull=False), name="credit_rights_end")]
        constraints = [
            models.CheckConstraint(
                name="credit_has_a_line",
                condition=~Q(credit_line=""),
                violation_error_message="A credit without words credits nobody.",
            ),
            models.CheckConstraint(
                name="credit_rights_known_kind",
                condition=Q(rights__in=Rights.values),
                violation_error_message="This is not a kind of rights that we know.",
            ),
        ]

    def __str__(self) -> str:
        return self.credit_line

    def agency_names(self) -> tuple[str, ...]:
        """The agency chain in the order in which the picture came to us."""
        return tuple(link.agency.name for link in self.chain.all())

    def set_chain(self, names: Iterable[str]) -> None:
        """Replace the agency chain; unknown agencies are made. AFP and afp are one agency.

        Raises ValidationError for a name that is too long.
        """
        distinct: dict[str, str] = {}
        for name in names:
            refuse_long_agency(name)
            distinct.setdefault(name.casefold(), name)
        known = {agency.name.casefold(): agency for agency in Agency.objects.filter(name__in=distinct.values())}
        if len(known) < len(distinct):  # in Python: SQLite knows the case of a to z alone
            known = {agency.name.casefold(): agency for agency in Agency.objects.order_by("-pk")} | known
        self.chain.all().delete()
        for position, (alike, name) in enumerate(distinct.items()):
            agency = known.get(alike) or Agency.objects.get_or_create(name=name)[0]
            CreditAgency.objects.create(credit=self, agency=agency, position=position)


class CreditAgency(models.Model):
    """One link of the chain: AFP first, then Getty Images who distributed it."""

    credit = models.ForeignKey(Credit, on_delete=models.CASCADE, related_name="chain")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="links")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "agency chain"
        constraints = [
            models.UniqueConstraint(
                fields=["credit", "agency"],
                name="credit_names_an_agency_once",
                violation_error_message="This agency is already in the chain.",
            )
        ]

    def __str__(self) -> str:
        return self.agency.name
