"""On-screen keyboards: pages of rows of keys for each script a name may be written in.

A key with a dotted circle (◌) adds its mark to the letter before, as `kiosk.intake.compose` says.
Chinese names are typed in Latin letters (pinyin), as passports and the practice's systems have
them: an input method that offers characters would be a program of its own, and would show a name to
whoever stands behind.
"""

from dataclasses import dataclass

Page = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One keyboard: `sign` names its script on the switch key; spaces part a row's keys.

    With `capitals`, the second page has the capital letters of the first.
    """

    sign: str
    pages: tuple[Page, ...]
    direction: str = "ltr"
    capitals: bool = False
    more: str = "…"  # on the key that turns the pages


_SMALL = ("q w e r t y u i o p", "a s d f g h j k l '", "z x c v b n m - .")
_LARGE = ("Q W E R T Y U I O P", "A S D F G H J K L '", "Z X C V B N M - .")
_ACCENTS = (
    (
        "á à â ä ã å ą æ ç ć",
        "é è ê ë ę í ì î ï ñ",
        "ó ò ô ö õ ø ś š ß ł",
        "ú ù û ü ý ž ź ż đ ğ",
    ),
    (
        "◌́ ◌̀ ◌̂ ◌̈ ◌̃ ◌̉ ◌̣ ◌̛ ◌̆ ◌̧",
        "◌̌ ◌̊ ◌̄ ◌̨ ◌̇ ◌̋ ◌̦ ă ș ț",
        "ş ı ń č ř ě ů ơ ư ʼ",
        "œ ð þ Æ Œ Ø Ł Đ Ð Þ",
    ),
)
_MORE_CYRILLIC = ("ы э ў і ї є ґ ѓ ќ ѕ", "ђ ј љ њ ћ џ ѐ ѝ Ґ Ѓ", "ә ғ қ ң ө ұ ү һ ҳ ҷ", "◌́ ʼ '")


def _latin(small: str = "", large: str = "", last: str = "") -> Layout:
    """The keyboard of a language, its own letters above the common ones."""
    own = ((small,), (large,)) if small else ((), ())
    pages = (
        (*own[0], *_SMALL[:2], _SMALL[2] + last),
        (*own[1], *_LARGE[:2], _LARGE[2] + last),
        *_ACCENTS,
    )
    return Layout("ABC", pages, capitals=True, more="áÁ")


def _cyrillic(small: Page, large: Page) -> Layout:
    return Layout("АБВ", (small, large, _MORE_CYRILLIC), capitals=True, more="аА")


_TONES = "◌́ ◌̀ ◌̉ ◌̃"  # and the dot below, which stands where there is room

LAYOUTS = {
    "latin": _latin(),
    "latin-de": _latin("ä ö ü ß", "Ä Ö Ü ẞ"),
    "latin-es": _latin("á é í ñ ó ú ü", "Á É Í Ñ Ó Ú Ü"),
    "latin-fil": _latin("á é í ñ ó ú", "Á É Í Ñ Ó Ú"),
    "latin-fr": _latin("à â ç é è ê ë î ï ô œ", "À Â Ç É È Ê Ë Î Ï Ô Œ"),
    "latin-ht": _latin("à è é ò ô", "À È É Ò Ô"),
    "latin-it": _latin("à è é ì ò ù", "À È É Ì Ò Ù"),
    "latin-pl": _latin("ą ć ę ł ń ó ś ź ż", "Ą Ć Ę Ł Ń Ó Ś Ź Ż"),
    "latin-pt": _latin("á â ã à ç é ê í ó ô õ", "Á Â Ã À Ç É Ê Í Ó Ô Õ"),
    "latin-ro": _latin("ă â î ș ț", "Ă Â Î Ș Ț"),
    "latin-tr": _latin("ç ğ ı ö ş ü", "Ç Ğ İ Ö Ş Ü"),
    "latin-vi": _latin(f"ă â đ ê ô ơ ư {_TONES}", f"Ă Â Đ Ê Ô Ơ Ư {_TONES}", " ◌̣"),
    "cyrillic": _cyrillic(
        ("ё ъ - .", "й ц у к е н г ш щ з х", "ф ы в а п р о л д ж э", "я ч с м и т ь б ю"),
        ("Ё Ъ - .", "Й Ц У К Е Н Г Ш Щ З Х", "Ф Ы В А П Р О Л Д Ж Э", "Я Ч С М И Т Ь Б Ю"),
    ),
    "cyrillic-uk": _cyrillic(
        ("ґ ї ʼ - .", "й ц у к е н г ш щ з х", "ф і в а п р о л д ж є", "я ч с м и т ь б ю"),
        ("Ґ Ї ʼ - .", "Й Ц У К Е Н Г Ш Щ З Х", "Ф І В А П Р О Л Д Ж Є", "Я Ч С М И Т Ь Б Ю"),
    ),
    "arabic": Layout(
        "ابت",
        (
            ("ض ص ث ق ف غ ع ه خ ح ج", "ش س ي ب ل ا ت ن م ك ط", "ئ ء ؤ ر ى ة و ز ظ د ذ"),
            ("أ إ آ ٱ پ چ ژ گ ک ی", "َ ُ ِ ّ ْ ً ٌ ٍ"),
        ),
        "rtl",
    ),
    "arabic-fa": Layout(
        "ابت",
        (
            ("ض ص ث ق ف غ ع ه خ ح ج", "ش س ی ب ل ا ت ن م ک گ", "ظ ط ز ر ذ د پ و ژ چ آ"),
            ("ئ ء ؤ أ إ ٱ ة ۀ", "ي ك ى", "َ ُ ِ ّ ْ ً ٌ ٍ"),
        ),
        "rtl",
    ),
    "arabic-ur": Layout(
        "ابت",
        (
            (
                "ا آ ب پ ت ٹ ث ج چ ح خ",
                "د ڈ ذ ر ڑ ز ژ س ش ص ض",
                "ط ظ ع غ ف ق ک گ ل م ن",
                "ں و ہ ھ ء ی ے ئ ؤ ۂ ۃ",
            ),
            ("أ إ ٱ ة ي ك ى ه ۓ", "َ ُ ِ ّ ْ ً ٌ ٍ"),
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
    "bengali": Layout(
        "কখগ",
        (
            (
                "ক খ গ ঘ ঙ চ ছ জ ঝ ঞ",
                "ট ঠ ড ঢ ণ ত থ দ ধ ন",
                "প ফ ব ভ ম য র ল শ স হ",
                "া ি ী ু ূ ে ৈ ো ৌ ্",
            ),
            ("অ আ ই ঈ উ ঊ ঋ এ ঐ", "ও ঔ ষ ড় ঢ় য় ৎ ক্ষ জ্ঞ শ্র", "ং ঃ ঁ ৃ ়"),
        ),
    ),
    "gujarati": Layout(
        "કખગ",
        (
            ("ક ખ ગ ઘ ઙ ચ છ જ ઝ ઞ", "ટ ઠ ડ ઢ ણ ત થ દ ધ ન", "પ ફ બ ભ મ ય ર લ વ શ", "ા િ ી ુ ૂ ે ૈ ો ૌ ્"),
            ("અ આ ઇ ઈ ઉ ઊ એ ઐ ઓ ઔ ઋ", "ષ સ હ ળ ક્ષ જ્ઞ ત્ર શ્ર ઍ ઑ", "ં ઃ ઁ ૃ ૅ ૉ ઼"),
        ),
    ),
    "gurmukhi": Layout(
        "ਕਖਗ",
        (
            (
                "ਸ ਹ ਕ ਖ ਗ ਘ ਙ ਚ ਛ ਜ ਝ",
                "ਞ ਟ ਠ ਡ ਢ ਣ ਤ ਥ ਦ ਧ ਨ",
                "ਪ ਫ ਬ ਭ ਮ ਯ ਰ ਲ ਵ ੜ",
                "ਾ ਿ ੀ ੁ ੂ ੇ ੈ ੋ ੌ ੍ ੰ",
            ),
            ("ੳ ਅ ੲ ਆ ਇ ਈ ਉ ਊ ਏ ਐ ਓ", "ਔ ਸ਼ ਖ਼ ਗ਼ ਜ਼ ਫ਼ ਲ਼", "ਂ ੱ ਁ ਃ ਼ ੵ"),
        ),
    ),
    "tamil": Layout(
        "அஆஇ",
        (
            ("க ங ச ஞ ட ண த ந ப ம ய", "ர ல வ ழ ள ற ன ஜ ஷ ஸ ஹ", "ா ி ீ ு ூ ெ ே ை ொ ோ ௌ", "்"),
            ("அ ஆ இ ஈ உ ஊ", "எ ஏ ஐ ஒ ஓ ஔ", "ஃ ஶ க்ஷ ஸ்ரீ"),
        ),
    ),
    "hangul": Layout(
        "가나다",
        (
            ("ㅂ ㅈ ㄷ ㄱ ㅅ ㅛ ㅕ ㅑ ㅐ ㅔ", "ㅁ ㄴ ㅇ ㄹ ㅎ ㅗ ㅓ ㅏ ㅣ", "ㅋ ㅌ ㅊ ㅍ ㅠ ㅜ ㅡ"),
            ("ㅃ ㅉ ㄸ ㄲ ㅆ ㅛ ㅕ ㅑ ㅒ ㅖ", "ㅁ ㄴ ㅇ ㄹ ㅎ ㅗ ㅓ ㅏ ㅣ", "ㅋ ㅌ ㅊ ㅍ ㅠ ㅜ ㅡ"),
        ),
    ),
    "kana": Layout(
        "かな",
        (
            (
                "あ い う え お か き く け こ ん",
                "さ し す せ そ た ち つ て と わ",
                "な に ね の は ひ ふ ほ や ゆ よ",
                "ま み む め も ら り る れ ろ ゛",
            ),
            ("ゃ ゅ ょ っ ゜ ー", "ぁ ぃ ぅ ぇ ぉ ゎ", "ぬ へ を ゛ ・"),
            (
                "ア イ ウ エ オ カ キ ク ケ コ ン",
                "サ シ ス セ ソ タ チ ツ テ ト ワ",
                "ナ ニ ネ ノ ハ ヒ フ ホ ヤ ユ ヨ",
                "マ ミ ム メ モ ラ リ ル レ ロ ゛",
            ),
            ("ャ ュ ョ ッ ゜ ー", "ァ ィ ゥ ェ ォ ヮ", "ヌ ヘ ヲ ヴ ゛ ・"),
        ),
    ),
}

LAYOUT_FOR = {
    **{name.partition("-")[2]: name for name in LAYOUTS if "-" in name},
    "ar": "arabic",
    "bn": "bengali",
    "gu": "gujarati",
    "hi": "devanagari",
    "ja": "kana",
    "ko": "hangul",
    "ne": "devanagari",
    "pa": "gurmukhi",
    "ru": "cyrillic",
    "ta": "tamil",
}
"""The keyboard a language starts on; "latin" for one that is not here."""


def offered(screen: str, site: str) -> tuple[str, ...]:
    """Return the keyboards for a name: of the screen's language, Latin, and of the site's language.

    Both arguments are BCP 47 tags. With a key for every script, people would turn and turn.
    """
    return together(LAYOUT_FOR.get(screen, "latin"), "latin", LAYOUT_FOR.get(site, "latin"))


def together(*names: str) -> tuple[str, ...]:
    """Return these layouts, each script once: by the layout that comes first."""
    by_script: dict[str, str] = {}
    for name in names:
        by_script.setdefault(LAYOUTS[name].sign, name)
    return tuple(by_script.values())
