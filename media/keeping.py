"""Files go into the storage whole or not at all: nobody ever reads half a picture."""

import os
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def keep(name: str, content: bytes) -> None:
    """Store bytes under exactly this name, in the place of what stood there. Raises OSError.

    Django's storage writes a file under its own name piece by piece: whoever asks in that moment gets its upper half,
    and a crash leaves half a file under a name that says which bytes it holds. So it is written beside, and moved.
    """
    try:
        place = default_storage.path(name)
    except NotImplementedError:  # no file system: such a storage shows a file only when it is whole
        default_storage.save(name, ContentFile(content))
        return
    part = default_storage.save(f"{name}.{secrets.token_hex(4)}.part", ContentFile(content))
    try:
        os.replace(default_storage.path(part), place)
    except OSError:
        default_storage.delete(part)
        raise
