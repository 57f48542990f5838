"""The scanning benchmark measures real pictures and returns rows."""

from pathlib import Path

import pytest

from kiosk.tools import bench_scan

DATA = Path(__file__).parent.parent / "data" / "qr"


def test_photographs_give_a_row_for_each_reader() -> None:
    rows = {row["reader"]: row for row in bench_scan.photographs(DATA)}
    assert set(rows) == {"pyzbar", "zxing-cpp", "either", "ladder"}
    assert all(row["pictures"] == 12 for row in rows.values())
    assert rows["ladder"]["read"] == 11
    assert float(rows["ladder"]["recall"]) >= float(rows["either"]["recall"])


def test_presentations_are_timed() -> None:
    (row,) = bench_scan.presentations(2)
    assert row["presentations"] == 2
    assert float(row["within_1.5_s"]) >= float(row["within_0.5_s"])


@pytest.mark.slow
def test_simulated_sizes_and_scenes_give_a_row_each() -> None:
    sizes = bench_scan.simulated(seeds=1)
    assert [(row["width_mm"], row["distance_mm"]) for row in sizes] == [
        (width, distance) for width in bench_scan.WIDTHS_MM for distance in bench_scan.DISTANCES_MM
    ]
    for row in (*sizes, *bench_scan.scenes(seeds=1), *bench_scan.frames(seeds=1)):
        share = row["ladder"] if "ladder" in row else row["recall"]
        assert 0 <= float(share) <= 1
