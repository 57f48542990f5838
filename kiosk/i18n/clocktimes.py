"""How people say a time of day, as a table: a language without a row says hour and minutes.

Machine-written, like the catalogues; `{h}` and `{m}` stay digits, which a voice reads by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Saying:
    """One language's words for times.

    `hour` is said on the hour, `few` below ten minutes past; `late` and `plain_hour` stand for
    `hour` after 12 and beside morning or afternoon. `hours` are hours that are no plain number.
    """

    time: str = "{h} {m}"
    hour: str = "{h} 0 0"
    few: str = ""
    am: str = "{t}"
    pm: str = "{t}"
    plus: str = ""  # before a telephone number
    late: str = ""
    plain_hour: str = ""
    hours: Mapping[int, str] = field(default_factory=dict)
    digits: str = ""  # 0 to 9 as its voice knows them, where it reads Latin ones in English


_KOREAN = ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두"]

DEFAULT = Saying(few="{h} 0 {m}")

SAYINGS: Mapping[str, Saying] = {
    "en": Saying(
        hour="{h} o'clock",
        few="{h} oh {m}",
        am="{t} AM",
        pm="{t} PM",
        plus="plus",
        late="{h} hundred hours",
        plain_hour="{h}",
    ),
    "es": Saying(
        "{h} y {m}",
        "{h} en punto",
        am="{t} de la mañana",
        pm="{t} de la tarde",
        plus="más",
        plain_hour="{h}",
        hours={1: "una", 21: "veintiuna"},
    ),
    "zh-Hans": Saying(
        "{h}点{m}分",
        "{h}点整",
        "{h}点零{m}分",
        am="上午{t}",
        pm="下午{t}",
        plus="加",
        hours={2: "两"},
    ),
    "zh-Hant": Saying(
        "{h}點{m}分",
        "{h}點整",
        "{h}點零{m}分",
        am="上午{t}",
        pm="下午{t}",
        plus="加",
        hours={2: "兩"},
    ),
    "vi": Saying("{h} giờ {m} phút", "{h} giờ", am="{t} sáng", pm="{t} chiều", plus="cộng"),
    "ar": Saying(
        "{h} و {m} دقيقة", "{h} تمامًا", am="{t} صباحًا", pm="{t} مساءً", plus="زائد", plain_hour="{h}"
    ),
    "fil": Saying(few="{h} 0 {m}", am="{t} ng umaga", pm="{t} ng hapon", plus="plus"),
    "ko": Saying(
        "{h}시 {m}분",
        "{h}시",
        am="오전 {t}",
        pm="오후 {t}",
        plus="플러스",
        hours=dict(enumerate(_KOREAN, 1)),
    ),
    "ru": Saying(few="{h} 0 {m}", am="{t} утра", pm="{t} дня", plus="плюс"),
    "uk": Saying(few="{h} 0 {m}", am="{t} ранку", pm="{t} дня", plus="плюс"),
    "pt": Saying(
        "{h} e {m}",
        "{h} horas",
        am="{t} da manhã",
        pm="{t} da tarde",
        plus="mais",
        hours={1: "uma", 2: "duas", 21: "vinte e uma", 22: "vinte e duas"},
    ),
    "ht": Saying(
        "{h} è {m}", "{h} è", am="{t} di maten", pm="{t} apremidi", plus="plis", hours={1: "in"}
    ),
    "fr": Saying(
        "{h} heures {m}",
        "{h} heures",
        am="{t} du matin",
        pm="{t} de l'après-midi",
        plus="plus",
        hours={1: "une", 21: "vingt et une"},
    ),
    "pl": Saying(few="{h} 0 {m}", am="{t} rano", pm="{t} po południu", plus="plus"),
    "ro": Saying("{h} și {m}", "{h} fix", am="{t} dimineața", pm="{t} după-amiaza", plus="plus"),
    "it": Saying(
        "{h} e {m}", "{h} in punto", am="{t} di mattina", pm="{t} del pomeriggio", plus="più"
    ),
    "de": Saying(
        "{h} Uhr {m}",
        "{h} Uhr",
        am="{t} vormittags",
        pm="{t} nachmittags",
        plus="plus",
        hours={1: "ein"},
    ),
    "fa": Saying("{h} و {m} دقیقه", "{h}", am="{t} صبح", pm="{t} بعدازظهر", plus="به‌علاوه"),
    "ur": Saying("{h} بج کر {m} منٹ", "{h} بجے", am="صبح {t}", pm="سہ پہر {t}", plus="پلس"),
    "hi": Saying("{h} बजकर {m} मिनट", "{h} बजे", am="सुबह {t}", pm="दोपहर बाद {t}", plus="प्लस"),
    "bn": Saying("{h}টা {m} মিনিট", "{h}টা", am="সকাল {t}", pm="বিকাল {t}", plus="প্লাস"),
    "gu": Saying("{h} વાગીને {m} મિનિટ", "{h} વાગ્યે", am="સવારે {t}", pm="બપોર પછી {t}", plus="પ્લસ"),
    "pa": Saying("{h} ਵੱਜ ਕੇ {m} ਮਿੰਟ", "{h} ਵਜੇ", am="ਸਵੇਰੇ {t}", pm="ਦੁਪਹਿਰ ਬਾਅਦ {t}", plus="ਪਲੱਸ"),
    "ne": Saying(
        "{h} बजेर {m} मिनेट",
        "{h} बजे",
        am="बिहान {t}",
        pm="दिउँसो {t}",
        plus="प्लस",
        digits="०१२३४५६७८९",
    ),
    "ta": Saying("{h} மணி {m} நிமிடம்", "{h} மணி", am="முற்பகல் {t}", pm="பிற்பகல் {t}", plus="பிளஸ்"),
    "so": Saying(few="{h} 0 {m}", am="{t} subaxnimo", pm="{t} galabnimo"),
    "tr": Saying(few="{h} 0 {m}", am="öğleden önce {t}", pm="öğleden sonra {t}", plus="art\u0131"),
    "ja": Saying("{h}時{m}分", "{h}時", am="午前{t}", pm="午後{t}", plus="プラス"),
}
