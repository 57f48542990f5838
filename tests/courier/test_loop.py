"""The round of a courier against a real small desk, with a clock set by hand."""

import base64
from datetime import timedelta

import pytest
from backend.little_desk import CONFIG, LittleDesk
from outbox.hands import NOON, SESSION, HandClock, arrival

from kiosk.backend import folder
from kiosk.backend.daycache import DayCache
from kiosk.backend.desk import Desk
from kiosk.backend.folder import Folder
from kiosk.courier.health import Health
from kiosk.courier.link import Link
from kiosk.courier.loop import Courier
from kiosk.outbox.store import Outbox

KEY = "ab" * 32


class Round:
    """A courier and its parts."""

    def __init__(self, little: LittleDesk, files: Folder, outbox: Outbox, clock: HandClock) -> None:
        self.link, self.health, self.clock, self.little = Link(), Health(), clock, little
        self.courier = Courier(
            device="k1",
            files=files,
            outbox=outbox,
            desk=Desk(little.address, None, clock),
            link=self.link,
            health=self.health,
            clock=clock,
            chance=lambda: 0.5,
        )

    def go(self, seconds: float) -> None:
        """Let so many seconds pass, turn by turn."""
        end = self.clock.mono + seconds
        while self.clock.mono <= end:
            self.clock.pass_by(max(0.05, self.courier.turn()))

    def asked(self, path: str) -> int:
        return sum(path in each for each, _ in self.little.asked)


@pytest.fixture
def round_(little: LittleDesk, files: Folder, outbox: Outbox, clock: HandClock) -> Round:
    return Round(little, files, outbox, clock)


def test_the_first_turn_says_hello_delivers_and_fetches(
    round_: Round, little: LittleDesk, files: Folder, outbox: Outbox
) -> None:
    [id] = outbox.record(SESSION, [arrival()])
    little.ahead = NOON.timestamp() - little.now()
    little.schedule |= {
        "rows": [{"key": KEY, "sealed": base64.b64encode(b"row").decode(), "day": "2031-05-06"}]
    }
    round_.courier.turn()
    assert round_.link.online
    assert list(little.events) == [str(id)]
    assert DayCache(files.daycache).find(KEY) == b"row"
    assert folder.policy(files).site == "H1"
    [beat] = little.beats
    assert (beat["device"], beat["queue"], beat["camera"]) == ("k1", 1, "unknown")


def test_each_thing_has_its_own_pace(round_: Round) -> None:
    round_.go(300)
    paces = [round_.asked(path) for path in ("heartbeats", "schedule", "config")]
    assert paces == pytest.approx([6, 11, 6], abs=1)


def test_an_unchanged_schedule_is_not_sent_again(round_: Round, little: LittleDesk) -> None:
    round_.go(70)
    tags = [headers.get("If-None-Match", "") for path, headers in little.asked if "sched" in path]
    assert tags[0] == ""
    assert all(tags[1:])
    assert "since=c0" in [path for path, _ in little.asked if "schedule" in path][-1]


def test_an_event_leaves_within_five_seconds_of_the_links_return(
    round_: Round, little: LittleDesk, outbox: Outbox
) -> None:
    round_.go(1)
    for path in ("/events", "/heartbeats", "/schedule", "/config", "/identify"):
        little.always[path] = "html 502"
    outbox.record(SESSION, [arrival()])
    round_.go(600)
    assert not round_.link.online
    assert little.events == {}
    little.always.clear()
    round_.go(5.1)
    assert round_.link.online
    assert len(little.events) == 1


def test_while_the_desk_is_away_it_is_looked_at_every_five_seconds(
    round_: Round, little: LittleDesk
) -> None:
    little.always["/heartbeats"] = "reset"
    round_.go(100)
    assert round_.asked("heartbeats") == pytest.approx(20, abs=2)
    assert round_.asked("schedule") == 0


