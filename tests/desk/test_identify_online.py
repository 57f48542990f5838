"""Every cell of the outcome table, online, over real HTTP."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from kiosk.desk import sample
from kiosk.domain.event import ArrivalRecorded, StatusChanged
from kiosk.domain.outcome import ARRIVES, Outcome
from kiosk.domain.passcode import build

from .support import Browser, Kiosk, Served

BORN = {case.patient.id: str(case.patient.birth_date) for case in sample.CASES}
EXPLAINED_MORE = {"too-early": "opens", "wrong-site": "site"}
QUIET = {"practitioner", "location", "called", "phone_ends", "needs", "wait"}


@pytest.mark.parametrize(
    ("patient", "outcome"), [(id_, outcome) for id_, _, outcome in sample.patients()]
)
def test_each_made_up_patient_gets_the_outcome_of_their_case(
    standing: Served, patient: str, outcome: Outcome
) -> None:
    kiosk = standing.enrol()
    found = kiosk.identify(pass_code=standing.code_of(patient), birth_date=BORN[patient])
    assert found["outcome"] == outcome
    assert found["details"]["appointment"] == standing.appointment(patient)
    if outcome in ARRIVES:
        case = next(case for case in sample.CASES if case.patient.id == patient)
        assert found["details"]["called"] == case.patient.called
        assert found["details"]["needs"] == list(case.patient.needs)
        assert len(found["details"]["phone_ends"]) in {0, 3}
    else:
        assert not any(found["details"][name] for name in QUIET)
        needed = EXPLAINED_MORE.get(outcome)
        assert needed is None or found["details"][needed]
        assert (found["language"], found["modes"]) == ("", [])


def test_a_code_alone_tells_language_and_modes_and_nothing_else(
    standing: Served,
) -> None:
    kiosk = standing.enrol()
    blank = {"outcome": None, "online": True, "tries_left": 3, "details": None}
    edith = kiosk.identify(pass_code=standing.code_of("edith"))
    assert edith == blank | {"language": "", "modes": ["extra-large", "read-aloud"]}
    layla = kiosk.identify(pass_code=standing.code_of("layla"))
    assert layla == blank | {"language": "ar", "modes": []}


def test_an_unknown_code_alone_answers_in_the_same_shape(standing: Served) -> None:
    kiosk = standing.enrol()
    known = kiosk.identify(pass_code=standing.code_of("maria"))
    for code in (build("01", "0" * 20), "<script>", "", "K1" + "0" * 24):
        if code:
            assert kiosk.identify(pass_code=code) == known


def test_an_unknown_code_with_a_birth_date_is_not_found(kiosk: Kiosk) -> None:
    found = kiosk.identify(pass_code=build("01", "0" * 20), birth_date="1980-01-01")
    assert (found["outcome"], found["details"]) == ("not-found", None)


def test_three_wrong_birth_dates_lock_a_pass_for_the_day_at_every_kiosk(
    served: Served, kiosk: Kiosk
) -> None:
    code, other = served.code_of("maria"), served.enrol("Kiosk 2")
    wrong = {"pass_code": code, "birth_date": "1900-01-01"}
    assert [kiosk.identify(**wrong)["tries_left"] for _ in range(2)] == [2, 1]
    third = other.identify(**wrong)
    assert (third["outcome"], third["tries_left"], third["details"]) == ("locked", 0, None)
    right = kiosk.identify(pass_code=code, birth_date=BORN["maria"])
    assert (right["outcome"], right["details"]) == ("locked", None)
    served.clock.move(days=1)
    again = kiosk.identify(pass_code=code, birth_date=BORN["maria"])
    assert again["outcome"] == "wrong-day"


def test_many_guesses_at_once_get_no_more_tries(served: Served, kiosk: Kiosk) -> None:
    code = served.code_of("maria")
    dates = [f"19{year:02d}-03-14" for year in range(60, 90)]
    with ThreadPoolExecutor(10) as pool:
        ask = [pool.submit(kiosk.identify, pass_code=code, birth_date=date) for date in dates]
    outcomes = [one.result()["outcome"] for one in ask]
    assert outcomes.count("mismatch") <= 2
    assert outcomes.count("in-time") + outcomes.count("mismatch") <= 3


@pytest.mark.parametrize(
    ("typed", "born", "outcome"),
    [
        ("Maria Sample", "1984-03-14", "in-time"),
        ("sample MARIA", "1984-03-14", "in-time"),
        ("o'example", "1996-02-29", "in-time"),
        ("Sam OExample", "1996-02-29", "in-time"),
        ("Ines Modelo", "1966-05-05", "in-time"),
        ("样本小明", "2001-09-09", "in-time"),
        ("ليلى تجربة", "1990-07-21", "in-time"),
        ("Placeholder", "1979-02-28", "in-time"),
        ("Lou Tardy", "1988-10-10", "late-within-grace"),
        ("Lee Missed", "1975-04-01", "late"),
        ("Dawn Birdsong", "1992-06-15", "too-early"),
        ("Callie Nolonger", "1999-09-19", "cancelled"),
        ("Ira Present", "1953-07-07", "already-in"),
        ("Alex Sample", "1985-05-25", "not-found"),  # two of them
        ("Mona Morrow", "1969-03-03", "not-found"),  # tomorrow
        ("Otis Otherway", "1981-01-11", "not-found"),  # at another site
        ("Maria Sample", "1984-03-15", "not-found"),
        ("Maria Simple", "1984-03-14", "not-found"),
        ("Nobody Atall", "1970-01-01", "not-found"),
        ("' OR 1=1 --", "1984-03-14", "not-found"),
        ("%", "1984-03-14", "not-found"),
        ("", "1984-03-14", "not-found"),
    ],
)
def test_typed_entry_finds_one_person_or_says_nothing(
    standing: Served, typed: str, born: str, outcome: str
) -> None:
    found = standing.enrol().identify(typed_name=typed, birth_date=born)
    assert found["outcome"] == outcome
    assert (found["details"] is None) == (outcome == "not-found")


def test_every_neutral_failure_looks_the_same(standing: Served) -> None:
    kiosk = standing.enrol()
    unknown = kiosk.identify(typed_name="Nobody Atall", birth_date="1970-01-01")
    ambiguous = kiosk.identify(typed_name="Alex Sample", birth_date="1985-05-25")
    wrong_day = kiosk.identify(typed_name="Mona Morrow", birth_date="1969-03-03")
    no_date = kiosk.identify(typed_name="Maria Sample")
    assert unknown == ambiguous == wrong_day == no_date


def test_five_typed_failures_lock_that_kiosk_for_ten_minutes(served: Served, kiosk: Kiosk) -> None:
    maria = {"typed_name": "Maria Sample", "birth_date": "1984-03-14"}
    for _ in range(5):
        assert kiosk.identify(typed_name="Nobody", birth_date="1970-01-01")["outcome"] == (
            "not-found"
        )
    assert kiosk.identify(**maria)["outcome"] == "locked"
    assert served.enrol("Kiosk 2").identify(**maria)["outcome"] == "in-time"
    served.clock.move(minutes=10, seconds=1)
    assert kiosk.identify(**maria)["outcome"] == "in-time"


def test_an_arrival_makes_the_next_scan_already_in(served: Served, kiosk: Kiosk) -> None:
    appointment, session = served.appointment("maria"), kiosk.session()
    body = ArrivalRecorded(appointment=appointment, outcome=Outcome.IN_TIME)
    assert kiosk.send(kiosk.event(session, body))[0]["outcome"] == "accepted"
    found = kiosk.identify(pass_code=served.code_of("maria"), birth_date=BORN["maria"])
    assert found["outcome"] == "already-in"


def test_a_replaced_pass_is_revoked_and_the_new_one_works(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    old, appointment = served.code_of("maria"), served.appointment("maria")
    answer = staff_member.post("/passes", {"appointment": appointment, "replace": True})
    new = answer.json()["pass"]
    born = BORN["maria"]
    assert kiosk.identify(pass_code=old, birth_date=born)["outcome"] == "revoked"
    assert kiosk.identify(pass_code=new, birth_date=born)["outcome"] == "in-time"
    again = staff_member.post("/passes", {"appointment": appointment}).json()
    assert again["pass"] == new
    picture = staff_member.http.get(served.settings.url + again["png_url"], timeout=10)
    assert picture.content.startswith(b"\x89PNG")


def test_a_revoked_pass_is_shown_as_such_and_replaced_only_when_asked(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    appointment = served.appointment("maria")
    assert staff_member.post("/passes/revoke", {"appointment": appointment}).status_code == 204
    shown = staff_member.post("/passes", {"appointment": appointment}).json()
    assert (shown["pass"], shown["revoked"]) == (served.code_of("maria"), True)
    picture = staff_member.http.get(served.settings.url + shown["png_url"], timeout=10)
    assert (picture.status_code, picture.json()["code"]) == (409, "revoked")
    found = kiosk.identify(pass_code=shown["pass"], birth_date=BORN["maria"])
    assert found["outcome"] == "revoked"
    new = staff_member.post("/passes", {"appointment": appointment, "replace": True}).json()
    assert new["revoked"] is False
    for path in ("/passes", "/passes/revoke"):
        assert staff_member.post(path, {"appointment": "none"}).status_code == 404


def test_a_wait_is_told_once_three_patients_of_the_practitioner_were_seen(
    served: Served, kiosk: Kiosk, staff_member: Browser
) -> None:
    query = {"pass_code": served.code_of("xiaoming"), "birth_date": BORN["xiaoming"]}
    seen = ["maria", "layla", "ines"]
    for number, patient in enumerate(seen):
        assert kiosk.identify(**query)["details"]["wait"] is None
        body = ArrivalRecorded(appointment=served.appointment(patient), outcome=Outcome.IN_TIME)
        kiosk.send(kiosk.event(kiosk.session(), body))
        served.clock.move(minutes=6 + number)
        staff_member.act(
            "status.changed", **_moved(served.appointment(patient), "in-progress")
        ).raise_for_status()
    wait = kiosk.identify(**query)["details"]["wait"]
    assert (wait["low"], wait["high"]) == (5, 10)


def _moved(appointment: str, status: str) -> dict[str, object]:
    body = StatusChanged.model_validate({"appointment": appointment, "status": status})
    return body.model_dump(mode="json")


def test_questions_of_the_wrong_shape_are_refused_calmly(kiosk: Kiosk) -> None:
    bodies: list[object] = [
        {"pass_code": "x" * 65},
        {"who": "me"},
        [],
        None,
        {"birth_date": "1980-02-30"},
    ]
    for body in bodies:
        answer = kiosk.post("/identify", body)
        assert answer.status_code == 422
        assert answer.json()["code"] == "invalid"
    base = requests.post(kiosk.base + "/identify", json={}, timeout=10)
    assert base.status_code == 401
