"""Find the language of a record among those the practice offers, by CLDR's tables."""

from collections.abc import Sequence

from babel.core import get_global, parse_locale


def closest(tag: str, offered: Sequence[str]) -> str:
    """Return the offered BCP 47 tag that means the same language and script as `tag`, or "".

    zh-CN finds zh-Hans, es-MX finds es, the old code `spa` finds es; zh-TW does not find zh-Hans.
    """
    wanted = _language_and_script(tag)
    if wanted is None:
        return ""
    exact = [known for known in offered if known.lower() == tag.lower()]
    same = [known for known in offered if _language_and_script(known) == wanted]
    return next(iter(exact + same), "")


def _language_and_script(tag: str) -> tuple[str, str] | None:
    try:
        language, territory, script = parse_locale(tag.replace("_", "-"), sep="-")[:3]
    except ValueError:
        return None
    alias = get_global("language_aliases").get(language, language)
    language = alias.split("_")[0]
    return language, script or _likely_script(language, territory)


def _likely_script(language: str, territory: str | None) -> str:
    likely = get_global("likely_subtags")
    full = likely.get(f"{language}_{territory}") or likely.get(language, "")
    parts = full.split("_")
    return parts[1] if len(parts) == 3 else ""
