"""Cut the file that students start from out of the reference solution."""

import ast
import json
from collections.abc import Sequence

from autograder.course.model import Room
from autograder.course.source import Piece, exercise_pieces, put_together, source_lines, take_apart
from autograder.errors import CourseError


def cut_stub(reference_source: str, exercises: Sequence[str], room: Room) -> str:
    """Return the stub of a room's module.

    Each exercise keeps its signature and docstring; its body becomes a NotImplementedError that names room
    and exercise. The module's docstring, imports, classes, aliases and constants stay; private names stay
    only where these need them. Raises CourseError when an exercise is missing or has no docstring, or when
    the source holds anything of which nobody could tell whether students may see it.
    """
    title = reference_title(room)
    pieces = take_apart(reference_source, title)
    functions = exercise_pieces(pieces, exercises, title)
    return put_together(pieces, {name: stub_function(piece, room) for name, piece in functions.items()})


def reference_title(room: Room) -> str:
    """Return how errors call the source that a room's stub is cut from."""
    return f"reference of {room.name}, {room.module}.py"


def stub_function(piece: Piece, room: Room) -> str:
    """Return a function's text with nothing but its docstring and a NotImplementedError for a body."""
    function = ast.parse(piece.text).body[0]
    if not isinstance(function, ast.FunctionDef) or ast.get_docstring(function) is None:
        (name,) = piece.names
        raise CourseError(
            f"{reference_title(room)}:{piece.node.lineno}: {name} has no docstring; expected one,"
            " because it is all that students see of the task."
        )
    docstring = function.body[0]
    lines = source_lines(piece.text)
    # Columns count UTF-8 bytes, and a docstring's last line may be Chinese.
    start, end = docstring.lineno - 1, (docstring.end_lineno or docstring.lineno) - 1
    before = lines[start].encode()[: docstring.col_offset].decode()
    lines[end] = lines[end].encode()[: docstring.end_col_offset].decode()
    head = lines[: end + 1]
    indent = before
    if before.strip():
        # `def f(x): "Docstring."` cannot take a second line as it stands.
        indent = "    "
        head = [
            *lines[:start],
            before.rstrip(),
            indent + lines[start][len(before) :],
            *lines[start + 1 : end + 1],
        ]
    message = json.dumps(f"{room.name}.{function.name}", ensure_ascii=False)
    return "\n".join([*head, f"{indent}raise NotImplementedError({message})"])
