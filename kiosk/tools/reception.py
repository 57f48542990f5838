"""The front desk's own hands on the desk's API: log in, give out passes, look at the board."""

from typing import Any

import requests

from kiosk.errors import Unreachable


class Reception:
    """One logged-in member of staff. Raises Unreachable when the desk lets nobody in."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self._api = f"{address}/api/v1"
        self._session = requests.Session()
        found = self._post("login", {"user": user, "password": password})
        self._session.headers["X-CSRF-Token"] = str(found["csrf"])

    def issue(self, appointment: str) -> str:
        """Return the pass of an appointment, as the front desk would print it."""
        return str(self._post("passes", {"appointment": appointment})["pass"])

    def board(self) -> dict[str, Any]:
        """Return the live board's state, as its page gets it."""
        found: dict[str, Any] = self._session.get(f"{self._api}/board", timeout=10).json()
        return found

    def _post(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        answer = self._session.post(f"{self._api}/{path}", json=body, timeout=10)
        if not answer.ok:
            raise Unreachable(f"the desk refuses {path}: {answer.status_code}")
        found: dict[str, Any] = answer.json()
        return found
