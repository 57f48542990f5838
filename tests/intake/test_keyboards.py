"""Every script's letters are there, and every language starts on a keyboard it can use."""

from collections import Counter
from dataclasses import replace
from unicodedata import normalize

import pytest

from kiosk.i18n.languages import SHIPPED, Language
from kiosk.intake.ask import line
from kiosk.intake.compose import typed
from kiosk.intake.entry import empty_text, turn_layout
from kiosk.intake.flow import step_of
from kiosk.intake.flows import CHECK_IN
from kiosk.intake.keyboards import LAYOUT_FOR, LAYOUTS, Layout, offered
from kiosk.intake.view import Role

from .screens import start

PAGES = [
    pytest.param(page, id=f"{name} {number}")
    for name, layout in LAYOUTS.items()
    for number, page in enumerate(layout.pages)
]
LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'-."
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяʼ"
DEVANAGARI = "अआइईउऊऋएऐओऑऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहािीुूृेैोौॉ्ंँः"
ALPHABETS = {
    "en": "",
    "es": "áéíñóúüÁÉÍÑÓÚÜ",
    "zh-Hans": "üǚ",
    "zh-Hant": "üǚ",
    "vi": "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĐÔƯẾỆ",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى",
    "fil": "ñÑáéíóú",
    "ko": "",
    "ru": RUSSIAN + RUSSIAN.upper(),
    "uk": UKRAINIAN + UKRAINIAN.upper(),
    "pt": "áâãàçéêíóôõúüÁÂÃÀÇÉÊÍÓÔÕÚ",
    "ht": "àèéòôÀÈÉÒ",
    "fr": "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ",
    "pl": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "ro": "ăâîșțşţĂÂÎȘȚ",
    "it": "àèéìîòùÀÈÉÌÒÙ",
    "de": "äöüßÄÖÜẞ",
    "fa": "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "ur": "ءآأؤئابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھیےۂۃ",
    "hi": DEVANAGARI,
    "bn": "অআইঈউঊঋএঐওঔকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহািীুূৃেৈোৌ্ৎংঃঁ়",
    "gu": "અઆઇઈઉઊઋએઐઓઔઍઑકખગઘઙચછજઝઞટઠડઢણતથદધનપફબભમયરલવશષસહળાિીુૂૃેૈોૌૅૉ્ંઃઁ",
    "pa": "ਅਆਇਈਉਊਏਐਓਔਸਹਕਖਗਘਙਚਛਜਝਞਟਠਡਢਣਤਥਦਧਨਪਫਬਭਮਯਰਲਵੜਾਿੀੁੂੇੈੋੌ੍ੰਂੱ਼",
    "ne": DEVANAGARI,
    "ta": "அஆஇஈஉஊஎஏஐஒஓஔஃகஙசஜஞடணதநனபமயரறலளழவஶஷஸஹாிீுூெேைொோௌ்",
    "so": "",
    "tr": "çğıöşüâîûÇĞİÖŞÜ",
    "ja": "あいうえおがぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽんをゃゅょっー"
    "アイウエオガギグゲゴバビブベボパピプペポンヲャュョッヴー",
}
JAMO = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ"


def keys(layout: Layout) -> list[str]:
    return [key for page in layout.pages for row in page for key in row.split()]


