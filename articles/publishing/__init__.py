"""The only place that makes an edition."""

from articles.publishing.press import PublishingError
from articles.publishing.verbs import cancel, correct, publish, redact, reprint, schedule, update, withdraw

__all__ = [
    "PublishingError",
    "cancel",
    "correct",
    "publish",
    "redact",
    "reprint",
    "schedule",
    "update",
    "withdraw",
]
