"""Keys on a pad or keyboard → the next draft. Pure."""

from dataclasses import replace

from kiosk.intake import entry
from kiosk.intake.entry import Draft
from kiosk.intake.keyboards import LAYOUT_FOR
from kiosk.intake.session import Session
from kiosk.intake.step import Input, Step


def start(step: Step, session: Session, order: tuple[str, str, str]) -> Draft:
    """Return the empty draft of an entry step; a name being changed starts from what it was."""
    if step.input is Input.DATE:
        return entry.empty_date(order)
    if step.input is Input.PHONE:
        return entry.empty_text("latin")
    was = session.reopened.value if session.reopened else ""
    draft = entry.empty_text(LAYOUT_FOR.get(session.language, "latin"), str(was))
    return draft if was else _capital(draft)


def press(draft: Draft, key: str, kind: Input) -> Draft:
    """Return the draft after one key node was pressed; unknown keys change nothing."""
    if key in _EDIT:
        edited = _EDIT[key](draft)
        emptied = key == "key-delete" and kind is Input.TEXT and not edited.here
        return _capital(edited) if emptied else edited
    typed = {"key-space": " ", "key-plus": "+"}.get(key, key.removeprefix("key-"))
    if kind is Input.DATE:
        return entry.digit(draft, typed) if typed.isdigit() else draft
    if kind is Input.PHONE:
        return entry.char(draft, typed)
    after = entry.char(draft, typed)
    return _capital(after) if typed in " -'" else after


_EDIT = {
    "key-delete": entry.delete,
    "key-clear": entry.clear,
    "page": entry.turn_page,
    "layout": entry.turn_layout,
}


def _capital(draft: Draft) -> Draft:
    """Offer capitals where a name begins, on keyboards that have them."""
    return replace(draft, page=1) if draft.layout == "latin" and draft.page == 0 else draft
