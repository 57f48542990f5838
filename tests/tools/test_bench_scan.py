"""The scanning benchmark looks at real pictures and sums up in rows."""

from pathlib import Path

from kiosk.tools.bench_scan import (
    DISTANCES_MM,
    SCENES,
    WIDTHS_MM,
    Look,
    photographs,
    presentations,
    simulated,
    table,
)

DATA = Path(__file__).parent.parent / "data" / "qr"


def test_photographs_give_a_row_for_each_reader() -> None:
    rows = {row["reader"]: row for row in table(photographs(DATA), "reader")}
    assert set(rows) == {"pyzbar", "zxing-cpp", "either", "ladder"}
    assert all(row["codes"] == 12 for row in rows.values())
    assert rows["ladder"]["recall"] == round(11 / 12, 3)
    assert float(rows["ladder"]["recall"]) >= float(rows["either"]["recall"])


def test_looks_are_summed_up_by_any_label() -> None:
    looks = [
        Look({"reader": "a", "scene": "x"}, right=True, wrong=False, ms=(1.0,)),
        Look({"reader": "a", "scene": "y"}, right=False, wrong=True, ms=(3.0, 5.0)),
    ]
    assert table(looks, "reader") == [
        {
            "reader": "a",
            "codes": 2,
            "recall": 0.5,
            "wrong": 0.5,
            "ms_mean": 3.0,
            "ms_median": 3.0,
            "ms_p95": 4.8,
        }
    ]
    assert [row["recall"] for row in table(looks, "reader", "scene")] == [1.0, 0.0]


def test_presentations_are_timed() -> None:
    (row,) = presentations(2)
    assert row["presentations"] == 2
    assert float(row["within_1.5_s"]) >= float(row["within_0.5_s"])


def test_every_scene_is_looked_at_in_every_size_and_distance() -> None:
    looks = simulated(seeds=1, scenes={name: SCENES[name] for name in ("clean", "dark mode")})
    assert len(table(looks, "width_mm", "distance_mm", "reader")) == 4 * 9
    assert len(looks) == 4 * 2 * len(WIDTHS_MM) * len(DISTANCES_MM)
    recall = {
        (row["scene"], row["reader"]): row["recall"] for row in table(looks, "scene", "reader")
    }
    assert recall["clean", "ladder"] == recall["dark mode", "ladder"] == 1.0
    assert recall["dark mode", "pyzbar"] == 0.0
