"""Rows of stories that not everybody may open."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied


class ClosedIsForbidden(admin.ModelAdmin):
    """For lists that hold only what is open to a person: what is there and not among it is 403. 404 would be a lie."""

    def get_object(self, request, object_id, from_field=None):
        """Raises PermissionDenied for a row that is not open to this person."""
        found = super().get_object(request, object_id, from_field)
        if found is None and object_id.isdigit() and self.model.objects.filter(pk=object_id).exists():
            raise PermissionDenied
        return found
