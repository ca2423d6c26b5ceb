"""Read plain JSON values into frozen dataclasses, refusing whatever their annotations do not say.

Every refusal is an AutograderError that names the place in the document, what was expected and what was seen.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache, partial
from numbers import Real
from types import UnionType
from typing import Literal, NoReturn, TypeAlias, TypeVar, cast, get_args, get_origin, get_type_hints

from autograder.errors import AutograderError

MOST = 1e9  # no course has more points and no grading takes more seconds; far from what a float cannot hold

_NEXT = "Grade the submission again to have a fresh report."
_T = TypeVar("_T")
_Reader: TypeAlias = Callable[[object, str], object]


@dataclass(frozen=True)
class Repeated:
    """Stands where a JSON object said one key twice, until the reader that knows the place refuses it."""

    key: str


def keep_repeated(pairs: list[tuple[str, object]]) -> dict[str, object] | Repeated:
    """Return the object, or what is wrong with it: json by itself lets the last of two equal keys win."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            return Repeated(key)
        found[key] = value
    return found


def plain(value: object) -> object:
    """Return the lists, dicts and plain numbers that JSON knows."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value
    # Numpy's scalars are real numbers too, and json refuses them.
    return float(value) if isinstance(value, Real) else value


def read(kind: type[_T], document: object) -> _T:
    """Return the `kind` that `document`, made by json with `keep_repeated`, describes."""
    return cast("_T", _reader(cast("Hashable", kind))(document, ""))


def refuse(place: str, expected: str, value: object) -> NoReturn:
    """Raise the AutograderError that says what was expected at this place and what was found there."""
    raise AutograderError(f"{place or 'the report'}: expected {expected}, found {_seen(value)}. {_NEXT}")


@cache
def _reader(kind: object) -> _Reader:
    """Return how a value of this declared type is read."""
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return partial(_record, kind, {name: _reader(hint) for name, hint in get_type_hints(kind).items()})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return partial(_choice, {choice.value: choice for choice in kind})
    if origin is Literal:
        return partial(_choice, {choice: choice for choice in arguments})
    if origin is UnionType:
        return partial(_optional, _reader(arguments[0]))
    if origin is tuple:
        return partial(_rows, _reader(arguments[0]))
    if origin is Mapping:
        return partial(_table, _reader(arguments[1]))
    return {float: _number, int: _whole, str: _text, bool: _flag}[cast("type", kind)]


def _record(kind: Callable[..., object], readers: Mapping[str, _Reader], value: object, place: str) -> object:
    found = _keys(value, place)
    prefix = f"{place}." if place else ""
    for name in readers:
        if name not in found:
            raise AutograderError(f"{prefix}{name}: missing, though every report has it. {_NEXT}")
    for name in found:
        if name not in readers:
            raise AutograderError(f"{prefix}{_brief(name)}: unknown key; expected only {', '.join(readers)}. {_NEXT}")
    return kind(**{name: read(found[name], prefix + name) for name, read in readers.items()})


def _table(read: _Reader, value: object, place: str) -> object:
    return {key: read(item, f'{place}["{_brief(key)}"]') for key, item in _keys(value, place).items()}


def _keys(value: object, place: str) -> dict[str, object]:
    if isinstance(value, Repeated):
        raise AutograderError(f"{place or 'the report'}: the key '{_brief(value.key)}' appears twice. {_NEXT}")
    if not isinstance(value, dict):
        refuse(place, "an object", value)
    return value


def _rows(read: _Reader, value: object, place: str) -> object:
    if not isinstance(value, list):
        refuse(place, "a list", value)
    return tuple(read(item, f"{place}[{index}]") for index, item in enumerate(value))


def _optional(read: _Reader, value: object, place: str) -> object:
    return None if value is None else read(value, place)


def _choice(choices: Mapping[str, object], value: object, place: str) -> object:
    if not isinstance(value, str) or value not in choices:
        refuse(place, f"one of {', '.join(choices)}", value)
    return choices[value]


def _number(value: object, place: str) -> object:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= MOST:
        refuse(place, f"a number from 0 to {MOST:g}", value)
    return float(value)


def _whole(value: object, place: str) -> object:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
        refuse(place, f"a whole number from 0 to {MOST:g}", value)
    return value


def _text(value: object, place: str) -> object:
    return value if isinstance(value, str) else refuse(place, "text", value)


def _flag(value: object, place: str) -> object:
    return value if isinstance(value, bool) else refuse(place, "true or false", value)


def _seen(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return f"the number {_brief(repr(value))}"
    if isinstance(value, str):
        return f"the text '{_brief(value)}'"
    names = {list: "a list", dict: "an object", Repeated: "an object"}
    return names.get(type(value), f"a {type(value).__name__}")


def _brief(text: str) -> str:
    """Return text that cannot flood or command a terminal: a report may come from anywhere."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:60])
    return shown if len(text) <= 60 else shown + "…"
