"""The WSGI application: what granian, gunicorn or any other server runs."""

import os
from collections.abc import Callable

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()


def with_errands() -> Callable:
    """The application, and beside it the thread that runs errands: the factory that `manage.py serve` gives granian."""
    import_string("newsroom.worker.start")()  # by name: its models can be imported only now
    return application
