"""Typed access to TOML tables; every error names the file, the line, what was seen and what is expected."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course.spelling import did_you_mean
from autograder.errors import CourseError

TYPE_NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "text", list: "a list"}
# No points, minutes, seconds, MiB or KiB are more; and poll() takes no longer time, in milliseconds, than 24 days.
MOST = 1_000_000
# tomllib takes time with the square of a dotted key's length.
_LONG_KEY = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){64}""")
# What can hide the end of a statement: comments, the four kinds of strings, brackets.
_TOKEN = re.compile(
    r"""\#[^\n]* | \"{3}(?:[^\\]|\\.)*?\"{3,5} | '{3}.*?'{3,5} | "(?:[^"\\\n]|\\.)*" | '[^'\n]*' | [\[{\]}] | \n""",
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True)
class Table:
    """One table of a TOML document; `at` is the way to it from the top: ("exercises", 0, "hints")."""

    file: Path
    text: str
    at: tuple[str | int, ...]
    values: Mapping[str, object]

    @property
    def title(self) -> str:
        """The table's header as it is written in the file."""
        if not self.at:
            return "the top of the file"
        dotted = ".".join(part for part in self.at if isinstance(part, str))
        return f"[[{dotted}]]" if isinstance(self.at[-1], int) else f"[{dotted}]"


def read_document(file: Path) -> Table:
    """Return the top table of `file`; CourseError when it is missing, not UTF-8 or not TOML."""
    try:
        # utf-8-sig: Windows editors put a byte-order mark that tomllib refuses.
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise CourseError(f"{file}: cannot be read ({error.strerror}); expected a TOML file.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CourseError(f"{file}:{line}: is not UTF-8; expected TOML, saved as UTF-8.") from error
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise CourseError(f"{file}:{line}: has a key of more than 64 names with dots between; expected shorter keys.")
    try:
        return Table(file, text, (), tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else text.rstrip("\n").count("\n") + 1
        raise CourseError(f"{file}:{line}: is not valid TOML: {error}.") from error
    except (RecursionError, ValueError) as error:
        # tomllib lets these two through, and without a place.
        seen = "brackets nested too deep" if isinstance(error, RecursionError) else "a number of too many digits"
        line = _line_where(text, _is_too_much)
        raise CourseError(f"{file}:{line}: has {seen}; expected TOML that can be read.") from error


def problem(table: Table, key: str | None, message: str) -> CourseError:
    """Return the error for `key` of `table` (None: the table itself) with its line; the caller raises it."""
    way = table.at if key is None else (*table.at, key)
    return CourseError(f"{table.file}:{line_of(table.text, way)}: {message}")


def line_of(text: str, way: tuple[str | int, ...]) -> int:
    """Return the 1-based line where the key or table at `way` begins; 1 for the top or one that is not there.

    tomllib keeps no positions, so beginnings of the text are parsed to find the statement that brings the key. It
    is right for every spelling: dotted keys, inline tables, texts over many lines.
    """
    if not way or not _holds(tomllib.loads(text), way):
        return 1
    return _line_where(text, lambda beginning: _holds(tomllib.loads(beginning), way))


def _line_where(text: str, is_true: Callable[[str], bool]) -> int:
    """Return the 1-based line of the statement that makes `is_true` of the text up to it, and of all longer ones."""
    ends = list(_statement_ends(text))
    first = bisect_left(ends, x=True, key=lambda end: is_true(text[:end]))
    return text.count("\n", 0, ends[first - 1]) + 2 if first else 1


def _statement_ends(text: str) -> Iterator[int]:
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "[{") - (token[0] in "]}")
        if token[0] == "\n" and depth == 0:
            yield token.start()


def _is_too_much(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    except (RecursionError, ValueError):
        return True
    return False


def _holds(document: object, way: tuple[str | int, ...]) -> bool:
    for part in way:
        if isinstance(document, list):
            document = dict(enumerate(document))
        if not isinstance(document, dict) or part not in document:
            return False
        document = document[part]
    return True


def refuse_unknown(table: Table, known: Collection[str]) -> None:
    """Raise CourseError at the first key of `table` that is not in `known`, with the nearest known one."""
    for key in table.values:
        if key not in known:
            near = did_you_mean(key, known)
            message = f"unknown key {key!r} in {table.title}.{near} Expected: {', '.join(known)}."
            raise problem(table, key, message)


def unexpected(table: Table, key: str, expected: str) -> CourseError:
    """Return the error for a key whose value is not what is expected; the caller raises it."""
    value = table.values[key]
    try:
        seen = "a table" if isinstance(value, dict) else repr(value)
    except ValueError:
        seen = "written with a number of thousands of digits"
    if len(seen) > 60:
        seen = f"{seen[:57]}..."
    kind = TYPE_NAMES.get(type(value))
    return problem(table, key, f"{key} is {seen}{f' ({kind})' if kind else ''}; expected {expected}.")


def _value(table: Table, key: str, expected: str) -> object:
    if key not in table.values:
        raise problem(table, None, f"key {key!r} is missing from {table.title}; expected {key} = {expected}.")
    return table.values[key]


def text_of(table: Table, key: str) -> str:
    """Return a text that is not blank."""
    expected = "a text in quotes, not blank"
    value = _value(table, key, expected)
    if isinstance(value, str) and value.strip():
        return value
    raise unexpected(table, key, expected)


def number_of(table: Table, key: str) -> float:
    """Return a number above zero and at most `MOST`, as a float."""
    expected = f"a number above zero, at most {MOST:,}"
    value = _value(table, key, expected)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= MOST:
        return float(value)
    raise unexpected(table, key, expected)


def whole_of(table: Table, key: str, most: int = MOST) -> int:
    """Return a whole number from 1 to `most`."""
    expected = f"a whole number from 1 to {most:,}"
    value = _value(table, key, expected)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most:
        return value
    raise unexpected(table, key, expected)


def texts_of(table: Table, key: str, count: int | None = None) -> tuple[str, ...]:
    """Return a list of texts, none blank, `count` of them unless None."""
    expected = f"a list of {count or ''} texts in quotes".replace("  ", " ")
    value = _value(table, key, expected)
    if isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value):
        if count in (None, len(value)):
            return tuple(value)
        raise problem(table, key, f"{key} has {len(value)} texts; expected {expected}.")
    raise unexpected(table, key, expected)


def table_of(table: Table, key: str) -> Table:
    """Return the table under `key`."""
    expected = "a table"
    value = _value(table, key, expected)
    if isinstance(value, dict):
        return Table(table.file, table.text, (*table.at, key), value)
    raise unexpected(table, key, expected)


def tables_of(table: Table, key: str) -> tuple[Table, ...]:
    """Return the array of tables under `key`, at least one."""
    expected = f"one [[{key}]] table or more"
    value = _value(table, key, expected)
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return tuple(Table(table.file, table.text, (*table.at, key, index), item) for index, item in enumerate(value))
    raise unexpected(table, key, expected)
