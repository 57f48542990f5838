"""What keys reach and a voice says on one screen: everything, in its language, nothing private."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kiosk.devices.speech import Utterance
from kiosk.domain.action import Action
from kiosk.i18n.spoken import spoken
from kiosk.intake import say
from kiosk.intake.view import Node, Role, StepView
from kiosk.intake.words import Words
from kiosk.tools.audit.ears import Listener
from kiosk.tools.audit.found import Breach
from kiosk.ui.page import EARLIER, MORE

_TURNS = {MORE, EARLIER}  # pages turn by themselves when the focus leaves them
_STATES = {"chosen", "on"}
_CHOSEN = {Role.CHECK, Role.CHOICE}
_LABELLED = {Role.FIELD, Role.ROW, Role.FACT, *_CHOSEN}  # what they are called is no secret
_LEAST_PRIVATE = 3  # characters that tell something


@dataclass(frozen=True, slots=True)
class Heard:
    """One screen gone through by keys from where it begins until the focus is there again."""

    view: StepView
    words: Words
    stops: Sequence[str]  # where the focus was, in order
    said: Sequence[Utterance]
    room: Sequence[str] = field(repr=False)  # what others could hear
    drawn: Callable[[str], Sequence[str]]  # a node's id → the texts it is drawn with
    back: Sequence[str] = ()  # the same way, by the key that goes back
    apart: Sequence[str] = ()  # nodes that were said while another had the focus
    ringed: bool = True  # the ring was always where the focus was
    silenced: bool = True  # every key stopped what was said


def listen(
    view: StepView,
    words: Words,
    speaking: Callable[[str], bool],
    drawn: Callable[[str], Sequence[str]],
) -> Heard:
    """Go through a screen by keys, forth and back."""
    person = Listener(words, speaking)
    person.sees(view)
    said, room = list(person.mouth.said), list(person.mouth.room)
    stops: list[str] = []
    back: list[str] = []
    ringed = silenced = True
    for action, way in ((Action.NEXT, stops), (Action.PREVIOUS, back)):
        for _ in range(person.hands.count):
            before = person.mouth.stops
            person.press(action)
            way.append(person.hands.focus)
            said += person.mouth.said
            room += person.mouth.room
            ringed &= person.ringed == person.hands.focus
            silenced &= person.mouth.stops > before
    apart = [one.id for one in person.mouth.apart]
    return Heard(view, words, stops, said, room, drawn, back, apart, ringed, silenced)


def unreached(one: Heard) -> Iterator[Breach]:
    """Keys come to everything that can be used, and leave it again both ways."""
    for node in one.view.nodes:
        if node.focusable and node.id not in _TURNS and node.id not in one.stops:
            yield _node("O-02", "unreached", node, "is reached by no key")
    if len(set(one.stops)) != len(one.stops) or set(one.stops) != set(one.back):
        yield Breach("O-02", "unreached", "keys go another way back than forth")
    if not one.ringed:
        yield Breach("D-13", "unreached", "the ring is not where the focus is")


def unspoken(one: Heard) -> Iterator[Breach]:
    """Every word that is drawn is said, by its own node; what can be used has a name."""
    if not _aloud(one):
        return
    told = {node.id: _joined(one.said, node.id) for node in one.view.nodes}
    for node in one.view.nodes:
        if node.id in _TURNS or node.role in {Role.PROGRESS, Role.CAMERA}:
            continue
        shown = one.drawn(node.id)
        for text in filter(None, (node.says, node.value)) if node.says else shown:
            if not (plain(text) in plain(told[node.id]) or _said(text, node) in told[node.id]):
                yield _node("S-01", "unspoken", node, f"shows “{text}” and does not say it")
        if node.focusable and not told[node.id].strip():
            yield _node("S-02", "unspoken", node, "has no name to say")


def _said(text: str, node: Node) -> str:
    return spoken(text, node.lang)


def plain(text: str) -> str:
    """Return the letters and digits of a text alone, as they are compared."""
    return "".join(ch for ch in text.casefold() if ch.isalnum())


def _joined(said: Sequence[Utterance], node: str) -> str:
    return " ".join(one.text for one in said if one.id == node)


def _aloud(one: Heard) -> bool:
    return "read-aloud" in one.view.modes


def blurted(one: Heard) -> Iterator[Breach]:
    """Nothing private is said for all to hear: no value, and not what is chosen."""
    if "private-aloud" in one.view.modes:
        return
    for node in filter(_private, one.view.nodes):
        for text in (node.value, "" if node.role in _LABELLED else node.text):
            secret = plain(text)
            shared = any(plain(other.text) == secret for other in one.view.nodes if _open(other))
            public = shared or len(secret) < _LEAST_PRIVATE
            if not public and any(secret in plain(heard) for heard in one.room):
                yield _node("S-09", "blurted", node, "is private and was said aloud")
        if node.role in _CHOSEN and _open_words(one, node) != _open_words(one, _turned(node)):
            yield _node("S-09", "blurted", node, "tells everybody whether it is chosen")


def _private(node: Node) -> bool:
    return node.private


def _open_words(one: Heard, node: Node) -> list[str]:
    return [said for said, private in say.phrases(one.view, node, one.words) if not private]


def _turned(node: Node) -> Node:
    """The same thing to choose, chosen where it was not and the other way round."""
    return replace(node, state=() if "chosen" in node.state else ("chosen",))


def _open(node: Node) -> bool:
    return not node.private


def foreign(one: Heard) -> Iterator[Breach]:
    """Everything is said in the language it is written in, or the screen's; never in a third."""
    written = {node.id: node.lang for node in one.view.nodes}
    for said in one.said:
        if said.language not in {one.view.language, written.get(said.id)}:
            text = f"{said.id} is said in {said.language}"
            yield Breach("S-07", "foreign", text, said.id)


def parted(one: Heard) -> Iterator[Breach]:
    """What is said has the focus, and a key ends what is said."""
    for id_ in dict.fromkeys(one.apart):
        yield Breach("S-06", "parted", f"{id_} is said while the focus is elsewhere", id_)
    if not one.silenced:
        yield Breach("S-04", "parted", "a key was pressed and the voice went on")


def stateless(one: Heard) -> Iterator[Breach]:
    """What is on or chosen says so."""
    if not _aloud(one):
        return
    for node in one.view.nodes:
        if node.focusable and _STATES & set(node.state):
            off = replace(node, state=tuple(s for s in node.state if s not in _STATES))
            with_, without = (say.phrases(one.view, n, one.words) for n in (node, off))
            if with_ == without:
                yield _node("O-16", "stateless", node, "does not say that it is on")


def alike(one: Heard) -> Iterator[Breach]:
    """No two things that can be used are called the same: ears cannot tell them apart."""
    names: dict[tuple[tuple[str, bool], ...], str] = {}
    for node in one.view.nodes:
        if node.focusable and node.id not in _TURNS and not node.private:
            other = names.setdefault(say.phrases(one.view, node, one.words), node.id)
            if other != node.id:
                yield _node("S-02", "alike", node, f"is called as {other} is")


def _node(rule: str, check: str, node: Node, said: str) -> Breach:
    return Breach(rule, check, f"{node.id} {said}", node.id)


CHECKS: dict[str, Callable[[Heard], Iterator[Breach]]] = {
    check.__name__: check
    for check in (unreached, unspoken, blurted, foreign, parted, stateless, alike)
}
