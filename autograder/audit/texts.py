"""The laws of a room's texts in other languages: all that a student reads is there, and nothing else."""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import FunctionType
from typing import Any

from autograder.course.loading import load_mistakes, load_module
from autograder.course.model import Room
from autograder.course.texts import KEYS, RoomTexts, room_texts, texts_file
from autograder.language import ENGLISH, LANGUAGES, has_words, places
from autograder.pictures.marks import FILE as PICTURES
from autograder.pictures.marks import load_pictures

_CHINESE = re.compile("[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"(?<![\w`.])[A-Za-z]+(?: [a-z]+){3}")
# In a reference such as "F4 §1.6 (25)" a word is enough: "section", "eq.", "first paragraph".
_A_WORD = re.compile(r"(?<![\w.])[a-z]{2,}(?![\w(\[])")
_REFERENCES = ("see", "read", "notes")
# Arguments of matplotlib's whose words are no text: "upper left", "offset points".
_SETTINGS = ("loc", "textcoords")

Wanted = Mapping[str, Mapping[str, str]]


def text_laws(room: Room, reference: Mapping[str, object]) -> list[str]:
    """Return a sentence for each law that the room's texts in other languages break.

    reference: the names of the room's reference, which its mistakes may use.
    """
    broken = []
    for chosen in LANGUAGES:
        if chosen == ENGLISH:
            continue
        file = texts_file(room, chosen)
        if file.is_file():
            found = _broken(room, reference, room_texts(room, chosen))
            broken += [f"{file.name}: {law}" for law in found]
        else:
            broken.append(f"{file.name} is missing: what students read of checks and mistakes, in that language")
    return broken


def _broken(room: Room, reference: Mapping[str, object], texts: RoomTexts) -> Iterator[str]:
    files = sorted((room.path / "checks").glob("test_*.py"))
    wanted: dict[str, Wanted] = {
        "checks": {name: own for file in files for name, own in _of_checks(file).items()},
        "mistakes": {
            each.name: {"explanation": each.explanation, "suggest": each.suggest, "read": each.read}
            for each in load_mistakes(room, reference)
        },
        "exercises": {each.name: {"notes": each.notes} for each in room.graded},
        "pictures": {each.name: {"title": each.title, "caption": each.caption} for each in load_pictures(room)},
    }
    for group in KEYS:
        yield from _compared(group, wanted[group], getattr(texts, group))
    drawing = room.path / PICTURES
    yield from _of_messages(files, drawing if drawing.is_file() else None, texts.messages)


def _of_checks(file: Path) -> Wanted:
    """Return what a student reads of each check in a file, in English."""
    found = {}
    for name, function in vars(load_module(file)).items():
        marks = {mark.name: mark.args for mark in getattr(function, "pytestmark", ())}
        if not isinstance(function, FunctionType) or "exercise" not in marks:
            continue
        short = name.removeprefix("test_")
        own = {"sentence": short.replace("_", " "), "title": inspect.getdoc(function) or ""}
        own |= {key: str(marks[key][0]) for key in ("law", "suggest", "see") if marks.get(key)}
        found[short] = own
    return found


def _compared(group: str, wanted: Wanted, found: Wanted) -> Iterator[str]:
    for name in found.keys() - wanted.keys():
        yield f"[{group}.{name}] belongs to nothing in this room"
    for name, own in wanted.items():
        texts = found.get(name, {})
        for key, english in own.items():
            place = f"[{group}.{name}] {key}"
            named = key == "sentence" or group == "pictures"
            made_of_words = _A_WORD.search(english) if key in _REFERENCES else named or has_words(english)
            if key in texts:
                yield from _faults(place, english, texts[key], words=bool(made_of_words))
            elif made_of_words:
                yield f"{place} is missing, for: {english}"
        for key in texts.keys() - {key for key, english in own.items() if english}:
            yield f"[{group}.{name}] {key} is used by nothing"


def _faults(place: str, english: str, text: str, *, words: bool) -> Iterator[str]:
    if words and not _CHINESE.search(text):
        yield f"{place} is not translated: {text}"
    elif leak := _ENGLISH.search(text):
        yield f"{place} holds English: {leak[0]}"
    elif "\n" in text and "\n" not in english:
        yield f"{place} is more than one line"


def _of_messages(files: Iterable[Path], drawing: Path | None, messages: Mapping[str, str]) -> Iterator[str]:
    every: set[str] = set()
    if drawing is not None:
        yield from _of_a_drawing(drawing, every, messages)
    for file in files:
        tree = ast.parse(file.read_bytes())
        yield from (f"{file.name}:{number} gives no value for {names}" for number, names in _unfilled(tree))
        for number, text, is_template in spoken_texts(tree):
            every.add(text)
            if not has_words(text):
                continue
            if not is_template:
                yield f'{file.name}:{number} speaks in an f-string; give its values by name: say("… {{x}} …", x=x)'
            elif text not in messages:
                yield f"[messages] lacks, for {file.name}:{number}: {text}"
    for english, text in messages.items():
        place = f'[messages] "{english}"'
        if english not in every:
            yield f"{place} is said by nothing in the checks or pictures"
            continue
        yield from _faults(place, english, text, words=has_words(english))
        if _places(english) != _places(text):
            yield f"{place} has other {{placeholders}} than its Chinese"


def _of_a_drawing(file: Path, every: set[str], messages: Mapping[str, str]) -> Iterator[str]:
    """Hold a file of pictures to its law: what a reader sees is said, and all that is said has its Chinese.

    every: the sentences of the room, to which those of the pictures are added.
    """
    tree = ast.parse(file.read_bytes())
    yield from (f"{file.name}:{number} gives no value for {names}" for number, names in _unfilled(tree))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"]
    said = {id(call.args[0]): call.args[0] for call in calls if call.args}
    for text in said.values():
        if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
            yield f"{file.name}:{text.lineno} says what is no text; write it where it is said"
            continue
        every.add(text.value)
        if text.value not in messages:
            yield f"[messages] lacks, for {file.name}:{text.lineno}: {text.value}"
    settings = [node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg in _SETTINGS]
    silent = {id(text) for text in (*said.values(), *settings)}
    for node in _speaking(tree):
        if not isinstance(node, ast.Constant) or id(node) in silent:
            continue
        if isinstance(node.value, str) and has_words(node.value):
            yield f'{file.name}:{node.lineno} writes, where it should say("…"): {node.value}'


def _places(text: str) -> object:
    try:
        return places(text)
    except ValueError:
        # A sentence that is said without values may hold any braces.
        return text.count("{"), text.count("}")


def _unfilled(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield where a template is said without a value for each of its places."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in ("say", "require"):
            continue
        for template in (each for each in call.args if isinstance(each, ast.Constant)):
            if not isinstance(template.value, str) or any(keyword.arg is None for keyword in call.keywords):
                continue
            given = {keyword.arg for keyword in call.keywords}
            missing = sorted({re.split(r"[!:.\[]", each)[0] for each in places(template.value)} - given)
            if missing:
                yield call.lineno, ", ".join(missing)


def spoken_texts(tree: ast.AST) -> Iterator[tuple[int, str, bool]]:
    """Yield line and text of each string in a file of checks that may reach a student, and whether it is a template.

    Those that may not: docstrings, arguments of decorators, what something is compared with.
    """
    for node in _speaking(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value, True
        elif isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(_part(part) for part in node.values), False


def _part(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "{}"


def _speaking(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        silent = isinstance(child, ast.Compare) or (
            isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        )
        if silent or child in _decorators(node):
            continue
        yield child
        if not isinstance(child, ast.JoinedStr):
            yield from _speaking(child)


def _decorators(node: ast.AST) -> list[Any]:
    return getattr(node, "decorator_list", [])
