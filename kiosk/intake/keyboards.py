"""On-screen keyboards: pages of rows of keys for each script a name may be written in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """One script's keyboard: `sign` names it on the switch key; spaces part a row's keys."""

    sign: str
    pages: tuple[tuple[str, ...], ...]
    direction: str = "ltr"


LAYOUTS = {
    "latin": Layout(
        "ABC",
        (
            ("q w e r t y u i o p", "a s d f g h j k l '", "z x c v b n m - ."),
            ("Q W E R T Y U I O P", "A S D F G H J K L '", "Z X C V B N M - ."),
            (
                "á à â ä ã å ą æ ç ć",
                "é è ê ë ę í ì î ï ñ",
                "ó ò ô ö õ ø ś š ß ł",
                "ú ù û ü ý ž ź ż đ ğ",
            ),
        ),
    ),
    "arabic": Layout(
        "ابت",
        (
            ("ض ص ث ق ف غ ع ه خ ح ج", "ش س ي ب ل ا ت ن م ك ط", "ئ ء ؤ ر ى ة و ز ظ د ذ"),
            ("أ إ آ ٱ پ چ ژ گ ک ی", "َ ُ ِ ّ ْ ً ٌ ٍ"),
        ),
        "rtl",
    ),
    "devanagari": Layout(
        "कखग",
        (
            ("क ख ग घ ङ च छ ज झ ञ", "ट ठ ड ढ ण त थ द ध न", "प फ ब भ म य र ल व श", "ा ि ी ु ू े ै ो ौ ्"),
            ("अ आ इ ई उ ऊ ए ऐ ओ ऑ औ", "ष स ह क्ष त्र ज्ञ श्र ऋ ड़ ढ़", "ं ँ ः ृ ॉ ़ ज़ फ़ क़ ख़ ग़"),
        ),
    ),
}
"""Chinese names are typed in Latin letters (pinyin), as passports write them."""

LAYOUT_FOR = {
    "ar": "arabic",
    "fa": "arabic",
    "ur": "arabic",
    "hi": "devanagari",
    "ne": "devanagari",
}
