"""Play a journey without a screen: presses go straight to CheckIn, everything else is real."""

from collections.abc import Callable, Mapping
from datetime import date

from kiosk.desk.boardmodels import BoardState, Card
from kiosk.domain.event import Event
from kiosk.intake.view import Role

from .journey import EventRow, Journey, Staff, person
from .lobby import Lobby

_TURNS = ("page", "page", "page", "layout") * 4
_KEYS = {" ": "key-space", "+": "key-plus"}
_LANGUAGE = "language"


class Player:
    """Plays one journey in a lobby, word by word; a step that does not hold fails the test."""

    def __init__(self, journey: Journey, lobby: Lobby, *, own: bool = True) -> None:
        self.journey, self.lobby = journey, lobby
        self.own = own  # False where it is played again in a language that is not its own
        self.english = journey.language in {"", "en"}
        self._do: Mapping[str, Callable[[str], None]] = {
            "present": lambda who: lobby.scan(lobby.pass_of(who or journey.patient)),
            "show": lobby.scan,
            "press": self._press,
            "type": self._type,
            "born": lambda who: self._date(person(who or journey.patient).patient.birth_date),
            "date": lambda text: self._date(date.fromisoformat(text)),
            "see": self._see,
            "say": self._say,
            "find": lambda node: self._has(node, True),
            "miss": lambda node: self._has(node, False),
            "mode": self._mode,
            "lang": self._lang,
            "wait": lambda seconds: lobby.wait(float(seconds)),
            "link": lambda word: lobby.link(word == "on"),
            "disk": self._disk,
        }

    def play(self) -> None:
        """Do everything the script says."""
        self._prepare()
        for number, (word, rest) in enumerate(self.journey.lines(), 1):
            self._where = f"{self.journey.id}, line {number}: {word} {rest}"
            self._do[word](rest)

    def _prepare(self) -> None:
        self._where = f"{self.journey.id}, language and modes"
        if self.journey.language:
            name = f"language-{self.journey.language}"
            if self.lobby.view.node(name) is None:  # there is no room for all on the first screen
                self._press("language")
            self._press(name)
        for mode in self.journey.modes:
            self._press("ways")
            self._press(f"way-{mode}")
            self._press("go-on")
            assert mode in self.lobby.view.modes, self._where

    def _press(self, node: str) -> None:
        shown = self.lobby.view.node(node)
        assert shown is not None, f"{self._where}: not on {self.lobby.view.step}"
        assert shown.focusable, f"{self._where}: cannot be touched"
        self.lobby.press(node)

    def _type(self, text: str) -> None:
        for letter in text:
            key = _KEYS.get(letter, f"key-{letter}")
            for turn in _TURNS:
                if self.lobby.view.node(key):
                    break
                self._press(turn)
            self._press(key)

    def _date(self, on: date | None) -> None:
        assert on is not None, self._where
        parts = {"day": f"{on.day:02}", "month": f"{on.month:02}", "year": f"{on.year:04}"}
        fields = [node.id for node in self.lobby.view.nodes if node.role is Role.FIELD]
        self._type("".join(parts[id_.removeprefix("field-")] for id_ in fields))

    def _see(self, step: str) -> None:
        assert self.lobby.view.step == step, self._where

    def _say(self, rest: str) -> None:
        node, _, text = rest.partition(" ")
        self._has(node, True)
        shown = self.lobby.view.node(node)
        if self.english and shown is not None:
            assert text in {shown.text, shown.value}, f"{self._where}, but: {shown.spoken}"

    def _mode(self, name: str) -> None:
        assert name in self.lobby.view.modes, self._where

    def _lang(self, tag: str) -> None:
        assert self.lobby.view.language == tag or not self.own, self._where

    def _has(self, node: str, wanted: bool) -> None:
        assert (self.lobby.view.node(node) is not None) == wanted, self._where

    def _disk(self, word: str) -> None:
        self.lobby.disk.full = word == "full"


def difference(journey: Journey, lobby: Lobby) -> list[tuple[EventRow, EventRow]]:
    """Return where recorded and expected events differ, both seen by the expected fields."""
    found = [_said(event) for event in lobby.recorded()]
    wanted = [_wanted(row, journey) for row in journey.events]
    missing: EventRow = {"type": "nothing"}
    longest = max(len(found), len(wanted))
    found += [missing] * (longest - len(found))
    wanted += [missing] * (longest - len(wanted))
    pairs = [(_seen(row, by), by) for row, by in zip(found, wanted, strict=True)]
    return [(seen, row) for seen, row in pairs if seen != row]


def _said(event: Event) -> EventRow:
    """An event by its fields; an appointment is named by its patient."""
    data = dict(event.data)
    if data.get("appointment"):
        data["appointment"] = str(data["appointment"]).partition(".")[0]
    if data.get("pass_code"):
        data["pass_code"] = "shown"
    assert event.subject.version == 7
    return {"type": event.type} | data  # type: ignore[return-value]


def _wanted(row: EventRow, journey: Journey) -> EventRow:
    """In another language than the journey was written for, its name is not looked at."""
    if not journey.language:
        return row
    return {name: value for name, value in row.items() if name != _LANGUAGE}


def _seen(row: EventRow, by: EventRow) -> EventRow:
    return {name: value for name, value in row.items() if name in by}


def staff_sees(journey: Journey, lobby: Lobby, staff: Staff) -> dict[str, object]:
    """Return what the board shows, by the fields that are looked at."""
    board = lobby.board()
    every = _of_board(board) | _of_card(board, lobby.appointment(journey.patient))
    return {name: every[name] for name, value in staff if value is not None}


def _of_board(board: BoardState) -> dict[str, object]:
    return {
        "helps": tuple(call.reason for call in board.helps),
        "attention": tuple(sorted(one.kind for one in board.attention)),
    }


def _of_card(board: BoardState, appointment: str) -> dict[str, object]:
    found = [
        (column.id, card)
        for column in board.columns
        for card in column.cards
        if card.appointment == appointment
    ]
    if not found:
        return {}
    ((column_id, card),) = found
    return {"column": column_id} | _fields(card)


def _fields(card: Card) -> dict[str, object]:
    return {
        "finished": card.finished,
        "unfinished": card.unfinished,
        "needs": tuple(chip.id for chip in card.needs),
        "notes": tuple(note.code for note in card.notes),
        "how": card.how,
        "verified": card.verified,
        "language": card.language,
    }
