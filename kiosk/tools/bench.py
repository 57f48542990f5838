"""`kiosk bench`: measures this machine with the real parts and prints one table (or `--json`)."""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from kiosk.desk import sample
from kiosk.domain.event import Event
from kiosk.errors import KioskError
from kiosk.tools import bench_desk, bench_scan, bench_speech
from kiosk.tools.stage import Stage
from kiosk.ui.profile import PROFILES

_QUIET_S = 8.0


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; `value` is None where it could not be measured, `note` says why."""

    what: str
    value: float | None
    unit: str
    note: str = ""


def main(argv: Sequence[str]) -> int:
    """Measure and print; exit status 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="kiosk bench", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--profile", default="portrait-21", choices=list(PROFILES))
    parser.add_argument("--rounds", type=int, default=3, help="check-ins to take the touches from")
    parser.add_argument("--only", choices=list(_PARTS), help="one part only")
    options = parser.parse_args(argv)
    rows: list[Row] = []
    for name, part in _PARTS.items():
        if options.only in {None, name}:
            rows += _guarded(name, lambda part=part: part(options))  # type: ignore[misc]
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
    else:
        _table(rows)
    return int(any(row.value is None for row in rows))


def _guarded(name: str, part: Callable[[], Iterable[Row]]) -> list[Row]:
    try:
        return list(part())
    except KioskError as fault:
        return [Row(name, None, "", str(fault))]


def _table(rows: Sequence[Row]) -> None:
    wide = max(len(row.what) for row in rows)
    for row in rows:
        value = "?" if row.value is None else f"{row.value:,.1f}"
        print(f"{row.what:<{wide}}  {value:>10}  {row.unit:<9}  {row.note}".rstrip())


def _kiosk(options: argparse.Namespace) -> Iterable[Row]:
    """The touchscreen on a virtual screen: start, touches, memory, idle."""
    from kiosk.tools.driver import Driver

    with tempfile.TemporaryDirectory(prefix="checkin-bench-") as folder:
        stage = Stage(Path(folder), "10:00")
        try:
            stage.start()
            driver = Driver(stage, options.profile)
            try:
                first = driver.ready()
                yield Row(
                    "cold start to first frame", (first.painted - driver.started) * 1000, "ms"
                )
                yield from _touches(stage, driver, options.rounds)
                yield from _resources(stage)
            finally:
                driver.close()
            yield from _board(stage)
        finally:
            stage.stop()


def _touches(stage: Stage, driver: object, rounds: int) -> Iterable[Row]:
    from kiosk.tools.driver import Driver
    from kiosk.tools.patient import Patient, Person

    assert isinstance(driver, Driver)  # noqa: S101 - the lazy import keeps Xlib out of other parts
    taps: list[float] = []
    scans: list[float] = []
    cases = [case for case in sample.CASES if case.patient.language in {"", "en"}][:rounds]
    for case in cases:
        born = case.patient.birth_date
        if born is None:
            continue
        code = stage.reception.issue(sample.appointment_id(case.patient.id, stage.today))
        patient = Patient(driver, Person(case.patient.id, code, born, modes=()))
        patient.check_in()
        patient.leave()
        taps += patient.timings.taps
        scans += [patient.timings.scan] if patient.timings.scan else []
    yield from _spread("tap to next screen painted", taps)
    yield from _spread("frame with a code to next screen", scans)


def _spread(what: str, values: Sequence[float]) -> Iterable[Row]:
    if len(values) < 2:
        yield Row(what, None, "ms", "too few values")
        return
    cut = statistics.quantiles(values, n=20, method="inclusive")
    yield Row(f"{what}, p50", statistics.median(values), "ms", f"n={len(values)}")
    yield Row(f"{what}, p95", cut[18], "ms")


def _resources(stage: Stage) -> Iterable[Row]:
    pids = {name: pid for name, pid in stage.pids.items() if name in {"kiosk", "courier", "desk"}}
    before = {name: _cpu(pid) for name, pid in pids.items()}
    time.sleep(_QUIET_S)
    for name, pid in pids.items():
        yield Row(f"memory of {name}", _rss(pid), "MB", "resident")
    for name, pid in pids.items():
        share = (_cpu(pid) - before[name]) / _QUIET_S * 100
        note = "with the live camera picture, software GL" if name == "kiosk" else ""
        yield Row(f"idle {name}", share, "% of core", note)


def _rss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _board(stage: Stage) -> Iterable[Row]:
    """From the event's own time in the outbox to the row in a real browser."""
    from kiosk.domain.event import ArrivalRecorded, SessionStarted
    from kiosk.domain.ident import uuid7
    from kiosk.domain.outcome import Outcome
    from kiosk.tools.boardeye import board

    delays = []
    outbox = stage.outbox
    with board(stage.address, stage.login) as eye:
        for case in [c for c in sample.CASES if c.outcome is Outcome.IN_TIME][-6:]:
            appointment = sample.appointment_id(case.patient.id, stage.today)
            eye.watch(appointment)
            session = uuid7(stage.clock.now(), os.urandom(10))
            said = ArrivalRecorded(appointment=appointment, outcome=Outcome.IN_TIME)
            outbox.record(session, [SessionStarted(language="en"), said])
            stage.courier.wake()
            kept = Event.model_validate_json(outbox.kept()[-1].body)
            at = kept.time - (stage.shift or timedelta())
            with suppress(KioskError):
                delays.append((eye.seen(appointment) - at.timestamp()) * 1000)
    outbox.close()
    yield from _spread("recorded to row on the board", delays)


def _scan(_: argparse.Namespace) -> Iterable[Row]:
    """Decoding: our ladder beside the decoders alone, on simulated lobby frames, in one run."""
    looks = bench_scan.simulated(1)
    for row in bench_scan.table(looks, "reader"):
        for key, value in row.items():
            if isinstance(value, int | float):
                yield Row(f"scan by {row['reader']}: {key}", float(value), _UNITS.get(key, ""))
    for row in bench_scan.table(looks, "width_mm", "distance_mm", "reader"):
        if row["reader"] == "ladder":
            what = f"recall, {row['width_mm']} mm code at {row['distance_mm']} mm"
            yield Row(what, float(row["recall"]), "", f"{row['codes']} codes, all conditions")


_UNITS = {"ms_mean": "ms", "ms_median": "ms", "ms_p95": "ms"}


def _desk(_: argparse.Namespace) -> Iterable[Row]:
    for row in bench_desk.rows():
        yield Row(str(row["what"]), float(str(row["value"])), str(row["unit"]))


def _speech(_: argparse.Namespace) -> Iterable[Row]:
    for row in bench_speech.rows():
        yield Row(str(row["what"]), float(str(row["value"])), str(row["unit"]))


_PARTS: dict[str, Callable[[argparse.Namespace], Iterable[Row]]] = {
    "kiosk": _kiosk,
    "scan": _scan,
    "speech": _speech,
    "desk": _desk,
}
