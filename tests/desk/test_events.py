"""Events over real HTTP: kept once, answered each, and one bad one harms no other."""

from typing import Any
from uuid import UUID

import pytest
import requests

from kiosk.domain.event import (
    BATCH_TYPE,
    AnswersRecorded,
    ArrivalRecorded,
    ArrivalUnmatched,
    HelpRequested,
    IntakeCompleted,
    SessionAbandoned,
)
from kiosk.domain.outcome import Outcome

from .support import Browser, Kiosk, Served, card, cards


def arrived(served: Served, patient: str = "maria") -> ArrivalRecorded:
    return ArrivalRecorded(appointment=served.appointment(patient), outcome=Outcome.IN_TIME)


def test_an_arrival_is_on_the_board_with_who_where_and_how(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    event = kiosk.event(kiosk.session(), arrived(served, "walter"))
    assert kiosk.send(event) == [{"id": str(event.id), "outcome": "accepted", "code": ""}]
    served.clock.move(minutes=31)
    found = card(staff_member.board(), served.appointment("walter"))
    assert found["status"] == "arrived"
    assert (found["name"], found["called"]) == ("Testmann, Walter", "Walter")
    assert (found["waiting_minutes"], found["overdue"]) == (31, True)
    assert (found["how"], found["verified"]) == ("code", "code + birth date")
    assert found["kiosk"] == "Kiosk 1 (door)"
    assert [chip["id"] for chip in found["needs"]] == ["hearing"]
    assert found["arrived_time"] == "12:00"


def test_the_same_event_again_is_a_duplicate_and_the_board_shows_one(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    event = kiosk.event(kiosk.session(), arrived(served))
    kiosk.send(event)
    newer = event.model_copy(update={"clockoffset": 40})
    assert [reply["outcome"] for reply in kiosk.send(event, newer)] == ["duplicate"] * 2
    card(staff_member.board(), served.appointment("maria"))


def test_the_same_id_with_another_body_is_refused(served: Served, kiosk: Kiosk) -> None:
    event = kiosk.event(kiosk.session(), arrived(served))
    kiosk.send(event)
    other = event.model_copy(update={"data": arrived(served, "walter").model_dump(mode="json")})
    assert kiosk.send(other)[0] == {"id": str(event.id), "outcome": "refused", "code": "id-reused"}


def test_one_bad_event_harms_no_other_and_staff_are_told(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    good = kiosk.event(kiosk.session(), arrived(served))
    plain = good.model_dump(mode="json")
    bad: list[Any] = [
        plain | {"id": "0190a8f0-0000-7000-8000-000000000001", "type": "coffee.made"},
        plain | {"id": "0190a8f0-0000-7000-8000-000000000002", "source": "/kiosks/other"},
        plain | {"id": "0190a8f0-0000-7000-8000-000000000003", "data": {"appointment": 7}},
        plain | {"id": "0190a8f0-0000-7000-8000-000000000004", "time": "9999-12-31T23:59:59Z"},
        plain | {"id": "0190a8f0-0000-7000-8000-000000000005", "extra": 1},
        plain | {"id": "0190a8f0-0000-7000-8000-000000000006", "data": _deep(40)},
        plain
        | {
            "id": "0190a8f0-0000-7000-8000-000000000007",
            "type": "status.changed",
            "data": {"appointment": "x", "status": "done"},
        },
        "not an event",
    ]
    replies = kiosk.send(*bad[:4], good, *bad[4:])
    assert [reply["code"] for reply in replies] == [
        "unknown-type",
        "wrong-source",
        "invalid",
        "wrong-time",
        "",
        "invalid",
        "too-deep",
        "staff-only",
        "invalid",
    ]
    assert replies[4]["outcome"] == "accepted"
    assert replies[-1]["id"] == str(UUID(int=0))
    board = staff_member.board()
    assert card(board, served.appointment("maria"))["status"] == "arrived"
    parked = [one for one in board["attention"] if one["kind"] == "parked"]
    assert len(parked) == 8


def _deep(levels: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _ in range(levels):
        found = {"in": found}
    return found


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"nonsense", 400, "not-json"),
        (b"[" * 100_000, 400, "not-json"),
        (b'{"id": 1}', 400, "not-a-batch"),
        (b"[" + b"1," * 100 + b"1]", 400, "too-many"),
        (b'["\xff"]', 400, "not-json"),
        (b"[" + b" " * 1_050_000 + b"]", 413, "too-large"),
    ],
)
def test_a_body_that_is_no_batch_is_refused_with_a_code(
    standing: Served, body: bytes, status: int, code: str
) -> None:
    kiosk = standing.enrol()
    headers = kiosk.headers() | {"Content-Type": BATCH_TYPE}
    answer = requests.post(kiosk.base + "/events", data=body, headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_body_without_a_length_is_cut_off_too(standing: Served) -> None:
    kiosk = standing.enrol()
    headers = kiosk.headers() | {"Content-Type": BATCH_TYPE}
    endless = (b" " * 65536 for _ in range(40))
    answer = requests.post(kiosk.base + "/events", data=endless, headers=headers, timeout=10)
    assert answer.status_code == 413


def test_only_a_batch_of_cloudevents_is_taken(standing: Served) -> None:
    kiosk = standing.enrol()
    assert kiosk.post("/events", []).json()["code"] == "wrong-type"


def test_lone_surrogates_and_nul_are_refused_or_kept_but_never_a_fault(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    session = kiosk.session()
    answers = AnswersRecorded(part="contact", revision=1, answers={"phone": "\x00"})
    event = kiosk.event(session, answers)
    kiosk.send(kiosk.event(session, arrived(served)))
    assert kiosk.send(event)[0]["outcome"] == "accepted"
    raw = event.model_dump_json().replace("\\u0000", "\\ud800")
    raw = raw.replace(str(event.id), "0190a8f0-0000-7000-8000-000000000009")
    headers = kiosk.headers() | {"Content-Type": BATCH_TYPE}
    url = kiosk.base + "/events"
    answer = requests.post(url, data=f"[{raw}]".encode(), headers=headers, timeout=10)
    assert answer.json()[0]["outcome"] == "refused"
    staff_member.board()


def test_answers_before_their_arrival_appear_with_it(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    session = kiosk.session()
    answers = AnswersRecorded(part="contact", revision=1, answers={"phone": "0123"})
    arrival = kiosk.event(session, arrived(served))
    kiosk.send(kiosk.event(session, answers))
    assert card(staff_member.board(), served.appointment("maria"))["answers"] == []
    kiosk.send(arrival)
    found = card(staff_member.board(), served.appointment("maria"))
    assert [(one["question"], one["answer"]) for one in found["answers"]] == [("phone", "0123")]


def test_an_arrival_that_stopped_is_marked_with_its_step(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    session = kiosk.session()
    left = SessionAbandoned(step="name-to-use", reason="idle")
    kiosk.send(kiosk.event(session, arrived(served)), kiosk.event(session, left))
    found = card(staff_member.board(), served.appointment("maria"))
    assert (found["status"], found["unfinished"]) == ("arrived", "name to use")


def test_a_second_kiosk_means_the_same_arrival(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    other = served.enrol("Kiosk 2")
    kiosk.send(kiosk.event(kiosk.session(), arrived(served)))
    served.clock.move(minutes=2)
    assert other.send(other.event(other.session(), arrived(served)))[0]["outcome"] == "accepted"
    found = card(staff_member.board(), served.appointment("maria"))
    assert (found["kiosk"], len(found["sessions"])) == ("Kiosk 1 (door)", 2)
    assert [note["code"] for note in found["notes"]] == ["same-as"]


def test_an_unmatched_person_is_matched_when_pass_and_birth_date_agree(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    body = ArrivalUnmatched.model_validate(
        {"pass_code": served.code_of("maria"), "birth_date": "1984-03-14"}
    )
    kiosk.send(kiosk.event(kiosk.session(), body))
    found = card(staff_member.board(), served.appointment("maria"))
    assert (found["status"], found["verified"]) == ("arrived", "matched at the desk")


def test_a_typed_name_and_birth_date_match_only_one_person(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    sam = {"typed_name": "sam oexample", "birth_date": "1996-02-29"}
    twins = {"typed_name": "alex sample", "birth_date": "1985-05-25"}
    for given in (sam, twins):
        body = ArrivalUnmatched.model_validate(given)
        kiosk.send(kiosk.event(kiosk.session(), body))
    board = staff_member.board()
    assert card(board, served.appointment("sam"))["status"] == "arrived"
    (waiting,) = [one for one in board["attention"] if one["kind"] == "unmatched"]
    assert {one["appointment"] for one in waiting["candidates"][:2]} == {
        served.appointment("alex-1"),
        served.appointment("alex-2"),
    }
    assert waiting["candidates"][0]["fits"] == ["name", "birth date"]


@pytest.mark.parametrize(
    ("patient", "born"),
    [("maria", "1984-03-15"), ("cancelled", "1999-09-19"), ("revoked", "1962-12-12")],
)
def test_what_does_not_agree_waits_for_a_person_who_then_decides(
    served: Served, kiosk: Kiosk, staff_member: Browser, patient: str, born: str
) -> None:
    session = kiosk.session()
    body = ArrivalUnmatched.model_validate(
        {"pass_code": served.code_of(patient), "birth_date": born}
    )
    kiosk.send(kiosk.event(session, body))
    board = staff_member.board()
    assert [one["key"] for one in cards(board, "arrived") if not one["appointment"]] == [
        f"session:{session}"
    ]
    (waiting,) = [one for one in board["attention"] if one["kind"] == "unmatched"]
    match = {"session": waiting["session"], "appointment": served.appointment("maria")}
    assert staff_member.act("match.made", **match).json()["outcome"] == "accepted"
    after = staff_member.board()
    assert card(after, served.appointment("maria"))["status"] == "arrived"
    assert [one for one in after["attention"] if one["kind"] == "unmatched"] == []


def test_a_cancelled_appointment_that_arrived_offline_is_a_conflict(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    offline = arrived(served, "cancelled").model_copy(update={"online": False, "confirmed": False})
    kiosk.send(kiosk.event(kiosk.session(), offline))
    board = staff_member.board()
    found = card(board, served.appointment("cancelled"))
    assert found["status"] == "arrived"
    assert [note["code"] for note in found["notes"]] == ["unconfirmed"]
    assert [one["kind"] for one in board["attention"]] == ["conflict"]


def test_a_call_for_help_is_on_top_until_somebody_goes(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    session = kiosk.session()
    kiosk.send(
        kiosk.event(session, arrived(served)),
        kiosk.event(session, HelpRequested(step="needs", language="ar")),
    )
    served.clock.move(seconds=40)
    board = staff_member.board()
    (call,) = board["helps"]
    assert (call["text"], call["age_seconds"]) == ("Kiosk 1 (door) asks for help", 40)
    assert call["language_text"] == "speaks Arabic"
    assert card(board, served.appointment("maria"))["help"]
    assert staff_member.act("help.acknowledged", event=call["event"]).status_code == 200
    after = staff_member.board()
    assert after["helps"] == []
    assert not card(after, served.appointment("maria"))["help"]


def test_completing_moves_the_visit_to_checked_in(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    session = kiosk.session()
    kiosk.send(kiosk.event(session, arrived(served)), kiosk.event(session, IntakeCompleted()))
    found = [one["appointment"] for one in cards(staff_member.board(), "checked-in")]
    assert found == [served.appointment("maria")]
