import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.backend import credential
from kiosk.backend.credential import Credential
from kiosk.backend.desk import Desk, checked
from kiosk.backend.wire import Heartbeat
from kiosk.domain.identify import Query
from kiosk.domain.outcome import Outcome
from kiosk.errors import Busy, ConfigError, NotEnrolled, RefusedError, Unreachable

from .clocks import RealClock
from .little_desk import LittleDesk

EVENT = b'{"id": "018f0000-0000-7000-8000-000000000001"}'


@pytest.fixture
def clock() -> RealClock:
    return RealClock()


@pytest.fixture
def desk(little: LittleDesk, clock: RealClock) -> Iterator[Desk]:
    key = credential.fresh()
    little.keys = {"k1": key}
    desk = Desk(little.address, Credential("k1", key), clock)
    yield desk
    desk.close()


def _beat(clock: RealClock) -> Heartbeat:
    now = round(clock.now().timestamp() * 1000)
    return Heartbeat(
        device="k1", version="1", queue=0, oldest_s=0, parked=0, camera="ok", clock_ms=now
    )


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://desk.example:8443/", "https://desk.example:8443"),
        ("https://desk.example/kiosks/", "https://desk.example/kiosks"),
        ("http://127.0.0.1:8400", "http://127.0.0.1:8400"),
        ("http://localhost:8400", "http://localhost:8400"),
        ("http://[::1]:8400", "http://[::1]:8400"),
    ],
)
def test_https_or_this_machine_are_taken(address: str, base: str) -> None:
    assert checked(address) == base


@pytest.mark.parametrize(
    "address", ["http://desk.example", "http://10.0.0.7:80", "ftp://x", "https://", "", "desk"]
)
def test_plain_http_to_anybody_else_is_refused(address: str) -> None:
    with pytest.raises(ConfigError):
        checked(address)


def test_every_request_bears_a_fresh_token(little: LittleDesk, desk: Desk) -> None:
    for _ in range(3):
        desk.identify(Query(typed_name="Sample Person", birth_date=date(1961, 2, 3)))
    assert len(little.seen) == 3
    assert little.queries[0]["birth_date"] == "1961-02-03"


def test_a_batch_is_answered_event_by_event(little: LittleDesk, desk: Desk) -> None:
    [reply] = desk.events([EVENT])
    assert reply.outcome == "accepted"
    assert desk.events([EVENT])[0].outcome == "duplicate"
    assert little.asked[0][1]["Content-Type"] == "application/cloudevents-batch+json"


def test_an_unchanged_answer_is_none(desk: Desk) -> None:
    found = desk.config("")
    assert found is not None
    config, etag = found
    assert config.practice.name == "Example Practice"
    assert desk.config(etag) is None
    schedule = desk.schedule("c0", "")
    assert schedule is not None
    assert schedule[0].full
    assert desk.schedule("c0", schedule[1]) is None


def test_the_cursor_is_sent(little: LittleDesk, desk: Desk) -> None:
    desk.schedule("a b&c", "")
    assert little.asked[-1][0] == "/api/v1/schedule?since=a+b%26c"


@pytest.mark.parametrize("hours", [-48, 48])
def test_the_clock_offset_is_measured_though_the_clock_is_days_wrong(
    little: LittleDesk, desk: Desk, clock: RealClock, hours: int
) -> None:
    clock.wrong = timedelta(hours=hours)
    desk.heartbeat(_beat(clock))
    offset = desk.heartbeat(_beat(clock))
    assert abs(offset + hours * 3_600_000) < 2000
    assert len(little.beats) == 2


@pytest.mark.parametrize(
    ("mode", "fault"),
    [
        ("html 404", Unreachable),
        ("html 502", Unreachable),
        ("html 302", Unreachable),
        ("garbage", Unreachable),
        ("half", Unreachable),
        ("reset", Unreachable),
        ("slow", Unreachable),
        ("500", Unreachable),
        ("401", NotEnrolled),
        ("403", NotEnrolled),
        ("409", RefusedError),
        ("413", RefusedError),
        ("422", RefusedError),
        ("after 429 7", Busy),
        ("after 503 7", Busy),
    ],
)
def test_every_failure_is_one_of_three(
    little: LittleDesk, desk: Desk, mode: str, fault: type[Exception]
) -> None:
    little.slow = 2.0
    little.modes["/identify"].extend([mode, mode])
    with pytest.raises(fault) as raised:
        desk.identify(Query(typed_name="Canary-Quillfeather"))
    assert "Canary" not in str(raised.value)


def test_after_a_failure_the_next_call_works(little: LittleDesk, desk: Desk) -> None:
    for mode in ("half", "reset", "html 502"):
        little.modes["/identify"].append(mode)
        with pytest.raises(Unreachable):
            desk.identify(Query())
        assert desk.identify(Query()).outcome is Outcome.IN_TIME


def test_a_lost_reply_is_a_duplicate_the_next_time(little: LittleDesk, desk: Desk) -> None:
    little.modes["/events"].append("lost")
    with pytest.raises(Unreachable):
        desk.events([EVENT])
    assert desk.events([EVENT])[0].outcome == "duplicate"
    assert len(little.events) == 1


def test_nobody_there_is_unreachable(clock: RealClock) -> None:
    desk = Desk("http://127.0.0.1:9", None, clock)
    with pytest.raises(Unreachable):
        desk.identify(Query())


def test_a_missing_ca_file_is_unreachable_not_unverified(
    clock: RealClock, little: LittleDesk
) -> None:
    nowhere = Path("/nonexistent/ca.pem")
    desk = Desk(little.address.replace("http:", "https:"), None, clock, ca=nowhere)
    with pytest.raises(Unreachable):
        desk.identify(Query())


def test_the_events_travel_as_they_were_recorded(little: LittleDesk, desk: Desk) -> None:
    odd = json.dumps({"id": json.loads(EVENT)["id"], "later-version": "ü\u2028"}).encode()
    desk.events([odd])
    assert list(little.events.values()) == [json.loads(odd)]
