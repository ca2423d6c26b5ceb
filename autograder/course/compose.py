"""Write files that students might hand in: the reference with some functions replaced by known variants."""

import ast
import builtins
import re
import symtable
from collections.abc import Collection, Mapping, Sequence

from autograder.course.model import Room
from autograder.course.source import (
    Piece,
    exercise_pieces,
    function_text,
    parse,
    put_together,
    source_lines,
    take_apart,
)
from autograder.course.spelling import did_you_mean
from autograder.course.stubs import reference_title, stub_function
from autograder.errors import CourseError


def function_source(file_text: str, function_name: str) -> str:
    """Return the text of one top-level function, from its `def` line on, decorators left out.

    Raises CourseError when the file has none of that name.
    """
    functions = {node.name: node for node in parse(file_text, "source").body if isinstance(node, ast.FunctionDef)}
    if function_name not in functions:
        near = did_you_mean(function_name, functions)
        raise CourseError(f"the source has no function {function_name!r}.{near} It has: {', '.join(functions)}.")
    return function_text(functions[function_name], source_lines(file_text)) + "\n"


def compose_source(reference_source: str, replacements: Mapping[str, str], room: Room) -> str:
    """Return a complete student's file for `room`, made from the reference.

    `replacements` says for some exercises what stands in the reference's place: "reference" (as it is),
    "stub", or the source of one function. Such a function loses its decorators and docstring and takes the
    exercise's name; it may use only its own names, builtins and what the stub defines. Raises CourseError
    where that cannot work.
    """
    title = reference_title(room)
    pieces = take_apart(reference_source, title)
    exercises = [exercise.name for exercise in room.exercises]
    for name in replacements:
        if name not in exercises:
            near = did_you_mean(name, exercises)
            raise CourseError(f"room {room.name} has no exercise {name!r} to replace.{near}")
    functions = exercise_pieces(pieces, exercises, title)
    given = _names_in_a_stub(pieces, functions, room)
    texts = {
        name: stub_function(functions[name], room) if source == "stub" else _paste(source, functions[name], given, room)
        for name, source in replacements.items()
        if source != "reference"
    }
    return put_together(pieces, texts)


def _names_in_a_stub(pieces: Sequence[Piece], functions: Mapping[str, Piece], room: Room) -> set[str]:
    stub = put_together(pieces, {name: stub_function(piece, room) for name, piece in functions.items()})
    return {name for piece in take_apart(stub, "stub") for name in piece.names}


def _paste(source: str, original: Piece, given: Collection[str], room: Room) -> str:
    (exercise,) = original.names
    title = f"replacement of {room.name}.{exercise}"
    body = parse(source, title).body
    function = body[0] if len(body) == 1 else None
    if not isinstance(function, ast.FunctionDef) or not isinstance(original.node, ast.FunctionDef):
        raise CourseError(f'{title}: expected "reference", "stub" or the source of one function.')
    plain = _without_docstring(function_text(function, source_lines(source)))
    _require_same_parameters(function, original.node, title)
    _require_given_names(plain, function.name, exercise, given, title)
    return re.sub(rf"\Adef\s+{function.name}", f"def {exercise}", plain)


def _without_docstring(text: str) -> str:
    function = ast.parse(text).body[0]
    if not isinstance(function, ast.FunctionDef) or ast.get_docstring(function) is None:
        return text
    docstring = function.body[0]
    end = docstring.end_lineno or docstring.lineno
    lines = source_lines(text)
    before = lines[docstring.lineno - 1].encode()[: docstring.col_offset].decode()
    after = lines[end - 1].encode()[docstring.end_col_offset :].decode()
    if len(function.body) == 1:
        middle = [f"{before}pass"]
    elif function.body[1].lineno == end:
        middle = [before + after.lstrip(" ;")]
    else:
        middle = []
        while not lines[end].strip():
            end += 1
    return "\n".join([*lines[: docstring.lineno - 1], *middle, *lines[end:]])


def _require_same_parameters(function: ast.FunctionDef, original: ast.FunctionDef, title: str) -> None:
    """Refuse parameters that a call of the exercise could not fill; more of them at the end do no harm."""
    seen, expected = (
        [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        for node in (function, original)
    )
    if seen[: len(expected)] != expected:
        raise CourseError(
            f"{title}: {function.name} takes ({', '.join(seen)}); expected the exercise's parameters,"
            f" ({', '.join(expected)})."
        )


def _require_given_names(text: str, name: str, exercise: str, given: Collection[str], title: str) -> None:
    used = _global_names(symtable.symtable(text, title, "exec"))
    if exercise in used and name != exercise:
        raise CourseError(f"{title}: {name} calls {exercise}, which it stands in for, and would never return.")
    missing = sorted(used - {*given, *dir(builtins)})
    if missing:
        raise CourseError(
            f"{title}: {name} uses {', '.join(missing)}, which a student's file does not have;"
            f" expected only names of its own, builtins and {', '.join(sorted(given))}."
            " Another module can be imported inside the function."
        )


def _global_names(table: symtable.SymbolTable) -> set[str]:
    own = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global() and symbol.is_referenced()}
    return own.union(*(_global_names(child) for child in table.get_children()))
