"""Cells that hold the reference's answer between nbgrader's marks, which take it out of what students get."""

import ast
import textwrap
from collections.abc import Mapping, Sequence

from autograder.course.model import Room
from autograder.course.source import Piece, exercise_pieces, put_together, source_lines, take_apart
from autograder.course.stubs import reference_title, stub_function
from autograder.release.cutting import used_names

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


def answer_cells(reference: str, room: Room) -> dict[str, str]:
    """Return for each exercise its function, of which all but signature and docstring stands between the marks.

    What it uses of the reference and a stub does not have stands within, before its body: a cell then holds a whole
    answer, and nothing is left of it when what is between the marks is gone. Raises `CourseError`.
    """
    title = reference_title(room)
    pieces = take_apart(reference, title)
    functions = exercise_pieces(pieces, [exercise.name for exercise in room.exercises], title)
    stub = put_together(pieces, {name: stub_function(piece, room) for name, piece in functions.items()})
    in_stub = {name for piece in take_apart(stub, title) for name in piece.names}
    private = [piece for piece in pieces if piece.names and not piece.names & in_stub]
    return {name: _answer(piece, _used(piece, private), room) for name, piece in functions.items()}


def _used(piece: Piece, private: Sequence[Piece]) -> list[Piece]:
    """Return what a function uses of the private pieces, directly or through others, in their order."""
    kept: set[int] = set()
    names = used_names(piece.node)
    while fresh := {index for index, each in enumerate(private) if each.names & names} - kept:
        kept |= fresh
        names = {name for index in fresh for name in used_names(private[index].node)}
    return [private[index] for index in sorted(kept)]


def _answer(piece: Piece, used: Sequence[Piece], room: Room) -> str:
    *head, refusal = stub_function(piece, room).split("\n")
    indent = refusal[: len(refusal) - len(refusal.lstrip())]
    before = [line for each in used for line in [*_indented(each, indent), ""]]
    return "\n".join([*head, indent + BEGIN, *before, *_body(piece), indent + END])


def _body(piece: Piece) -> list[str]:
    """Return the lines of a function after its docstring."""
    (function,) = ast.parse(piece.text).body
    assert isinstance(function, ast.FunctionDef)
    lines = source_lines(piece.text)
    return lines[function.body[0].end_lineno :]


def _indented(piece: Piece, indent: str) -> list[str]:
    return textwrap.indent(piece.comment + piece.text, indent).split("\n")


def metadata(name: str, *, points: float | None = None, solution: bool = False) -> Mapping[str, object]:
    """Return what nbgrader (format 3) notes of a cell: a solution, a test with points, or else one to read only."""
    noted: dict[str, object] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": points is not None,
        "solution": solution,
        "locked": not solution,
        "task": False,
    }
    return {"nbgrader": noted | ({} if points is None else {"points": points})}
