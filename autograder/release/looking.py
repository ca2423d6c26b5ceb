"""Open what a release holds: every file, every member of its wheel and of its recordings, as text or as numbers."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

# In a member of a recording, stretches of plain letters that are long enough to hold a line of code.
_LETTERS = re.compile(rb"[\t\n\r\x20-\x7e]{12,}")


@dataclass(frozen=True)
class Part:
    """Something to look at: a file, or what a file holds.

    name: for people. text: what can be read in it. data: its bytes. has_lines: whether lines of `text` are lines of a
    file. is_numbers: whether `data` holds numbers. is_package: whether it is part of the autograder itself. problem:
    why nobody can look into it, or "".
    """

    name: str
    data: bytes
    text: str = ""
    has_lines: bool = True
    is_numbers: bool = False
    is_package: bool = False
    problem: str = ""


def parts_of(path: str, content: bytes) -> Iterator[Part]:
    """Yield what there is to look at in a file of a release."""
    if path.endswith(".whl"):
        yield from _members(path, content)
    elif path.endswith(".npz"):
        yield from _arrays(path, content)
    else:
        yield _text(path, content, is_package=False)


def _members(path: str, content: bytes) -> Iterator[Part]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = _text(f"{path}!{name}", archive.read(name), is_package=True)
            if not name.startswith(("autograder/", "deepnet_autograder-")):
                yield Part(part.name, b"", problem="is no part of the autograder, and the wheel must hold nothing else")
            yield part


def _arrays(path: str, content: bytes) -> Iterator[Part]:
    with np.load(io.BytesIO(content), allow_pickle=False) as members:
        for name in members.files:
            data = members[name].tobytes()
            letters = "\n".join(each.decode("ascii") for each in _LETTERS.findall(data))
            said = _strings(_json(data))
            text = "\n".join([name, letters, *said])
            yield Part(f"{path}!{name}", data, text, has_lines=False, is_numbers=True)


def _text(name: str, content: bytes, *, is_package: bool) -> Part:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return Part(name, content, problem="is no text, so nobody can look into it")
    if name.endswith((".ipynb", ".json")):
        # With its escapes, no line of code would be itself.
        said = "\n".join(_strings(_json(content)))
        return Part(name, content, said, has_lines=False, is_package=is_package)
    return Part(name, content, text, is_package=is_package)


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _strings(value: Any) -> Iterator[str]:
    """Yield every text in a JSON document, keys too; the lines of a list, as cells of notebooks have them, as one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        yield "".join(value)
    elif isinstance(value, dict):
        yield from value
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
