"""Pictures from folders and video files; half-written ones are skipped."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.devices.pictures import Film, Folder, Image, open_source, picture


def plain(level: int) -> Image:
    return np.full((24, 32, 3), level, np.uint8)


def encoded(level: int, kind: str = ".png") -> bytes:
    done, data = cv2.imencode(kind, plain(level))
    assert done
    return data.tobytes()


def level(image: Image | None) -> int:
    assert image is not None
    return round(float(image.mean()))


def put(folder: Path, name: str, value: int) -> None:
    (folder / name).write_bytes(encoded(value))


@pytest.mark.parametrize("kind", [".png", ".jpg", ".webp", ".bmp"])
def test_whole_pictures_are_read_and_beginnings_are_not(kind: str) -> None:
    data = encoded(200, kind)
    assert level(picture(data)) == pytest.approx(200, abs=2)
    assert picture(b"") is None
    assert picture(b"no picture at all") is None
    if kind != ".bmp":
        assert all(picture(data[:cut]) is None for cut in range(0, len(data) - 4, 7))


def test_a_folder_plays_in_name_order_again_and_again(tmp_path: Path) -> None:
    for name, value in (("b.png", 20), ("a.png", 10), ("c.png", 30)):
        put(tmp_path, name, value)
    folder = Folder(tmp_path)
    assert [level(folder.read()) for _ in range(5)] == [10, 20, 30, 10, 20]


def test_pictures_put_in_and_taken_out_are_noticed_at_once(tmp_path: Path) -> None:
    put(tmp_path, "a.png", 10)
    folder = Folder(tmp_path)
    assert level(folder.read()) == 10
    put(tmp_path, "b.png", 20)
    assert level(folder.read()) == 20
    (tmp_path / "a.png").unlink()
    assert level(folder.read()) == 20
    put(tmp_path, "b.png", 25)
    assert level(folder.read()) == 25


def test_half_written_hidden_and_other_files_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(10)[:-9])
    put(tmp_path, ".b.png", 20)
    (tmp_path / "c.txt").write_text("no picture")
    (tmp_path / "d.png").mkdir()
    folder = Folder(tmp_path)
    assert folder.read() is None
    put(tmp_path, "e.png", 30)
    assert [level(folder.read()) for _ in range(2)] == [30, 30]
    put(tmp_path, "a.png", 10)
    assert [level(folder.read()) for _ in range(2)] == [10, 30]


def test_an_empty_or_missing_folder_gives_nothing(tmp_path: Path) -> None:
    assert Folder(tmp_path).read() is None
    assert Folder(tmp_path / "missing").read() is None


def test_a_video_file_begins_again_after_its_end(tmp_path: Path) -> None:
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 60.0, (64, 48))
    for value in (40, 120, 200):
        writer.write(np.full((48, 64, 3), value, np.uint8))
    writer.release()
    film = open_source(str(path))
    assert isinstance(film, Film)
    assert [level(film.read()) for _ in range(4)] == pytest.approx([40, 120, 200, 40], abs=3)
    film.close()


def test_a_file_that_is_no_video_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "film.avi").write_bytes(b"no video")
    source = open_source(str(tmp_path / "film.avi"))
    assert source.read() is None
    source.close()


@pytest.mark.parametrize("name", ["987", "/dev/video987", "/dev/null", "/dev/v4l/by-id/none"])
def test_a_camera_that_is_not_there_gives_nothing(name: str) -> None:
    source = open_source(name)
    assert source.read() is None
    source.close()
