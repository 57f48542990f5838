"""The desk as one application, and the server that runs it."""

import gc
import importlib
import logging
import secrets
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from types import FrameType

import uvicorn
from fastapi import FastAPI

from kiosk import __version__
from kiosk.config import PracticeSettings, load
from kiosk.desk import board, counters, keys, pages, problems, staff, tls
from kiosk.desk.chores import Chore, Chores
from kiosk.desk.database import Database
from kiosk.desk.desk import Desk
from kiosk.desk.feed import Feed
from kiosk.desk.gate import Gate
from kiosk.desk.guard import Guard
from kiosk.desk.identify import Identification
from kiosk.desk.inbox import Inbox
from kiosk.desk.kiosk_routes import ROUTES as KIOSK_ROUTES
from kiosk.desk.passing_on import PassingOn
from kiosk.desk.policy import Policy
from kiosk.desk.settings import DeskSettings
from kiosk.desk.staff_routes import ROUTES as STAFF_ROUTES
from kiosk.desk.tidy import tidy
from kiosk.desk.view import DayView
from kiosk.domain import needs
from kiosk.domain.ports import Clock, Connector
from kiosk.errors import ConfigError, StorageError
from kiosk.i18n.catalog import Catalogue
from kiosk.resources import shipped

_log = logging.getLogger(__name__)
_DAY_S = 24 * 3600.0
_PUSH_S = 2.0


def practice_of(settings: DeskSettings) -> PracticeSettings:
    """Read the practice's policy. Raises ConfigError."""
    path = settings.practice or shipped("config", "practice.toml")
    practice = load(path, PracticeSettings)
    if settings.site and settings.site not in {site.code for site in practice.sites}:
        raise ConfigError(f"desk.toml: site: {settings.site} is no site of {path}")
    return practice


def open_database(settings: DeskSettings) -> Database:
    """Open the database and bring its tables up to date. Raises StorageError."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise StorageError(f"{settings.data}: {fault.strerror}") from None
    database = Database(settings.database_url)
    database.write(lambda conn: counters.mark(conn, secrets.randbelow(2**31 - 1) + 1))
    return database


def assemble(settings: DeskSettings, clock: Clock) -> Desk:
    """Put the parts together. Raises ConfigError, StorageError or ResourceMissing."""
    practice = practice_of(settings)
    table = needs.read(shipped("assets", "needs.toml"))
    certificates = tls.certificates(settings, clock.now())
    key = keys.pass_key(settings.data)
    policy = Policy(practice, key, linked=settings.connector.kind != "none")
    database = open_database(settings)
    view = DayView(database, policy, table, demo=settings.demo)
    audiences = frozenset(f"{url}/api/v1" for url in settings.urls)
    return Desk(
        settings=settings,
        policy=policy,
        clock=clock,
        database=database,
        view=view,
        feed=Feed(view, clock),
        gate=Gate(database, audiences, clock.now()),
        identification=Identification(
            database, policy, lambda practitioner: view.wait(practitioner, clock.now())
        ),
        inbox=Inbox(database, policy, clock),
        needs=table,
        certificates=certificates,
    )


def build(settings: DeskSettings, clock: Clock, connector: Connector | None = None) -> FastAPI:
    """Make the application; `connector` replaces the one of the settings.

    Raises ConfigError, StorageError or ResourceMissing; then nothing stays open.
    """
    link = connector or _connector(settings)
    desk = assemble(settings, clock)
    app = FastAPI(
        title="Check-in desk",
        version=__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(desk, _chores(desk, link)),
    )
    app.state.desk = desk
    app.add_middleware(Guard, clock=clock, tls=desk.certificates is not None)
    problems.install(app)
    for routes in (KIOSK_ROUTES, STAFF_ROUTES, pages.ROUTES):
        app.include_router(routes)
    board.routes(app, _words(desk.policy.practice))
    return app


def _words(practice: PracticeSettings) -> Catalogue:
    """The patients' languages, for printed sheets."""
    return Catalogue(shipped("assets", "locale"), practice.timezone, practice.territory)


def _connector(settings: DeskSettings) -> Connector | None:
    """Make the link that the settings name; its parts are loaded only when there is one."""
    if settings.connector.kind == "none":
        return None
    fhir = importlib.import_module("kiosk.desk.connectors.fhir")
    practice = practice_of(settings)
    made: Connector = fhir.FhirConnector(
        settings.connector, zone=practice.timezone, languages=practice.languages
    )
    return made


def _chores(desk: Desk, connector: Connector | None) -> Chores:
    def tidying() -> None:
        now, days = desk.clock.now(), desk.settings.retention_days
        _log.info(desk.database.write(lambda conn: tidy(conn, desk.policy, days, now)))

    chores = [Chore("tidy", _DAY_S, tidying)]
    if connector is not None:
        passing = PassingOn(desk.database, connector, desk.policy, desk.view, desk.clock)
        every = float(desk.settings.connector.poll_s)
        chores += [
            Chore("push", _PUSH_S, passing.push, woken=True),
            Chore("pull", every, passing.pull),
        ]
    return Chores(tuple(chores), desk.clock)


def _lifespan(desk: Desk, chores: Chores) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        desk.feed.open()
        desk.database.on_commit(desk.feed.changed)
        desk.database.on_commit(chores.wake)
        chores.start()
        try:
            yield
        finally:
            desk.feed.close()
            chores.close()
            desk.database.close()

    return lifespan


class _Server(uvicorn.Server):
    """Ends the board's streams as soon as it is told to stop, so that stopping takes no time."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._after)

    def _after(self, _sig: int, _frame: FrameType | None) -> None:
        """Uvicorn raises its signal again when it has ended; by then all is done."""
        if not self.should_exit:
            raise SystemExit(0)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take SIGTERM or SIGINT."""
        self._desk.feed.close()
        super().handle_exit(sig, frame)


def serve(settings: DeskSettings, clock: Clock, alive: Callable[[], None] = lambda: None) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit status.

    `alive` is called every two seconds from the loop that answers requests.

    Raises ConfigError (also for an address in use), StorageError or ResourceMissing.
    """
    listening = _listen(settings)
    app = build(settings, clock)
    desk: Desk = app.state.desk
    first_login(desk)
    gc.freeze()  # what is there by now stays: looking through it again took 80 ms at a time
    certificates = desk.certificates

    async def notify() -> None:
        alive()

    config = uvicorn.Config(
        app,
        callback_notify=notify,
        timeout_notify=2,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        ssl_certfile=str(certificates.chain) if certificates else None,
        ssl_keyfile=str(certificates.key) if certificates else None,
    )
    server = _Server(config, desk)
    say(f"Desk: {settings.url}")
    with listening:
        server.run(sockets=[listening])
    return 0


def first_login(desk: Desk) -> None:
    """At the very first start make a login and print its password, this once."""
    with desk.database.read() as conn:
        if staff.exists(conn):
            return
    password = staff.new_password()
    desk.database.write(lambda conn: staff.put(conn, staff.FIRST_USER, password, staff.ROLES))
    say(f"First login, shown only now: {staff.FIRST_USER} {password}")


def say(line: str) -> None:
    """Print one line for the person (or the program) that started the desk, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _listen(settings: DeskSettings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio sets TCP_NODELAY only where the protocol is named; without it an answer takes 40 ms
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as fault:
        listening.close()
        text = f"desk.toml: port: {settings.host}:{settings.port}: {fault.strerror}"
        raise ConfigError(text) from None
    return listening
