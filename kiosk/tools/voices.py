"""`kiosk voices`: which languages this kiosk speaks, what to record, and how loud it is."""

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk import config
from kiosk.config import KioskSettings
from kiosk.devices.speech import Speech, Utterance, build, clips, levels, speaker
from kiosk.errors import ResourceMissing
from kiosk.i18n import catalog
from kiosk.i18n.catalog import SOURCE, placeholders
from kiosk.i18n.languages import SHIPPED, Language, language
from kiosk.i18n.spoken import spoken
from kiosk.resources import shipped

_LOCALE = "assets", "locale"


def main(argv: Sequence[str]) -> int:
    """Print a table, a list of recordings, or say something; raises ConfigError."""
    parser = argparse.ArgumentParser(prog="kiosk voices", description=__doc__)
    parser.add_argument("--config", type=Path, default=shipped("config", "kiosk.toml"))
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--clips", metavar="LANGUAGE", help="list the recordings it can have")
    what.add_argument("--say", metavar="LANGUAGE", help="say a sentence")
    what.add_argument("--loudest", metavar="LANGUAGE", help="say it at full volume")
    options = parser.parse_args(argv)
    settings = config.load(options.config, KioskSettings).speech
    if options.clips:
        print("\n".join(recordings(settings, language(options.clips))))
        return 0
    if options.say or options.loudest:
        return _say(settings, language(options.say or options.loudest), bool(options.loudest))
    print("\n".join(table(settings)))
    return 0


def table(settings: Speech) -> Iterator[str]:
    """Yield a line for each language, how it is spoken, and one for all else that is missing."""
    engines = build.voices(settings, _voices())
    for row in SHIPPED:
        found = engines.fluency(row.tag)
        yield f"{row.tag:<8} {found.quality:<9} {found.reason}".rstrip()
    silent = build.sink(settings, settings.speaker).problem()
    measured = settings.speaker_db, settings.headphones_db, settings.ambient_db
    for problem in (silent, *levels.problems(*measured)):
        if problem:
            yield f"note: {problem}"


def _voices() -> dict[str, str]:
    return {row.tag: row.voice for row in SHIPPED}


def recordings(settings: Speech, row: Language) -> Iterator[str]:
    """Yield `state file sentence`, tab-separated, for each sentence that may be recorded.

    Sentences with a name, a time or a number in them are left to a voice.
    """
    folder = settings.clips / row.tag if settings.clips else None
    for sentence in dict.fromkeys(spoken(text, row.tag) for text in _sentences(row)):
        name = clips.name(sentence)
        state = "there" if folder and (folder / name).is_file() else "missing"
        yield f"{state}\t{row.tag}/{name}\t{sentence}"


def _sentences(row: Language) -> Iterator[str]:
    folder = shipped(*_LOCALE)
    other = language("es") if row.tag == SOURCE else row  # English stands in every catalogue
    for message in catalog.read(folder, other):
        told = message.id if row.tag == SOURCE else message.string
        if message.id and isinstance(told, str) and told and not placeholders(told):
            yield told


def _say(settings: Speech, row: Language, loudest: bool) -> int:
    mouth = speaker(settings, _voices())
    try:
        if not mouth.speaks(row.tag):
            raise ResourceMissing(f"{row.tag}: {mouth.fluency(row.tag).reason}")
        mouth.volume(len(levels.SPEAKER_GAINS) if loudest else 0)
        text = max(_sentences(row), key=len)
        mouth.say([Utterance("sample", spoken(text, row.tag), row.tag)])
        while mouth.speaking:
            time.sleep(0.05)
    finally:
        mouth.close()
    return 0
