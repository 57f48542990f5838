"""Settings from a later version, read without what this version does not know.

Files on disk are closed, so that a misspelt key is named. What the desk tells its kiosks is not:
one more setting there must not stop the kiosks that have not been updated yet.
"""

import copy
import logging
import operator
from collections.abc import Iterable
from contextlib import suppress
from functools import cache, reduce
from typing import Any

from pydantic import ValidationError, ValidatorFunctionWrapHandler

from kiosk.log import fact

_log = logging.getLogger(__name__)


def lenient(raw: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """Read parsed JSON without its unknown keys; what is wrong in any other way stays wrong.

    A pydantic WrapValidator. Each set of passed-over keys is logged once, by name only.
    """
    try:
        return read(raw)
    except ValidationError as fault:
        errors = fault.errors(include_url=False, include_input=False, include_context=False)
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
    if unknown:
        _tell(tuple(sorted({".".join(map(str, where))[:80] for where in unknown})))
    return read(_without(raw, unknown))


def _without(raw: Any, unknown: Iterable[tuple[int | str, ...]]) -> Any:
    kept = copy.deepcopy(raw)
    for *path, key in unknown:
        with suppress(LookupError, TypeError):  # a place that is no place in JSON stays
            reduce(operator.getitem, path, kept).pop(key)
    return kept


@cache
def _tell(keys: tuple[str, ...]) -> None:
    _log.warning(fact("policy.unknown-keys", keys=",".join(keys[:20])))
