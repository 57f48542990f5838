"""The bench of speech measures the real voices; its figures are printed, never asserted."""

from kiosk.tools import bench_speech


def test_every_row_has_a_figure_and_its_unit() -> None:
    rows = list(bench_speech.rows(rounds=2))
    assert len(rows) == 4 * len(bench_speech.LANGUAGES) + 1
    for row in rows:
        assert isinstance(row["value"], float)
        assert row["unit"] in {"ms", "MB"}
