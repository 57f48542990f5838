"""What a press of a node means. Pure: a turn in, a turn out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from kiosk.checkin import arrive, typing
from kiosk.checkin.facts import completed, help_call, of_needs, of_part, part_finished, stated
from kiosk.checkin.state import Turn
from kiosk.checkin.wipe import close, start_over
from kiosk.domain.event import Data, NeedStated
from kiosk.domain.mode import SPEECH, larger, switched, with_
from kiosk.domain.needs import Need
from kiosk.intake import entry
from kiosk.intake.flow import current
from kiosk.intake.flows import TYPED
from kiosk.intake.needs import follow_ups
from kiosk.intake.session import Value
from kiosk.intake.step import Input, Kind, Step

Press = Callable[[Turn], Turn]
_CALL_AGAIN = 120.0  # s: pressing Get help again before that is the same call


def press(turn: Turn, node: str) -> Turn:
    """Return the turn after a node was activated; nodes that mean nothing here change nothing."""
    plain = _PLAIN.get(node)
    if plain:
        return plain(turn)
    family, _, rest = node.partition("-")
    handler = _FAMILY.get(family)
    return handler(turn, node, rest) if handler else turn


def _language(turn: Turn, _: str, tag: str) -> Turn:
    session = replace(turn.session, language=tag)
    return turn.adapt(session, chose_language=True, overlay="")


def _key(turn: Turn, node: str, _: str) -> Turn:
    if turn.state.draft is None or turn.step is None:
        return turn
    return turn.but(draft=typing.press(turn.state.draft, node, turn.step.input), error="")


def _field(turn: Turn, _: str, name: str) -> Turn:
    draft = turn.state.draft
    if draft is None or name not in draft.names or turn.step is None:
        return turn
    return turn.but(draft=entry.focus(draft, name)) if turn.step.input is Input.DATE else turn


def _need(turn: Turn, _: str, need: str) -> Turn:
    chosen = turn.state.chosen ^ {need}
    before, brought = turn.session.modes, turn.state.brought
    table = turn.practice.table.needs
    wanted = {mode for one in chosen for mode in table[one].modes}
    new = table[need].modes if need in chosen else ()
    now = with_(before - (brought - wanted), *new)
    turn = modes(turn, now).but(chosen=chosen, brought=(brought & wanted) | (now - before))
    return _does(turn, table[need]) if need in chosen else turn


def _does(turn: Turn, need: Need) -> Turn:
    """Do at once what a need asks the kiosk for; what it asks later is a step of the flow."""
    if "call-staff" in need.does:  # who comes must know how to speak to this person
        said = NeedStated(need=need.id, appointment=turn.session.appointment)
        turn = _help(turn.record(said).but(told=turn.state.told | {need.id}))
    languages = turn.practice.policy.practice.languages
    if "pick-language" in need.does and len(languages) > 1:
        turn = turn.but(overlay="languages")
    return turn


def _group(turn: Turn, _: str, group: str) -> Turn:
    return turn.but(group=group)


def _go_on(turn: Turn) -> Turn:
    """Close what stands before the step: an overlay first, then an open group."""
    return turn.but(overlay="") if turn.state.overlay else turn.but(group="")


def _change(turn: Turn, _: str, step: str) -> Turn:
    return turn.go(turn.session.reopen(step))


def _help(turn: Turn) -> Turn:
    step, at = turn.state.called
    if step != turn.step_id or turn.at.mono - at > _CALL_AGAIN:
        turn = turn.record(help_call(turn, "asked")).but(called=(turn.step_id, turn.at.mono))
    return turn.but(overlay="help-told")


def _bigger(turn: Turn) -> Turn:
    return modes(turn, larger(turn.session.modes))


def _way(turn: Turn, _: str, mode: str) -> Turn:
    return modes(turn, switched(turn.session.modes, mode))


def modes(turn: Turn, wanted: frozenset[str]) -> Turn:
    """Set the modes; what the person sets is theirs, whatever need brought it before."""
    session = replace(turn.session, modes=wanted)
    return turn.but(session=session, brought=turn.state.brought & wanted)


def _silent(turn: Turn) -> Turn:
    return modes(turn, turn.session.modes - set(SPEECH)).but(overlay="")


def _no_code(turn: Turn) -> Turn:
    begun = arrive.begin(turn, "typed")
    return begun.go(begun.session.answer("welcome", TYPED))


def _back(turn: Turn) -> Turn:
    before = turn.session.back()
    return turn.go(before) if before.answers or before.identity else start_over(turn)


def _next(turn: Turn) -> Turn:
    step = turn.step
    if step is None:
        return turn
    value = _given(turn, step)
    error = "date-missing" if value is None else step.check(value)
    if error or value is None:
        return turn.but(error=error or "")
    return _answered(turn, step, value)


def _given(turn: Turn, step: Step) -> Value | None:
    """Return what the screen holds as this step's answer; None for a date that is not whole."""
    state, draft = turn.state, turn.state.draft
    if step.kind is Kind.CHOICE:
        return tuple(need for need in turn.practice.table.needs if need in state.chosen)
    if step.kind is not Kind.ENTRY or draft is None:
        return "yes"
    if step.input is not Input.DATE:
        return draft.here.strip()
    return (entry.as_date(draft, _today(turn)) or "") if draft.full else None


