"""The board's stream: every commit wakes it, one board is made for all who watch (HTML, §9.2)."""

import asyncio
from collections.abc import AsyncIterator, Callable

from kiosk.desk.boardmodels import BoardState
from kiosk.desk.view import DayView
from kiosk.domain.ports import Clock
from kiosk.errors import StorageError

HEARTBEAT_S = 15.0
_GATHER_S = 0.02  # commits that come together make one board


class Feed:
    """Wakes the watchers; `changed` may be called from any thread, the rest on the loop."""

    def __init__(self, view: DayView, clock: Clock) -> None:
        self._view, self._clock = view, clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news: asyncio.Event | None = None
        self._making: asyncio.Task[BoardState] | None = None
        self._closed = False

    def open(self) -> None:
        """Start on the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()

    def close(self) -> None:
        """End all streams, from any thread."""
        self._closed = True
        self.changed()

    def changed(self) -> None:
        """Say that something was committed."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake)

    async def stream(self, last: int, alive: Callable[[], bool]) -> AsyncIterator[str]:
        """Yield server-sent events, beginning with what changed after version `last`.

        Ends when the desk stops, or when `alive` says that the login is over.
        """
        yield "retry: 1000\n\n"
        shown = ""
        while not self._closed and await asyncio.to_thread(alive):
            news = self._news or asyncio.Event()
            state = await self._current()
            if state is not None:
                same = _lasting(state)
                if state.version != last or (shown and shown != same):
                    yield sse(state)
                last, shown = state.version, same
            if not await _within(news, HEARTBEAT_S):
                yield ": still here\n\n"

    def _wake(self) -> None:
        if self._news is not None:
            self._news.set()
        self._news, self._making = asyncio.Event(), None

    async def _current(self) -> BoardState | None:
        """Make the board once for all who ask after the same commit; None when that failed."""
        if self._making is None or self._making.done():
            self._making = asyncio.create_task(asyncio.to_thread(self._make))
        try:
            return await asyncio.shield(self._making)
        except StorageError:
            return None

    def _make(self) -> BoardState:
        return self._view.board(self._clock.now())


def sse(state: BoardState) -> str:
    """Write a board as one server-sent event; its JSON is a single line."""
    return f"id: {state.version}\nevent: board\ndata: {state.model_dump_json()}\n\n"


def _lasting(state: BoardState) -> str:
    """The board without what changes with every second."""
    return state.model_dump_json(exclude={"now": True, "helps": {"__all__": {"age_seconds"}}})


async def _within(news: asyncio.Event, seconds: float) -> bool:
    """Wait for news, then a little more for what comes with it; False when there was none."""
    try:
        await asyncio.wait_for(news.wait(), seconds)
    except TimeoutError:
        return False
    await asyncio.sleep(_GATHER_S)
    return True
