import os

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL

from datadesign.checks import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "datadesign.settings")

application = get_wsgi_application()
refuse_unsafe_start()

# The server loads this once and then forks: its processes must share neither a connection nor a pool.
connections.close_all()
if isinstance(connections["default"], PostgreSQL):
    connections["default"].close_pool()
