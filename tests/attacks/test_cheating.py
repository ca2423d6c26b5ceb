"""The table of public answers is today's, so that what it earns says what a table of answers can earn."""

import ast
from pathlib import Path

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
