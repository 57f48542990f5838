import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from kiosk.domain.event import Event, IntakeCompleted, Reply, SessionAbandoned
from kiosk.errors import StorageError

from .hands import CANARY, NOON, SESSION, HandClock, answers, arrival, outbox_at, started


def _reply(id: UUID, outcome: str = "accepted", code: str = "") -> Reply:
    return Reply.model_validate({"id": id, "outcome": outcome, "code": code})


def _on_disk(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.iterdir() if each.is_file())


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def test_a_recorded_event_is_due_as_a_cloud_event(tmp_path: Path, clock: HandClock) -> None:
    outbox = outbox_at(tmp_path, clock)
    [id] = outbox.record(SESSION, [arrival()])
    [due] = outbox.due(NOON, 10)
    event = Event.model_validate_json(due.body)
    assert (event.id, event.subject, event.time) == (id, SESSION, NOON)
    assert (event.type, event.source) == ("arrival.recorded", "/kiosks/k1")
    assert int(event.sequence) == due.sequence


def test_events_come_out_oldest_first_and_numbered_without_a_gap(
    tmp_path: Path, clock: HandClock
) -> None:
    outbox = outbox_at(tmp_path, clock)
    ids = outbox.record(SESSION, [started(), arrival()]) + outbox.record(SESSION, [answers()])
    due = outbox.due(NOON, 10)
    assert [each.id for each in due] == ids
    first = due[0].sequence
    assert [each.sequence for each in due] == [first, first + 1, first + 2]


def test_nobody_can_be_read_from_the_files_or_the_reprs(tmp_path: Path, clock: HandClock) -> None:
    outbox = outbox_at(tmp_path, clock)
    outbox.record(SESSION, [answers()])
    [due] = outbox.due(NOON, 1)
    assert CANARY.encode() in due.body
    assert CANARY not in repr(due)
    assert CANARY.encode() not in _on_disk(tmp_path)


def test_two_processes_share_the_file(tmp_path: Path, clock: HandClock) -> None:
    kiosk, courier = outbox_at(tmp_path, clock), outbox_at(tmp_path, clock)
    [first] = kiosk.record(SESSION, [arrival()])
    courier.mark([_reply(first)], NOON)
    [second] = kiosk.record(SESSION, [arrival()])
    assert [due.id for due in courier.due(NOON, 10)] == [second]


def test_what_the_desk_refuses_is_parked_and_kept(tmp_path: Path, clock: HandClock) -> None:
    outbox = outbox_at(tmp_path, clock)
    bad, good = outbox.record(SESSION, [arrival("a"), arrival("b")])
    outbox.mark([_reply(bad, "refused", "unknown-appointment")], NOON)
    assert [due.id for due in outbox.due(NOON, 10)] == [good]
    [parked] = outbox.parked()
    assert (parked.id, parked.session, parked.code) == (bad, SESSION, "unknown-appointment")
    outbox.purge(NOON + timedelta(days=400))
    assert len(outbox.parked()) == 1


def test_a_late_duplicate_answer_changes_nothing(tmp_path: Path, clock: HandClock) -> None:
    outbox = outbox_at(tmp_path, clock)
    [id] = outbox.record(SESSION, [arrival()])
    outbox.mark([_reply(id)], NOON)
    outbox.mark([_reply(id, "refused", "conflict")], NOON)
    assert outbox.parked() == []
    assert outbox.due(NOON, 10) == []


def test_a_waiting_event_holds_up_no_other(tmp_path: Path, clock: HandClock) -> None:
    outbox = outbox_at(tmp_path, clock)
    slow, quick = outbox.record(SESSION, [arrival("a"), arrival("b")])
    outbox.retry_at([slow], NOON + timedelta(seconds=30), "status 500")
    assert [due.id for due in outbox.due(NOON, 10)] == [quick]
    later = outbox.due(NOON + timedelta(seconds=30), 10)
    assert [(due.id, due.tries) for due in later] == [(quick, 0), (slow, 1)]


def test_the_link_being_back_makes_everything_due(tmp_path: Path, clock: HandClock) -> None:
    outbox = outbox_at(tmp_path, clock)
    ids = outbox.record(SESSION, [arrival("a"), arrival("b")])
    outbox.retry_at(ids, NOON + timedelta(seconds=60), "status 500")
    outbox.hurry()
    assert [due.id for due in outbox.due(NOON, 10)] == ids


def test_a_clock_set_back_a_day_keeps_no_event_waiting(tmp_path: Path, clock: HandClock) -> None:
    outbox = outbox_at(tmp_path, clock)
    [id] = outbox.record(SESSION, [arrival()])
    outbox.retry_at([id], NOON + timedelta(seconds=60), "status 500")
    assert [due.id for due in outbox.due(NOON - timedelta(days=1), 10)] == [id]


