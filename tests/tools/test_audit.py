"""`kiosk audit` as people run it: a table, a count, a status, a report."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kiosk.__main__ import main

pytest.importorskip("kivy")
pytestmark = pytest.mark.screen

LANGUAGES, SCREENS = ("ar", "en-XA"), ("portrait-21", "panel-7")
MODES = ("default", "extra-large", "high-contrast-dark", "low-reach")


def audit(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the public command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "audit", *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONWARNINGS": "error"},
    )


class Tags(HTMLParser):
    """What a page holds, tag by tag."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    """A sample of two languages, with its report."""
    out = tmp_path_factory.mktemp("audit")
    lists = ("--language", ",".join(LANGUAGES), "--mode", ",".join(MODES))
    screens = ("--profile", ",".join(SCREENS))
    done = audit("--sample", *lists, *screens, "--json", "--out", str(out))
    told = json.loads(done.stdout)
    assert done.returncode == (1 if told["count"] else 0), done.stderr
    return out, told


def test_a_sample_meets_no_violation(sampled: tuple[Path, dict[str, object]]) -> None:
    _, told = sampled
    assert told["violations"] == []
    assert told["count"] == 0


def test_a_sample_meets_each_language_on_each_screen_and_each_mode(
    sampled: tuple[Path, dict[str, object]],
) -> None:
    _, told = sampled
    combinations = told["combinations"]
    assert isinstance(combinations, list)
    assert {(one["language"], one["profile"]) for one in combinations} == {
        (language, profile) for language in LANGUAGES for profile in SCREENS
    }
    assert {one["mode"] for one in combinations} == set(MODES)


def test_the_report_shows_every_screen_and_needs_nothing_from_elsewhere(
    sampled: tuple[Path, dict[str, object]],
) -> None:
    out, told = sampled
    pages = sorted(out.glob("page-*.html"))
    assert len(pages) >= len(SCREENS)
    shown = 0
    for page in [out / "index.html", *pages]:
        text = page.read_text("utf-8")
        tags = Tags()
        tags.feed(text)
        links = [a["href"] for a in tags.of("a")] + [img["src"] for img in tags.of("img")]
        assert all((out / link).is_file() for link in links)
        assert "http" not in text
        assert not tags.of("script")
        assert not tags.of("link")
        assert all(img["alt"] and img["width"] for img in tags.of("img"))
        assert len(tags.of("h1")) == 1
        assert tags.of("html") == [{"lang": "en"}]
        shown += len(tags.of("img"))
    assert isinstance(told["screens"], int)
    assert shown >= told["screens"]


def test_what_nobody_knows_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--language", "en,tlh"]) == 2
    assert "'tlh'" in capsys.readouterr().err
    assert main(["audit", "--mode", "louder"]) == 2
    assert main(["audit", "--profile", ""]) == 2


def test_what_no_kiosk_offers_is_not_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = ["audit", "--language", "en", "--mode", "low-reach", "--profile", "panel-7"]
    assert main(wanted) == 2
    assert "no kiosk offers" in capsys.readouterr().err


def test_the_last_line_is_a_count() -> None:
    done = audit("--language", "en", "--mode", "default", "--profile", "panel-7")
    last = done.stdout.splitlines()[-1]
    assert re.fullmatch(r"\d+ violations in 1 combinations, \d+ screens", last)
    assert done.returncode == (0 if last.startswith("0 ") else 1)
    assert "1 of 1 combinations" in done.stderr
