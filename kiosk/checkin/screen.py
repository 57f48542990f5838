"""Which screen a state shows. Pure: state in, StepView out."""

from kiosk.checkin.state import Turn
from kiosk.domain.mode import SIZES
from kiosk.intake import present
from kiosk.intake.bones import Setting
from kiosk.intake.flow import progress, step_of
from kiosk.intake.step import Kind
from kiosk.intake.view import StepView

BUSY_AFTER = 0.4  # s: then "one moment" shows


def show(turn: Turn, before: StepView | None) -> StepView:
    """Make the screen: what stands before any step first; while waiting briefly, the one before."""
    state, setting = turn.state, _setting(turn)
    if state.refused and not state.started:
        return present.overlay("out-of-order", setting)
    if state.overlay:
        return present.overlay(state.overlay, setting)
    if state.read:
        return present.present(step_of(turn.practice.flow, "welcome"), setting)
    if state.awaits:
        long = turn.at.mono - state.since >= BUSY_AFTER
        return present.overlay("one-moment", setting) if long or before is None else before
    step = turn.step
    if state.group and step and step.kind is Kind.CHOICE:
        return present.group(setting)
    return present.present(step, setting) if step else present.overlay("fault", setting)


def _setting(turn: Turn) -> Setting:
    state, practice = turn.state, turn.practice
    size = next((size for size in SIZES if size in state.session.modes), "")
    return Setting(
        session=state.session,
        words=practice.words,
        policy=practice.policy,
        table=practice.table,
        now=turn.at.wall,
        progress=progress(practice.flow, state.session),
        draft=state.draft,
        chosen=state.chosen,
        group=state.group,
        error=state.error,
        camera=state.camera,
        online=state.online,
        read=state.read,
        compact=size in practice.compact,
        offered=practice.offers(state.session.language),
        seconds=state.quiet.left(turn.at.mono, practice.policy.practice.idle),
    )
