"""Headers that every page carries, whoever asks for it."""

from collections.abc import Callable

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGES = [("nobody", "/accounts/login/"), ("owner", "/projects/"), ("owner", "/profile/"), ("owner", "/no/such/page/")]


@pytest.mark.parametrize(("name", "path"), PAGES)
def test_content_security_policy_allows_nothing_inline(
    client_of: Callable[[str], Client], name: str, path: str
) -> None:
    policy = client_of(name).get(path).headers["Content-Security-Policy"]
    directives = dict(each.strip().partition(" ")[::2] for each in policy.split(";"))
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert directives["default-src"] == directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["form-action"] == "'self'"


@pytest.mark.parametrize(("name", "path"), PAGES)
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_page_has_header(client_of: Callable[[str], Client], name: str, path: str, header: str, value: str) -> None:
    assert client_of(name).get(path).headers[header] == value
