"""A browser's part of the talk: one connection kept open, a session, and the token against forged requests."""

from email.message import Message
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from typing import NamedTuple
from urllib.parse import urlencode

TOKEN = "a" * 32


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


class Browser:
    """Asks a server on this machine as a proxy would that ended TLS for `host`."""

    def __init__(self, port: int, host: str, session: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = {
            "Host": host,
            "X-Forwarded-Proto": "https",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        }
        self.origin = f"https://{host}"

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        headers |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.origin,
            "X-CSRFToken": TOKEN,
        }
        return self._ask("POST", path, urlencode(fields), headers)

    def close(self) -> None:
        self.connection.close()

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            answer = self._answer(method, path, body, self.headers | named)
        except RemoteDisconnected:
            # The others' turns took longer than the server keeps a connection that is idle.
            self.close()
            answer = self._answer(method, path, body, self.headers | named)
        return Answer(answer.status, answer.headers, answer.read())

    def _answer(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> HTTPResponse:
        self.connection.request(method, path, body, headers)
        return self.connection.getresponse()
