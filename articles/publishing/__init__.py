"""The only place that makes an edition."""

from articles.publishing.front import FrontChanged, Wish, arrange, complaints, planned
from articles.publishing.galley import Galley, galley
from articles.publishing.going_back import again
from articles.publishing.press import PublishingError
from articles.publishing.redaction import Redacted, redact, repeats
from articles.publishing.second_thoughts import embargo, keep, undo
from articles.publishing.story import UNDO
from articles.publishing.verbs import cancel, correct, publish, reprint, schedule, update, withdraw

__all__ = [
    "UNDO",
    "FrontChanged",
    "Galley",
    "PublishingError",
    "Redacted",
    "Wish",
    "again",
    "arrange",
    "cancel",
    "complaints",
    "correct",
    "embargo",
    "galley",
    "keep",
    "planned",
    "publish",
    "redact",
    "repeats",
    "reprint",
    "schedule",
    "undo",
    "update",
    "withdraw",
]
