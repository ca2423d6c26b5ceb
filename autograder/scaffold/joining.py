"""Put an exercise's part at the end of a room's file, with the imports that it needs at its head."""

import ast
from collections.abc import Iterator
from pathlib import Path

from autograder.course.source import parse, source_lines


def joined(begun: str, head: str, added: str, path: Path) -> str:
    """Return the file `begun` with `added` at its end, and with those imports of `head` that it lacks.

    Raises CourseError, naming the file, when it is Python that cannot be parsed.
    """
    if path.suffix != ".py":
        return f"{begun.rstrip()}\n\n{added}"
    return f"{_with_imports(begun, head, path).rstrip()}\n\n\n{added}"


def _with_imports(begun: str, head: str, path: Path) -> str:
    statements = parse(begun, str(path)).body
    there = set(_imports(statements))
    missing = [each for each in _imports(ast.parse(head).body) if each not in there]
    if not missing:
        return begun
    lines = source_lines(begun)
    last = [node.end_lineno or 0 for node in statements if isinstance(node, ast.Import | ast.ImportFrom)]
    text = statements[0] if statements and ast.get_docstring(ast.Module(statements[:1], [])) is not None else None
    at = max(last) if last else (text.end_lineno or 0) if text else 0
    return "\n".join([*lines[:at], *_lines(missing), *lines[at:]])


def _imports(statements: list[ast.stmt]) -> Iterator[tuple[str | None, str, str | None]]:
    """Yield (module, name, alias) of each import, module None for `import name`."""
    for node in statements:
        if isinstance(node, ast.Import):
            yield from ((None, alias.name, alias.asname) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module, alias.name, alias.asname) for alias in node.names)


def _lines(missing: list[tuple[str | None, str, str | None]]) -> Iterator[str]:
    for module in dict.fromkeys(module for module, *_ in missing):
        names = [name if alias is None else f"{name} as {alias}" for home, name, alias in missing if home == module]
        yield f"import {', '.join(names)}" if module is None else f"from {module} import {', '.join(names)}"
