"""Staff log in, stay logged in, and act, over real HTTP."""

from http import HTTPStatus

import pytest
import requests

from kiosk.desk import staff
from kiosk.desk.staff import FIRST_USER, ROLES
from kiosk.domain.event import ArrivalRecorded, HelpRequested
from kiosk.domain.outcome import Outcome
from kiosk.errors import ConfigError

from .support import Browser, Kiosk, Served, card

PASSWORD = "a-long-enough-one"


def log_in(served: Served, password: str = PASSWORD, user: str = "maya") -> requests.Response:
    body = {"user": user, "password": password}
    return requests.post(served.base + "/login", json=body, timeout=10)


@pytest.fixture
def maya(served: Served) -> str:
    served.desk.database.write(lambda conn: staff.put(conn, "Maya", PASSWORD, ("front-desk",)))
    return "maya"


@pytest.mark.usefixtures("maya")
def test_a_login_sets_a_cookie_no_script_and_no_other_site_can_use(served: Served) -> None:
    answer = log_in(served)
    assert answer.json()["user"] == "maya"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie  # plain http, on this machine only
    me = requests.get(served.base + "/me", cookies=answer.cookies, timeout=10).json()
    assert me == answer.json()


@pytest.mark.usefixtures("maya")
def test_a_wrong_password_and_an_unknown_name_answer_the_same(served: Served) -> None:
    wrong, unknown = log_in(served, "wrong"), log_in(served, user="nobody")
    assert wrong.status_code == unknown.status_code == HTTPStatus.UNAUTHORIZED
    assert wrong.json() == unknown.json()


@pytest.mark.usefixtures("maya")
def test_after_five_failures_even_the_right_password_has_to_wait(served: Served) -> None:
    for _ in range(5):
        log_in(served, "wrong")
    locked = log_in(served)
    assert (locked.status_code, locked.headers["Retry-After"]) == (429, "30")
    served.clock.move(seconds=31)
    assert log_in(served, "wrong").status_code == 401
    assert log_in(served).headers["Retry-After"] == "60"
    served.clock.move(seconds=61)
    assert log_in(served).status_code == 200
    assert log_in(served, "wrong").status_code == 401


@pytest.mark.usefixtures("maya")
def test_a_login_ends_by_logging_out_and_after_twelve_hours(served: Served) -> None:
    answer = log_in(served)
    headers = {"X-CSRF-Token": answer.json()["csrf"]}
    url = served.base + "/logout"
    assert requests.post(url, headers=headers, cookies=answer.cookies, timeout=10).ok
    again = requests.get(served.base + "/me", cookies=answer.cookies, timeout=10)
    assert (again.status_code, again.json()["code"]) == (401, "login")
    second = log_in(served)
    served.clock.move(hours=12, seconds=1)
    again = requests.get(served.base + "/board", cookies=second.cookies, timeout=10)
    assert again.status_code == 401


def test_a_new_password_closes_every_session(served: Served, maya: str) -> None:
    answer = log_in(served)
    served.desk.database.write(lambda conn: staff.put(conn, maya, "another-long-one"))
    assert requests.get(served.base + "/me", cookies=answer.cookies, timeout=10).status_code == 401
    assert log_in(served).status_code == 401
    assert log_in(served, "another-long-one").json()["roles"] == ["front-desk"]


@pytest.mark.parametrize(
    ("user", "password", "roles"),
    [
        ("a b", PASSWORD, ()),
        ("a/b", PASSWORD, ()),
        ("x" * 65, PASSWORD, ()),
        ("x", "short", ()),
        ("x", PASSWORD, ("king",)),
    ],
)
def test_names_passwords_and_roles_that_will_not_do_are_refused(
    standing: Served, user: str, password: str, roles: tuple[str, ...]
) -> None:
    with pytest.raises(ConfigError):
        standing.desk.database.write(lambda conn: staff.put(conn, user, password, roles))


def test_nothing_is_shown_without_a_login(standing: Served) -> None:
    for path in ("/board", "/board/stream", "/me", "/passes/x.png"):
        answer = requests.get(standing.base + path, timeout=10)
        assert (answer.status_code, answer.json()["code"]) == (401, "login")
    for path in ("/staff/events", "/passes", "/passes/revoke", "/enrolment-codes", "/logout"):
        assert requests.post(standing.base + path, json={}, timeout=10).status_code in {401, 422}


