import pytest

from kiosk.domain.appointment import Patient


@pytest.mark.parametrize(
    ("patient", "called"),
    [
        (Patient("p", "O'Example", "Samantha", name_to_use="Sam"), "Sam"),
        (Patient("p", "O'Example", "Samantha"), "Samantha"),
        (Patient("p", "Placeholder"), "Placeholder"),
        (Patient("p"), ""),
    ],
)
def test_people_are_greeted_by_the_name_they_use(patient: Patient, called: str) -> None:
    assert patient.called == called
