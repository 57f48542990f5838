"""`kiosk words` says how far each language is, and gives reviewers and translators their lists."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.i18n.catalog import path_of, read
from kiosk.i18n.languages import SHIPPED, language
from kiosk.i18n.sources import notes, template
from kiosk.resources import shipped

LOCALE = shipped("assets", "locale")

Out = pytest.CaptureFixture[str]


def test_the_table_has_a_line_for_every_language(capsys: Out) -> None:
    assert main(["words"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:3] == ["language", "complete", "machine"]
    assert [line.split()[0] for line in lines[1 : 1 + len(SHIPPED)]] == [row.tag for row in SHIPPED]
    assert "Kreyòl ayisyen" in "".join(lines)


def test_a_program_can_read_it(capsys: Out) -> None:
    assert main(["words", "--json", "--language", "es", "--language", "so"]) == 0
    spanish, somali = json.loads(capsys.readouterr().out)
    assert spanish["tag"] == "es"
    done = spanish["machine"] + spanish["person"]
    assert spanish["complete"] == 100 * done // spanish["messages"]
    assert spanish["ready"] == (spanish["complete"] == 100 and not spanish["problems"])
    assert 0 < spanish["to_review"] <= done
    assert somali["voice"] == ""
    assert somali["fonts"] == ""


def test_strict_is_for_a_pipeline(capsys: Out) -> None:
    assert main(["words", "--strict", "--language", "en"]) == 0
    capsys.readouterr()
    main(["words", "--json"])
    ready = all(one["ready"] for one in json.loads(capsys.readouterr().out))
    assert main(["words", "--strict"]) == (0 if ready else 1)
    assert main(["words", "--language", "tlh"]) == 2
    assert "no language 'tlh'" in capsys.readouterr().err


def test_a_reviewer_gets_source_and_translation_side_by_side(capsys: Out) -> None:
    assert main(["words", "--review", "es"]) == 0
    head, *rows = csv.reader(StringIO(capsys.readouterr().out))
    assert head[-2:] == ["English", "Español"]
    texts = {row[-2]: row[-1] for row in rows}
    helped = read(LOCALE, language("es"))["Get help"]
    assert texts["Get help"] == helped.string
    assert set(texts) <= {*notes(template()).critical, *(row[-2] for row in rows if "|" in row[-2])}
    assert main(["words", "--review", "es", "--all"]) == 0
    assert len(list(csv.reader(StringIO(capsys.readouterr().out)))) > len(rows) + 1


def test_a_translator_gets_a_catalogue_with_what_there_is_already(
    capsys: Out, tmp_path: Path
) -> None:
    assert main(["words", "--template", "es"]) == 0
    text = capsys.readouterr().out
    path = path_of(tmp_path, "es")
    assert main(["words", "--template", "es", "--output", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == text
    before, after = read(LOCALE, language("es")), read(tmp_path, language("es"))
    wanted = {one.id for one in template() if one.id}
    assert {one.id for one in after if one.id} == wanted
    for one in before:
        if one.id in wanted:
            assert after[one.id].string == one.string