def test_nothing_is_changed_without_the_token_of_the_page(served: Served) -> None:
    browser = served.login()
    foreign = Browser(browser.base, browser.http, "guessed")
    appointment = served.appointment("maria")
    answer = foreign.act("status.changed", appointment=appointment, status="arrived")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert card(browser.board(), appointment)["status"] == "booked"


def test_only_it_and_managers_let_kiosks_in(served: Served) -> None:
    desk, it = served.login("desk", "front-desk"), served.login("ida", "it")
    refused = desk.post("/enrolment-codes", {"label": "Kiosk 2"})
    assert (refused.status_code, refused.json()["code"]) == (403, "role")
    made = it.post("/enrolment-codes", {"label": "Kiosk 2", "site": "02"}).json()
    assert made["text"] == f"KE1:{served.settings.url}|-|{made['code']}"
    assert made["svg"].startswith("<")
    assert it.post("/enrolment-codes", {"label": "K", "site": "99"}).status_code == 422


def test_staff_move_a_visit_along_its_buttons(staff_member: Browser, served: Served) -> None:
    appointment = served.appointment("maria")
    seen = []
    for _ in range(4):
        found = card(staff_member.board(), appointment)
        seen.append(found["status"])
        forward = {"booked": "arrived", "arrived": "ready", "ready": "in-progress"}
        wanted = forward.get(found["status"], "done")
        assert wanted in [move["status"] for move in found["moves"]]
        staff_member.act("status.changed", appointment=appointment, status=wanted)
    assert seen == ["booked", "arrived", "ready", "in-progress"]
    found = card(staff_member.board(), appointment)
    assert (found["status"], found["how"], found["verified"]) == ("done", "staff", "at the desk")


def test_an_undo_needs_a_reason_and_takes_the_arrival_back(
    staff_member: Browser, served: Served, kiosk: Kiosk
) -> None:
    appointment = served.appointment("maria")
    session = kiosk.session()
    body = ArrivalRecorded(appointment=appointment, outcome=Outcome.IN_TIME)
    kiosk.send(kiosk.event(session, body))
    found = card(staff_member.board(), appointment)
    assert found["undoable"] == str(session)
    assert staff_member.act("arrival.voided", session=found["undoable"]).status_code == 422
    undone = staff_member.act("arrival.voided", session=found["undoable"], reason="wrong person")
    assert undone.json()["outcome"] == "accepted"
    assert card(staff_member.board(), appointment)["status"] == "booked"


def test_actions_about_nothing_are_refused(standing: Served) -> None:
    browser = standing.login("nobody-knows")
    nothing = "0190a8f0-0000-7000-8000-000000000001"
    maria = standing.appointment("maria")
    for type_, data, code in [
        ("status.changed", {"appointment": "none", "status": "done"}, "no-appointment"),
        ("status.changed", {"appointment": maria, "status": "lost"}, "invalid"),
        ("arrival.voided", {"session": nothing, "reason": "x"}, "no-session"),
        ("help.acknowledged", {"event": nothing}, "no-help"),
        ("match.made", {"session": nothing, "appointment": maria}, "no-session"),
        ("match.made", {"session": nothing, "appointment": "none"}, "no-appointment"),
        ("arrival.recorded", {"appointment": maria, "outcome": "in-time"}, "invalid"),
    ]:
        answer = browser.act(type_, **data)
        assert (answer.status_code in {404, 422}, answer.json()["code"]) == (True, code)


def test_what_staff_did_is_signed_with_their_name(
    staff_member: Browser, served: Served, kiosk: Kiosk
) -> None:
    call = kiosk.event(kiosk.session(), HelpRequested(step="name"))
    kiosk.send(call)
    assert staff_member.act("help.acknowledged", event=str(call.id)).ok
    with served.desk.database.read() as conn:
        rows = conn.exec_driver_sql("SELECT source, subject FROM events ORDER BY row").all()
    assert rows[-1] == ("/staff/maya", call.subject.hex)


def test_a_first_password_can_be_read_out_and_is_good_enough() -> None:
    made = {staff.new_password() for _ in range(20)}
    assert len(made) == 20
    assert all(len(one) >= staff.SHORTEST for one in made)
    assert FIRST_USER in ROLES
