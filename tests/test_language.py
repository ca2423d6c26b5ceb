"""What is said in another language: nothing is missing, nothing is left over, and the values are where they were."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import language
from autograder.checking import CheckFailed, assert_close, assert_gradient, assert_keys, assert_variance, require
from autograder.checking.blame import UNFIT
from autograder.checking.failure import MAX_COLUMNS, MAX_LINES, bounded
from autograder.errors import AutograderError
from autograder.language import cells, has_words, label, language_of, places, retell, say, speaking

PACKAGE = Path(__file__).parent.parent / "autograder"
# A room that is shipped has texts of its own.
FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if not {"assignments", "templates"} & {*path.parts}]
# Which of a call's arguments is a sentence.
SAYING = {"say": 0, "phrase": 0, "_refused": 0, "_unreadable": 0, "require": 1}
CHINESE = re.compile("[\u4e00-\u9fff]")
# Three words in a row are a sentence, and not "dtype float64" or "True False".
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [a-z]{2,}){2}")


def strings(tree: ast.AST) -> Iterator[str]:
    """Every sentence that is said in a file."""
    for call in ast.walk(tree):
        name = getattr(call.func, "id", "") if isinstance(call, ast.Call) else ""
        if name in SAYING:
            at = SAYING[name]
            safe = [keyword.value for keyword in call.keywords if name == "require" and keyword.arg == "safe"]
            yield from (node.value for node in [*call.args[at : at + 1], *safe] if isinstance(node, ast.Constant))


def tables(name: str) -> dict[str, dict]:
    return tomllib.loads((PACKAGE / "texts" / name).read_text(encoding="utf-8"))


LOOP = "no answer within {seconds:g} s{when}: is there a loop that never ends?"
SAID = {path: set(strings(ast.parse(path.read_text(encoding="utf-8")))) for path in FILES}
TABLES = tables("zh.toml")


def test_every_sentence_has_its_chinese_and_none_is_left_over():
    """The sentences of the package are those of its texts, each once, beside the file that says it."""
    keys = [sentence for table in TABLES.values() for sentence in table]
    assert len(keys) == len(set(keys))
    assert set(keys) == set().union(*SAID.values())
    for file, table in TABLES.items():
        assert set(table) <= SAID[PACKAGE / file], file


@pytest.mark.parametrize("file", TABLES)
def test_the_chinese_has_the_same_places_and_is_chinese(file):
    """Values come where they came; a sentence that holds words is not left in English."""
    for english, text in TABLES[file].items():
        assert places(english) == places(text), english
        assert CHINESE.search(text) or not has_words(english), english
        assert not ENGLISH.search(text), text


def test_a_sentence_is_a_template_with_a_space_beside_each_place():
    """The space goes where the value is Chinese itself, so that both kinds of names read well."""
    for table in TABLES.values():
        for text in table.values():
            assert not re.search(f"{CHINESE.pattern}\\{{|\\}}{CHINESE.pattern}", text), text


def test_no_f_string_speaks_where_students_read():
    """What `say` is given is a literal: a sentence made of pieces cannot be looked up."""
    for path in FILES:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("say", "phrase"):
                assert not isinstance(call.args[0], ast.JoinedStr), f"{path.name}:{call.lineno}"


def test_what_a_worker_says_of_a_value_is_told_in_chinese():
    """The worker speaks English alone; each of its sentences on a value it may not send is known on this side."""
    worker = PACKAGE / "sandbox" / "worker"
    told = []
    for path, name, at in ((worker / "wire.py", "Unsendable", 0), (worker / "serving.py", "_told", 1)):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == name and len(call.args) > at:
                text = call.args[at]
                if isinstance(text, ast.JoinedStr):
                    told.append("".join(p.value if isinstance(p, ast.Constant) else "7" for p in text.values))
                elif isinstance(text, ast.Constant) and "cannot be described" not in text.value:
                    told.append(text.value)
    assert len(told) == len(UNFIT)
    with speaking("zh"):
        for text in told:
            assert CHINESE.search(retell(text, UNFIT)), text
        assert retell("something else", UNFIT) == "something else"


def test_a_template_is_filled_and_a_text_without_values_is_taken_as_it_stands():
    """Format specs work, and braces in a plain text mean themselves."""
    assert say("column {j} sums to {total:.3g}", j=2, total=0.97123) == "column 2 sums to 0.971"
    assert say("a dict {key: value}") == "a dict {key: value}"


def test_a_sentence_without_chinese_comes_in_english_or_fails_where_that_is_asked_for():
    """Production speaks on; a test hears of it. What is code alone has no Chinese."""
    with speaking("zh"):
        assert say("no such sentence {n}", n=3) == "no such sentence 3"
    with speaking("zh", strict=True):
        assert say("dW1") == "dW1"
        with pytest.raises(AutograderError, match="no such sentence"):
            say("no such sentence {n}", n=3)
    assert say("passed") == "passed"


def test_a_chinese_value_meets_the_chinese_beside_it_without_a_space():
    """A name of letters keeps its space."""
    with speaking("zh"):
        assert say("{name} is {got}.", name="W1", got="3") == "W1 等于 3。"
        assert say("{name} is {got}.", name="第 2 列之和", got="3") == "第 2 列之和等于 3。"
        assert say(LOOP, seconds=2, when="") == "2 秒内没有结果：是不是有停不下来的循环？"


def test_what_a_room_adds_is_known_only_while_its_language_is_spoken():
    """The sentences of a room's checks are looked up like our own, names of things among them."""
    with speaking("zh"):
        language.learn({"column sums of {name}": "{name} 各列之和", "kept entries": "保留的元素"})
        assert say("column sums of {name}", name="A") == "A 各列之和"
        assert label("kept entries") == "保留的元素"
    assert label("kept entries") == "kept entries"


