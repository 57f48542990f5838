"""The board's stream and what the desk tells the world, over real HTTP."""

import json
import time
from collections.abc import Iterator
from typing import Any

import requests

from kiosk.domain.event import ArrivalRecorded
from kiosk.domain.outcome import Outcome

from .support import Browser, Kiosk, Served, card


def lines(browser: Browser, last: str = "") -> Iterator[str]:
    headers = {"Last-Event-ID": last} if last else {}
    url = browser.base + "/board/stream"
    with browser.http.get(url, headers=headers, stream=True, timeout=20) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            yield line.decode()


def boards(browser: Browser, last: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    version = ""
    for line in lines(browser, last):
        name, _, value = line.partition(": ")
        if name == "id":
            version = value
        if name == "data":
            yield version, json.loads(value)


def test_the_stream_shows_the_board_and_every_change(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    stream = boards(staff_member)
    version, board = next(stream)
    appointment = served.appointment("maria")
    assert card(board, appointment)["status"] == "booked"
    body = ArrivalRecorded(appointment=appointment, outcome=Outcome.IN_TIME)
    kiosk.send(kiosk.event(kiosk.session(), body))
    newer, board = next(stream)
    assert card(board, appointment)["status"] == "arrived"
    assert int(newer) > int(version)
    staff_member.act("status.changed", appointment=appointment, status="ready")
    assert card(next(stream)[1], appointment)["status"] == "ready"


def test_a_stream_that_was_cut_goes_on_where_it_was(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    first = boards(staff_member)
    version, _ = next(first)
    first.close()  # type: ignore[attr-defined]
    body = ArrivalRecorded(appointment=served.appointment("maria"), outcome=Outcome.IN_TIME)
    kiosk.send(kiosk.event(kiosk.session(), body))
    newer, board = next(boards(staff_member, last=version))
    assert card(board, served.appointment("maria"))["status"] == "arrived"
    quiet = boards(staff_member, last=newer)
    staff_member.act("status.changed", appointment=served.appointment("maria"), status="ready")
    assert card(next(quiet)[1], served.appointment("maria"))["status"] == "ready"


def test_many_watchers_see_the_same_change(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    streams = [boards(staff_member) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(next, streams))
        body = ArrivalRecorded(appointment=served.appointment("maria"), outcome=Outcome.IN_TIME)
        kiosk.send(kiosk.event(kiosk.session(), body))
        found = list(pool.map(next, streams))
    assert {version for version, _ in found} == {found[0][0]}
    assert all(card(board, served.appointment("maria"))["arrived_at"] for _, board in found)


def test_the_desk_publishes_its_api(standing: Served) -> None:
    found = requests.get(standing.base + "/openapi.json", timeout=10).json()
    paths = found["paths"]
    for path in ("enrolments", "schedule", "identify", "events", "heartbeats", "config", "board"):
        assert f"/api/v1/{path}" in paths
    batch = paths["/api/v1/events"]["post"]["requestBody"]["content"]
    assert list(batch) == ["application/cloudevents-batch+json"]


def test_every_answer_keeps_browsers_safe_and_says_when(standing: Served) -> None:
    for path in ("/healthz", "/api/v1/board", "/nowhere", "/board"):
        answer = requests.get(standing.settings.url + path, timeout=10, allow_redirects=False)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Date"].endswith("GMT")
        assert "Server" not in answer.headers


def test_errors_have_one_shape(standing: Served) -> None:
    missing = requests.get(standing.base + "/nowhere", timeout=10)
    assert (missing.status_code, missing.json()["code"]) == (404, "not-found")
    wrong = requests.get(standing.base + "/identify", timeout=10)
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method-not-allowed")
    large = requests.post(standing.base + "/login", data=b"x" * 70_000, timeout=10)
    assert (large.status_code, large.json()["code"]) == (413, "too-large")
    for body in (b"", b"{", b"[" * 50_000, b'{"user": 1e999, "password": []}', b"\xff\xfe"):
        answer = requests.post(
            standing.base + "/login",
            data=body,
            headers={"Content-Type": "application/json"},
            timeout=10,
        )
        assert answer.status_code in {400, 422}
        assert set(answer.json()) == {"code", "message"}


def test_the_desk_says_that_it_is_well(standing: Served) -> None:
    assert requests.get(standing.settings.url + "/healthz", timeout=10).json()["ok"] is True
    assert requests.get(standing.settings.url + "/ca", timeout=10).status_code == 404


def test_heartbeats_keep_a_kiosk_online_and_tell_it_the_time(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    beat = {
        "device": kiosk.id,
        "version": "1",
        "queue": 3,
        "oldest_s": 9,
        "parked": 2,
        "camera": "ok",
        "clock_ms": 0,
    }
    answer = kiosk.post("/heartbeats", beat)
    assert answer.json() == {"clock_ms": int(served.clock.now().timestamp() * 1000)}
    (shown,) = staff_member.board()["kiosks"]
    assert (shown["online"], shown["waiting"], shown["parked"]) == (True, 3, 2)
    served.clock.move(minutes=3, seconds=1)
    kinds = [one["kind"] for one in staff_member.board()["attention"]]
    assert "kiosk-offline" in kinds
    assert kiosk.post("/heartbeats", beat | {"device": "k-other"}).json()["code"] == "wrong-device"
    assert kiosk.post("/heartbeats", {"device": kiosk.id}).status_code == 422


def test_settings_are_sent_again_only_when_they_changed(kiosk: Kiosk) -> None:
    first = kiosk.get("/config")
    assert first.json()["device"] == kiosk.id
    again = kiosk.get("/config", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_stream_ends_when_the_login_ends(served: Served, staff_member: Browser) -> None:
    stream = boards(staff_member)
    next(stream)
    served.clock.move(hours=13)
    other = served.login("noor")
    other.act("status.changed", appointment=served.appointment("maria"), status="arrived")
    begun = time.monotonic()
    assert list(stream) == []
    assert time.monotonic() - begun < 15
