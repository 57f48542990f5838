"""The rules of arranged screens, by name: each yields what breaks it."""

from collections.abc import Callable, Iterator

from kiosk.tools.audit import fits, order
from kiosk.tools.audit.found import Breach
from kiosk.tools.audit.seen import Seen

Rule = Callable[[Seen], Iterator[Breach]]

RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        fits.overlap,
        fits.outside,
        fits.clipped,
        fits.tiny,
        fits.broken,
        fits.small,
        fits.close,
        order.lost,
        order.stuck,
        order.one_way,
        order.unordered,
        order.backward,
        order.bar,
        order.unmirrored,
        order.high,
    )
}
