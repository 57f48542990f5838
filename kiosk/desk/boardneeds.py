"""Needs on a card of the live board: what to do now, and whether it is done. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from kiosk.desk.boardmodels import Chip
from kiosk.desk.fold import Visit
from kiosk.domain.needs import Need

Clock = Callable[[datetime], str]


def chips(
    record: Iterable[str], visit: Visit, needs: Mapping[str, Need], clock: Clock
) -> tuple[Chip, ...]:
    """Return needs on record and stated now, without those taken back, in the table's order."""
    wanted = dict.fromkeys(record, "")
    for one in visit.needs:
        if one.stated:
            wanted[one.need] = one.note
        else:
            wanted.pop(one.need, None)
    met = {
        one.need: f"met {clock(one.at)}, {one.source.removeprefix('/staff/')}" for one in visit.met
    }
    return tuple(
        _chip(id_, needs.get(id_)).model_copy(update={"note": wanted[id_], "met": met.get(id_, "")})
        for id_ in sorted(wanted, key=_place(needs))
    )


def _place(needs: Mapping[str, Need]) -> Callable[[str], int]:
    places = {id_: place for place, id_ in enumerate(needs)}
    return lambda id_: places.get(id_, len(places))


def _chip(id_: str, need: Need | None) -> Chip:
    """Make the chip; a need of a newer table, or of another one, is shown by its name."""
    if need is None:
        return Chip(id=id_, text=id_.replace("-", " ").replace("_", " "), icon="info")
    return Chip(id=id_, text=need.staff, icon=need.icon, act=need.act, private=need.private)
