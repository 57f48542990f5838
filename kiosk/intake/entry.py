"""What has been typed so far, as a value: each key returns a new draft."""

from dataclasses import dataclass, field, replace
from datetime import date

from kiosk.intake import compose
from kiosk.intake.keyboards import LAYOUTS, Layout, together

LONGEST = 60  # characters of a name on screen; longer ones are the desk's to type
WIDTH = {"day": 2, "month": 2, "year": 4}
_FIRST_YEAR = 1890  # nobody living was born before


@dataclass(frozen=True, slots=True)
class Draft:
    """Fields being typed, the one that takes the next key, the keyboard's page, and the others."""

    names: tuple[str, ...]
    texts: tuple[str, ...] = field(repr=False)
    active: int = 0
    layout: str = "latin"
    page: int = 0
    layouts: tuple[str, ...] = ("latin",)

    def text(self, name: str) -> str:
        """Return what a field holds."""
        return self.texts[self.names.index(name)]

    def with_text(self, text: str) -> "Draft":
        """Return the draft with the active field set."""
        texts = (*self.texts[: self.active], text, *self.texts[self.active + 1 :])
        return replace(self, texts=texts)

    @property
    def here(self) -> str:
        """What the active field holds."""
        return self.texts[self.active]

    @property
    def full(self) -> bool:
        """Tell whether every date field holds all its digits."""
        pairs = zip(self.names, self.texts, strict=True)
        return all(len(text) == WIDTH.get(name, 0) for name, text in pairs)


def empty_date(order: tuple[str, str, str]) -> Draft:
    """Start a date in the order people write it."""
    return Draft(order, ("", "", ""))


def empty_text(layout: str, text: str = "", layouts: tuple[str, ...] = ()) -> Draft:
    """Start a line of text on one of the keyboards offered for it; by default Latin is, too."""
    return Draft(("text",), (text,), layout=layout, layouts=layouts or together(layout, "latin"))


def digit(draft: Draft, key: str) -> Draft:
    """Type one digit into a date; a full field hands over to the next empty one."""
    name, here = draft.names[draft.active], draft.here
    if len(here) >= WIDTH[name]:
        return draft
    text = here + key
    if not here and key > {"day": "3", "month": "1"}.get(name, "9"):
        text = "0" + key  # no day starts with 4 to 9, no month with 2 to 9
    typed = draft.with_text(text)
    return _onward(typed) if len(text) == WIDTH[name] else typed


def _onward(draft: Draft) -> Draft:
    places = range(len(draft.names))
    order = (*places[draft.active + 1 :], *places[: draft.active])
    return replace(draft, active=next((i for i in order if not draft.texts[i]), draft.active))


def delete(draft: Draft) -> Draft:
    """Take back one character, in the field before when this one is empty."""
    if not draft.here and draft.active:
        draft = replace(draft, active=draft.active - 1)
    return draft.with_text(draft.here[:-1])


def clear(draft: Draft) -> Draft:
    """Empty every field."""
    return replace(draft, texts=tuple("" for _ in draft.texts), active=0)


def focus(draft: Draft, name: str) -> Draft:
    """Type into another field from now on; typing there starts afresh when it was full."""
    there = replace(draft, active=draft.names.index(name))
    return there.with_text("") if len(there.here) == WIDTH.get(name) else there


def as_date(draft: Draft, today: date) -> date | None:
    """Return the birth date; None when there is no such day or nobody could be born then."""
    if not draft.full:
        return None
    try:
        born = date(*(int(draft.text(name)) for name in ("year", "month", "day")))
    except ValueError:
        return None
    return born if born.year >= _FIRST_YEAR and born <= today else None


def layout_of(draft: Draft) -> Layout:
    """Return the keyboard a text draft is typed on."""
    return LAYOUTS[draft.layout]


def char(draft: Draft, key: str) -> Draft:
    """Type one key; after a capital the keyboard returns to small letters."""
    if len(draft.here) >= LONGEST:
        return draft
    text = compose.typed(draft.here, key)[:LONGEST]
    return replace(draft.with_text(text), page=0 if draft.page == 1 else draft.page)


def turn_page(draft: Draft) -> Draft:
    """Show the keyboard's next page of characters."""
    return replace(draft, page=(draft.page + 1) % len(layout_of(draft).pages))


def following(draft: Draft) -> str:
    """Return the layout that the switch key leads to: the same one where no other is offered."""
    names = draft.layouts
    at = names.index(draft.layout) if draft.layout in names else -1
    return names[(at + 1) % len(names)]


def turn_layout(draft: Draft) -> Draft:
    """Show the keyboard of the next script."""
    return replace(draft, layout=following(draft), page=0)