@pytest.mark.parametrize(
    ("text", "words"),
    [("softmax(Z + c)", False), ("A_out / A", False), ("lambda/m * W", False), ("(n_l, n_{l-1})", False),
     ("dZ · Z_norm per row", True), ("W1 after step {t}", True), ("J of Z + c", True), ("kept entries", True)],
)  # fmt: skip
def test_code_is_told_from_words(text, words):
    """Formulae need no translation; names made of words do."""
    assert has_words(text) is words


def test_the_language_comes_from_the_environment_and_has_to_be_known():
    """Nothing set, or nothing in it, means English."""
    assert language_of({}) == language_of({"AUTOGRADER_LANG": ""}) == "en"
    assert language_of({"AUTOGRADER_LANG": "zh"}) == "zh"
    with pytest.raises(AutograderError, match="AUTOGRADER_LANG=fr is not a language of this program; choose en or zh"):
        language_of({"AUTOGRADER_LANG": "fr"})


FAILING = {
    "factor": lambda A: assert_close(7 * A, A, name="A", known={"m": 7}),
    "sign": lambda A: assert_close(-A, A, name="A"),
    "shape": lambda A: assert_close(A.T, A, name="A"),
    "lost axis": lambda A: assert_close(A[:, 0], A[:, :1], name="mu"),
    "shift": lambda A: assert_close(A + 1, A, name="A"),
    "column": lambda A: assert_close(A + A[:, :1], A, name="A"),
    "NaN": lambda A: assert_close(np.where(A > 0, np.nan, A), A, name="A", known={"Z": A}),
    "kind": lambda A: assert_close([1, 2], A, name="A"),
    "nothing": lambda A: assert_close(None, A, name="A"),
    "dict": lambda A: assert_close({"W1": A}, {"W1": A, "b1": A}, name="params"),
    "keys": lambda A: assert_keys({}, "W1", name="params"),
    "integers": lambda A: assert_close(np.trunc(A), A, name="A"),
    "flags": lambda A: assert_close(A < 0, A > 0, name="mask"),
    "gradient": lambda A: assert_gradient(7 * A, lambda x: float((x**2).sum()) / 2, A, name="dA", known={"m": 7}),
    "variance": lambda A: assert_variance(np.ones((50, 50)), 2.0, name="W", candidates={"none": 0.0}),
}


@pytest.mark.parametrize("what", FAILING)
def test_the_comparisons_speak_chinese(what):
    """No evidence and no pattern is made of English words; numbers, shapes and names are what they were."""
    with speaking("zh", strict=True), pytest.raises(CheckFailed) as caught:
        FAILING[what](np.random.default_rng(1).normal(size=(3, 5)))
    for text in (caught.value.evidence, caught.value.safe_evidence):
        assert CHINESE.search(text)
        assert not ENGLISH.search(text), text


def test_a_law_of_a_check_is_a_template_too():
    """`require` puts values in both of its texts."""
    with pytest.raises(CheckFailed) as caught:
        require(np.bool_(False), "row {i} sums to {total:.2f}", safe="row {i} is off", i=3, total=0.5)
    assert (caught.value.evidence, caught.value.safe_evidence) == ("row 3 sums to 0.50", "row 3 is off")


@given(st.text(alphabet="数组的形状，。（） abcXYZ_123", max_size=600))
def test_chinese_is_bounded_by_the_columns_that_it_takes(text):
    """A Chinese character takes two columns; nothing is lost where a line is broken."""
    shown = bounded(text)
    lines = shown.split("\n")
    assert len(lines) <= MAX_LINES
    assert all(cells(line) <= MAX_COLUMNS + 2 for line in lines)
    if "…" not in shown:
        assert "".join(shown.split()) == "".join(text.split())


def test_the_help_of_every_command_for_students_is_in_chinese():
    """Each has its text and that of each of its options, and nothing is left over."""
    from autograder.cli import main, releasing, students

    texts = tables("help.zh.toml")
    common, short = texts.pop("options"), texts.pop("short")
    assert set(short) == {name for name, command in main.commands.items() if not command.hidden}
    commands = (main, students.check, students.hint, students.course_map, students.pictures, releasing.submit)
    own = {command.name: command for command in commands}
    assert set(texts) == set(own)
    for name, command in own.items():
        options = {each.name for each in command.params if each.param_type_name == "option"} - {"version"}
        assert options - set(common) == set(texts[name]) - {"help"}


@pytest.mark.parametrize("chosen", ["en", "zh"])
def test_the_list_of_commands_has_a_whole_sentence_for_each(chosen):
    """None is cut off mid-sentence, and each command stands below whom it is for, once."""
    from click.testing import CliRunner

    from autograder.cli import main

    with speaking("en"):  # what is spoken here ends with the test
        told = CliRunner().invoke(main, ["--lang", chosen, "--help"], terminal_width=80).output
    listed = told.partition("For students:" if chosen == "en" else "学生:")[2]
    rows = [text.split(maxsplit=1) for text in listed.splitlines() if text.startswith("  ")]
    assert sorted(name for name, _ in rows) == sorted(name for name, each in main.commands.items() if not each.hidden)
    for _, sentence in rows:
        assert sentence.endswith("." if chosen == "en" else "。")
        assert "..." not in sentence
        assert cells(sentence) < 66
