"""Everything an object holds on to, searched for what must not be there."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from types import CellType, FunctionType, MappingProxyType, ModuleType

_OPAQUE = (type, ModuleType, str, bytes, int, float)


def reachable(root: object) -> Iterator[object]:
    """Walk every object that `root` holds on to: attributes, slots, items, closures."""
    seen: set[int] = set()
    queue = [root]
    while queue:
        thing = queue.pop()
        if id(thing) not in seen:
            seen.add(id(thing))
            yield thing
            queue += _held(thing)


def _held(thing: object) -> list[object]:
    if isinstance(thing, _OPAQUE):
        return []
    if isinstance(thing, Mapping | MappingProxyType):
        return [*thing.keys(), *thing.values()]
    if isinstance(thing, list | tuple | AbstractSet):
        return list(thing)
    if isinstance(thing, FunctionType):
        cells: tuple[CellType, ...] = thing.__closure__ or ()
        return [cell.cell_contents for cell in cells]
    held = list(getattr(thing, "__dict__", {}).values())
    for kind in type(thing).__mro__:
        held += [getattr(thing, name, None) for name in getattr(kind, "__slots__", ())]
    return held


def texts(root: object) -> list[str]:
    """Return every text that can be reached, and every value that prints as one person's."""
    return [
        str(thing) for thing in reachable(root) if isinstance(thing, str | bytes) or _dated(thing)
    ]


def _dated(thing: object) -> bool:
    return hasattr(thing, "isoformat")