def test_the_counts_tell_how_long_the_oldest_waits(tmp_path: Path, clock: HandClock) -> None:
    outbox = outbox_at(tmp_path, clock)
    first, second = outbox.record(SESSION, [arrival("a"), arrival("b")])
    clock.pass_by(90)
    outbox.record(SESSION, [answers()])
    outbox.park([second], "conflict", NOON)
    counts = outbox.counts(clock.now())
    assert (counts.pending, counts.parked, counts.oldest_s) == (2, 1, 90)
    outbox.mark([_reply(first)], NOON)
    assert outbox.counts(clock.now()).oldest_s == 0


def test_an_altered_record_is_parked_and_the_next_one_delivered(
    tmp_path: Path, clock: HandClock
) -> None:
    outbox = outbox_at(tmp_path, clock)
    bad, good = outbox.record(SESSION, [arrival("a"), arrival("b")])
    with sqlite3.connect(tmp_path / "outbox.db") as db:
        db.execute("UPDATE event SET sealed = zeroblob(80) WHERE id = ?", (str(bad),))
    db.close()
    assert [due.id for due in outbox.due(NOON, 10)] == [good]
    assert [(each.id, each.code) for each in outbox.parked()] == [(bad, "corrupt")]


def test_delivered_content_goes_after_days_its_id_after_a_month(
    tmp_path: Path, clock: HandClock
) -> None:
    outbox = outbox_at(tmp_path, clock)
    old, waiting = outbox.record(SESSION, [arrival("a"), arrival("b")])
    outbox.mark([_reply(old)], NOON)
    with sqlite3.connect(tmp_path / "outbox.db") as db:
        ids = "SELECT id, sealed IS NULL FROM event ORDER BY sequence"
        outbox.purge(NOON + timedelta(days=1))
        assert db.execute(ids).fetchall() == [(str(old), 0), (str(waiting), 0)]
        outbox.purge(NOON + timedelta(days=3))
        assert db.execute(ids).fetchall() == [(str(old), 1), (str(waiting), 0)]
        outbox.purge(NOON + timedelta(days=31))
        assert db.execute(ids).fetchall() == [(str(waiting), 0)]
    db.close()


def test_a_session_left_open_by_a_crash_is_closed_at_the_next_start(
    tmp_path: Path, clock: HandClock
) -> None:
    outbox = outbox_at(tmp_path, clock)
    finished, left, crashed = uuid4(), uuid4(), uuid4()
    outbox.record(finished, [started(), IntakeCompleted()])
    outbox.record(left, [started(), SessionAbandoned(step="needs", reason="idle")])
    outbox.record(crashed, [started(), arrival()])
    before = len(outbox.due(NOON, 100))
    again = outbox_at(tmp_path, clock)
    assert again.close_open(NOON) == [crashed]
    assert again.close_open(NOON) == []
    *_, last = again.due(NOON, 100)
    body = json.loads(last.body)
    assert (body["type"], body["subject"]) == ("session.abandoned", str(crashed))
    assert body["data"]["reason"] == "restart"
    assert len(again.due(NOON, 100)) == before + 1


def test_the_offset_of_the_last_contact_goes_into_every_event(
    tmp_path: Path, clock: HandClock
) -> None:
    kiosk, courier = outbox_at(tmp_path, clock), outbox_at(tmp_path, clock)
    kiosk.record(SESSION, [arrival()])
    courier.note_offset(-3_600_000)
    kiosk.record(SESSION, [arrival()])
    offsets = [json.loads(due.body)["clockoffset"] for due in kiosk.due(NOON, 10)]
    assert offsets == [0, -3_600_000]


@pytest.mark.parametrize("years", [-70, 70])
def test_a_clock_that_lost_its_battery_still_records_the_right_time(
    tmp_path: Path, clock: HandClock, years: int
) -> None:
    clock.wall += timedelta(days=365 * years)
    outbox = outbox_at(tmp_path, clock)
    outbox.note_offset(-years * 365 * 24 * 3_600_000)
    outbox.record(SESSION, [arrival()])
    [due] = outbox.due(clock.now(), 10)
    event = Event.model_validate_json(due.body)
    assert (event.time, event.clockoffset) == (NOON, 0)


def test_recording_nothing_is_nothing(tmp_path: Path, clock: HandClock) -> None:
    assert outbox_at(tmp_path, clock).record(SESSION, []) == []


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path, clock: HandClock) -> None:
    outbox_at(tmp_path, clock).close()
    with sqlite3.connect(tmp_path / "outbox.db") as db:
        db.execute("PRAGMA user_version = 9")
    db.close()
    with pytest.raises(StorageError, match="version 9"):
        outbox_at(tmp_path, clock)


def test_after_close_the_next_use_opens_again(tmp_path: Path, clock: HandClock) -> None:
    outbox = outbox_at(tmp_path, clock)
    outbox.close()
    assert len(outbox.record(SESSION, [arrival()])) == 1
