import pytest

from kiosk.desk.connectors.fhir_refs import Actor, actors, is_id

BASE = "https://ehr.example/fhir"


def one(**actor: object) -> Actor:
    (found,) = actors({"participant": [{"actor": actor}]}, BASE)
    return found


@pytest.mark.parametrize("reference", ["Patient/17", f"{BASE}/Patient/17", "Patient/17/_history/3"])
def test_a_reference_to_this_server_has_an_id(reference: str) -> None:
    assert one(reference=reference).key == "Patient/17"


@pytest.mark.parametrize(
    "reference",
    [
        "https://elsewhere.example/fhir/Patient/17",
        "Patient/..",
        "Patient/17/../../Observation/1",
        "Patient/1 7",
        "#inside",
        "urn:uuid:0f",
        "",
    ],
)
def test_a_reference_elsewhere_is_never_followed(reference: str) -> None:
    assert one(reference=reference).id == ""


def test_a_patient_of_another_server_is_still_a_patient() -> None:
    assert one(reference="https://elsewhere.example/fhir/Patient/17").kind == "Patient"
    assert one(type="Patient", identifier={"value": "17"}).kind == "Patient"


def test_a_name_of_an_actor_stays_out_of_repr() -> None:
    assert "Canary" not in repr(one(reference="Patient/17", display="Sample Canary"))


@pytest.mark.parametrize("value", ["", ".", "..", "a/b", "a b", "é", "x" * 65, "a\n"])
def test_what_is_no_fhir_id_may_not_stand_in_a_url(value: str) -> None:
    assert not is_id(value)
