"""`kiosk desk …` as IT types it, some of it as a real process."""

import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import requests

from kiosk.config import load
from kiosk.desk import commands
from kiosk.desk.settings import DeskSettings
from kiosk.domain.passcode import EnrolmentCode, read_enrolment
from kiosk.errors import ConfigError, StorageError
from kiosk.resources import shipped

from .support import PRACTICE, free_port, process

CSV = (
    "id,start,site,patient_id,family,given,birth_date\n"
    "A1,2030-05-14 09:30,01,P1,Sample,Maria,1984-03-14\n"
    "A2,2030-05-14 10:30,01,P2,Sample,Alex,1985-05-25\n"
)


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    """The words that every command begins with."""
    (tmp_path / "practice.toml").write_text(PRACTICE, encoding="utf-8")
    config = tmp_path / "desk.toml"
    config.write_text(f'data = "{tmp_path}/data"\npractice = "practice.toml"\n', encoding="utf-8")
    return ["--config", str(config)]


def rows(tmp_path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(tmp_path / "data" / "desk.db")) as database:
        return list(database.execute(sql))


def test_the_shipped_settings_load_as_they_are_and_are_the_defaults() -> None:
    shipped_settings = load(shipped("config", "desk.toml"), DeskSettings)
    default = DeskSettings(practice=Path("practice.toml"))
    assert shipped_settings == default


def test_an_import_is_repeated_and_reports_what_it_did(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = tmp_path / "day.csv"
    day.write_text(CSV, encoding="utf-8")
    assert commands.main([*words, "import", str(day)]) == 0
    assert commands.main([*words, "import", str(day)]) == 0
    day.write_text(CSV.replace("A2,2030-05-14 10:30,01", "A2,soon,01"), encoding="utf-8")
    assert commands.main([*words, "import", str(day)]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "2 new, 0 changed, 0 the same",
        "0 new, 0 changed, 2 the same",
        "0 new, 0 changed, 1 the same",
        "no longer in the file (--prune drops them): A2",
    ]
    assert said.err == f"{day}:3: start: is not a time such as 2030-01-31 09:30\n"
    assert commands.main([*words, "import", str(day), "--prune"]) == 1
    assert rows(tmp_path, "SELECT id FROM appointments WHERE gone") == [("A2",)]


def test_a_file_that_is_not_there_is_named(words: list[str]) -> None:
    with pytest.raises(ConfigError, match=r"none\.csv"):
        commands.main([*words, "import", "none.csv"])


def test_an_enrolment_code_is_shown_as_the_kiosk_reads_it(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main([*words, "enrol", "--label", "Kiosk 2", "--site", "02"]) == 0
    lines = capsys.readouterr().out.splitlines()
    found = [one for one in map(read_enrolment, lines) if isinstance(one, EnrolmentCode)]
    assert [one.address for one in found] == ["http://127.0.0.1:8400"]
    assert any("█" in line or "▀" in line for line in lines)
    with pytest.raises(ConfigError, match="site"):
        commands.main([*words, "enrol", "--site", "99"])


def test_users_are_added_once_and_get_new_passwords(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main([*words, "user", "add", "Maya", "--role", "it"]) == 0
    assert commands.main([*words, "user", "passwd", "maya"]) == 0
    first, second = (line.split() for line in capsys.readouterr().out.splitlines())
    assert first[0] == second[0] == "maya"
    assert first[1] != second[1]
    assert rows(tmp_path, "SELECT name, roles FROM users") == [("maya", "it")]
    assert second[1] not in str(rows(tmp_path, "SELECT hash FROM users"))
    for wrong in (["add", "maya"], ["passwd", "noor"]):
        with pytest.raises(ConfigError, match="user"):
            commands.main([*words, "user", *wrong])


def test_the_sample_day_is_for_demonstrations_only(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ConfigError, match="demo"):
        commands.main([*words, "sample"])
    with pytest.raises(ConfigError, match="demo"):
        commands.main([*words, "--at", "10:00", "sample"])
    with pytest.raises(ConfigError, match="10-00"):
        commands.main([*words, "--demo", "--at", "10-00", "sample"])
    assert commands.main([*words, "--demo", "--at", "10:00", "sample"]) == 0
    assert commands.main([*words, "--demo", "--at", "10:00", "sample"]) == 0
    assert "20 the same" in capsys.readouterr().out


def test_a_backup_is_whole_private_and_without_the_pass_key(
    words: list[str], tmp_path: Path
) -> None:
    commands.main([*words, "--demo", "--at", "10:00", "sample"])
    copy = tmp_path / "copy.db"
    assert commands.main([*words, "backup", str(copy)]) == 0
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM appointments").fetchone() == (20,)
    key = (tmp_path / "data" / "keys" / "pass.key").read_bytes()
    assert key not in copy.read_bytes()
    with pytest.raises(ConfigError, match="exists"):
        commands.main([*words, "backup", str(copy)])


def test_a_desk_on_this_machine_only_has_no_ca(words: list[str]) -> None:
    with pytest.raises(ConfigError, match="certificate authority"):
        commands.main([*words, "ca"])


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("port = 0", "port"),
        ("prot = 1", "prot"),
        ('tls = { cert = "a" }', "tls"),
        ("retention_days = 3", "retention_days"),
        ('site = "99"', "site"),
        ('connector = { kind = "fax" }', "connector.kind"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, words: list[str], line: str, key: str) -> None:
    path = tmp_path / "desk.toml"
    path.write_text(f"{line}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(key)):
        commands.main([*words, "enrol"])


def test_a_data_folder_that_cannot_be_is_a_storage_error(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StorageError):
        commands.main([*words, "--data", str(tmp_path / "file" / "data"), "enrol"])


def test_a_real_desk_starts_says_where_it_is_and_stops_in_time(
    words: list[str], tmp_path: Path
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with process([*words, "--demo"], port) as desk:
        assert requests.get(f"{url}/healthz", timeout=10).ok
        with pytest.raises(ConfigError, match="port"):
            commands.main([*words, "--port", str(port)])
        desk.send_signal(signal.SIGTERM)
        out, _ = desk.communicate(timeout=20)
    first, second = out.splitlines()
    password = re.fullmatch(r"First login, shown only now: front-desk (\S+)", first)
    assert password
    assert len(password[1]) == 19
    assert second == f"Desk: {url}"
    assert desk.returncode == 0
    assert rows(tmp_path, "SELECT roles FROM users") == [("front-desk,manager,it",)]
