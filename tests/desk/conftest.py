"""Desks for tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .support import Browser, Kiosk, Served, running


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A desk over real HTTP with the sample day, at noon."""
    with running(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same for a whole module, for tests that leave nothing behind."""
    with running(tmp_path_factory.mktemp("desk")) as found:
        yield found


@pytest.fixture
def kiosk(served: Served) -> Kiosk:
    """An enrolled kiosk at the main site."""
    return served.enrol()


@pytest.fixture
def staff_member(served: Served) -> Browser:
    """A logged-in member of staff with every role."""
    return served.login()
