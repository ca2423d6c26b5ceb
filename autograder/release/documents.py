"""Write TOML, for which the standard library has only a reader: what a release keeps of a room's tables."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from autograder.errors import CourseError


def toml_text(values: Mapping[str, object]) -> str:
    """Return a TOML document of these values, which `tomllib` reads back as they are.

    Tables come after plain values and lists of tables after tables, so that each header stands where it belongs.
    Raises CourseError for a value that TOML does not have.
    """
    return "\n".join(_lines(values, ())).strip("\n") + "\n"


def _lines(values: Mapping[str, object], at: tuple[str, ...]) -> Iterator[str]:
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    rows = {key: value for key, value in values.items() if _is_rows(value)}
    yield from (f"{_key(key)} = {_value(value)}" for key, value in values.items() if key not in {*tables, *rows})
    for key, table in tables.items():
        way = (*at, key)
        # A table of tables needs no header of its own.
        head = ("", f"[{'.'.join(map(_key, way))}]") if _has_plain_values(table) else ()
        yield from (*head, *_lines(table, way))
    for key, each in rows.items():
        assert isinstance(each, list)
        way = (*at, key)
        for row in each:
            yield from ("", f"[[{'.'.join(map(_key, way))}]]", *_lines(row, way))


def _has_plain_values(table: Mapping[str, object]) -> bool:
    return not table or not all(isinstance(value, Mapping) or _is_rows(value) for value in table.values())


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "_").replace("_", "a").isalnum()
    return key if bare else _text(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(each, str) for each in value) and len(str(value)) > 100:
        return "".join(["[\n", *(f"    {_text(each)},\n" for each in value), "]"])
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    raise CourseError(f"a value of type {type(value).__name__} cannot be written as TOML: {value!r:.80}")


def _text(text: str) -> str:
    # JSON escapes what TOML wants escaped, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
