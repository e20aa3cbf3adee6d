"""The only place that makes an edition."""

from articles.publishing.front import FrontChanged, Wish, arrange, complaints, planned
from articles.publishing.press import PublishingError
from articles.publishing.verbs import cancel, correct, publish, redact, reprint, schedule, update, withdraw

__all__ = [
    "FrontChanged",
    "PublishingError",
    "Wish",
    "arrange",
    "cancel",
    "complaints",
    "correct",
    "planned",
    "publish",
    "redact",
    "reprint",
    "schedule",
    "update",
    "withdraw",
]
