from collections.abc import Iterator
from pathlib import Path

import pytest
from backend.little_desk import LittleDesk, serving
from outbox.hands import HandClock, outbox_at

from kiosk.backend.folder import Folder
from kiosk.outbox.store import Outbox


@pytest.fixture
def little() -> Iterator[LittleDesk]:
    with serving(LittleDesk()) as desk:
        yield desk


@pytest.fixture
def files(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def outbox(tmp_path: Path, clock: HandClock) -> Outbox:
    return outbox_at(tmp_path, clock)