def test_news_from_the_kiosk_are_in_the_next_heartbeat_at_once(
    round_: Round, little: LittleDesk
) -> None:
    round_.go(2)
    round_.health.tell("lost", {"width": 1080})
    assert round_.health.wake.is_set()
    round_.courier.turn()
    round_.health.tell("lost", {"width": 1080})
    assert not round_.health.changed.is_set()
    assert little.beats[-1]["camera"] == "lost"
    assert little.beats[-1]["screen"] == {"width": 1080}


def test_a_parked_event_is_reported_soon(round_: Round, little: LittleDesk, outbox: Outbox) -> None:
    little.refuse = lambda _event: "unknown-appointment"
    outbox.record(SESSION, [arrival()])
    round_.go(1)
    assert little.beats[-1]["parked"] == 1


def test_a_revoked_device_stops_asks_each_minute_and_keeps_everything(
    round_: Round, little: LittleDesk, outbox: Outbox, clock: HandClock
) -> None:
    round_.go(1)
    for path in ("/events", "/heartbeats", "/schedule", "/config"):
        little.always[path] = "401"
    outbox.record(SESSION, [arrival()])
    round_.go(600)
    assert not round_.health.enrolled
    assert round_.asked("heartbeats") == pytest.approx(12, abs=2)
    assert outbox.counts(clock.now()).pending == 1
    little.always.clear()
    round_.go(61)
    assert round_.health.enrolled
    assert outbox.counts(clock.now()).pending == 0


def test_the_clock_offset_goes_to_events_and_day_cache(
    round_: Round, little: LittleDesk, files: Folder, clock: HandClock
) -> None:
    round_.courier.turn()
    expected = (little.now() - NOON.timestamp()) * 1000
    assert round_.health.offset_ms == pytest.approx(expected, abs=5000)
    assert DayCache(files.daycache).offset() == round_.health.offset_ms
    clock.wall += timedelta(hours=1)  # somebody sets the clock
    round_.courier.turn()
    assert round_.health.offset_ms == pytest.approx(expected - 3_600_000, abs=5000)
    assert len(little.beats) == 2


def test_a_broken_day_cache_is_fetched_again(round_: Round, files: Folder) -> None:
    round_.go(1)
    files.daycache.write_bytes(b"no database" * 1000)
    round_.go(35)
    assert DayCache(files.daycache).cursor()[0] == "c0"


@pytest.mark.parametrize("path", ["/schedule", "/config"])
@pytest.mark.parametrize("mode", ["garbage", "500", "422", "after 503 20", "half"])
def test_one_call_that_fails_stops_no_other(
    path: str, mode: str, round_: Round, little: LittleDesk, outbox: Outbox
) -> None:
    little.always[path] = mode
    outbox.record(SESSION, [arrival()])
    round_.go(120)
    assert round_.link.online
    assert len(little.events) == 1
    other = "config" if path == "/schedule" else "schedule"
    assert round_.asked(other) >= 2


def test_without_a_policy_file_days_are_counted_in_utc(
    round_: Round, little: LittleDesk, files: Folder
) -> None:
    little.always["/config"] = "html 502"
    round_.go(5)
    assert not files.policy.exists()
    little.always.clear()
    round_.go(61)
    assert folder.policy(files).label == CONFIG["label"]


def test_old_days_and_delivered_content_are_purged(
    round_: Round, little: LittleDesk, files: Folder, outbox: Outbox
) -> None:
    days = {"2031-05-06": "a", "2031-05-03": "b"}
    little.ahead = NOON.timestamp() - little.now()
    little.schedule |= {
        "rows": [
            {"key": digit * 64, "sealed": base64.b64encode(b"row").decode(), "day": day}
            for day, digit in days.items()
        ]
    }
    outbox.record(SESSION, [arrival()])
    round_.go(5)
    cache = DayCache(files.daycache)
    assert [cache.find(digit * 64) is not None for digit in "ab"] == [True, False]
