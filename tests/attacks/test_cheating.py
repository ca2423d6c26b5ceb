"""The table of public answers is today's, so that what it earns says what a table of answers can earn."""

import ast
import re
from pathlib import Path

from attack import read_attacks
from cheat_sheet import TARGET, table


def literals(path: Path) -> dict[str, object]:
    """The literal values that a file gives to names."""
    return {
        ast.unparse(statement.targets[0]): ast.literal_eval(statement.value)
        for statement in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(statement, ast.Assign)
    }


def test_the_table_holds_every_public_answer_and_no_other(course_folder: Path) -> None:
    """Where this fails, the checks have changed: run tests/attacks/cheat_sheet.py."""
    answers, worth = table(course_folder)
    written = literals(TARGET)
    assert written["ANSWERS"] == answers
    assert written["MUST"]["points"] == worth < 20.0


def test_those_who_wait_for_the_hidden_checks_wait_no_call_too_long(course_folder: Path) -> None:
    """Attacks that count the calls of softmax speak from its first hidden one on, and so all that they do is tried."""
    public = sum(name == "softmax" for name, _ in table(course_folder)[0])
    counted = {attack.name: re.findall(r"(?:calls|LATE\)) > (\d+):", attack.text) for attack in read_attacks()}
    waits = {name: min(map(int, numbers)) for name, numbers in counted.items() if numbers}
    assert len(waits) > 10
    assert {name: calls for name, calls in waits.items() if calls != public} == {}
