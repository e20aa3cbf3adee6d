"""The text as it came from a file, kept so that the same file again changes nothing."""

from django.db import models


class Manuscript(models.Model):
    article = models.OneToOneField("articles.Article", on_delete=models.CASCADE, related_name="manuscript")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True, error_messages={"unique": "This text was imported before."})
    text = models.TextField()
    imported_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.file_name
