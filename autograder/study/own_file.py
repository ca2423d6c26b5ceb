"""Look at a student's own module as text: which function has changed, and how it is put back."""

import ast
import hashlib
from collections.abc import Collection

from autograder.course.source import source_lines


def function_digests(text: str, names: Collection[str]) -> dict[str, str]:
    """Return a digest of each of the functions `names` as it would run; comments and docstrings do not count.

    What else the module holds is a part of every digest: a changed constant may change any function. A module that is
    no Python gives none.
    """
    functions = _functions(text)
    others = [name for name in functions if name not in names]
    rest = "".join(_code(functions[name]) for name in others) + _loose_code(text)
    return {
        name: hashlib.sha256((_code(node) + rest).encode()).hexdigest()[:16]
        for name, node in functions.items()
        if name in names
    }


def codes_of(text: str) -> dict[str, str]:
    """Return each function of a module as it would run, and under "" what stands outside functions."""
    return {"": _loose_code(text), **{name: _code(node) for name, node in _functions(text).items()}}


def place_of_error(text: str) -> int | None:
    """Return the line at which a text stops being Python; None where all of it is."""
    try:
        ast.parse(text)
    except SyntaxError as error:
        return error.lineno or 1
    except (ValueError, RecursionError, MemoryError):
        return 1
    return None


def with_function(text: str, name: str, replacement: str) -> str | None:
    """Return `text` with the function `name` taken from `replacement`, a module; None where either lacks it."""
    old, new = _functions(text).get(name), _functions(replacement).get(name)
    if old is None or new is None:
        return None
    lines, fresh = source_lines(text), source_lines(replacement)
    return "\n".join([*lines[: _first_line(old)], *fresh[_first_line(new) : new.end_lineno], *lines[old.end_lineno :]])


def _body(text: str) -> list[ast.stmt]:
    try:
        return ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _functions(text: str) -> dict[str, ast.FunctionDef]:
    # Of two definitions of a name the last one counts, as it does when the module runs.
    return {node.name: node for node in _body(text) if isinstance(node, ast.FunctionDef)}


def _loose_code(text: str) -> str:
    """Return what stands outside functions, texts left out."""
    texts = (ast.Expr, ast.FunctionDef)
    return "".join(ast.dump(node) for node in _body(text) if not isinstance(node, texts))


def _first_line(node: ast.FunctionDef) -> int:
    return min([node.lineno, *(mark.lineno for mark in node.decorator_list)]) - 1


def _code(node: ast.FunctionDef) -> str:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return ast.dump(node.args) + "".join(ast.dump(statement) for statement in body)
