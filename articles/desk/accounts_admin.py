"""Accounts: managing editors make them, and cannot give more than they have."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db import models
from django.db.models import QuerySet

from articles.desk.paging import BoundedList

admin.site.unregister([User, Group])


def groups_within_reach(user: User) -> QuerySet[Group]:
    """The groups that give nothing this person does not have."""
    if user.is_superuser:
        return Group.objects.all()
    own = Permission.objects.filter(group__user=user)
    beyond = Permission.objects.exclude(pk__in=own.values("pk"))
    return Group.objects.exclude(permissions__in=beyond)


def outranks(user: User, other: User) -> bool:
    """Whether `other` has rights that `user` lacks: then the account, and its password, are out of reach."""
    if user.is_superuser:
        return False
    has_more = other.is_superuser or other.user_permissions.exists()
    return has_more or other.groups.exclude(pk__in=groups_within_reach(user)).exists()


# Many are chosen by ticking them: the two boxes of the stock admin have parts without a name.
TICKED: Mapping[type[models.Field], Mapping[str, Any]] = {
    models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}
}


@admin.register(Group)
class DeskGroupAdmin(GroupAdmin):
    formfield_overrides = TICKED
    filter_horizontal = []


@admin.register(User)
class AccountAdmin(BoundedList, UserAdmin):
    formfield_overrides = TICKED
    filter_horizontal = []
    list_display = ["username", "first_name", "last_name", "email", "is_staff", "is_active"]
    list_filter = ["is_active", "groups"]
    readonly_fields = ["last_login", "date_joined"]

    def get_fieldsets(self, request, obj=None):
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return [
            (None, {"fields": ["username", "password"]}),
            ("Person", {"fields": ["first_name", "last_name", "email"]}),
            ("At the desk", {"fields": ["is_active", "is_staff", "groups"]}),
        ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = groups_within_reach(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and outranks(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and outranks(request.user, obj))
