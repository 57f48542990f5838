"""Delivery over a real connection to a desk that misbehaves."""

import pytest
from backend.little_desk import LittleDesk
from outbox.hands import CANARY, SESSION, HandClock, answers, arrival

from kiosk.backend.desk import Desk
from kiosk.courier.delivery import Delivery, Turn
from kiosk.errors import NotEnrolled
from kiosk.outbox.store import Outbox


@pytest.fixture
def delivery(little: LittleDesk, outbox: Outbox, clock: HandClock) -> Delivery:
    return Delivery(outbox, Desk(little.address, None, clock), clock, lambda: 0.999)


def _drain(delivery: Delivery, clock: HandClock, most: int = 60) -> None:
    """Go on for a long while, as the courier does."""
    for _ in range(most):
        while delivery.attempt() is Turn.SENT:
            pass
        clock.pass_by(61)


def _ids(little: LittleDesk) -> list[str]:
    return list(little.events)


def test_everything_goes_in_one_batch_in_order(
    little: LittleDesk, outbox: Outbox, delivery: Delivery, clock: HandClock
) -> None:
    ids = outbox.record(SESSION, [arrival(f"a{n}") for n in range(30)])
    assert delivery.attempt() is Turn.SENT
    assert _ids(little) == [str(id) for id in ids]
    assert len(little.batches) == 1
    assert delivery.attempt() is Turn.IDLE
    assert outbox.counts(clock.now()).pending == 0


@pytest.mark.parametrize(
    "mode",
    [
        *("html 404", "html 502", "html 413", "garbage", "half", "reset", "lost"),
        *("500", "503", "404", "after 429 7", "after 503 7"),
    ],
)
def test_whatever_happens_on_the_way_everything_arrives_once_and_in_order(
    mode: str, little: LittleDesk, outbox: Outbox, delivery: Delivery, clock: HandClock
) -> None:
    ids = outbox.record(SESSION, [arrival(f"a{n}") for n in range(20)])
    little.modes["/events"].extend([mode] if mode == "html 413" else [mode] * 3)
    _drain(delivery, clock, 8)
    assert set(_ids(little)) == {str(id) for id in ids}
    counts = outbox.counts(clock.now())
    assert (counts.pending, counts.parked) == (0, 0)


def test_an_event_whose_reply_was_lost_is_known_by_its_id(
    little: LittleDesk, outbox: Outbox, delivery: Delivery, clock: HandClock
) -> None:
    [id] = outbox.record(SESSION, [arrival()])
    little.modes["/events"].append("lost")
    assert delivery.attempt() is Turn.FAILED
    assert _ids(little) == [str(id)]
    assert outbox.counts(clock.now()).pending == 1
    _drain(delivery, clock, 2)
    assert little.batches == [[str(id)]] * 2
    assert outbox.counts(clock.now()).pending == 0


@pytest.mark.parametrize("status", ["400", "409", "413", "422"])
def test_a_batch_that_is_refused_whole_is_split_until_the_bad_event_is_alone(
    status: str, little: LittleDesk, outbox: Outbox, delivery: Delivery
) -> None:
    ids = [str(id) for id in outbox.record(SESSION, [arrival(f"a{n}") for n in range(20)])]
    bad = ids[13]
    little.reject = lambda batch: status if any(each["id"] == bad for each in batch) else ""
    assert delivery.attempt() is Turn.SENT
    assert _ids(little) == [id for id in ids if id != bad]
    [parked] = outbox.parked()
    assert (str(parked.id), parked.code) == (bad, "bad-request")


def test_a_refused_event_is_parked_and_the_others_pass(
    little: LittleDesk, outbox: Outbox, delivery: Delivery, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = outbox.record(SESSION, [answers(), arrival()])
    little.refuse = lambda event: "unknown-appointment" if event["id"] == str(bad) else ""
    delivery.attempt()
    assert _ids(little) == [str(good)]
    assert [parked.id for parked in outbox.parked()] == [bad]
    assert str(bad) in caplog.text
    assert CANARY not in caplog.text


def test_an_event_that_makes_the_desk_fail_holds_up_only_itself(
    little: LittleDesk, outbox: Outbox, delivery: Delivery, clock: HandClock
) -> None:
    ids = [str(id) for id in outbox.record(SESSION, [arrival(f"a{n}") for n in range(50)])]
    poison = ids[0]
    little.reject = lambda batch: "500" if any(each["id"] == poison for each in batch) else ""
    _drain(delivery, clock, 20)
    assert set(_ids(little)) == set(ids) - {poison}
    assert outbox.counts(clock.now()).pending == 1
    little.reject = lambda _batch: ""
    _drain(delivery, clock, 3)
    assert outbox.counts(clock.now()).pending == 0


def test_events_the_desk_does_not_mention_are_sent_again(
    little: LittleDesk, outbox: Outbox, delivery: Delivery, clock: HandClock
) -> None:
    [id] = outbox.record(SESSION, [arrival()])
    little.events["somebody else's"] = {}
    take = little._take
    little._take = lambda event: take(event) | {"id": str(SESSION)}  # type: ignore[method-assign]
    delivery.attempt()
    assert outbox.counts(clock.now()).pending == 1
    little._take = take  # type: ignore[method-assign]
    _drain(delivery, clock, 2)
    assert outbox.counts(clock.now()).pending == 0
    assert str(id) in little.events


def test_the_time_the_desk_asks_for_is_given(
    little: LittleDesk, outbox: Outbox, delivery: Delivery, clock: HandClock
) -> None:
    outbox.record(SESSION, [arrival()])
    little.modes["/events"].append("after 429 30")
    assert delivery.attempt() is Turn.IDLE
    clock.pass_by(29)
    assert delivery.attempt() is Turn.IDLE
    assert len(little.asked) == 1
    clock.pass_by(2)
    assert delivery.attempt() is Turn.SENT


def test_failures_in_a_row_wait_longer_up_to_a_minute(
    little: LittleDesk, outbox: Outbox, delivery: Delivery, clock: HandClock
) -> None:
    outbox.record(SESSION, [arrival()])
    little.always["/events"] = "500"
    tries = 0
    for _ in range(600):
        tries += delivery.attempt() is Turn.FAILED
        clock.pass_by(1)
    assert 10 <= tries <= 20  # 1 + 2 + 4 … + 32 s, then once a minute


def test_when_the_desk_is_back_nothing_waits_any_longer(
    little: LittleDesk, outbox: Outbox, delivery: Delivery
) -> None:
    outbox.record(SESSION, [arrival()])
    little.modes["/events"].append("500")
    assert delivery.attempt() is Turn.FAILED
    delivery.restart()
    assert delivery.attempt() is Turn.SENT


@pytest.mark.parametrize("status", ["401", "403"])
def test_a_device_that_is_not_enrolled_stops_and_keeps_everything(
    status: str, little: LittleDesk, outbox: Outbox, delivery: Delivery, clock: HandClock
) -> None:
    outbox.record(SESSION, [arrival()])
    little.modes["/events"].append(status)
    with pytest.raises(NotEnrolled):
        delivery.attempt()
    counts = outbox.counts(clock.now())
    assert (counts.pending, counts.parked) == (1, 0)
