"""What staff see of needs, and how they mark them met, in a real browser before a real desk."""

import pytest
from playwright.sync_api import Page, expect

from kiosk.domain.needs import read
from kiosk.resources import shipped

from .desks import Lobby
from .test_access import violations
from .test_board import card

pytestmark = pytest.mark.browser
NEEDS = read(shipped("assets", "needs.toml"))
ADA = "Okafor, Ada"


def test_n_b_a_need_stays_on_the_card_until_it_is_marked_met(board: Page, kiosk: Lobby) -> None:
    kiosk.arrive("a1", "sign")
    seen = card(board, "Checked in", ADA)
    expect(seen).to_contain_text("sign language")
    seen.click()
    sheet = board.get_by_role("dialog", name=ADA)
    need = sheet.get_by_role("list", name="Needs").get_by_role("listitem")
    expect(need).to_contain_text(NEEDS["sign"].act)
    need.get_by_role("button", name="Met: sign language", exact=True).click()
    expect(need).to_contain_text("front-desk")
    expect(seen).not_to_contain_text("sign language")
    assert violations(board) == []
    again = need.get_by_role("button", name="Not met: sign language")
    expect(again).to_be_focused()
    again.click()
    expect(seen).to_contain_text("sign language")


def test_every_need_can_be_read_and_marked_by_touch(board: Page, kiosk: Lobby) -> None:
    kiosk.arrive("a1", *NEEDS)
    card(board, "Checked in", ADA).click()
    rows = board.get_by_role("list", name="Needs").get_by_role("listitem")
    expect(rows).to_have_count(len(NEEDS))
    for row, need in zip(rows.all(), NEEDS.values(), strict=True):
        expect(row).to_contain_text(need.act)
        box = row.get_by_role("button", name=f"Met: {need.staff}").bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    assert violations(board) == []


def test_n_d_what_is_private_is_not_announced_and_goes_with_the_names(
    board: Page, kiosk: Lobby
) -> None:
    kiosk.arrive("a1", "infection", "quiet")
    seen = card(board, "Checked in", ADA)
    expect(seen).to_contain_text("keep apart")
    expect(board.locator("#say")).to_have_text("Okafor, Ada, has arrived, quiet place")
    board.keyboard.press("h")
    expect(board.get_by_text("keep apart").first).to_be_hidden()
    assert "keep apart" not in board.locator("body").inner_text()
    expect(board.get_by_text("quiet place").first).to_be_visible()
    board.keyboard.press("h")
    expect(seen).to_contain_text("keep apart")
