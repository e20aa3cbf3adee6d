"""Lists that ask no more of the database than they can show, however many rows there are and whatever is asked."""

from functools import cached_property

from django.contrib import admin
from django.core.paginator import Paginator

MOST = 2_000
WORDS = 12  # of a search


class BoundedPaginator(Paginator):
    """Counts up to MOST rows and no further: a COUNT over 100,000 stories is the slowest thing on the page.

    What lies deeper is found by search and filters.
    """

    @cached_property
    def count(self) -> int:
        # By number alone: what a list asks of each of its rows beside, 2,000 would be asked.
        return self.object_list.order_by().values("pk")[:MOST].count()


class BoundedList(admin.ModelAdmin):
    """Each word of a search is a condition for each column: of a whole page of text SQLite made no question at all."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator

    def lookup_allowed(self, lookup, value, request):
        """PostgreSQL answers a NUL by an error, and no address of ours has one: 400."""
        return "\0" not in str(value) and super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request, queryset, search_term):
        few = " ".join(search_term[:500].replace("\0", " ").split()[:WORDS])
        return super().get_search_results(request, queryset, few)