def _today(turn: Turn) -> date:
    """The practice's date: a child born this morning is welcome, too."""
    return turn.at.wall.astimezone(ZoneInfo(turn.practice.policy.practice.timezone)).date()


def _answer(turn: Turn, _: str, option: str) -> Turn:
    step = turn.step
    offered = step and any(one.id == option for one in step.options)
    return _answered(turn, step, option) if step and offered else turn


def _answered(turn: Turn, step: Step, value: Value) -> Turn:
    session = turn.session.answer(step.id, value, _leads_to(turn, step))
    if step.id == "birth-date":
        return arrive.ask(turn.but(session=session, error=""))
    onward = turn.go(session)
    if step.id == "needs":
        onward = _needs_told(onward)
    if not part_finished(turn.practice.flow, session, step):
        return onward
    return _part_done(onward, step.part)


def _leads_to(turn: Turn, step: Step) -> tuple[str, ...]:
    """The further steps that the chosen needs bring; none for other questions."""
    if step.kind is not Kind.CHOICE:
        return ()
    details = turn.session.details
    known = frozenset(details.needs if details else ())
    return follow_ups(turn.practice.table, turn.state.chosen, known)


def _needs_told(turn: Turn) -> Turn:
    """Staff hear of needs at once: who leaves at a later question is still helped today."""
    facts = of_needs(turn.session, turn.state.told)
    turn = turn.but(told=turn.state.told | stated(turn.session))
    return turn.record(*facts) if facts else turn


def _part_done(turn: Turn, part: str) -> Turn:
    revision = turn.state.revisions.count(part) + 1
    facts: tuple[Data, ...] = (of_part(turn.practice.flow, turn.session, part, revision),)
    last = current(turn.practice.flow, turn.session)
    if last and last.id == "done":
        facts = (*facts, completed(turn.session))
        turn = turn.but(complete=True)
    return turn.but(revisions=(*turn.state.revisions, part)).commit(*facts)


_PLAIN: Mapping[str, Press] = {
    "help": _help,
    "text-size": _bigger,
    "ways": lambda turn: turn.but(overlay="ways"),
    "plain": lambda turn: modes(turn, frozenset()),
    "loudspeaker": lambda turn: turn.but(overlay=""),
    "silent": _silent,
    "language": lambda turn: turn.but(overlay="languages"),
    "languages": lambda turn: turn.but(overlay="languages"),
    "go-on": _go_on,
    "stay": lambda turn: turn.but(overlay=""),
    "leave": lambda turn: close(turn, "left"),
    "finish": lambda turn: close(turn, "help" if not turn.session.arrives else "left"),
    "again": start_over,
    "no-code": _no_code,
    "back": _back,
    "next": _next,
    "page": lambda turn: _key(turn, "page", ""),
    "layout": lambda turn: _key(turn, "layout", ""),
}
_FAMILY: Mapping[str, Callable[[Turn, str, str], Turn]] = {
    "language": _language,
    "key": _key,
    "field": _field,
    "need": _need,
    "group": _group,
    "answer": _answer,
    "change": _change,
    "way": _way,
}
