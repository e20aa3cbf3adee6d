"""Static files as the server sends them: compressed, each name saying what is in the file."""

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Every page names six of them, and Django takes an address apart three times before it gives one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.address = cache(super().url)

    def url(self, name, force=False):
        return self.address(name, force)
