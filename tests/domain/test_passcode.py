"""The grammar of passes and enrolment codes: what it takes, and everything it does not."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.event import ScanRefused
from kiosk.domain.passcode import (
    ALPHABET,
    LENGTH,
    EnrolmentCode,
    Pass,
    Reason,
    Unreadable,
    build,
    from_digest,
    read,
    read_enrolment,
    row_key,
)

sites = st.text(ALPHABET, min_size=2, max_size=2)
references = st.text(ALPHABET, min_size=20, max_size=20)
passes = st.builds(build, sites, references)
CODE = build("M1", "0123456789ABCDEFGHJK")
PIN = "0f" * 32


def changed(code: str, *changes: tuple[int, str]) -> str:
    letters = list(code)
    for place, letter in changes:
        letters[place] = letter
    return "".join(letters)


@given(sites, references)
def test_what_is_built_is_read(site: str, reference: str) -> None:
    code = build(site, reference)
    assert len(code) == LENGTH
    assert read(code) == Pass(code)
    assert Pass(code).site == site


@given(passes, st.text(" \t\r\n", max_size=3), st.text(" \t\r\n", max_size=3))
def test_scanners_may_type_small_letters_and_add_enter(code: str, before: str, after: str) -> None:
    assert read(before + code.lower() + after) == Pass(code)


@given(sites, st.binary(min_size=13, max_size=64))
def test_a_digest_gives_its_first_hundred_bits(site: str, digest: bytes) -> None:
    code = from_digest(site, digest)
    bits = 0
    for letter in code[4:24]:
        bits = bits << 5 | ALPHABET.index(letter)
    assert bits == int.from_bytes(digest, "big") >> len(digest) * 8 - 100
    assert from_digest(site, digest[:13]) == code


@pytest.mark.parametrize(("site", "digest"), [("M", bytes(13)), ("IL", bytes(13)), ("M1", b"")])
def test_what_is_no_site_or_digest_is_refused(site: str, digest: bytes) -> None:
    with pytest.raises(ValueError, match="takes"):
        from_digest(site, digest)


def test_every_single_wrong_character_is_caught() -> None:
    for place in range(LENGTH):
        for letter in set(ALPHABET) - {CODE[place]}:
            assert isinstance(read(changed(CODE, (place, letter))), Unreadable)


@pytest.mark.slow
def test_every_pair_of_wrong_characters_is_caught() -> None:
    caught = 0
    for first, second in combinations(range(LENGTH), 2):
        for one in set(ALPHABET) - {CODE[first]}:
            half = changed(CODE, (first, one))
            for other in set(ALPHABET) - {CODE[second]}:
                caught += isinstance(read(changed(half, (second, other))), Unreadable)
    assert caught == 325 * 31 * 31


@given(passes, st.data())
def test_any_two_wrong_characters_are_caught(code: str, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, LENGTH - 1), min_size=1, max_size=2, unique=True))
    wrong = [(place, data.draw(st.sampled_from(ALPHABET))) for place in places]
    other = changed(code, *wrong)
    assert isinstance(read(other), Pass) is (other == code)


@given(passes)
def test_any_two_swapped_characters_are_caught(code: str) -> None:
    for first, second in combinations(range(LENGTH), 2):
        other = changed(code, (first, code[second]), (second, code[first]))
        assert isinstance(read(other), Pass) is (other == code)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.FOREIGN),
        ("https://example.org/menu", Reason.FOREIGN),
        ("BEGIN:VCARD\r\nFN:Ana Example\r\nEND:VCARD", Reason.FOREIGN),
        ("'; DROP TABLE visits; --", Reason.FOREIGN),
        ("<script>alert(1)</script>", Reason.FOREIGN),
        ("../../etc/passwd", Reason.FOREIGN),
        ("جواز المرور", Reason.FOREIGN),
        ("9" * 4096, Reason.FOREIGN),
        (CODE + " " * 4096, Reason.FOREIGN),
        ("K2" + CODE[2:], Reason.FOREIGN),
        (CODE.replace("K", "\N{KELVIN SIGN}"), Reason.FOREIGN),
        (CODE[:10] + "\0" + CODE[10:], Reason.HOSTILE),
        ("\x1b[2J" + CODE, Reason.HOSTILE),
        ("\N{RIGHT-TO-LEFT OVERRIDE}" + CODE, Reason.HOSTILE),
        (CODE[:-1], Reason.MISREAD),
        (CODE + "0", Reason.MISREAD),
        (CODE[:-1] + "I", Reason.MISREAD),
        (CODE[:-3] + CODE[-1] + CODE[-2] + CODE[-3], Reason.MISREAD),
        ("KE1:https://desk.example|-|ABCDEFGH", Reason.ENROLMENT),
        ("ke1:anything", Reason.ENROLMENT),
    ],
)
def test_other_texts_are_named(text: str, reason: Reason) -> None:
    assert read(text) == Unreadable(reason)


def test_every_reason_can_be_sent_as_an_event() -> None:
    for reason in Reason:
        assert ScanRefused(reason=reason).model_dump(mode="json")["reason"] == reason


def test_a_pass_does_not_show_itself() -> None:
    shown = f"{Pass(CODE)} {Pass(CODE)!r} {[Pass(CODE)]}"
    assert CODE[4:] not in shown
    assert "K1M1" in shown
    assert CODE[:8] not in repr(Unreadable(Reason.MISREAD))


@given(passes, passes)
def test_row_keys_tell_passes_apart(one: str, other: str) -> None:
    assert (row_key(one) == row_key(other)) is (one == other)
    assert len(row_key(one)) == 32


@pytest.mark.parametrize(
    "address",
    [
        "https://desk.example",
        "https://desk.example:8443",
        "https://192.0.2.7:8443",
        "https://[2001:db8::1]:8443",
        "http://127.0.0.1:8080",
    ],
)
@pytest.mark.parametrize("pin", ["", PIN])
def test_enrolment_codes_round_trip(address: str, pin: str) -> None:
    code = EnrolmentCode(address, pin, "ABCD2345")
    assert read_enrolment(code.text + "\n") == code
    assert read(code.text) == Unreadable(Reason.ENROLMENT)
    assert "ABCD2345" not in repr(code)


@pytest.mark.parametrize(
    "text",
    [
        "KE1:http://desk.example|-|ABCDEFGH",
        "KE1:http://127.0.0.1.example|-|ABCDEFGH",
        "KE1:https://desk.example/path|-|ABCDEFGH",
        "KE1:https://user@desk.example|-|ABCDEFGH",
        "KE1:https://desk.example|abcd|ABCDEFGH",
        "KE1:https://desk.example|-|ABCDEFG",
        "KE1:https://desk.example|-|ABCDEFGU",
        "KE1:https://desk.example|-|ABCDEFGH|more",
    ],
)
def test_crooked_enrolment_codes_are_refused(text: str) -> None:
    assert read_enrolment(text) == Unreadable(Reason.MISREAD)


def test_other_codes_do_not_enrol() -> None:
    assert read_enrolment(CODE) == Unreadable(Reason.FOREIGN)
    assert read_enrolment("https://example.org") == Unreadable(Reason.FOREIGN)
    assert read_enrolment("KE1:" + "x" * 5000) == Unreadable(Reason.FOREIGN)
    assert read_enrolment("\0") == Unreadable(Reason.HOSTILE)


bits_of_hostility = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(max_codepoint=0x1F), max_size=10),
    st.sampled_from(
        [
            "\0",
            "\N{RIGHT-TO-LEFT OVERRIDE}",
            "\N{RIGHT-TO-LEFT ISOLATE}",
            "\N{POP DIRECTIONAL FORMATTING}",
            "\N{ZERO WIDTH SPACE}",
            "\ud800",
            "%00",
            "K1",
            "k1",
            "KE1:",
            "ke1:",
            "|",
            "' OR '1'='1",
            '"; DROP TABLE visits; --',
            "<script>alert(1)</script>",
            "[b]markup[/b]",
            "{{7*7}}",
            "${jndi:ldap://example.org}",
            "../" * 9,
            "http://127.0.0.1|",
            "https://example.org/?q=1",
            "WIFI:T:WPA;S:lobby;P:secret;;",
            "shc:/5676290952432060346029243740446031222959532654603460292540",
            "HC1:6BFOXN*TS0BI$ZD",
            "otpauth://totp/x?secret=A",
            "A" * 4096,
            CODE,
            CODE[:13],
            CODE[13:],
        ]
    ),
)


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None)
@given(st.lists(bits_of_hostility, max_size=8).map("".join))
def test_no_text_breaks_the_grammars(text: str) -> None:
    verdict, enrolment = read(text), read_enrolment(text)
    if isinstance(verdict, Pass):
        assert text.strip(" \t\r\n").upper() == verdict.text
        assert build(verdict.site, verdict.text[4:24]) == verdict.text
        assert isinstance(enrolment, Unreadable)
    if isinstance(enrolment, EnrolmentCode):
        assert enrolment.text == text.strip(" \t\r\n")
        assert verdict == Unreadable(Reason.ENROLMENT)
