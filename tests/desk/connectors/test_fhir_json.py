import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.connectors.fhir_json import at, dump, items, obj, parse, text, texts
from kiosk.errors import Corrupt

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
)


@given(JSON)
def test_a_document_comes_back_as_it_was(document: object) -> None:
    assert json.loads(dump(parse(json.dumps(document).encode()))) == document


@pytest.mark.parametrize("digits", ["1.50", "0.100", "1e3", "-12.3400E-7", "3.141592653589793238"])
def test_a_decimal_keeps_every_digit(digits: str) -> None:
    body = f'{{"a": [{digits}], "b": 2}}'.encode()
    assert dump(parse(body)) == body


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"a": ', b"[NaN]", b"\xff\xfe{", b"[" * 100_000, b"9" * 10_000]
)
def test_what_is_not_json_is_corrupt(body: bytes) -> None:
    with pytest.raises(Corrupt):
        parse(body)


@given(JSON, st.lists(st.text(max_size=2), max_size=3))
def test_every_shape_can_be_asked_for_anything(document: object, path: list[str]) -> None:
    at(document, *path)
    assert isinstance(text(document, *path), str)
    assert isinstance(texts(document, *path), list)
    assert all(isinstance(item, dict) for item in items(document, *path))
    assert isinstance(obj(document, *path), dict)


def test_the_first_of_a_list_stands_for_it() -> None:
    assert text({"issue": [{"code": "conflict"}, {"code": "other"}]}, "issue", "code") == "conflict"
