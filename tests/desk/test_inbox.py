"""Many kiosks' events in one transaction: each answered for itself, each kept once."""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kiosk.backend.credential import fresh, public
from kiosk.backend.wire import EnrolmentRequest
from kiosk.desk import devices, receive
from kiosk.desk.app import assemble
from kiosk.desk.database import Database
from kiosk.desk.desk import Desk
from kiosk.desk.ledger import Entry
from kiosk.desk.receive import Batch
from kiosk.domain.event import ArrivalRecorded, Event, Reply, SessionStarted, make
from kiosk.domain.outcome import Outcome
from kiosk.errors import NotEnrolled, StorageError

from .support import NOON, HandClock, Served, card, load_sample, settings_in

T = TypeVar("T")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = assemble(settings_in(tmp_path), HandClock())
    load_sample(found)
    yield found
    found.database.close()


def enrol(desk: Desk) -> str:
    code = desk.database.write(lambda conn: devices.new_code(conn, "Kiosk", "01", NOON))
    request = EnrolmentRequest(
        code=code, public_key=public(fresh()), label="", hardware="", version=""
    )
    found = desk.database.write(lambda conn: devices.enrol(conn, request, NOON))
    assert not isinstance(found, str)
    return found.id


def entry(device: str, sequence: int = 1, appointment: str = "") -> Entry:
    body = (
        ArrivalRecorded(appointment=appointment, outcome=Outcome.IN_TIME)
        if appointment
        else SessionStarted(language="en")
    )
    event = make(
        body,
        id=receive.new_id(NOON),
        source=f"/kiosks/{device}",
        subject=receive.new_id(NOON),
        time=NOON,
        sequence=sequence,
    )
    return Entry(event, body)


def altered(one: Entry, **more: Any) -> Entry:
    values = {name: getattr(one.event, name) for name in Event.model_fields} | more
    return Entry(Event.model_construct(**values), one.body)


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Run it on a thread of its own: in this one the loop of a browser's test may still run."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def keep(desk: Desk, batches: Sequence[Batch]) -> list[list[Reply] | BaseException]:
    async def keeping() -> list[list[Reply] | BaseException]:
        waiting = [desk.inbox.keep(batch) for batch in batches]
        return await asyncio.gather(*waiting, return_exceptions=True)

    return apart(keeping())


def outcomes(kept: Sequence[list[Reply] | BaseException]) -> list[list[str]]:
    assert all(isinstance(replies, list) for replies in kept)
    return [[one.outcome for one in replies] for replies in kept if isinstance(replies, list)]


def stored(desk: Desk) -> int:
    with desk.database.read() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM events").scalar() or 0)


def test_what_waits_together_is_one_commit_and_each_gets_its_own_answers(desk: Desk) -> None:
    kiosks = [enrol(desk) for _ in range(20)]
    batches = [
        Batch([entry(kiosk, number) for number in range(1 + at % 3)], kiosk, "01")
        for at, kiosk in enumerate(kiosks)
    ]
    commits: list[None] = []
    desk.database.on_commit(lambda: commits.append(None))
    for batch, replies in zip(batches, keep(desk, batches), strict=True):
        assert isinstance(replies, list)
        ids = [one.event.id for one in batch.checked if isinstance(one, Entry)]
        assert [(one.id, one.outcome) for one in replies] == [(id_, "accepted") for id_ in ids]
    assert len(commits) == 1
    assert stored(desk) == sum(len(batch.checked) for batch in batches)


def test_the_same_event_twice_in_one_group_is_kept_once(desk: Desk) -> None:
    kiosk = enrol(desk)
    one = entry(kiosk)
    other = altered(one, data={"language": "es"})
    newer = altered(one, clockoffset=40)
    batches = [Batch([event], kiosk, "01") for event in (one, newer, other)]
    kept = keep(desk, [*batches, Batch([one, one], kiosk, "01")])
    assert outcomes(kept) == [["accepted"], ["duplicate"], ["refused"], ["duplicate"] * 2]
    assert outcomes(keep(desk, batches)) == [["duplicate"], ["duplicate"], ["refused"]]
    assert stored(desk) == 1


def test_a_batch_the_database_cannot_take_harms_no_other(desk: Desk) -> None:
    kiosks = [enrol(desk) for _ in range(3)]
    batches = [Batch([entry(kiosk)], kiosk, "01") for kiosk in kiosks]
    naive = datetime(2030, 5, 14, 11)  # noqa: DTZ001 - what the database refuses
    poison = Batch([altered(entry(kiosks[1]), time=naive)], kiosks[1], "01")
    first, bad, *others = keep(desk, [batches[0], poison, *batches[1:]])
    assert isinstance(bad, StorageError)
    assert outcomes([first, *others]) == [["accepted"]] * 3
    assert stored(desk) == 3


