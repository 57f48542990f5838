"""The made-up day: every case is what it says, whatever the time and the practice's windows."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import PracticeSettings, Site, Windows
from kiosk.desk import sample
from kiosk.desk.book import Booked
from kiosk.desk.policy import Policy
from kiosk.domain.appointment import VisitStatus
from kiosk.domain.outcome import ARRIVES, EXPLAINED
from kiosk.errors import ConfigError

SITES = (Site(code="01", name="Main Street"), Site(code="02", name="Riverside"))


TIMES = st.tuples(st.dates(date(2030, 1, 1), date(2031, 1, 1)), st.times(time(3), time(20, 59)))


@given(
    TIMES.map(lambda parts: datetime.combine(*parts, tzinfo=UTC)),
    st.sampled_from([Windows(), Windows(early=30, grace=5, late=20), Windows(early=120, late=90)]),
)
def test_each_case_has_the_outcome_it_says(at: datetime, windows: Windows) -> None:
    practice = PracticeSettings(name="S", timezone="UTC", sites=SITES, windows=windows)
    policy = Policy(practice, bytes(32))
    for case, row in zip(sample.CASES, sample.day(practice, "01", at), strict=True):
        booked = Booked(row, VisitStatus.BOOKED, date(2030, 1, 1), 0, gone=False, origin="sample")
        assert policy.judge(booked.slot(revoked=row.revoked), at, "01") == case.outcome, case.about


def test_there_is_somebody_for_every_case_and_language() -> None:
    outcomes = {outcome for _, _, outcome in sample.patients()}
    assert outcomes == ARRIVES | EXPLAINED
    languages = {case.patient.language for case in sample.CASES}
    assert languages == {"", "es", "ar", "hi", "zh-Hans"}
    assert {need for case in sample.CASES for need in case.patient.needs} >= {
        "hearing",
        "step-free",
    }
    twins = [case.patient for case in sample.CASES if case.patient.given == "Alex"]
    assert len({(one.family, one.birth_date) for one in twins}) == 1 < len(twins)
    ids = [id_ for id_, _, _ in sample.patients()]
    assert len(set(ids)) == len(ids) >= 14


def test_a_time_too_near_midnight_is_refused() -> None:
    practice = PracticeSettings(name="S", timezone="UTC", sites=SITES)
    for hour in (0, 23):
        with pytest.raises(ConfigError, match="time of day"):
            sample.day(practice, "01", datetime(2030, 5, 14, hour, 30, tzinfo=UTC))


def test_a_practice_with_one_site_has_a_wrong_site_patient_too() -> None:
    practice = PracticeSettings(name="S", timezone="UTC", sites=SITES[:1])
    rows = sample.day(practice, "01", datetime(2030, 5, 14, 12, tzinfo=UTC))
    assert {row.site for row in rows} == {"01", "02"}
    assert rows[0].start - rows[0].start.replace(minute=0) < timedelta(hours=1)
