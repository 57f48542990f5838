"""JSON of strangers: read it without trusting any shape, and send it back exactly as it came.

FHIR R4 (datatypes, decimal) demands that a decimal keeps its digits: 1.50 may not become 1.5.
"""

import json
import re
from collections.abc import Mapping
from typing import TypeAlias, cast

from kiosk.errors import Corrupt

Json: TypeAlias = Mapping[str, object]

_MARK = "\ue000"  # private use: wraps the digits of a decimal while the document is ours
_MARKED = re.compile(r'"\\ue000([-+.0-9eE]+)\\ue000"')


def parse(body: bytes) -> object:
    """Return the document; decimals keep their digits for `dump`. Raises Corrupt."""
    try:
        return json.loads(body, parse_float=_kept, parse_constant=_refused)
    except (ValueError, RecursionError):
        raise Corrupt("the answer is not JSON") from None


def dump(document: object) -> bytes:
    """Return the document as bytes, with the decimals' digits as `parse` found them."""
    return _MARKED.sub(r"\1", json.dumps(document)).encode("ascii")


def _kept(digits: str) -> str:
    return f"{_MARK}{digits}{_MARK}"


def _refused(constant: str) -> object:
    raise ValueError(constant)


def at(value: object, *path: str) -> object:
    """Return what stands at a path of keys, the first item wherever there is a list, or None."""
    for key in path:
        value = value[0] if isinstance(value, list) and value else value
        value = cast(Json, value).get(key) if isinstance(value, dict) else None
    return value


def obj(value: object, *path: str) -> Json:
    """Return the object at a path, or an empty one."""
    found = at(value, *path)
    found = found[0] if isinstance(found, list) and found else found
    return cast(Json, found) if isinstance(found, dict) else {}


def items(value: object, *path: str) -> list[Json]:
    """Return the objects of the list at a path; whatever else it holds is left out."""
    found = at(value, *path)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def texts(value: object, *path: str) -> list[str]:
    """Return the strings of the list at a path; whatever else it holds is left out."""
    found = at(value, *path)
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


def text(value: object, *path: str) -> str:
    """Return the string at a path, or an empty one."""
    found = at(value, *path)
    return found if isinstance(found, str) else ""
