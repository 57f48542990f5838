from hypothesis import given
from hypothesis import strategies as st

from kiosk.courier.link import DOWN, HEALTHY, SUSPECT, Link


def _after(answers: str) -> Link:
    link = Link()
    for each in answers:
        link.good() if each == "+" else link.bad()
    return link


def test_before_the_first_answer_nothing_is_online() -> None:
    assert not Link().online


def test_the_first_answer_decides() -> None:
    assert _after("+").online
    assert not _after("-").online


def test_off_after_three_failures_in_a_row_and_on_after_two_good_answers() -> None:
    assert _after("+--").online
    assert _after("+--+--").online
    assert not _after("+---").online
    assert not _after("+---+").online
    assert not _after("+---+-+").online
    assert _after("+---++").online


def test_only_the_answer_that_changes_something_says_so() -> None:
    link = Link()
    assert [link.good(), link.good(), link.bad(), link.bad(), link.bad(), link.bad()] == [
        *(True, False),
        *(False, False, True, False),
    ]
    assert [link.good(), link.good(), link.good()] == [False, True, False]


def test_a_desk_that_is_away_is_looked_at_every_5_seconds_and_again_at_once_when_it_answers() -> (
    None
):
    assert [_after(each).pause for each in ("+", "+-", "+---", "+---+", "+---++")] == [
        *(HEALTHY, SUSPECT, DOWN, 0.0, HEALTHY)
    ]
    assert (HEALTHY, SUSPECT, DOWN) == (60.0, 1.0, 5.0)


@given(st.text("+-"))
def test_three_failures_always_end_it_and_two_answers_always_mend_it(before: str) -> None:
    assert not _after(before + "---").online
    assert _after(before + "++").online
