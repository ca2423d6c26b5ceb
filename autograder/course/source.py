"""Take a module's source apart into its top-level statements, and put a choice of them together again.

`ast` says which lines belong to which statement; the text itself is never printed anew, so its formatting
survives.
"""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.course.spelling import did_you_mean
from autograder.errors import CourseError


@dataclass(frozen=True)
class Piece:
    """One top-level statement: its lines, the comment lines that touch it from above, the blank lines before.

    names: what it defines (empty for a text that stands alone, such as the module's docstring).
    """

    node: ast.stmt
    text: str
    comment: str
    gap: int
    names: frozenset[str]

    @property
    def is_import(self) -> bool:
        """Whether this brings names in from elsewhere."""
        return isinstance(self.node, ast.Import | ast.ImportFrom | ast.If)

    @property
    def is_private(self) -> bool:
        """Whether every name it defines is private; imports are not asked."""
        named = bool(self.names) and not self.is_import
        return named and all(name.startswith("_") and not name.endswith("__") for name in self.names)


def parse(source: str, title: str) -> ast.Module:
    """Return the syntax tree of `source`; CourseError names `title` and line when it is not Python."""
    try:
        return ast.parse(source)
    except SyntaxError as error:
        raise CourseError(f"{title}:{error.lineno or 1}: is not valid Python: {error.msg}.") from error
    except ValueError as error:
        raise CourseError(f"{title}:1: is not Python source: {error}.") from error


def source_lines(source: str) -> list[str]:
    """Return the lines as Python counts them; `str.splitlines` would also cut at form feeds and U+2028."""
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def function_text(node: ast.FunctionDef, lines: Sequence[str]) -> str:
    """Return the lines of a function from its `def`, decorators left out."""
    return "\n".join(lines[node.lineno - 1 : node.end_lineno])


def take_apart(source: str, title: str) -> tuple[Piece, ...]:
    """Return the top-level statements of `source`.

    Raises CourseError, naming `title` and line, at a statement that is neither an import, a definition, an
    assignment nor a text: nobody could tell whether students may see it.
    """
    lines = source_lines(source)
    pieces: list[Piece] = []
    end = 0
    for node in parse(source, title).body:
        names = _defined_names(node)
        if names is None:
            raise CourseError(
                f"{title}:{node.lineno}: expected imports, definitions and assignments only, because a"
                " stub is cut from this file and nothing says whether this statement is part of a solution."
            )
        first = min([node.lineno, *(mark.lineno for mark in getattr(node, "decorator_list", []))]) - 1
        if first < end:
            raise CourseError(f"{title}:{node.lineno}: two statements share a line; expected one each.")
        comment = first
        while comment > end and lines[comment - 1].startswith("#"):
            comment -= 1
        gap = 0
        while comment - gap > end and not lines[comment - gap - 1].strip():
            gap += 1
        end = node.end_lineno or node.lineno
        pieces.append(
            Piece(
                node,
                "\n".join(lines[first:end]),
                "".join(f"{line}\n" for line in lines[comment:first]),
                gap,
                names,
            )
        )
    return tuple(pieces)


def _defined_names(node: ast.stmt) -> frozenset[str] | None:
    """Return the names that a statement defines, or None for a kind of statement that is refused."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return frozenset([node.name])
    if isinstance(node, ast.Import | ast.ImportFrom):
        return frozenset(alias.asname or alias.name.partition(".")[0] for alias in node.names)
    if isinstance(node, ast.If):  # `if TYPE_CHECKING:` around imports
        imports = [child for child in node.body if isinstance(child, ast.Import | ast.ImportFrom)]
        if node.orelse or len(imports) < len(node.body):
            return None
        return frozenset(name for child in imports for name in _defined_names(child) or ())
    if isinstance(node, ast.Assign | ast.AnnAssign):
        names = [child for child in ast.walk(node) if isinstance(child, ast.Name)]
        return frozenset(name.id for name in names if isinstance(name.ctx, ast.Store)) or None
    value = node.value if isinstance(node, ast.Expr) else None
    is_text = isinstance(value, ast.Constant) and isinstance(value.value, str)
    return frozenset() if is_text else None


def exercise_pieces(pieces: Sequence[Piece], exercises: Sequence[str], title: str) -> dict[str, Piece]:
    """Return the function of each exercise.

    Raises CourseError when one is missing, or when a function is neither an exercise nor private.
    """
    functions = {piece.node.name: piece for piece in pieces if isinstance(piece.node, ast.FunctionDef)}
    for name in exercises:
        if name not in functions:
            raise CourseError(f"{title}: has no function {name!r}.{did_you_mean(name, functions)} Write it there.")
    for name, piece in functions.items():
        if name not in exercises and not piece.is_private:
            raise CourseError(
                f"{title}:{piece.node.lineno}: {name} is neither an exercise nor private, so a stub would"
                f" give it away. List it as an exercise, or call it _{name}."
            )
    return {name: functions[name] for name in exercises}


def put_together(pieces: Sequence[Piece], replacements: Mapping[str, str]) -> str:
    """Return a module of `pieces` with the text of some functions replaced.

    Private definitions stay only where something that stays uses them; a text goes with what it follows.
    """
    texts = {index: _new_text(piece, replacements) for index, piece in enumerate(pieces)}
    kept = _kept(pieces, texts)
    module = ""
    gap = 0
    for index, piece in enumerate(pieces):
        gap = max(gap, piece.gap)
        if index in kept:
            module += ("\n" * gap if module else "") + texts[index] + "\n"
            gap = 0
    return module


def _new_text(piece: Piece, replacements: Mapping[str, str]) -> str:
    if isinstance(piece.node, ast.FunctionDef) and piece.node.name in replacements:
        # The comment above a function speaks of the body that is now gone.
        return replacements[piece.node.name]
    return piece.comment + piece.text


def _kept(pieces: Sequence[Piece], texts: Mapping[int, str]) -> set[int]:
    def follows(index: int) -> int:
        while index and not pieces[index].names:
            index -= 1
        return index

    kept = {index for index, piece in enumerate(pieces) if not pieces[follows(index)].is_private}
    fresh = set(kept)
    while fresh:
        used = {name for index in fresh for name in _used_names(texts[index])}
        reached = {index for index, piece in enumerate(pieces) if piece.names & used}
        fresh = {index for index in range(len(pieces)) if follows(index) in reached} - kept
        kept |= fresh
    return kept


def _used_names(text: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
