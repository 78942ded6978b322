"""Who asks."""

from django.http import HttpRequest

from projects.models import User


def signed_in(request: HttpRequest) -> User:
    """The person behind the request; the middleware lets nobody else come to a view that needs one."""
    assert isinstance(request.user, User)
    return request.user
