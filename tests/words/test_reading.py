from kiosk.i18n.rules import LONGEST, sentences
from kiosk.i18n.sources import forms
from kiosk.intake.view import Region, Role, StepView
from words.reading import grade, words
from words.screens import screens
from words.sources import MESSAGES, TEMPLATE

GRADE = 6.0  # each screen's joined text, as for health material in general (AMA, NIH)


def english(view: StepView, *regions: Region) -> list[str]:
    """The English texts of a screen in these regions, in reading order; keys are no words."""
    seen = [
        (node.text, node.value)
        for node in view.nodes
        if node.region in regions and node.lang == "en"
        if node.role not in {Role.KEY, Role.PROGRESS}
    ]
    return [": ".join(part for part in both if part) for both in seen if any(both)]


def test_easy_words_have_a_low_grade_and_hard_ones_a_high() -> None:
    easy = "We will tell the staff. You can say no. You will still be seen."
    hard = "Processing necessitates unambiguous authorisation notwithstanding prior notification."
    assert grade([easy]) < 1
    assert grade([hard]) > 18
    assert grade(["We will tell the staff.", "You can say no.", "You will still be seen."]) == (
        grade([easy])
    )


def test_no_sentence_has_more_than_twenty_words() -> None:
    long = [part for message in MESSAGES for part in sentences(message)]
    assert [part for part in long if len(words(part)) > LONGEST] == []


def test_every_screen_can_be_read_after_six_years_of_school() -> None:
    graded = {name: grade(english(view, *Region)) for name, view in screens("en")}
    assert {name: found for name, found in graded.items() if found > GRADE} == {}


def test_what_a_screen_tells_is_as_easy_without_its_buttons() -> None:
    told = [(name, english(view, Region.WORDS)) for name, view in screens("en")]
    graded = [(name, grade(texts)) for name, texts in told if texts]
    assert [(name, found) for name, found in graded if found > GRADE] == []


def test_the_printed_sheet_is_as_easy() -> None:
    sheet = [
        form
        for message in TEMPLATE
        if any(place == "kiosk/passes/sheet.py" for place, _ in message.locations)
        for form in forms(message.id)
    ]
    assert sheet
    assert grade(sheet) <= GRADE


def test_the_walk_meets_every_english_sentence_of_the_screens() -> None:
    """What only a voice says (`kiosk.intake.say`) stands on none."""
    nodes = [node for _, view in screens("en") for node in view.nodes]
    met = {text for node in nodes for text in (node.text, node.value, node.says)}
    plain = {
        form
        for message in TEMPLATE
        if any(_shown(place) for place, _ in message.locations)
        for form in forms(message.id)
        if "{" not in form
    }
    assert plain - met == set()


def _shown(place: str) -> bool:
    return place.startswith(("kiosk/intake", "assets")) and not place.endswith("say.py")
