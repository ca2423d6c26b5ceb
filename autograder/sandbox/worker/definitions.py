"""What the functions of an exercise need of the cells of a notebook: their definitions, and no more.

A notebook plots, prints and trains between its definitions. Of its statements those stay that define a name which an
exercise uses, directly or through others, in their order. Nothing is executed here. It is used where a notebook is
checked while somebody works in it, and in a worker where it is graded, so that both look at the same.
"""

import __future__

import ast
import re
import symtable
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

# How a notebook's cells are marked in the one source that they are handed in as (see the intake of notebooks).
_MARK = re.compile(r"# cell (\d{1,9})")
_RUN_AT_ONCE = {"listcomp", "setcomp", "dictcomp", "genexpr", "lambda"}


@dataclass(frozen=True)
class Cell:
    """A cell: its number, as Jupyter shows it, and its text without its magics."""

    number: int
    text: str


@dataclass(frozen=True)
class Module:
    """One source made of several cells. places: for each of its lines the cell's number and the line there."""

    text: str
    places: tuple[tuple[int, int], ...]
    names: frozenset[str]


@dataclass(frozen=True)
class _Piece:
    """Statements that share lines. at_once: names that it uses when it is run; later: when its functions are."""

    cell: int
    first: int
    lines: tuple[str, ...]
    defines: frozenset[str]
    at_once: frozenset[str]
    later: frozenset[str]
    stays: bool


def module_of(cells: Iterable[Cell], names: Collection[str]) -> Module:
    """Return a module that defines `names` as the cells did, as far as they do; the last definition of a name wins.

    Imports of everything (`*`) stay, since nobody knows what they bring; cells that are no Python are left out.
    """
    pieces = [piece for cell in cells for piece in _pieces(cell)]
    needed = _needed(pieces, names)
    lines: list[str] = []
    places: list[tuple[int, int]] = []
    # Python wants `from __future__` first, wherever the notebook had it.
    for index in sorted(needed, key=lambda index: ("__future__" not in pieces[index].at_once, index)):
        piece = pieces[index]
        lines += piece.lines
        places += [(piece.cell, piece.first + offset) for offset in range(len(piece.lines))]
    found = frozenset(name for index in needed for name in pieces[index].defines)
    return Module("\n".join([*lines, ""]), tuple(places), found & frozenset(names))


def needed_lines(source: str, names: Collection[str]) -> tuple[str, int]:
    """Return the source of a notebook with every line blank that `names` do not need, and flags to compile it with."""
    lines, starts, cells = _cells(source)
    module = module_of(cells, names)
    kept = [""] * len(lines)
    flags = 0
    for (number, line), text in zip(module.places, module.text.split("\n"), strict=False):
        if text.lstrip().startswith("from __future__"):
            # Python wants it first, wherever the notebook has it.
            flags |= __future__.annotations.compiler_flag if "annotations" in text else 0
        else:
            kept[starts[number] + line - 1] = text
    return "\n".join(kept), flags


def broken_cell(source: str, name: str) -> str:
    """Return the source of a notebook with every line blank but those of a cell that would define `name`.

    Only of a cell that is no Python: where the function is missing, that is why. "" where there is none.
    """
    lines, starts, cells = _cells(source)
    begins = re.compile(rf"^[ \t]*(?:async[ \t]+)?def[ \t]+{re.escape(name)}\b", re.MULTILINE)
    for cell in reversed(cells):
        if not _statements(cell.text)[0] and begins.search(cell.text):
            first, size = starts[cell.number], len(source_lines(cell.text))
            return "\n".join(text if first <= at < first + size else "" for at, text in enumerate(lines))
    return ""


def _cells(source: str) -> tuple[list[str], dict[int, int], list[Cell]]:
    """Return the lines of a notebook's source, the line that each cell begins at, and the cells."""
    lines = source_lines(source)
    starts = {0: 0}
    for at, comment in enumerate(lines):
        mark = _MARK.fullmatch(comment)
        # A student may write such a comment too; ours count up one by one.
        if mark and int(mark[1]) == len(starts):
            starts[len(starts)] = at
    ends = [*list(starts.values())[1:], len(lines)]
    return (
        lines,
        starts,
        [Cell(number, "\n".join(lines[at:end])) for (number, at), end in zip(starts.items(), ends, strict=True)],
    )


