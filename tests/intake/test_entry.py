"""A birth date by digits alone, whatever the order; a name by keys; and kind ways out."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.intake import entry
from kiosk.intake.entry import Draft
from kiosk.intake.keyboards import LAYOUTS, offered

TODAY = date(2030, 5, 14)
OLDEST = date(1890, 1, 1)
ORDERS = tuple(permutations(("day", "month", "year")))
ORDER = st.sampled_from(ORDERS)
DATES = st.dates(OLDEST, TODAY)
KEYS = st.text("0123456789", max_size=12)


def typed(order: tuple[str, ...], keys: str) -> Draft:
    draft = Draft(order, ("", "", ""))
    for key in keys:
        draft = entry.digit(draft, key)
    return draft


def digits(order: tuple[str, ...], born: date) -> str:
    parts = {"day": f"{born.day:02}", "month": f"{born.month:02}", "year": f"{born.year:04}"}
    return "".join(parts[name] for name in order)


def short(order: tuple[str, ...], born: date) -> str:
    """As people type who leave zeros out where nothing else can be meant."""
    day = str(born.day) if born.day > 3 else f"{born.day:02}"
    month = str(born.month) if born.month > 1 else f"{born.month:02}"
    parts = {"day": day, "month": month, "year": f"{born.year:04}"}
    return "".join(parts[name] for name in order)


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_every_day_of_a_leap_year_is_typed_by_digits_alone(order: tuple[str, ...]) -> None:
    days = [date(1996, 1, 1) + timedelta(days=n) for n in range(366)]
    assert [entry.as_date(typed(order, digits(order, day)), TODAY) for day in days] == days


@given(ORDER, DATES)
def test_every_birth_date_is_typed_by_digits_alone(order: tuple[str, ...], born: date) -> None:
    assert entry.as_date(typed(order, digits(order, born)), TODAY) == born


@given(ORDER, DATES)
def test_a_zero_that_can_only_be_meant_need_not_be_typed(
    order: tuple[str, ...], born: date
) -> None:
    assert entry.as_date(typed(order, short(order, born)), TODAY) == born


@given(ORDER, KEYS)
def test_whatever_is_typed_is_a_date_or_kindly_none(order: tuple[str, ...], keys: str) -> None:
    draft = typed(order, keys)
    born = entry.as_date(draft, TODAY)
    assert born is None or OLDEST <= born <= TODAY
    assert all(
        len(text) <= entry.WIDTH[name] for name, text in zip(order, draft.texts, strict=True)
    )


@pytest.mark.parametrize(
    "keys",
    [
        "31021984",
        "29021985",
        "29021900",
        "31041984",
        "00011984",
        "01001984",
        "39011984",
        "01131984",
        "01010001",
        "01019999",
        "31121889",
        "15052030",
        "",
        "0101",
        "010119",
    ],
)
def test_a_day_nobody_was_born_on_is_no_date(keys: str) -> None:
    assert entry.as_date(typed(("day", "month", "year"), keys), TODAY) is None


def test_a_child_born_today_has_a_birth_date() -> None:
    assert entry.as_date(typed(("year", "month", "day"), "20300514"), TODAY) == TODAY


@given(ORDER, KEYS)
def test_delete_takes_back_one_digit_at_a_time_until_nothing_is_left(
    order: tuple[str, ...], keys: str
) -> None:
    draft = typed(order, keys)
    for left in range(sum(map(len, draft.texts)), 0, -1):
        assert sum(map(len, draft.texts)) == left
        draft = entry.delete(draft)
    assert draft.texts == ("", "", "")
    assert entry.delete(draft) == draft


@given(ORDER, KEYS)
def test_clear_starts_afresh(order: tuple[str, ...], keys: str) -> None:
    assert entry.clear(typed(order, keys)) == Draft(order, ("", "", ""))


@given(ORDER, DATES, st.sampled_from(["day", "month", "year"]))
def test_a_wrong_part_is_corrected_by_touching_it(
    order: tuple[str, ...], born: date, name: str
) -> None:
    draft = entry.focus(typed(order, digits(order, born)), name)
    assert draft.here == ""
    others = [one for one in order if one != name]
    before = typed(order, digits(order, born))
    assert [draft.text(one) for one in others] == [before.text(one) for one in others]
    for key in before.text(name):
        draft = entry.digit(draft, key)
    assert entry.as_date(draft, TODAY) == born


@given(ORDER, DATES, st.data())
def test_parts_may_be_typed_in_any_order_by_touching_them(
    order: tuple[str, ...], born: date, data: st.DataObject
) -> None:
    whole = typed(order, digits(order, born))
    draft = Draft(order, ("", "", ""))
    for name in data.draw(st.permutations(order)):
        draft = entry.focus(draft, name)
        for key in whole.text(name):
            draft = entry.digit(draft, key)
    assert entry.as_date(draft, TODAY) == born


def test_after_the_last_part_the_one_left_out_is_next() -> None:
    draft = entry.focus(Draft(("day", "month", "year"), ("", "", "")), "month")
    for key in "051984":
        draft = entry.digit(draft, key)
    assert draft.names[draft.active] == "day"
    assert draft.texts == ("", "05", "1984")


def test_a_part_half_typed_goes_on_where_it_was() -> None:
    draft = entry.focus(typed(("day", "month", "year"), "140319"), "year")
    assert draft.here == "19"


def test_a_full_last_part_takes_no_more() -> None:
    draft = typed(("day", "month", "year"), "14031984")
    assert entry.digit(draft, "7") == draft
    assert draft.full


@given(st.text(st.sampled_from("aé'- ب"), max_size=80))
def test_a_name_holds_what_is_typed_up_to_its_length(keys: str) -> None:
    draft = entry.empty_text("latin")
    for key in keys:
        draft = entry.char(draft, key)
    assert draft.here == keys[: entry.LONGEST]


def test_a_capital_is_followed_by_small_letters() -> None:
    draft = entry.char(entry.turn_page(entry.empty_text("latin")), "R")
    assert draft.page == 0


@pytest.mark.parametrize("site", ["en", "ar", "ja"])
def test_every_script_and_page_is_reached_and_left_again(site: str) -> None:
    layouts = offered("ru", site)
    first = draft = entry.empty_text(layouts[0], layouts=layouts)
    seen = []
    for _ in layouts:
        for _ in entry.layout_of(draft).pages:
            seen.append((draft.layout, draft.page))
            draft = entry.turn_page(draft)
        draft = entry.turn_layout(draft)
    assert draft == first
    assert len(set(seen)) == sum(len(LAYOUTS[name].pages) for name in layouts)


def test_where_one_script_is_offered_the_keyboard_stays() -> None:
    draft = entry.empty_text("latin")
    assert entry.turn_layout(draft) == draft
