"""Keys on a pad or keyboard → the next draft. Pure."""

from dataclasses import replace

from kiosk.intake import entry
from kiosk.intake.entry import Draft
from kiosk.intake.keyboards import offered
from kiosk.intake.session import Session
from kiosk.intake.step import Input, Step


def start(step: Step, session: Session, order: tuple[str, str, str], site: str = "en") -> Draft:
    """Return the empty draft of an entry step; a name being changed starts from what it was.

    `site` is the tag of the site's language: its keyboard is offered beside the screen's.
    """
    if step.input is Input.DATE:
        return entry.empty_date(order)
    if step.input is Input.PHONE:
        return entry.empty_text("latin")
    was = session.reopened.value if session.reopened else ""
    layouts = offered(session.language, site)
    draft = entry.empty_text(layouts[0], str(was), layouts)
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
    return replace(draft, page=1) if entry.layout_of(draft).capitals and draft.page == 0 else draft
