"""`kiosk audit`: walk every screen, by touch, by keys and by ear; print what breaks which rule."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk.errors import ConfigError
from kiosk.tools.audit import matrix, report, work
from kiosk.tools.audit.examine import Result
from kiosk.tools.audit.found import Combination, Violation

_NEWS = 5.0  # s between two lines of progress
_WIDE = 110  # of an example


def main(argv: Sequence[str]) -> int:
    """Print violations by id and a count; returns 1 when there are any. Raises ConfigError."""
    options = _parser().parse_args(argv)
    every = matrix.combinations(options.language, options.mode, options.profile)
    has = matrix.offered()
    wanted = [one for one in every if has(one)]
    if not wanted:
        raise ConfigError("no kiosk offers these modes in these languages on these screens")
    if options.sample:
        wanted = matrix.sample(wanted)
    elif len(wanted) < len(every):
        _say(f"{len(every) - len(wanted)} combinations are offered by no kiosk")
    results = work.run(work.jobs(wanted, options.out), _Progress(len(wanted)))
    found = list(violations(results))
    if options.out:
        report.write(options.out, results)
    print("\n".join(_json(results, found) if options.json else table(results, found)))
    return 1 if found else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk audit", description=__doc__)
    lists = "names with commas between, or all"
    parser.add_argument("--language", default="all", metavar="en,ar", help=lists)
    parser.add_argument("--mode", default="all", metavar="default,calm", help=lists)
    parser.add_argument("--profile", default="all", metavar="portrait-21", help=lists)
    parser.add_argument("--sample", action="store_true", help="few that cover all of these")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write a report with pictures")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


class _Progress:
    """Says now and then how far it is."""

    def __init__(self, of: int) -> None:
        self._of, self._done, self._said = of, 0, time.monotonic()

    def __call__(self, job: work.Job) -> None:
        self._done += len(job.combinations)
        now = time.monotonic()
        if now - self._said >= _NEWS or self._done == self._of:
            self._said = now
            _say(f"{self._done} of {self._of} combinations ({job})")


def _say(text: str) -> None:
    print(f"kiosk audit: {text}", file=sys.stderr, flush=True)


def violations(results: Sequence[Result]) -> Iterator[Violation]:
    """Yield every breach with where it was found."""
    for result in results:
        for shown in result.screens:
            for breach in shown.breaches:
                yield Violation(result.where, shown.name, breach)


def table(results: Sequence[Result], found: Sequence[Violation]) -> Iterator[str]:
    """Yield the lines of a table by rule, with an example of each, and a count."""
    counts = Counter((one.breach.rule, one.breach.check) for one in found)
    if counts:
        yield f"{'rule':<6} {'check':<11} {'times':>6}  for example"
    for (rule, check), times in sorted(counts.items()):
        first = next(v for v in found if (v.breach.rule, v.breach.check) == (rule, check))
        example = f"{first.where}: {first.screen}: {first.breach.said}"
        yield f"{rule:<6} {check:<11} {times:>6}  {example[:_WIDE]}"
    screens = sum(len(result.screens) - 1 for result in results)
    yield f"{len(found)} violations in {len(results)} combinations, {screens} screens"


def _json(results: Sequence[Result], found: Sequence[Violation]) -> Iterator[str]:
    screens = sum(len(result.screens) - 1 for result in results)
    rows = [_row(one) for one in found]
    combinations = [_where(result.where) for result in results]
    whole = {
        "violations": rows,
        "combinations": combinations,
        "screens": screens,
        "count": len(found),
    }
    yield json.dumps(whole, ensure_ascii=False)


def _where(one: Combination) -> dict[str, str]:
    return {"language": one.language, "mode": one.mode, "profile": one.profile}


def _row(one: Violation) -> dict[str, object]:
    breach = one.breach
    box = breach.box
    return {
        "rule": breach.rule,
        "check": breach.check,
        **_where(one.where),
        "screen": one.screen,
        "page": breach.page,
        "node": breach.node,
        "said": breach.said,
        "bounds_mm": [round(v, 2) for v in (box.x, box.y, box.w, box.h)] if box else None,
    }
