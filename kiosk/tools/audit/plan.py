"""What a person does next on a screen, from the first one to the last."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.domain.mode import DEFAULT
from kiosk.intake.view import Node, Role, StepView

BORN = {"day": "14", "month": "03", "year": "1984"}
LETTERS = 2  # of the name to type: enough for anybody who is known by it
GROUPS = ("moving", "company")  # of needs


@dataclass(frozen=True, slots=True)
class Plan:
    """A person's language and mode, and what they press for it."""

    language: str
    mode: str

    def next(self, view: StepView) -> str:
        """Return the id of the node to use next; "" where this person would not know what to do."""
        act = _ACTS.get(view.step)
        return act(self, view) if act else ""

    def welcome(self, view: StepView) -> str:
        """Set language and mode first, then begin without a code."""
        if view.language != self.language:
            ways = (f"language-{self.language}", "languages", "language")
            return next((way for way in ways if view.node(way)), "")
        return "ways" if self.unset(view) else "no-code"

    def unset(self, view: StepView) -> bool:
        """Tell whether the mode is still off."""
        return self.mode != DEFAULT and self.mode not in view.modes

    def languages(self, view: StepView) -> str:
        """Take the own language."""
        return "go-on" if view.language == self.language else f"language-{self.language}"

    def ways(self, view: StepView) -> str:
        """Switch the mode on."""
        return f"way-{self.mode}" if self.unset(view) else "go-on"

    def name(self, view: StepView) -> str:
        """Type the first letters there are."""
        field = view.node("field-text")
        if field is None or len(field.value) >= LETTERS:
            return "next"
        return next((node.id for node in view.nodes if _letter(node)), "")

    def born(self, view: StepView) -> str:
        """Type the next digit of the birth date."""
        for node in view.nodes:
            if node.role is Role.FIELD:
                digits = BORN[node.id.removeprefix("field-")]
                if len(node.value) < len(digits):
                    return f"key-{digits[len(node.value)]}"
        return "next"

    def needs(self, view: StepView) -> str:
        """Choose something in the groups that lead to further questions."""
        wanted = (view.node(f"group-{group}") for group in GROUPS)
        return next((node.id for node in wanted if node and "chosen" not in node.state), "next")

    def group(self, view: StepView) -> str:
        """Choose the first need that is not private."""
        cards = [node for node in view.nodes if node.id.startswith("need-") and not node.private]
        if not cards or any("chosen" in node.state for node in cards):
            return "go-on"
        return cards[0].id

    def one(self, view: StepView) -> str:
        """Give the first answer."""
        return next((node.id for node in view.nodes if node.id.startswith("answer-")), "")


def _letter(node: Node) -> bool:
    return node.role is Role.KEY and len(node.text) == 1 and node.text.isalpha()


_ACTS: Mapping[str, Callable[[Plan, StepView], str]] = {
    "welcome": Plan.welcome,
    "languages": Plan.languages,
    "ways": Plan.ways,
    "name": Plan.name,
    "birth-date": Plan.born,
    "still-right": lambda *_: "next",
    "needs": Plan.needs,
    "group": Plan.group,
    "who": Plan.one,
    "keep-needs": Plan.one,
    "help-told": lambda *_: "go-on",
    "done": lambda *_: "finish",
}
