"""The board says when it is not live, and catches up by itself."""

import pytest
from playwright.sync_api import Page, expect

from kiosk.desk.tables import SESSIONS

from .desks import Lobby, RunningDesk

pytestmark = pytest.mark.browser


def test_a_lost_connection_is_told_and_made_up_for(
    board: Page, desk: RunningDesk, kiosk: Lobby
) -> None:
    live = board.locator("#live")
    expect(live).to_have_text("live")
    desk.stop()
    expect(board.get_by_text("No connection to the desk since 10:12.")).to_be_visible()
    expect(live).to_have_text("not live")
    desk.start()
    kiosk.arrive("a1")
    checked_in = board.get_by_role("region", name="Checked in")
    expect(checked_in.get_by_role("button", name="Okafor, Ada")).to_be_visible(timeout=15_000)
    expect(live).to_have_text("live")
    expect(board.locator("#lost")).to_be_hidden()
    kiosk.arrive("a3")
    expect(checked_in.get_by_role("button", name="Smith, Alex")).to_be_visible()


def test_what_was_not_kept_is_said(board: Page, desk: RunningDesk, kiosk: Lobby) -> None:
    kiosk.arrive("a1")
    checked_in = board.get_by_role("region", name="Checked in")
    expect(checked_in.get_by_role("button", name="Okafor, Ada")).to_be_visible()
    desk.stop()
    checked_in.get_by_role("button", name="Okafor, Ada").focus()
    board.keyboard.press("r")
    expect(board.get_by_text("Not saved: there is no connection to the desk.")).to_be_visible()
    desk.start()


def test_a_login_that_ended_is_told(board: Page, desk: RunningDesk) -> None:
    desk.desk.database.write(lambda conn: conn.execute(SESSIONS.delete()))
    expect(board.get_by_text("You were logged out.")).to_be_visible()
    board.get_by_role("link", name="Log in").click()
    expect(board.get_by_label("Password")).to_be_visible()
