"""A request above the limit is refused by its length, before anything of it is read."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from datadesign.uploads import RequestSizeMiddleware


def answer(length: str) -> HttpResponse:
    request = RequestFactory().post("/", data=b"", content_type="application/octet-stream")
    request.META["CONTENT_LENGTH"] = length
    return RequestSizeMiddleware(pass_on)(request)


def pass_on(request: HttpRequest) -> HttpResponse:
    return HttpResponse("passed on")


@pytest.mark.parametrize("length", ["", "0", "1000", "-1", "much"])
@override_settings(REQUEST_LIMIT_BYTES=1000)
def test_request_within_the_limit_passes(length: str) -> None:
    assert answer(length).content == b"passed on"


@pytest.mark.parametrize("length", ["1001", "20000000000"])
@override_settings(REQUEST_LIMIT_BYTES=1000, FILE_LIMIT_BYTES=1_048_576)
def test_larger_request_is_refused_with_a_sentence(length: str) -> None:
    response = answer(length)
    assert response.status_code == 413
    assert response.content.decode() == "That was too much: a file may have up to 1.0\xa0MB.\n"
