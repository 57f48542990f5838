"""`kiosk scan`: one JSON line a picture, for IT at installation."""

import json
from pathlib import Path

import pytest

from kiosk.domain.passcode import EnrolmentCode, build
from kiosk.passes import draw
from kiosk.tools.scan import main

DATA = Path(__file__).parent.parent / "data" / "qr"
CODE = build("M1", "0123456789ABCDEFGHJK")


def lines(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_it_tells_file_format_text_verdict_and_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pass.png").write_bytes(draw.png(CODE))
    assert main([str(tmp_path / "pass.png")]) == 0
    (line,) = lines(capsys.readouterr().out)
    assert isinstance(line.pop("ms"), float)
    assert line == {
        "file": str(tmp_path / "pass.png"),
        "format": "QRCode",
        "text": CODE,
        "verdict": "pass",
    }


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("https://example.org", "foreign"),
        (CODE[:-1] + "0", "unreadable"),
        (CODE + "\x00", "hostile"),
        (EnrolmentCode("https://desk.example", "", "ABCD2345").text, "enrolment"),
    ],
)
def test_each_verdict_is_named(
    text: str, verdict: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "code.png").write_bytes(draw.png(text))
    main([str(tmp_path / "code.png")])
    assert lines(capsys.readouterr().out)[0]["verdict"] == verdict


def test_a_picture_without_a_code_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(DATA / "qrcode-2-qr-model-1.png")]) == 0
    line = lines(capsys.readouterr().out)[0]
    assert (line["format"], line["text"], line["verdict"]) == (None, None, "no-code")


def test_unreadable_files_are_named_and_the_others_still_scanned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.png").write_text("no picture")
    files = [tmp_path / "missing.png", tmp_path / "text.png", tmp_path, DATA / "qrcode-2-9.png"]
    assert main(list(map(str, files))) == 2
    out, err = capsys.readouterr()
    assert [line["text"] for line in lines(out)] == ["Morden"]
    assert f"{tmp_path / 'missing.png'}: cannot be read: No such file or directory" in err
    assert f"{tmp_path / 'text.png'}: not a whole picture" in err
    assert len(err.splitlines()) == 3


def test_without_files_it_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
    assert "FILE" in capsys.readouterr().err
