"""Make the reference's database and print a session that is signed in: `python -m measures.plain.seed ROWS`."""

import sys

import django
from django.apps import apps
from django.core.management import call_command
from django.test import Client

# Models of these settings, not of the product's.
FEATURE: str = "plain.Feature"
USER: str = "auth.User"


def seed(rows: int) -> str:
    call_command("migrate", run_syncdb=True, verbosity=0)
    feature, user = apps.get_model(FEATURE), apps.get_model(USER)
    words = "Words. " * 20
    feature.objects.bulk_create(feature(title=f"Feature {number:04}", description=words) for number in range(rows))
    client = Client()
    client.force_login(user.objects.create_superuser("bench", "bench@example.org"))
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    django.setup()
    print(seed(int(sys.argv[1])))