def test_a_batch_that_meets_a_fault_of_ours_harms_no_other(desk: Desk) -> None:
    kiosk = enrol(desk)
    poison = Batch([altered(entry(kiosk), data={"language": object()})], kiosk, "01")
    good, bad = keep(desk, [Batch([entry(kiosk)], kiosk, "01"), poison])
    assert isinstance(bad, TypeError | ValueError)
    assert outcomes([good]) == [["accepted"]]
    assert outcomes(keep(desk, [Batch([entry(kiosk)], kiosk, "01")])) == [["accepted"]]
    assert stored(desk) == 2


def test_a_kiosk_thrown_out_meanwhile_keeps_nothing_and_stops_nobody(desk: Desk) -> None:
    out, good = enrol(desk), enrol(desk)
    desk.database.write(lambda conn: devices.revoke(conn, out))
    batches = [Batch([entry(kiosk)], kiosk, "01") for kiosk in (out, good, out)]
    first, kept, last = keep(desk, batches)
    assert isinstance(first, NotEnrolled)
    assert isinstance(last, NotEnrolled)
    assert outcomes([kept]) == [["accepted"]]
    assert stored(desk) == 1


def test_more_than_a_group_holds_is_kept_all_the_same(desk: Desk) -> None:
    kiosk = enrol(desk)
    batches = [Batch([entry(kiosk, number)], kiosk, "01") for number in range(200)]
    assert outcomes(keep(desk, batches)) == [["accepted"]] * 200
    assert stored(desk) == 200


def test_who_gives_up_waiting_takes_no_others_answer(desk: Desk) -> None:
    kiosk = enrol(desk)

    async def keeping() -> list[Reply]:
        left = asyncio.create_task(desk.inbox.keep(Batch([entry(kiosk)], kiosk, "01")))
        stays = asyncio.create_task(desk.inbox.keep(Batch([entry(kiosk, 2)], kiosk, "01")))
        await asyncio.sleep(0)
        left.cancel()
        return await stays

    assert [one.outcome for one in apart(keeping())] == ["accepted"]


def test_two_kiosks_of_one_group_mean_one_arrival(desk: Desk) -> None:
    kiosks = [enrol(desk), enrol(desk)]
    with desk.database.read() as conn:
        maria = str(conn.exec_driver_sql("SELECT id FROM appointments ORDER BY id").scalar())
    batches = [Batch([entry(kiosk, 1, maria)], kiosk, "01") for kiosk in kiosks]
    assert outcomes(keep(desk, batches)) == [["accepted"], ["accepted"]]
    board = desk.view.board(NOON).model_dump(mode="json")
    assert card(board, maria)["status"] == "arrived"


def test_many_kiosks_at_once_over_http_are_each_answered_once(served: Served) -> None:
    kiosks = [served.enrol(f"Kiosk {number}") for number in range(8)]

    def send(at: int) -> list[str]:
        kiosk = kiosks[at]
        said = []
        for _ in range(5):
            one = kiosk.event(kiosk.session(), SessionStarted(language="en"))
            said += [reply["outcome"] for reply in kiosk.send(one) + kiosk.send(one)]
        return said

    with ThreadPoolExecutor(len(kiosks)) as pool:
        assert list(pool.map(send, range(len(kiosks)))) == [["accepted", "duplicate"] * 5] * 8
    assert stored(served.desk) == 40


def test_a_kiosk_revoked_behind_the_desks_back_is_out_with_its_next_request(served: Served) -> None:
    kiosk = served.enrol()
    assert kiosk.send(kiosk.event(kiosk.session(), SessionStarted(language="en")))
    other = Database(served.settings.database_url)  # another process would do the same
    other.write(lambda conn: devices.revoke(conn, kiosk.id))
    other.close()
    late = kiosk.event(kiosk.session(), SessionStarted(language="en")).model_dump(mode="json")
    media = {"Content-Type": "application/cloudevents-batch+json"}
    answer = kiosk.http.post(
        kiosk.base + "/events", json=[late], headers=kiosk.headers() | media, timeout=10
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "not-enrolled")
    assert kiosk.get("/config").json()["code"] == "not-enrolled"
    assert stored(served.desk) == 1
