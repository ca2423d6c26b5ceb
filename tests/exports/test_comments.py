"""Comments and feedback folders: what a student may see, as text, under a name that is no path."""

import html
import re
from dataclasses import replace

import pytest
from any_report import MARK, marked
from any_report import reports as any_reports
from handing_on import SAMPLE
from hypothesis import given, settings

from autograder.exports.cells import text_cell
from autograder.exports.comments import html_comment, html_page, plain_comment
from autograder.exports.moodle_feedback import folder_name


@pytest.mark.parametrize("text", ["<=cmd", "&== @x", "'  -1", ";\u3000＝=1", '"+-+'])
def test_no_sign_follows_a_semicolon_of_an_escape(text):
    """Where a spreadsheet splits at semicolons no cell begins like a formula, and a browser shows what was said."""
    comment = html_comment(replace(SAMPLE, submission=replace(SAMPLE.submission, notes=(text,))))
    assert text_cell(comment) == comment
    assert text in html.unescape(comment)


@settings(max_examples=80, deadline=None)
@given(any_reports())
def test_a_comment_is_text_whatever_is_in_it(report):
    """No mark-up but ours, no formula wherever a spreadsheet splits, no quote and no backslash; no hidden check."""
    comment = html_comment(marked(replace(report, hidden_results="hidden")))
    assert text_cell(comment) == comment
    assert not set('"\\\n\r') & set(comment)
    bare = re.sub("</?(?:p|pre)>|<br>", "", comment)
    assert not set("<>") & set(bare)
    assert MARK not in comment
    assert html.unescape(bare).encode("utf-8")
    assert MARK not in html_page(marked(replace(report, hidden_results="hidden")))


def test_a_comment_says_the_score_and_what_the_mistake_is():
    """In few words: the points of each exercise, and of a check that failed what the student is told of it."""
    text = plain_comment(SAMPLE)
    assert text.splitlines()[0].startswith("score 4 of 13")
    assert "a05_softmax.softmax: 2.5/5" in text
    assert "hidden checks" in text
    public = next(check for check in SAMPLE.exercises[1].checks if check.feedback and check.visibility == "public")
    assert f"• {public.sentence}: 0/" in text
    assert public.feedback.likely_cause in text


def with_feedback(*told):
    """The sample with one exercise, of a public check for each feedback."""
    sample = SAMPLE.exercises[1]
    public = next(check for check in sample.checks if check.feedback and check.visibility == "public")
    checks = tuple(
        replace(public, name=f"check_{at}", sentence=f"sentence {at}", feedback=replace(public.feedback, **texts))
        for at, texts in enumerate(told)
    )
    return replace(SAMPLE, exercises=(replace(sample, checks=checks),))


def test_what_several_checks_say_is_said_once():
    """A file that cannot be imported fails every check alike; a cause is told once, what was seen each time."""
    nothing = {"verdict": "", "pattern": "", "likely_cause": "", "read": "", "next_step": "mend this"}
    same = plain_comment(with_feedback({**nothing, "evidence": "SyntaxError"}, {**nothing, "evidence": "SyntaxError"}))
    assert same.count("SyntaxError") == same.count("mend this") == 1
    assert "• sentence 1: 0/" in same
    assert same.endswith("(as above)")
    seen = {"verdict": "", "likely_cause": "Rows are summed.", "next_step": "print it"}
    other = plain_comment(with_feedback({**seen, "evidence": "got 1"}, {**seen, "evidence": "got 2"}))
    assert (other.count("got 1"), other.count("got 2"), other.count("Rows are summed."), other.count("print it")) == (
        1, 1, 1, 1,
    )  # fmt: skip
    assert "as above" not in other


def test_a_page_keeps_what_stands_in_columns():
    """An array that was wrong is told with its columns one below the other."""
    page = html_page(with_feedback({"verdict": "", "evidence": "got    expected\n1.5         2"}))
    assert "<pre>   got    expected<br>   1.5         2" in page


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("a_b_assignfeedback_file", "a b assignfeedback file"),
        ("C:\\x\\..\\y", "C x .. y"),
        ("\u202eAda\x00\u200b\n", "Ada"),
        ("...", "Participant"),
        ("O'Brien, Siobhán (Lab)", "O'Brien, Siobhán (Lab)"),
        ("é" * 200, "é" * 60),
    ],
)
def test_a_name_is_no_path_and_has_no_underscore(name, folder):
    """Moodle cuts at underscores, and nobody's name leaves the folder that the zip is unpacked in."""
    assert folder_name(name) == folder
