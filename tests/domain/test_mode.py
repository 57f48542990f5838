"""Modes: one size, one contrast, no curtain without a voice; unknown ones change nothing."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.mode import CONTRASTS, MODES, SIZES, larger, switched, with_

PRESSES = st.lists(st.sampled_from((*MODES, "default", "sepia", "")))


@given(PRESSES)
def test_whatever_is_pressed_there_is_one_size_and_one_contrast(presses: list[str]) -> None:
    modes = frozenset[str]()
    for mode in presses:
        modes = switched(modes, mode)
        assert modes <= set(MODES)
        assert len(modes & set(SIZES)) <= 1
        assert len(modes & set(CONTRASTS)) <= 1
        assert "curtain" not in modes or "read-aloud" in modes


@given(PRESSES, st.sampled_from(MODES))
def test_a_mode_switched_on_is_on_and_switched_off_is_off(before: list[str], mode: str) -> None:
    modes = with_(frozenset(), *before)
    assert mode in with_(modes, mode)
    assert mode not in switched(with_(modes, mode), mode)


def test_the_size_goes_up_and_after_the_largest_back_to_normal() -> None:
    one = larger(frozenset({"calm"}))
    assert one == {"calm", "larger"}
    assert larger(one) == {"calm", "extra-large"}
    assert larger(larger(one)) == {"calm"}


def test_taking_the_voice_away_takes_the_curtain_away() -> None:
    assert switched(with_(frozenset(), "curtain"), "read-aloud") == frozenset()
