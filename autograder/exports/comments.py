"""What a platform's comment box tells a student of a graded submission: what they may see, and in few words."""

import html
import re
from itertools import groupby

from autograder.exports.plain import lines, place_of, remarks, score_line, sentence_of, told_once
from autograder.exports.shown import ShownCheck, decimal, shown_checks
from autograder.language import say
from autograder.report import Report
from autograder.verdicts import Verdict

MOST_CHARACTERS = 12_000
_INDENT = "   "
_STYLE = "body{max-width:60em;margin:1em auto;padding:0 1em;font:1em/1.4 sans-serif}pre{white-space:pre-wrap}"
# Excel splits at semicolons where the comma is the decimal sign, and every escape of HTML ends in one.
_SIGN = re.compile("[=+\\-@＝＋－＠﹦﹢﹣﹫]")
_SIGNS_AFTER_SEMICOLON = re.compile(rf"(?<=;)(?:\s|{_SIGN.pattern})+")


def plain_comment(report: Report) -> str:
    """Return the feedback as plain text: the score, a line an exercise, and what each failed check is about."""
    # A line that begins with a hyphen would be a formula where the text lands in a table.
    found = [score_line(report), *remarks(report)]
    exercise = None
    for check, why in told_once(shown_checks(report)):
        if (check.room, check.exercise) != exercise:
            exercise = (check.room, check.exercise)
            found += ["", _exercise_line(report, check)]
        if check.verdict is not Verdict.PASSED:
            what = f"• {sentence_of(check)}: {decimal(check.points)}/{decimal(check.max_points)}"
            found.append(say("{what} (as above)", what=what) if why is None else what)
            found += [f"{_INDENT}{each}" for each in (why or "").split("\n") if each]
    return lines("\n".join(found), MOST_CHARACTERS)


def html_comment(report: Report) -> str:
    """Return the same as HTML on one line: no mark-up comes from the submission, and no quote or backslash is left.

    Readers of comma separated values differ in how they take a backslash before a quote. Nor is there anything that a
    spreadsheet could take for a formula.
    """
    return _html(plain_comment(report), "<br>")


def html_page(report: Report) -> str:
    """Return the same as a page to open."""
    body = _html(plain_comment(report), "<br>\n")
    head = f'<meta charset="utf-8"><title>feedback</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="{report.language}">{head}\n{body}</html>\n'


def _html(text: str, line_end: str) -> str:
    """Return paragraphs, and in between, with every space where it is, what is told of a check."""
    pieces = []
    for is_told, group in groupby(text.split("\n"), key=lambda each: each.startswith(_INDENT)):
        safe = map(_harmless, group)
        # A line end of the page's own would be a second one there.
        pieces.append(f"<pre>{'<br>'.join(safe)}</pre>" if is_told else f"<p>{line_end.join(safe)}</p>")
    return "".join(pieces)


def _harmless(text: str) -> str:
    safe = html.escape(text, quote=True).replace("\\", "&#92;")
    return _SIGNS_AFTER_SEMICOLON.sub(lambda run: _SIGN.sub(lambda sign: f"&#{ord(sign[0])};", run[0]), safe)


def _exercise_line(report: Report, check: ShownCheck) -> str:
    own = [each for each in report.exercises if (each.room, each.name) == (check.room, check.exercise)]
    points, most = (sum(getattr(each, field) for each in own) for field in ("points", "max_points"))
    return f"{place_of(check)}: {decimal(points)}/{decimal(most)}"
