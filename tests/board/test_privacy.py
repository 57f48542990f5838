"""Names go when nobody uses the screen, and come back when somebody asks for them."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import log_in
from .desks import Lobby, RunningDesk, booked

pytestmark = pytest.mark.browser


@pytest.fixture
def board(page: Page) -> Page:
    """The board in a browser whose clock can be wound forward."""
    page.clock.install()
    log_in(page)
    page.goto("/board")
    expect(page.get_by_role("button", name="Okafor, Ada")).to_be_visible()
    return page


def test_names_are_initials_after_two_idle_minutes_until_asked_for(board: Page) -> None:
    board.clock.fast_forward("01:50")
    expect(board.get_by_role("button", name="Okafor, Ada")).to_be_visible()
    board.clock.fast_forward("00:11")
    expect(board.get_by_role("button", name="A. O.")).to_be_visible()
    assert "Okafor" not in board.locator("body").inner_text()
    board.locator("main").get_by_role("button", name="Show names").click()
    expect(board.get_by_role("button", name="Okafor, Ada")).to_be_visible()


def test_a_sign_of_life_keeps_the_names(board: Page) -> None:
    board.clock.fast_forward("01:50")
    board.mouse.move(300, 300)
    board.mouse.move(320, 310)
    board.clock.fast_forward("01:50")
    expect(board.get_by_role("button", name="Okafor, Ada")).to_be_visible()


def test_who_arrives_while_names_are_hidden_is_not_named(
    board: Page, desk: RunningDesk, kiosk: Lobby
) -> None:
    board.keyboard.press("h")
    expect(board.get_by_role("button", name="A. O.")).to_be_visible()
    desk.book(booked(9, "Example, Priya", "10:50"))
    kiosk.arrive("a9", "hearing")
    expect(board.locator("#say")).to_have_text("P. E., has arrived, call by sight")
    assert "Example" not in board.locator("body").inner_text()
    board.keyboard.press("h")
    expect(board.get_by_role("button", name="Example, Priya")).to_be_visible()


def test_what_is_open_closes_when_names_go(board: Page, kiosk: Lobby) -> None:
    kiosk.arrive("a1")
    board.get_by_role("region", name="Checked in").get_by_role("button").click()
    board.get_by_role("button", name="Undo the arrival").click()
    expect(board.get_by_role("dialog")).to_be_visible()
    board.clock.fast_forward("02:01")
    expect(board.get_by_role("dialog")).to_have_count(0)


def test_passes_hide_their_names_too(board: Page) -> None:
    board.goto("/passes")
    expect(board.get_by_text("Okafor, Ada")).to_be_visible()
    board.clock.fast_forward("02:01")
    expect(board.get_by_text("Okafor, Ada")).to_have_count(0)
    expect(board.get_by_text("A. O.")).to_be_visible()
