"""What may stand in a cell of a table that a spreadsheet will open: text that is no formula, numbers that are plain."""

import re

# A cell that begins like a formula is one, even behind spaces and characters that do not show; spreadsheets
# of East Asia take the full-width signs too. Excel splits at semicolons where the comma is the decimal sign,
# and misreads our quotes then: a cell can begin behind any separator inside ours.
_SIGN = r"[=+\-@＝＋－＠﹦﹢﹣﹫]"
_UNSEEN = r"\"\xad\u180e\u200b-\u200f\u2060-\u206f\ufeff"
_FORMULA = re.compile(rf"\A(?=[\t\r]|[\s{_UNSEEN}]*{_SIGN})|(?<=[;\t\r\n])(?=[ \xa0\u3000{_UNSEEN}]*{_SIGN})")
# Nothing in a table needs them, and a terminal that shows the file obeys them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def text_cell(value: str) -> str:
    """Return `value` as text: an apostrophe before what looks like a formula, control characters as escapes."""
    visible = _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), value)
    return _FORMULA.sub("'", visible)
