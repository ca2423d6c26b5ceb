"""Decoding a `.py` file as Python would."""

import codecs

import pytest

from autograder.intake.refusals import UnreadableError
from autograder.intake.sources import decode_source

LINE = "名 = 'é'\n"


@pytest.mark.parametrize(
    "data",
    [
        LINE.encode(),
        codecs.BOM_UTF8 + LINE.encode(),
        LINE.replace("\n", "\r\n").encode(),
        LINE.replace("\n", "\r").encode(),
    ],
)
def test_utf8_with_or_without_mark_and_any_line_end_is_one_text(data):
    """A byte order mark and foreign line ends leave no trace."""
    assert decode_source(data) == (LINE, ())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_with_a_mark_is_read_and_noted(codec):
    """What PowerShell writes is read, with a note that Python itself does not run it."""
    text, notes = decode_source("\N{ZERO WIDTH NO-BREAK SPACE}".encode(codec) + LINE.encode(codec))
    assert text == LINE
    assert "UTF-16" in notes[0]


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ("# -*- coding: gbk -*-\n", "gbk"),
        ("# 作业 coding=gb18030\n", "gb18030"),
        ("#!/usr/bin/python\n# vim: set fileencoding=cp936 :\n", "gbk"),
        ("\f\n# coding: utf-8-unix\n", "utf-8"),
    ],
)
def test_a_coding_line_is_obeyed(head, codec):
    """PEP 263 names in line 1 or 2 choose the codec, also where the line itself needs it."""
    assert decode_source((head + "x = '喆'\n").encode(codec))[0] == head + "x = '喆'\n"


def test_a_coding_line_after_code_is_none():
    """Line 2 counts only after a blank or a comment, as in Python."""
    with pytest.raises(UnreadableError, match="no coding line"):
        decode_source(b"x = 1\n# coding: latin-1\ny = '\xe9'\n")


def test_old_mac_line_ends_count_as_lines_for_the_coding_line():
    """A coding line in the third line is only a comment, whatever ends the lines."""
    assert decode_source(b"# a\rx = 1\r# coding: klingon\r")[0] == "# a\nx = 1\n# coding: klingon\n"


@pytest.mark.parametrize(
    "name",
    [
        "klingon",
        "utf-7",
        "unicode_escape",
        "raw_unicode_escape",
        "punycode",
        "idna",
        "hex",
        "zlib",
        "undefined",
        "this",
    ],
)
def test_an_unknown_or_tricky_codec_is_refused_by_name(name):
    """Codecs that hide code, explode or are none are never looked up."""
    with pytest.raises(UnreadableError, match=f"its coding line says '{name}', which is not read"):
        decode_source(f"# coding: {name}\nx = 1\n".encode())


def test_a_mark_and_a_coding_line_must_agree():
    """A UTF-8 mark with another coding line is an error, as in Python."""
    with pytest.raises(UnreadableError, match="starts with the mark of UTF-8"):
        decode_source(codecs.BOM_UTF8 + b"# coding: gbk\n")


@pytest.mark.parametrize("data", [b"x = 1\ny = '\xb5'\n", b"# coding: ascii\ny = '\xb5'\n", b"# coding: gbk\n\xff\n"])
def test_bytes_that_do_not_fit_are_told_with_their_line(data):
    """The byte and its line are named."""
    with pytest.raises(UnreadableError, match=r"byte 0x(b5|ff) in line 2"):
        decode_source(data)


@pytest.mark.parametrize("data", [b"x = 1\n\0", "x = 1\n".encode("utf-16-le")])
def test_nul_is_refused(data):
    """NUL bytes, and UTF-16 without a mark that is full of them, are told."""
    with pytest.raises(UnreadableError, match="NUL character in line"):
        decode_source(data)


def test_cut_utf16_is_refused():
    """Half a character at the end is an error and not dropped."""
    with pytest.raises(UnreadableError, match="does not decode"):
        decode_source(codecs.BOM_UTF16_LE + b"x\0=")


def test_a_form_feed_stays():
    """A form feed is white space in Python and moves no line."""
    assert decode_source(b"x = 1\n\f\ny = 2\n") == ("x = 1\n\f\ny = 2\n", ())


def test_thousands_of_brackets_are_only_text():
    """What would exhaust a parser is read like anything else, because nothing is parsed."""
    data = b"x = " + b"(" * 100_000 + b")" * 100_000 + b"\n"
    assert decode_source(data)[0] == data.decode()
