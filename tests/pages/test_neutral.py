"""Text from a submission is shown as what it is, and does nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.pages.neutral import neutral_lines, neutralise


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x07", "\\x1b[2J\\x07"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\x9b31m", "\\x9b31m"),
        ("abc\u202edcba", "abc\\u202edcba"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("\udcff", "\\udcff"),
        ("\U000e0041", "\\U000e0041"),
        ("a\u2028b", "a\\u2028b"),
        ("张三 [red]Zoë[/red] \\n", "张三 [red]Zoë[/red] \\n"),
    ],
)
def test_what_cannot_be_seen_is_spelt_out(text, shown):
    """Escapes, overrides, invisible characters and lone surrogates are written out; all else stays as it is."""
    assert neutralise(text, 100) == shown


def test_joiners_stay_where_a_script_needs_them():
    """A Persian name keeps the joiner between its letters; a joiner that hides at an edge is spelt out."""
    assert neutralise("علی\u200cرضا", 100) == "علی\u200cرضا"
    assert neutralise("Ann\u200d", 100) == "Ann\\u200d"
    assert neutralise("1\u200d2", 100) == "1\\u200d2"


@given(st.text(st.characters(codec=None)), st.integers(0, 30))
def test_no_text_is_longer_than_asked_or_can_do_anything(text, limit):
    """Whatever comes in, what goes out fits, stays on one line and holds no control or override."""
    shown = neutralise(text, limit)
    assert len(shown) <= limit
    assert not {unicodedata.category(c) for c in shown.replace("\u200c", "").replace("\u200d", "")} & {
        "Cc",
        "Cf",
        "Cs",
        "Zl",
        "Zp",
    }


def test_a_cut_is_marked_and_halves_no_escape():
    """Where text is cut there is an ellipsis, and an escape is there whole or not at all."""
    assert neutralise("abcdef", 6) == "abcdef"
    assert neutralise("abcdefg", 6) == "abcde…"
    assert neutralise("ab\x1b\x1b", 6) == "ab…"
    assert neutralise("ab\x1b" * 10_000_000, 7) == "ab\\x1b…"


def test_lines_stay_lines_and_tabs_become_spaces():
    """Evidence and tracebacks keep their layout; a page-long text says how much of it is not shown."""
    assert neutral_lines("\na\r\n\tb\x1b\n", 20, 5) == ["a", "    b\\x1b"]
    assert neutral_lines("1\n2\n3\n4", 20, 4) == ["1", "2", "3", "4"]
    assert neutral_lines("1\n2\n3\n4", 20, 3) == ["1", "2", "… and 2 more lines"]
    assert neutral_lines(" \n\n", 20, 3) == []
