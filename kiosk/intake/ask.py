"""Screens that ask: scan, entries with their pads, the review, one of few."""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.domain.mode import SIZES
from kiosk.intake import bones
from kiosk.intake.bones import Setting
from kiosk.intake.easy import easy
from kiosk.intake.entry import Draft, following, layout_of
from kiosk.intake.keyboards import LAYOUTS
from kiosk.intake.session import Session
from kiosk.intake.step import Step
from kiosk.intake.view import Look, Node, Region, Role
from kiosk.intake.words import N_

SHOWN_LANGUAGES = 6
ERRORS = {
    "unreadable": N_("We can't read this code. Please try again, or tap “I have no code”."),
    "name-empty": N_("Please type your name."),
    "phone-length": N_("This number looks too short or too long. Please check it."),
    "date-missing": N_("Please type the day, the month and the year."),
    "date-unreal": N_("That day is not in the calendar. Please check it."),
    "mismatch": N_("That does not match. Please try again."),
}
FIELD_NAMES = {"day": N_("Day"), "month": N_("Month"), "year": N_("Year")}


def question(step: Step, at: Setting) -> tuple[Node, ...]:
    """The question, and under it what it is for, or what went wrong."""
    short = easy(step.id, at)
    asked = short or (bones.heading(at, step.ask),)
    if at.error:
        return (bones.progress(at), *asked, bones.note(at, ERRORS[at.error]))
    explained = () if short else bones.sentence(at, step.explain)
    return (bones.progress(at), *asked, *explained)


def scan(step: Step, at: Setting) -> tuple[Node, ...]:
    """The first screen: languages, the live picture, and the way without a code."""
    place = at.policy.practice.name
    title = replace(bones.own_words("place", at, place, Role.LABEL, Region.TOP), look=Look.OK)
    dead = at.camera == "lost"
    camera = at.node("camera", Role.CAMERA, Region.ANSWER, N_("Picture from the camera"))
    camera = replace(camera, state=("read",) if at.read else (at.camera,), icon="scan-line")
    ask = N_("Hello. Let us check you in.") if dead else step.ask
    explain = N_("The camera is resting. Tap the button to start.") if dead else step.explain
    look = Look.PRIMARY if dead else Look.QUIET
    message = N_("Start without a code") if dead else N_("I have no code")
    return (
        *(() if at.compact else (title,)),
        *_offered(at),
        *_greeting(step.id, at, ask, explain),
        camera,
        bones.button(at, "no-code", message, look, "keyboard"),
    )


def _greeting(step: str, at: Setting, ask: str, explain: str) -> tuple[Node, ...]:
    """Words beside the camera; on a low screen the fewest, so that the camera is on their page."""
    if at.camera != "lost" and not at.error and (short := easy(step, at)):
        return short
    heading = bones.heading(at, ask)
    if at.error:
        note = bones.note(at, ERRORS[at.error])
        return (note,) if at.compact else (heading, note)
    return (heading,) if at.compact else (heading, *bones.sentence(at, explain))


def _offered(at: Setting) -> tuple[Node, ...]:
    """Languages of the first screen: those there is room for, and the way to all of them."""
    tags = at.policy.practice.languages
    large = at.session.modes & set(SIZES)
    if len(tags) == 1 or (at.compact and (at.error or large)):
        return ()
    if not at.compact and len(tags) <= SHOWN_LANGUAGES:
        return languages(at, tags, Region.TOP)
    here = (at.language,) if at.language in tags else ()
    shown = tuple(dict.fromkeys((tags[0], *here, *tags)))[: SHOWN_LANGUAGES - 1]
    more = replace(at.node("languages", Role.CHOICE, Region.TOP), icon="globe")
    more = replace(more, says=at.text(N_("Choose your language")))
    if at.compact:
        return (replace(more, text=" · ".join(at.words.name(tag) for tag in shown)),)
    return (*languages(at, shown, Region.TOP), replace(more, text="…"))


def languages(at: Setting, tags: Sequence[str], region: Region) -> tuple[Node, ...]:
    """Languages by their own names, the current one marked."""
    return tuple(
        Node(
            f"language-{tag}",
            Role.CHOICE,
            region,
            at.words.name(tag),
            lang=tag,
            dir=at.words.direction(tag),
            state=("chosen",) if tag == at.language else (),
        )
        for tag in tags
    )


def date(step: Step, at: Setting) -> tuple[Node, ...]:
    """Three fields in the order people write a date, and one big pad."""
    draft = _draft(at)
    fields = tuple(_date_field(at, draft, i) for i in range(len(draft.names)))
    return (*question(step, at), *fields, *_pad(at, "clear"), *bones.actions(at))


def _draft(at: Setting) -> Draft:
    if at.draft is None:
        raise ValueError("an entry is shown with its draft")
    return at.draft


