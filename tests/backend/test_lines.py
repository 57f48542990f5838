import pytest
from pydantic import ValidationError

from kiosk.backend.lines import REQUEST, Enrol, Identify, Wake
from kiosk.domain.identify import Query


@pytest.mark.parametrize(
    "request_",
    [
        Wake(),
        Identify(query=Query(pass_code="x")),
        Enrol(address="", ca_pin="", code="", label=""),
    ],
)
def test_a_request_comes_through_as_one_line(request_: Wake | Identify | Enrol) -> None:
    line = request_.model_dump_json()
    assert "\n" not in line
    assert REQUEST.validate_json(line) == request_


def test_what_is_asked_for_decides_the_rest() -> None:
    with pytest.raises(ValidationError):
        REQUEST.validate_json('{"do": "identify", "address": ""}')
