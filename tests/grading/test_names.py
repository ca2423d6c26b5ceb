"""Names from outside, made safe."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake.names import decode_name, safe_ids, shown


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("王小明.py", "utf-8"),
        ("作业.py", "gbk"),
        ("陶喆.py", "gbk"),
        ("朱镕基", "gbk"),
        ("José.py", "cp437"),
        ("cafés", "cp437"),
    ],
)
def test_an_unlabelled_name_is_decoded(name, codec):
    """UTF-8, GBK and CP437 names come back as they were written."""
    assert decode_name(name.encode(codec)) == name


@given(st.binary(max_size=40))
def test_any_bytes_make_a_name(raw):
    """Every byte string is decoded to text that can be written as UTF-8."""
    decode_name(raw).encode()


@given(st.lists(st.text(max_size=12), max_size=12))
def test_ids_are_safe_and_unique(names):
    """Whatever the names, ids are NFC, printable, of letters, digits and marks, and differ even without case."""
    ids = safe_ids(names)
    assert len({unicodedata.normalize("NFC", one.casefold()) for one in ids}) == len(names)
    for one in ids:
        assert one == unicodedata.normalize("NFC", one)
        assert one.strip("-") == one != ""
        assert all(c == "-" or unicodedata.category(c)[0] in "LMN" for c in one)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("王伟 (2)", "王伟-2"),
        ("../../etc/passwd", "etc-passwd"),
        ("nul", "student-nul"),
        ("LPT1", "student-LPT1"),
        ("", "student"),
        ("…", "student"),
        ("e\N{COMBINING ACUTE ACCENT}va", "éva"),
        ("O'Neil, Ann", "O-Neil-Ann"),
    ],
)
def test_an_id_is_made_of_letters_and_digits(name, stem):
    """Everything but letters and digits becomes a dash; reserved and empty names are avoided."""
    assert safe_ids([name]) == [stem]


def test_a_name_that_is_safe_keeps_its_id():
    """A clash is settled in favour of the name that needed no change."""
    assert safe_ids(["a_b", "a-b", "A b"]) == ["a-b-3", "a-b", "A-b-2"]


def test_an_id_fits_a_file_name():
    """Long names are cut by bytes, not in the middle of a character, and stay unique."""
    first, second = safe_ids(["学" * 300, "学" * 301])
    assert first != second
    assert max(len(first.encode()), len(second.encode())) < 120


@given(st.text(st.characters(), max_size=200))
def test_a_shown_name_is_one_printable_line(text):
    """No control character, line break, direction mark or surrogate gets into a message, and none is too long."""
    assert shown(text).isprintable()
    assert len(shown(text)) <= 80
