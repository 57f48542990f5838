"""What a key does to the letters before it: accents join a letter, jamo a syllable. Pure."""

from unicodedata import category, normalize

CIRCLE = "\u25cc"  # stands for the letter on the key of a mark
MARKS = 2  # on a letter that Unicode has no single sign for, such as Yoruba's

_VOICED = {"\u309b": "\u3099", "\u309c": "\u309a"}  # signs of kana and the marks they stand for
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_JOINED = (  # two jamo, and the one they make
    *("ㅗㅏㅘ", "ㅗㅐㅙ", "ㅗㅣㅚ", "ㅜㅓㅝ", "ㅜㅔㅞ", "ㅜㅣㅟ", "ㅡㅣㅢ"),
    *("ㄱㅅㄳ", "ㄴㅈㄵ", "ㄴㅎㄶ", "ㅂㅅㅄ"),
    *("ㄹㄱㄺ", "ㄹㅁㄻ", "ㄹㅂㄼ", "ㄹㅅㄽ", "ㄹㅌㄾ", "ㄹㅍㄿ", "ㄹㅎㅀ"),
)
_PAIRS = {three[:2]: three[2] for three in _JOINED}
_PARTS = {three[2]: (three[0], three[1]) for three in _JOINED}


def typed(text: str, key: str) -> str:
    """Return a text after one key: in Unicode's normal form C, with Hangul as syllables.

    A mark without a letter before it changes nothing.
    """
    if key in _VOICED or key.startswith(CIRCLE):
        return _marked(text, _VOICED.get(key, key.removeprefix(CIRCLE)))
    if text and (key in _LEADS or key in _VOWELS):
        return text[:-1] + _hangul(text[-1], key)
    return normalize("NFC", text + key)


def _marked(text: str, mark: str) -> str:
    joined = normalize("NFC", text + mark)
    if len(joined) <= len(text) or mark in _VOICED.values():
        return joined if len(joined) == len(text) else text
    bare = text.rstrip("".join(ch for ch in text[-MARKS:] if category(ch) == "Mn"))
    full = len(text) - len(bare) >= MARKS
    return text if full or not bare or not bare[-1].isalpha() else joined


def _hangul(before: str, key: str) -> str:
    """Join a jamo with the sign before it, or put it behind."""
    lead, vowel, tail = _apart(before)
    if key in _VOWELS:
        if tail:  # what closed the syllable opens the next one
            stays, goes = _PARTS.get(tail, ("", tail))
            return _syllable(lead, vowel, stays) + _syllable(goes, key)
        if vowel + key in _PAIRS:
            return _syllable(lead, _PAIRS[vowel + key])
        if lead and not vowel:
            return _syllable(lead, key)
    elif vowel and not tail and key in _TAILS:
        return _syllable(lead, vowel, key)
    elif tail and tail + key in _PAIRS:
        return _syllable(lead, vowel, _PAIRS[tail + key])
    return before + key


def _apart(sign: str) -> tuple[str, str, str]:
    """Return lead, vowel and tail of a syllable; of another sign what there is of them."""
    if not _FIRST_SYLLABLE <= ord(sign) <= _LAST_SYLLABLE:
        return (sign, "", "") if sign in _LEADS else ("", "", "")
    rest, tail = divmod(ord(sign) - _FIRST_SYLLABLE, len(_TAILS))
    lead, vowel = divmod(rest, len(_VOWELS))
    return _LEADS[lead], _VOWELS[vowel], _TAILS[tail].strip()


def _syllable(lead: str, vowel: str, tail: str = "") -> str:
    at = _LEADS.index(lead) * len(_VOWELS) + _VOWELS.index(vowel)
    return chr(_FIRST_SYLLABLE + at * len(_TAILS) + _TAILS.index(tail or " "))