def _date_field(at: Setting, draft: Draft, i: int) -> Node:
    name = draft.names[i]
    made = at.node(f"field-{name}", Role.FIELD, Region.ANSWER, FIELD_NAMES[name])
    state = ("active",) if i == draft.active else ()
    return replace(made, value=draft.texts[i], state=state, private=True, line=1)


def _pad(at: Setting, corner: str) -> tuple[Node, ...]:
    """A 12-key pad in telephone order (EN 301 549 8.4.1); digits run left to right everywhere."""
    keys = [_key(f"key-{d}", d, 2 + (int(d) - 1) // 3) for d in "123456789"]
    last = {
        "clear": replace(at.node("key-clear", Role.KEY, Region.ANSWER, N_("Clear")), line=5),
        "plus": replace(_key("key-plus", "+", 5), says=at.text(N_("Plus"))),
    }[corner]
    return (*keys, last, _key("key-0", "0", 5), _delete(at, 5))


def _key(id: str, text: str, line: int) -> Node:
    return Node(id, Role.KEY, Region.ANSWER, text, line=line)


def _delete(at: Setting, line: int) -> Node:
    said = at.text(N_("Delete"))
    made = at.node("key-delete", Role.KEY, Region.ANSWER)
    return replace(made, icon="delete", says=said, line=line)


def phone(step: Step, at: Setting) -> tuple[Node, ...]:
    """One line and the pad; a number may start with a plus."""
    draft = _draft(at)
    made = at.node("field-text", Role.FIELD, Region.ANSWER)
    line = replace(made, value=draft.here, state=("active",), private=True, line=1, dir="ltr")
    return (
        *question(step, at),
        replace(line, says=at.text(step.ask)),
        *_pad(at, "plus"),
        *bones.actions(at),
    )


def line(step: Step, at: Setting) -> tuple[Node, ...]:
    """One line of text and the keyboard of its script."""
    draft = _draft(at)
    made = at.node("field-text", Role.FIELD, Region.ANSWER)
    typed = replace(
        made,
        value=draft.here,
        state=("active",),
        private=step.private,
        line=1,
        says=at.text(step.ask),
        dir=layout_of(draft).direction,
    )
    return (*question(step, at), typed, *_keyboard(at, draft), *bones.actions(at))


def _keyboard(at: Setting, draft: Draft) -> tuple[Node, ...]:
    layout = layout_of(draft)
    page = layout.pages[draft.page]
    keys = tuple(
        Node(f"key-{key}", Role.KEY, Region.ANSWER, key, dir=layout.direction, line=2 + row)
        for row, letters in enumerate(page)
        for key in letters.split()
    )
    last = 2 + len(page)
    pages = Node("page", Role.KEY, Region.ANSWER, layout.more, line=last)
    return (
        *keys,
        replace(pages, says=at.text(N_("More letters"))),
        *_scripts(draft, last),
        replace(at.node("key-space", Role.KEY, Region.ANSWER, N_("Space")), line=last),
        _delete(at, last),
    )


def _scripts(draft: Draft, line: int) -> tuple[Node, ...]:
    """The key that leads to the next script, where more than one is offered."""
    name = following(draft)
    if name == draft.layout:
        return ()
    there = LAYOUTS[name]
    return (Node("layout", Role.KEY, Region.ANSWER, there.sign, dir=there.direction, line=line),)


def review(step: Step, at: Setting) -> tuple[Node, ...]:
    """What we know, a line each; a touch on a line changes it."""
    rows = (
        _row(at, "name-to-use", N_("We call you"), "user-round", _text(at.session, "name-to-use")),
        _row(at, "phone", N_("Phone"), "phone", _phone(at)),
    )
    return (*question(step, at), *rows, *bones.actions(at, N_("Yes, all right")))


def _text(session: Session, step: str) -> str:
    return str(session.value(step) or "")


def _phone(at: Setting) -> str:
    """Only the last digits: enough to know one's own number, useless to a neighbour."""
    ends = "".join(ch for ch in _text(at.session, "phone") if ch.isdigit())[-3:]
    return at.text(N_("ends in {digits}"), digits=ends) if ends else at.text(N_("none yet"))


def _row(at: Setting, step: str, message: str, icon: str, value: str) -> Node:
    made = at.node(f"change-{step}", Role.ROW, Region.ANSWER, message)
    return replace(made, value=value, icon=icon, private=True)


def one(step: Step, at: Setting) -> tuple[Node, ...]:
    """A large button for each of a few answers; a touch answers."""
    buttons = tuple(
        replace(
            at.node(f"answer-{option.id}", Role.BUTTON, Region.ANSWER, option.ask),
            look=Look.QUIET,
            icon=option.icon,
        )
        for option in step.options
    )
    return (*question(step, at), *buttons, *bones.actions(at)[:-1])