def source_lines(source: str) -> list[str]:
    """Return the lines as Python counts them."""
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def foreign_imports(cells: Iterable[Cell]) -> list[str]:
    """Return what the cells import at the top level that a sandbox does not have, in the order of their names."""
    there = {*sys.stdlib_module_names, "numpy"}
    names: set[str] = set()
    for cell in cells:
        for node in _statements(cell.text)[0]:
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return sorted(names - there)


def _needed(pieces: Sequence[_Piece], names: Collection[str]) -> set[int]:
    """Return which pieces `names` need: what runs at once wants what came before it, a function what is there last."""
    needed = {index for index, piece in enumerate(pieces) if piece.stays}
    seen: set[tuple[int, int]] = set()
    wanted = [(name, len(pieces)) for name in sorted(names)]
    while wanted:
        name, before = wanted.pop()
        index = next((at for at in reversed(range(before)) if name in pieces[at].defines), None)
        if index is None or (index, before) in seen:
            continue
        seen.add((index, before))
        needed.add(index)
        wanted += [(used, index) for used in sorted(pieces[index].at_once)]
        wanted += [(used, before) for used in sorted(pieces[index].later)]
    return needed


def _statements(text: str) -> tuple[list[ast.stmt], list[str]]:
    """Return the statements and the lines of a cell; none of a cell that is no Python."""
    try:
        return ast.parse(text).body, source_lines(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [], []


def _pieces(cell: Cell) -> Iterator[_Piece]:
    body, lines = _statements(cell.text)
    spans: list[list[int]] = []
    nodes: list[list[ast.stmt]] = []
    for node in body:
        first = min([node.lineno, *(mark.lineno for mark in getattr(node, "decorator_list", []))])
        if spans and first <= spans[-1][1]:
            nodes[-1].append(node)
        else:
            spans.append([first, 0])
            nodes.append([node])
        spans[-1][1] = node.end_lineno or node.lineno
    for (first, last), statements in zip(spans, nodes, strict=True):
        piece = _piece(cell.number, first, lines[first - 1 : last], statements)
        if piece is not None:
            yield piece


def _piece(cell: int, first: int, lines: Sequence[str], statements: Sequence[ast.stmt]) -> _Piece | None:
    if all(isinstance(node, ast.Expr | ast.Delete) for node in statements):
        return None
    everything = any(
        isinstance(node, ast.ImportFrom) and (node.module == "__future__" or node.names[0].name == "*")
        for node in statements
    )
    try:
        table = symtable.symtable("\n".join(lines), "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    symbols = table.get_symbols()
    at_once = {symbol.get_name() for symbol in symbols if symbol.is_referenced()}
    at_once |= {name for node in statements for name in _changed_in_place(node)}
    at_once |= {"__future__"} if any(getattr(node, "module", "") == "__future__" for node in statements) else set()
    later: set[str] = set()
    for child in table.get_children():
        _look_into(child, at_once, later)
    defines = {symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()}
    defines |= {name for node in statements for name in _filled(node)}
    return _Piece(cell, first, tuple(lines), frozenset(defines), frozenset(at_once), frozenset(later), everything)


def _changed_in_place(node: ast.stmt) -> set[str]:
    """Return the name that `+=` and the like read before they write it."""
    return {node.target.id} if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) else set()


def _filled(node: ast.stmt) -> set[str]:
    """Return the names of what gets a new item or attribute, as `TABLE` in `TABLE["x"] = 1`."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    names = set()
    for target in targets:
        base: object = target
        while isinstance(base, ast.Subscript | ast.Attribute):
            base = base.value
        names |= {base.id} if isinstance(base, ast.Name) and base is not target else set()
    return names


def _look_into(table: symtable.SymbolTable, at_once: set[str], later: set[str]) -> None:
    """Sort the global names that a scope uses by when it uses them."""
    runs_later = table.get_type() == "function" and table.get_name() not in _RUN_AT_ONCE
    used = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global() and symbol.is_referenced()}
    (later if runs_later else at_once).update(used)
    for child in table.get_children():
        _look_into(child, later if runs_later else at_once, later)
