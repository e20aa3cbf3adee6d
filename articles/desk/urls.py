"""What the desk answers outside of the admin: a story for a reader without a login."""

from django.urls import path

from articles.desk import proofs

urlpatterns = [
    path("proof/<str:signed>/", proofs.read, name="proof"),
    path("proof/<str:signed>/files/<path:name>", proofs.read_file),
]
