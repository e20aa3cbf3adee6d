"""The only place that makes an edition."""

from articles.publishing.front import FrontChanged, Wish, arrange, complaints, planned
from articles.publishing.press import PublishingError
from articles.publishing.second_thoughts import embargo, undo
from articles.publishing.story import UNDO
from articles.publishing.verbs import cancel, correct, publish, redact, reprint, schedule, update, withdraw

__all__ = [
    "UNDO",
    "FrontChanged",
    "PublishingError",
    "Wish",
    "arrange",
    "cancel",
    "complaints",
    "correct",
    "embargo",
    "planned",
    "publish",
    "redact",
    "reprint",
    "schedule",
    "undo",
    "update",
    "withdraw",
]
