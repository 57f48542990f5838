"""A practice for the tests that touch the real window: desk and courier, once for each module."""

from collections.abc import Iterator

import pytest

from kiosk.desk import sample
from kiosk.tools.stage import Stage


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The sample day at ten in the morning; the device is enrolled and has its day list."""
    made = Stage(tmp_path_factory.mktemp("stage"), "10:00")
    made.start()
    made.wait_for_rows(len(sample.CASES))
    yield made
    made.stop()
