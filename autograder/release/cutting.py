"""Cut a room's file of checks down to what students may see: its public checks and what these use."""

import ast
from collections.abc import Sequence

from autograder.course.model import Room
from autograder.course.source import Piece, take_apart

WIDTH = 120


def public_checks(source: str, room: Room) -> str:
    """Return the file of checks without the hidden ones, and without what nothing but these uses.

    Raises CourseError at a statement that is no import, definition, assignment or text.
    """
    pieces = take_apart(source, f"checks of {room.name}, test_{room.module}.py")
    kept = _reached(pieces)
    # A variable of a check may have this mark's name; the mark itself is on nothing that is left.
    used = {name for piece in kept for name in used_names(piece.node)} - {"hidden"}
    text = ""
    for piece in kept:
        content = _import_of(piece.node, used) if piece.is_import else piece.comment + piece.text
        if content:
            # Two blank lines around a definition, whatever stood between.
            text += ("\n" * piece.gap if text else "") + content + "\n"
    return text


def _reached(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces that stay, in their order: public checks, texts, imports, and what is used by what stays."""
    kept = {index for index, piece in enumerate(pieces) if _is_public_check(piece) or (index == 0 and not piece.names)}
    fresh = set(kept)
    while fresh:
        used = {name for index in fresh for name in used_names(pieces[index].node)}
        fresh = {index for index, piece in enumerate(pieces) if piece.names & used} - kept
        kept |= fresh
    return [pieces[index] for index in sorted(kept)]


def _is_public_check(piece: Piece) -> bool:
    return isinstance(piece.node, ast.FunctionDef) and any(
        isinstance(mark, ast.Name) and mark.id == "public" for mark in piece.node.decorator_list
    )


def used_names(node: ast.AST) -> set[str]:
    """Return every name that a piece of code reads."""
    return {child.id for child in ast.walk(node) if isinstance(child, ast.Name)}


def _import_of(node: ast.stmt, used: set[str]) -> str:
    """Return an import of those of its names that are used, in the form that a formatter gives it."""
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return ast.unparse(node)
    names = [alias for alias in node.names if (alias.asname or alias.name.partition(".")[0]) in used]
    if not names:
        return ""
    node = ast.Import(names) if isinstance(node, ast.Import) else ast.ImportFrom(node.module, names, level=node.level)
    line = ast.unparse(node)
    if len(line) <= WIDTH:
        return line
    head, _, tail = line.partition(" import ")
    lines = "".join(f"    {name},\n" for name in tail.split(", "))
    return f"{head} import (\n{lines})"
