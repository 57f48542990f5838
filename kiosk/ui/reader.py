"""What a voice says of a screen: utterances made from the same nodes that are drawn."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from kiosk.devices.speech import Level, Utterance
from kiosk.i18n.spoken import spoken
from kiosk.intake import say
from kiosk.intake.view import Node, Role, StepView
from kiosk.intake.words import Words


class Mouth(Protocol):
    """What speaks; `devices.speech.Speaker` is one."""

    aloud: bool

    @property
    def paused(self) -> bool:
        """Tell whether there is something to go on with."""
        ...

    def speaks(self, language: str) -> bool:
        """Tell whether a language can be spoken."""
        ...

    def say(self, utterances: Sequence[Utterance]) -> None:
        """Say these instead of what is being said."""
        ...

    def stop(self) -> None:
        """Be silent."""
        ...

    def pause(self) -> None:
        """Be silent until `resume`."""
        ...

    def resume(self) -> None:
        """Go on."""
        ...

    def rate(self, step: int) -> Level:
        """Change the speed by a step."""
        ...

    def volume(self, step: int) -> Level:
        """Change the volume by a step."""
        ...

    def reset(self) -> None:
        """Forget everything of this person."""
        ...


class Reader:
    """Turns nodes into utterances; says nothing itself."""

    def __init__(self, words: Words, mouth: Mouth | None) -> None:
        self._words, self._mouth = words, mouth

    def plain(self, view: StepView, message: str, **values: int) -> Utterance:
        """Return a sentence that belongs to no node."""
        return Utterance("", self._words.text(message, view.language, **values), view.language)

    def nodes(self, view: StepView, ids: Iterable[str]) -> list[Utterance]:
        """Return everything to say of some nodes; private parts have something else instead."""
        hidden = self._words.text(say.PRIVATE, view.language)
        return [
            self._one(view, node, phrase, hidden if private else None)
            for node in map(view.node, ids)
            if node
            for phrase, private in say.phrases(view, node, self._words)
        ]

    def names(self, view: StepView, ids: Iterable[str]) -> list[Utterance]:
        """Return what is read when a screen appears: of a list of choices only their names."""
        every = self.nodes(view, ids)
        firsts = {said.id: said for said in reversed(every)}
        chosen = {node.id for node in view.nodes if node.role is Role.CHOICE}
        return [said for said in every if said.id not in chosen or said is firsts[said.id]]

    def changed(self, before: StepView, view: StepView, at: str) -> list[Utterance]:
        """Return what is new on the same screen: an error with its field, what was typed, a state.

        `at` is the node that has the focus; it keeps it while somebody types.
        """
        new = [n for n in view.nodes if n != before.node(n.id) and n.spoken]
        if errors := [n.id for n in new if n.role is Role.NOTE]:
            return self.nodes(view, [*errors, *(n.id for n in view.nodes if "active" in n.state)])
        if fields := [n for n in new if n.role is Role.FIELD]:
            typed = (said for node in fields for said in self._typed(before, view, node))
            return [replace(said, id=at) for said in typed]
        return self.nodes(view, [at]) if any(n.id == at for n in new) else []

    def _typed(self, before: StepView, view: StepView, node: Node) -> Iterator[Utterance]:
        """Say the character that was typed, and the field that takes the next one."""
        was = before.node(node.id)
        value = was.value if was else ""
        star = self._words.text(say.STAR, view.language)
        if len(node.value) > len(value):
            yield self._one(view, node, node.value[-1], star if node.private else None)
        elif node.value != value:
            yield from self.nodes(view, [node.id])
        elif "active" in node.state and node.text:
            yield self._one(view, node, node.text, None)

    def _one(self, view: StepView, node: Node, text: str, instead: str | None) -> Utterance:
        """A name is said in its own language where there is a voice for it (EN 5.1.3.14)."""
        there = bool(self._mouth and self._mouth.speaks(node.lang))
        language = node.lang if there else view.language
        said = spoken(text, language)
        return Utterance(node.id, said, language, instead is not None, instead or "")
