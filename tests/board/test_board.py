"""What front desk staff see and do, in a real browser before a real desk."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from kiosk.domain.event import ArrivalUnmatched, ScanRefused, SessionStarted
from kiosk.domain.outcome import Outcome

from .desks import Lobby, RunningDesk, booked

pytestmark = pytest.mark.browser


def column(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True)


def card(page: Page, title: str, name: str) -> Locator:
    return (
        column(page, title)
        .get_by_role("listitem")
        .filter(has=page.get_by_role("button", name=name))
    )


def test_an_arrival_appears_without_reload_and_is_announced(board: Page, kiosk: Lobby) -> None:
    expect(card(board, "Expected", "Okafor, Ada")).to_be_visible()
    board.evaluate("window.sameDocument = true")
    kiosk.arrive("a1", "step-free")
    expect(card(board, "Checked in", "Okafor, Ada")).to_contain_text("step-free")
    expect(card(board, "Expected", "Okafor, Ada")).to_have_count(0)
    expect(board.locator("#say")).to_have_text("Okafor, Ada, has arrived, step-free")
    assert board.evaluate("window.sameDocument")


def test_an_unfinished_arrival_says_where_it_stopped_and_how_it_was_verified(
    board: Page, kiosk: Lobby
) -> None:
    kiosk.arrive("a3", stopped="needs", ago=4)
    seen = card(board, "Arrived", "Smith, Alex")
    expect(seen).to_contain_text("stopped at: needs")
    expect(seen).to_contain_text("4 min")
    expect(seen).to_contain_text("Kiosk 1 (window) · code + birth date")


def test_a_long_wait_has_a_word_of_its_own(board: Page, kiosk: Lobby) -> None:
    kiosk.arrive("a1", ago=31)
    seen = card(board, "Checked in", "Okafor, Ada")
    expect(seen).to_contain_text("31 min")
    expect(seen).to_contain_text("long wait")
    expect(seen).to_have_class(re.compile("overdue"))


def test_a_call_for_help_stays_on_top_until_somebody_goes(board: Page, kiosk: Lobby) -> None:
    kiosk.ask_for_help("ar")
    call = board.get_by_role("list", name="Calls for help").get_by_role("listitem")
    expect(call).to_contain_text("Kiosk 1 (window) asks for help")
    expect(call).to_contain_text("speaks Arabic")
    expect(board.locator("#shout")).to_have_text("Kiosk 1 (window) asks for help")
    expect(board).to_have_title(re.compile(r"^Help asked for \(1\)"))
    call.get_by_role("button").click()
    expect(call).to_have_count(0)


def test_undo_needs_a_reason(board: Page, kiosk: Lobby) -> None:
    kiosk.arrive("a1")
    card(board, "Checked in", "Okafor, Ada").click()
    board.get_by_role("button", name="Undo the arrival").click()
    dialog = board.get_by_role("dialog", name="Undo the arrival of Okafor, Ada?")
    dialog.get_by_role("button", name="Undo the arrival").click()
    expect(dialog).to_be_visible()
    dialog.get_by_label("Reason").fill("   ")
    dialog.get_by_role("button", name="Undo the arrival").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Wrong person").click()
    dialog.get_by_role("button", name="Undo the arrival").click()
    expect(card(board, "Expected", "Okafor, Ada")).to_be_visible()


def test_a_status_changes_by_keyboard_alone_and_focus_stays_on_the_card(
    board: Page, kiosk: Lobby
) -> None:
    kiosk.arrive("a1")
    expect(card(board, "Checked in", "Okafor, Ada")).to_be_visible()
    board.keyboard.press("2")
    board.keyboard.press("r")
    seen = card(board, "Checked in", "Okafor, Ada")
    expect(seen).to_contain_text("ready")
    expect(seen.get_by_role("button")).to_be_focused()
    board.keyboard.press("Enter")
    sheet = board.get_by_role("dialog", name="Okafor, Ada")
    expect(sheet.get_by_role("button", name="Being seen")).to_be_focused()
    board.keyboard.press("ArrowDown")
    board.keyboard.press("ArrowUp")
    board.keyboard.press("Enter")
    expect(board.get_by_role("button", name="Being seen 1")).to_be_visible()


def test_focus_is_kept_while_others_arrive(board: Page, kiosk: Lobby) -> None:
    button = board.get_by_role("button", name="Smith, Alex")
    button.focus()
    kiosk.arrive("a1")
    expect(card(board, "Checked in", "Okafor, Ada")).to_be_visible()
    expect(button).to_be_focused()
    kiosk.arrive("a3")
    expect(card(board, "Checked in", "Smith, Alex").get_by_role("button")).to_be_focused()


def test_a_step_can_be_put_back(board: Page, kiosk: Lobby) -> None:
    kiosk.arrive("a1")
    card(board, "Checked in", "Okafor, Ada").click()
    board.get_by_role("dialog").get_by_role("button", name="Left").click()
    expect(card(board, "Checked in", "Okafor, Ada")).to_have_count(0)
    board.get_by_role("button", name="Put back").click()
    expect(card(board, "Checked in", "Okafor, Ada")).to_be_visible()


def test_who_was_at_a_kiosk_is_no_no_show_without_a_second_look(board: Page, kiosk: Lobby) -> None:
    early = ScanRefused(reason=Outcome.TOO_EARLY, appointment="a1")
    kiosk.tell(SessionStarted(language="en"), early)
    expected = card(board, "Expected", "Okafor, Ada")
    expect(expected).to_contain_text("came too early")
    expected.click()
    board.get_by_role("button", name="Did not come").click()
    dialog = board.get_by_role("dialog", name="Okafor, Ada was here today")
    dialog.get_by_role("button", name="Go back").click()
    expect(expected.get_by_role("button")).to_be_focused()
    board.keyboard.press("n")
    dialog.get_by_role("button", name="Mark as no-show").click()
    expect(board.get_by_role("button", name="Over 1")).to_be_visible()


def test_an_unmatched_person_is_matched_by_picking_an_appointment(
    board: Page, kiosk: Lobby
) -> None:
    kiosk.tell(ArrivalUnmatched(typed_name="Okafor"))
    look = board.get_by_role("region", name="Please look")
    expect(look).to_contain_text("typed “Okafor”")
    look.get_by_role("button", name="Match").click()
    dialog = board.get_by_role("dialog", name="Who is this?")
    expect(dialog.get_by_role("button", name="Okafor, Ada")).to_contain_text("fits: name")
    dialog.get_by_role("button", name="Okafor, Ada").click()
    expect(look).to_be_hidden()
    expect(card(board, "Arrived", "Okafor, Ada")).to_contain_text("matched at the desk")


def test_the_choice_of_clinicians_survives_reload(board: Page, kiosk: Lobby) -> None:
    board.get_by_role("button", name="All clinicians").click()
    board.get_by_role("checkbox", name="Dr. Chen").uncheck()
    board.keyboard.press("Escape")
    board.reload()
    expect(board.get_by_role("button", name="2 of 3")).to_be_visible()
    expect(column(board, "Expected")).to_contain_text("2 not shown")
    expect(board.get_by_role("button", name="Smith, Alex")).to_have_count(0)
    kiosk.ask_for_help()
    expect(board.get_by_role("list", name="Calls for help")).to_contain_text("asks for help")


def test_a_name_is_found_without_accents_and_escape_brings_all_back(board: Page) -> None:
    board.keyboard.press("/")
    board.keyboard.type("marquez")
    expect(board.locator(".card:visible")).to_have_count(1)
    board.keyboard.press("Escape")
    expect(board.locator(".card:visible")).to_have_count(4)


def test_letters_do_nothing_once_they_are_switched_off(board: Page, kiosk: Lobby) -> None:
    kiosk.arrive("a1")
    expect(card(board, "Checked in", "Okafor, Ada")).to_be_visible()
    board.keyboard.press("?")
    board.get_by_role("checkbox", name="Use single-letter keys").uncheck()
    board.keyboard.press("Escape")
    board.get_by_role("button", name="Okafor, Ada").focus()
    board.keyboard.press("r")
    kiosk.arrive("a3")
    expect(card(board, "Checked in", "Smith, Alex")).to_be_visible()
    expect(card(board, "Checked in", "Okafor, Ada")).not_to_contain_text("ready")


def test_names_of_any_script_and_length_stay_inside_their_card(
    board: Page, desk: RunningDesk, kiosk: Lobby
) -> None:
    long = "Wolfeschlegelsteinhausen-Bergerdorffenburg-Musterfrau, Maximiliane"
    desk.book(booked(5, long, "10:25"), booked(6, "الحداد, مريم", "10:26"))
    kiosk.arrive("a5", "interpreter", "hearing", "sight", "companion")
    kiosk.arrive("a6")
    expect(card(board, "Checked in", "مريم")).to_be_visible()
    overflowing = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).length"
    assert board.locator(".card").evaluate_all(overflowing) == 0


def test_sound_is_off_until_somebody_wants_it_and_then_stays_on(board: Page) -> None:
    board.get_by_role("button", name="Sound off").click()
    board.reload()
    expect(board.get_by_role("button", name="Sound on")).to_have_attribute("aria-pressed", "true")


def test_the_phone_shows_one_column_at_a_time(board: Page, kiosk: Lobby) -> None:
    board.set_viewport_size({"width": 390, "height": 844})
    kiosk.arrive("a1")
    expect(board.get_by_role("button", name="Checked in 1")).to_be_visible()
    expect(board.get_by_role("button", name="Okafor, Ada")).to_be_hidden()
    board.get_by_role("button", name="Checked in 1").click()
    expect(board.get_by_role("button", name="Okafor, Ada")).to_be_visible()
    sideways = "document.documentElement.scrollWidth > innerWidth"
    assert not board.evaluate(sideways)
