"""A database that threads and processes share, for tests of what happens at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviews.workflow import door
from tests.reviews.parallel import Gate, shared_database


@pytest.fixture
def shared(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Its address. Come before the people: they have to be in it. Mail and printing are left out."""
    monkeypatch.setattr(door, "after_transition", lambda revisions: None)
    with shared_database(tmp_path) as address:
        yield address


@pytest.fixture
def meeting(shared: str, monkeypatch: pytest.MonkeyPatch) -> Gate:
    return Gate(monkeypatch)
