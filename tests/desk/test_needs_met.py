"""Needs are shown to staff with what to do, until staff mark them met (N-B: flag, share, meet)."""

from collections.abc import Iterable, Sequence

import pytest

from kiosk.desk.boardmodels import Chip
from kiosk.desk.boardneeds import chips
from kiosk.desk.fold import fold
from kiosk.desk.turn import Fact
from kiosk.domain.appointment import VisitStatus
from kiosk.domain.event import (
    ArrivalVoided,
    Data,
    IntakeCompleted,
    NeedMet,
    NeedStated,
    StatusChanged,
)
from kiosk.domain.needs import read
from kiosk.resources import shipped

from .facts import arrival, fact, session
from .support import Browser, Kiosk, Served, card

NEEDS = read(shipped("assets", "needs.toml"))
CAME = (fact(arrival()), fact(NeedStated(need="hearing"), minute=1))


def told(facts: Iterable[Fact], record: Sequence[str] = ()) -> tuple[Chip, ...]:
    return chips(record, fold(facts).visits["a"], NEEDS, "{:%H:%M}".format)


def mark(minute: float, need: str = "hearing", *, met: bool = True, user: str = "maya") -> Fact:
    return fact(NeedMet(appointment="a", need=need, met=met), minute=minute, user=user)


def test_n_b_a_need_comes_with_what_to_do_and_is_not_met_by_itself() -> None:
    (chip,) = told([*CAME, fact(IntakeCompleted(), minute=2)])
    need = NEEDS["hearing"]
    assert (chip.text, chip.act, chip.icon) == (need.staff, need.act, need.icon)
    assert chip.met == ""


def test_n_b_a_mark_says_when_and_by_whom() -> None:
    assert [chip.met for chip in told([*CAME, mark(5, user="sam")])] == ["met 11:05, sam"]


@pytest.mark.parametrize(
    ("then", "met"),
    [
        ([mark(6, met=False)], False),
        ([mark(6, met=False), mark(7)], True),
        ([mark(6, "quiet", met=False)], True),
        ([fact(NeedStated(need="quiet"), minute=6)], True),
    ],
)
def test_the_newest_mark_of_each_need_stands(then: list[Fact], met: bool) -> None:
    chip = next(chip for chip in told([*CAME, mark(5), *then]) if chip.id == "hearing")
    assert bool(chip.met) is met


def test_a_need_that_is_stated_again_is_open_again() -> None:
    again = fact(NeedStated(need="hearing", appointment="a"), minute=9, of=2)
    assert told([*CAME, mark(5), fact(arrival(), minute=8, of=2), again])[0].met == ""


def test_a_need_that_is_taken_back_goes_with_its_mark() -> None:
    assert told([*CAME, mark(5), fact(NeedStated(need="hearing", stated=False), minute=6)]) == ()


def test_a_need_on_record_can_be_met_before_the_person_comes() -> None:
    (chip,) = told([mark(-30, "interpreter")], record=("interpreter",))
    assert chip.met == "met 10:30, maya"
    visit = fold([mark(-30, "interpreter")]).visits["a"]
    assert (visit.status, visit.arrived_at, visit.moved) == (VisitStatus.BOOKED, None, False)


@pytest.mark.parametrize(
    "body",
    [
        ArrivalVoided(session=session(1), reason="mistake"),
        StatusChanged(appointment="a", status=VisitStatus.READY),
    ],
)
def test_a_mark_changes_nothing_but_its_need(body: Data) -> None:
    facts = [*CAME, fact(body, minute=6)]
    before, after = fold(facts).visits["a"], fold([*facts, mark(5)]).visits["a"]
    assert (before.status, before.arrived_at) == (after.status, after.arrived_at)
    assert before.needs == after.needs


def test_needs_of_another_table_are_shown_by_their_names_at_the_end() -> None:
    shown = told(CAME, record=("moon_boots", "quiet"))
    assert [chip.text for chip in shown] == ["call by sight", "quiet place", "moon boots"]
    assert [chip.act for chip in shown][-1] == ""


def test_n_d_what_visitors_must_not_read_is_marked() -> None:
    shown = told(CAME, record=("infection", "hearing"))
    assert [(chip.id, chip.private) for chip in shown] == [("hearing", False), ("infection", True)]


def test_n_b_staff_mark_a_need_met_and_take_it_back(
    staff_member: Browser, served: Served, kiosk: Kiosk
) -> None:
    appointment, mine = served.appointment("maria"), kiosk.session()
    came = arrival(appointment)
    need = NeedStated(need="step-free", appointment=appointment)
    kiosk.send(kiosk.event(mine, came), kiosk.event(mine, need))
    for met in (True, False):
        answer = staff_member.act("need.met", appointment=appointment, need="step-free", met=met)
        assert answer.json()["outcome"] == "accepted"
        (chip,) = card(staff_member.board(), appointment)["needs"]
        assert bool(chip["met"]) is met
        assert chip["act"] == NEEDS["step-free"].act


def test_a_mark_for_nobody_is_refused(staff_member: Browser) -> None:
    answer = staff_member.act("need.met", appointment="none", need="quiet", met=True)
    assert (answer.status_code, answer.json()["code"]) == (404, "no-appointment")


def test_a_kiosk_marks_nothing_met(served: Served, kiosk: Kiosk) -> None:
    body = NeedMet(appointment=served.appointment("maria"), need="quiet")
    (reply,) = kiosk.send(kiosk.event(kiosk.session(), body))
    assert (reply["outcome"], reply["code"]) == ("refused", "staff-only")
