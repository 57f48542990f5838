"""The needs: a few groups first, then the needs of one; what follows from them; what was told."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from kiosk.domain.needs import Group, Need, Table
from kiosk.intake import ask, bones
from kiosk.intake.bones import Setting
from kiosk.intake.step import Step
from kiosk.intake.view import Look, Node, Region, Role
from kiosk.intake.words import N_

WHO, KEEP = "who", "keep-needs"  # steps that only some needs lead to
MOST_SAID = 3  # effects on the last screen
_PRIVATE_ICON = "shield"
_BY_SIGHT = {"N-02", "N-03", "N-04"}  # these people are never called by voice alone (access.md)
_CALLED = N_("The staff will know before they call you.")
_BEFORE = Group(id="before", ask=N_("As last time"), icon="list-checks")
_NO_NEWS = {_CALLED, N_("We asked the desk to note this.")}  # beside "We told the staff"


def follow_ups(table: Table, chosen: Set[str], known: Set[str]) -> tuple[str, ...]:
    """Return the ids of the steps that chosen needs lead to.

    What is `known` from the record is kept already; only what is new is asked about.
    """
    needs = [need for need in table.need if need.id in chosen]
    who = any("ask-who" in need.does for need in needs)
    keep = any(need.consent and need.id not in known for need in needs)
    return tuple(step for step, wanted in ((WHO, who), (KEEP, keep)) if wanted)


def by_sight(needs: Iterable[Need]) -> bool:
    """Tell whether somebody must be fetched, not called."""
    return any(need.access in _BY_SIGHT for need in needs)


def needs(step: Step, at: Setting) -> tuple[Node, ...]:
    """Needs on record, and the groups of all others; choosing nothing is as easy as choosing."""
    chosen = [need for need in at.table.need if need.id in at.chosen]
    if by_sight(chosen):
        explain = N_("Pick as many as you like. We will tell the staff before they come to you.")
        step = replace(step, explain=explain)
    go = N_("Next") if at.chosen else N_("Nothing today, thank you")
    return (
        *ask.question(step, at),
        *_before(at),
        *(_group_card(at, group, at.table.of(group.id)) for group in at.table.group),
        *bones.actions(at, go),
    )


def group(at: Setting) -> tuple[Node, ...]:
    """The needs of the group that is open."""
    here = next(group for group in (_BEFORE, *at.table.group) if group.id == at.group)
    inside = _on_record(at) if here is _BEFORE else at.table.of(here.id)
    picture = replace(at.node("picture", Role.PICTURE, Region.WORDS), icon=here.icon)
    return (
        bones.progress(at),
        *((picture,) if "easy-read" in at.session.modes else ()),
        bones.heading(at, here.ask),
        *(_card(at, need) for need in inside),
        bones.button(at, "go-on", N_("Go on"), Look.PRIMARY),
    )


def _on_record(at: Setting) -> Sequence[Need]:
    details = at.session.details
    known = details.needs if details else ()
    return [need for need in at.table.need if need.id in known]


def _before(at: Setting) -> tuple[Node, ...]:
    """What is on record, at hand: one need as itself, several as a group of their own."""
    known = _on_record(at)
    if len(known) < 2:
        return tuple(_card(at, need) for need in known)
    return (_group_card(at, _BEFORE, known),)


def _card(at: Setting, need: Need) -> Node:
    """One need with its icon, marked when chosen."""
    made = at.node(f"need-{need.id}", Role.CHECK, Region.ANSWER, need.ask)
    state = ("chosen",) if need.id in at.chosen else ()
    return replace(made, icon=need.icon, state=state, private=need.private)


def _group_card(at: Setting, group: Group, needs: Iterable[Need]) -> Node:
    """One group, marked when something in it is chosen, with how much that is."""
    inside = [need for need in needs if need.id in at.chosen]
    made = at.node(f"group-{group.id}", Role.CHECK, Region.ANSWER, group.ask)
    return replace(
        made,
        icon=group.icon,
        state=("chosen",) if inside else (),
        value=str(len(inside)) if inside else "",
        private=any(need.private for need in inside),
    )


def stated(at: Setting) -> Sequence[Need]:
    """Return the needs of this person: as stated now, else as on record; in the table's order."""
    said = at.session.value("needs")
    if not isinstance(said, tuple):
        return _on_record(at)
    return [need for need in at.table.need if need.id in said]


def told(at: Setting) -> tuple[Node, ...]:
    """What staff were told just now; nothing of it is said aloud, and private needs have no name
    here (access.md, N-D).
    """
    cards = stated(at) if at.session.answered("needs") else ()
    if not cards:
        return ()
    named = tuple(
        _told(at, f"told-{need.id}", need.ask, need.icon) for need in cards if not need.private
    )
    hidden = any(need.private for need in cards)
    neutral = N_("What you told us in private")
    unnamed = (_told(at, "told-private", neutral, _PRIVATE_ICON),) if hidden else ()
    title = at.node("told", Role.LABEL, Region.ANSWER, N_("We told the staff:"))
    return (title, *named, *unnamed)


def _told(at: Setting, id: str, message: str, icon: str) -> Node:
    made = at.node(id, Role.NOTE, Region.ANSWER, message)
    return replace(made, icon=icon, look=Look.WARM, private=True)


def effects(at: Setting) -> tuple[Node, ...]:
    """What happens for this person now: few sentences, each once, the most important first."""
    cards = stated(at) if at.session.answered("needs") else ()
    voiceless = by_sight(cards)
    said: dict[str, Need] = {}
    for need in sorted(cards, key=_weight):
        if need.effect and not (voiceless and need.effect == _CALLED):
            said.setdefault(need.effect, need)
    return tuple(
        replace(
            at.node(f"effect-{need.id}", Role.NOTE, Region.WORDS, effect),
            icon=_PRIVATE_ICON if need.private else need.icon,
            look=Look.WARM,
            private=need.private,
        )
        for effect, need in list(said.items())[:MOST_SAID]
    )


def apart(at: Setting) -> bool:
    """Tell whether this person should not sit among others."""
    return any("keep-apart" in need.does for need in stated(at))


def _weight(need: Need) -> int:
    if {"keep-apart", "call-staff"} & set(need.does):
        return 0
    return 2 if need.effect in _NO_NEWS else 1
