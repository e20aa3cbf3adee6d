"""The feeds: what a source (site, column, tag, author, corrections) has, in three formats that say the same.

`item` is what is told, `rss`, `atom` and `json_feed` each write it in their own words, `sources` are the views.
"""
