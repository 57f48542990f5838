"""The desk's bench measures a real desk; its figures are printed, never asserted."""

from kiosk.tools import bench_desk


def test_every_row_has_a_figure_and_its_unit() -> None:
    rows = bench_desk.rows(seconds=0.3)
    assert len(rows) == 18
    for row in rows:
        assert isinstance(row["value"], float)
        assert row["value"] > 0
        assert row["unit"] in {"1/s", "ms"}
