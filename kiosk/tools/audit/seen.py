"""One screen as it is arranged: a view, all its pages on one profile, and a measure of words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.intake.view import StepView
from kiosk.tools.audit.found import Breach
from kiosk.ui.arrange import arrange
from kiosk.ui.pieces import Layout, Measure, Placed, Text
from kiosk.ui.profile import Profile

SLACK = 0.05  # mm: less than a quarter of any pixel


@dataclass(frozen=True, slots=True)
class Seen:
    """One screen on one profile: its view and all its pages."""

    view: StepView
    pages: Sequence[Layout]
    profile: Profile
    measure: Measure

    @property
    def panel(self) -> bool:
        """Tell whether it is the 7-inch panel, which has smaller keys."""
        return self.profile.name == "panel-7"


def seen(view: StepView, profile: Profile, measure: Measure) -> Seen:
    """Arrange every page of a view."""
    first = arrange(view, profile, measure)
    more = [arrange(view, profile, measure, page) for page in range(1, first.pages)]
    return Seen(view, [first, *more], profile, measure)


def each(one: Seen) -> Iterator[tuple[int, Placed]]:
    """Yield every node of every page with the page's number."""
    for number, page in enumerate(one.pages):
        for placed in page.placed:
            yield number, placed


def texts(placed: Placed) -> list[Text]:
    """Return the words a node is drawn with."""
    return [piece for piece in placed.pieces if isinstance(piece, Text) and piece.text]


def breach(rule: str, check: str, number: int, placed: Placed, said: str) -> Breach:
    """Return a breach at a node; `said` goes on after its id."""
    return Breach(rule, check, f"{placed.node.id} {said}", placed.node.id, number, placed.box)