@pytest.mark.parametrize("page", PAGES)
def test_no_key_is_twice_on_a_page(page: tuple[str, ...]) -> None:
    counted = Counter(key for row in page for key in row.split())
    assert [key for key, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_no_larger_than_people_can_hit(page: tuple[str, ...]) -> None:
    """Eleven keys of 9.5 mm in a row, four rows: the smallest screen has no room for more."""
    assert len(page) <= 4
    assert max(len(row.split()) for row in page) <= 11


def reachable(layout: Layout) -> set[str]:
    """Every letter that one key, or a letter and then marks, can make."""
    found = set(keys(layout))
    marks = [key for key in found if key[0] in "◌゛゜"]
    for _ in range(2):
        found |= {typed(letter, mark) for letter in found if len(letter) == 1 for mark in marks}
    return set("".join(found))


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_every_letter_of_a_language_can_be_typed_on_its_keyboard(row: Language) -> None:
    layout = LAYOUTS[LAYOUT_FOR.get(row.tag, "latin")]
    letters = ALPHABETS[row.tag]
    assert set(normalize("NFC", letters)) - reachable(layout) == set()


def test_every_jamo_has_a_key() -> None:
    assert set(JAMO) == set(keys(LAYOUTS["hangul"]))


@pytest.mark.parametrize("name", LAYOUTS)
def test_latin_names_can_be_typed_wherever_latin_is_the_script(name: str) -> None:
    if name.startswith("latin"):
        assert set(LATIN) <= set(keys(LAYOUTS[name]))


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row.tag)
def test_every_language_starts_on_a_keyboard_of_its_script_or_on_latin(row: Language) -> None:
    """Chinese names are typed in Latin letters."""
    signs = {
        "Arab": "ابت",
        "Cyrl": "АБВ",
        "Deva": "कखग",
        "Beng": "কখগ",
        "Gujr": "કખગ",
        "Guru": "ਕਖਗ",
        "Taml": "அஆஇ",
        "Kore": "가나다",
        "Jpan": "かな",
    }
    layout = LAYOUTS[LAYOUT_FOR.get(row.tag, "latin")]
    assert layout.sign == signs.get(row.script, "ABC")
    assert layout.direction == row.direction


def test_a_language_has_no_keyboard_of_its_own_without_a_row() -> None:
    assert set(LAYOUT_FOR) <= {row.tag for row in SHIPPED}


@pytest.mark.parametrize(
    ("screen", "site", "layouts"),
    [
        ("en", "en", ("latin",)),
        ("ar", "en", ("arabic", "latin")),
        ("en", "ar", ("latin", "arabic")),
        ("ar", "hi", ("arabic", "latin", "devanagari")),
        ("pl", "de", ("latin-pl",)),
        ("fa", "ar", ("arabic-fa", "latin")),
        ("uk", "ru", ("cyrillic-uk", "latin")),
        ("zh-Hans", "en", ("latin",)),
    ],
)
def test_a_name_is_typed_in_the_screens_script_in_latin_or_in_the_sites(
    screen: str, site: str, layouts: tuple[str, ...]
) -> None:
    assert offered(screen, site) == layouts


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_keyboard_on_screen_has_the_pages_keys_and_its_own(name: str) -> None:
    for number, page in enumerate(LAYOUTS[name].pages):
        draft = replace(empty_text(name), page=number)
        shown = line(step_of(CHECK_IN, "name"), replace(start("en"), draft=draft))
        found = [node.text for node in shown if node.role is Role.KEY and node.line < 2 + len(page)]
        assert found == [key for row in page for key in row.split()]
        own = {node.id for node in shown if node.role is Role.KEY and node.line == 2 + len(page)}
        others = {"layout"} if len(draft.layouts) > 1 else set()
        assert own == {"page", "key-space", "key-delete"} | others


def test_the_switch_key_shows_the_script_it_leads_to() -> None:
    draft = empty_text("arabic", layouts=offered("ar", "hi"))
    for sign in ("ABC", "कखग", "ابت"):
        shown = line(step_of(CHECK_IN, "name"), replace(start("en"), draft=draft))
        assert [node.text for node in shown if node.id == "layout"] == [sign]
        draft = turn_layout(draft)
    assert draft == empty_text("arabic", layouts=offered("ar", "hi"))


@pytest.mark.parametrize("name", [name for name in LAYOUTS if LAYOUTS[name].capitals])
def test_capitals_stand_where_the_small_letters_do(name: str) -> None:
    small, large, *_ = LAYOUTS[name].pages
    assert [len(row.split()) for row in small] == [len(row.split()) for row in large]
    for one, other in zip(" ".join(small).split(), " ".join(large).split(), strict=True):
        assert other.lower() in {one, "i\u0307", "i"} or one == "ß"
