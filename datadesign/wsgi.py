"""What the server loads once, before it forks its processes."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.urls import get_resolver

from datadesign.checks import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "datadesign.settings")

application = get_wsgi_application()
refuse_unsafe_start()

# Addresses and views load with the first request; loaded here, the processes share their memory.
get_resolver().url_patterns  # noqa: B018 - read for what reading it does
# The processes must share neither a connection nor a pool.
connections.close_all()
if isinstance(connections["default"], PostgreSQL):
    connections["default"].close_pool()
# Collecting garbage writes to every object it looks at, which would copy what is shared.
gc.collect()
gc.freeze()
