"""A story sent to a reader without a login: a signed link that ends, can be called back, and shows what is saved now.

The link's number is signed, and the row decides: whether it has ended, was called back, or the story may not be shown
(`Proof.objects.open_at`). Whatever is wrong answers as an address at which nothing ever stood.
"""

from datetime import timedelta

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.desk.sheets import galley_sheet, stopped, unkept
from articles.models import Proof
from articles.pages import files
from articles.pages.ap_style import Moment
from articles.publishing import Galley, PublishingError, galley
from articles.publishing.freeze import working_copy

SALT = "articles.desk.proofs"
# For how long a link may be read: the days as the form sends them, and in words.
LASTS = {"1": "a day", "3": "three days", "7": "a week"}


def address_of(proof: Proof) -> str:
    """The path of the link, for whoever has it to read."""
    return reverse("proof", args=[signing.Signer(salt=SALT).sign(str(proof.pk))])


def opened(signed: str) -> Proof:
    """The proof of a link, while it may be read. Raises Http404, which tells nothing about why."""
    try:
        pk = int(signing.Signer(salt=SALT).unsign(signed))
    except (signing.BadSignature, ValueError) as error:
        raise Http404("Nobody signed this.") from error
    # Now, and not the moment that an editor may ask to see: an address must not choose when a link ends.
    proof = Proof.objects.open_at(timezone.now()).select_related("article__column").filter(pk=pk).first()
    if proof is None:
        raise Http404("There is no such proof to be read.")
    return proof


def as_saved(proof: Proof) -> Galley:
    """The story's working copy as it is saved now. Raises Http404 for one of which no page can be made."""
    article = proof.article
    try:
        return galley(article, working_copy(article, article.corrections.all()))
    except PublishingError as error:
        raise Http404("Nothing can be read of it.") from error


@csrf_exempt
@require_safe
def read(request: HttpRequest, signed: str) -> HttpResponse:
    """The page for whoever has the link."""
    proof = opened(signed)
    article = proof.article
    whom = f" for {proof.reader}" if proof.reader else ""
    strip = [
        stopped(f"Proof{whom}: version {article.version}, as saved {Moment(article.modified_at)}")
        + " It is not printed so, and may change.",
        stopped(f"Please pass it on to nobody. This link ends {Moment(proof.expires_at)}"),
    ]
    return galley_sheet(as_saved(proof), strip, files=f"{address_of(proof)}files/")


@csrf_exempt
@require_safe
def read_file(request: HttpRequest, signed: str, name: str) -> HttpResponseBase:
    """A photo of the proof, and no other file. Raises Http404."""
    shown = {photo.file for photo in as_saved(opened(signed)).said.photos()}
    asked = files.named(name)
    if asked.sha256 not in shown:
        raise Http404("No file has this name.")
    response = files.answer(request, asked, files.desk_use(asked.sha256))
    del response.headers["ETag"]
    return unkept(response)


def make(article, user, reader: str, lasts: str) -> Proof:
    """A new link. Raises PublishingError for a story that nobody may be shown, or an unknown time."""
    if lasts not in LASTS:
        raise PublishingError("Say for how long the link is to be read.")
    proof = Proof(article=article, made_by=user, reader=reader)
    proof.expires_at = timezone.now() + timedelta(days=int(lasts))
    proof.save()
    if not Proof.objects.open_at(timezone.now()).filter(pk=proof.pk).exists():
        proof.delete()
        raise PublishingError("This link would open nothing: " + why_closed(article))
    return proof


def why_closed(article) -> str:
    """Why no link to a story opens, as a sentence for the desk."""
    if article.trashed_at:
        return "the story lies in the trash."
    if article.stage == "killed":
        return "the story was killed."
    if article.embargo_until and article.embargo_until > timezone.now():
        return stopped(f"the story is under embargo until {Moment(article.embargo_until)}")
    return "an edition was redacted since the text was saved. Save the text without the forbidden words first."
