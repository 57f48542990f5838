from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.backend.folder import Folder

from .little_desk import LittleDesk, serving


@pytest.fixture
def little() -> Iterator[LittleDesk]:
    with serving(LittleDesk()) as desk:
        yield desk


@pytest.fixture
def files(tmp_path: Path) -> Folder:
    return Folder(tmp_path)
