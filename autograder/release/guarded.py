"""What of a course must not reach its students: sources, names and texts, collected without a look at the release."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.model import CAPSTONE_CHECKS, Course, Room
from autograder.course.texts import room_texts
from autograder.errors import CourseError
from autograder.language import ENGLISH, LANGUAGES
from autograder.release.likeness import Run, function_bodies, plain_words, runs_of

# Measured over the rooms of a whole course. What a release holds by right (stubs, public checks, statements, the
# package itself) resembles no solution by more than 0.45 and no mistake by more than 0.80: a check of the way back
# holds a forward pass, and some mistakes are near to that. A copy has 1.00 under any names, and four fifths of one more
# than 0.6.
SOLUTION, MISTAKE, HIDDEN = 0.6, 0.9, 0.6
# Of fewer runs a share says nothing: such a body is looked for as it stands, if it has this many words or more.
FEWEST_RUNS = {SOLUTION: 16, MISTAKE: 24}
FEWEST_WORDS = 12


@dataclass(frozen=True)
class Guarded:
    """What must not leak.

    sources: the runs of each function, by what it is called in an error. limits: the share of it that is too much.
    bodies: the words of short ones. words: names and sentences, and what they are of.
    """

    sources: dict[str, frozenset[Run]] = field(default_factory=dict)
    limits: dict[str, float] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def guarded_of(course: Course) -> Guarded:
    """Return what must not leak of the whole course, also of rooms that are not released. Raises `CourseError`."""
    found = Guarded()
    files = [_source(room.path / "checks" / f"test_{room.module}.py") for room in course.rooms]
    checks = {name for file in files for name in _checks_in(file)}
    # A check may hold a wrong line, to show that it is wrong; that line is then no secret.
    bodies = [body for file in files for node, body in function_bodies(file) if not is_hidden(node)]
    shown = plain_words("\n".join(bodies))
    for room in course.rooms:
        whole = {"reference": course.reference / f"{room.module}.py", "variant": room.path / "variants.py"}
        for kind, file in whole.items():
            _guard(found, f"the {kind} of {room.name}", function_bodies(_source(file)), SOLUTION)
        mistakes = function_bodies(_source(room.path / "mistakes.py"))
        _guard(found, f"a mistake of {room.name}", mistakes, MISTAKE, shown)
        _guard_checks(found, room)
        if room.capstone:
            source = _source(room.path / "checks" / CAPSTONE_CHECKS)
            # Checks and trials; what these use besides may well stand in other files, too.
            own = [each for each in function_bodies(source) if each[0].decorator_list]
            _guard(found, f"the capstone of {room.name}", own, SOLUTION)
            found.words.update(dict.fromkeys(_checks_in(source) - checks, f"the capstone of {room.name}"))
    return found


def _guard(
    found: Guarded, what: str, functions: Iterable[tuple[ast.FunctionDef, str]], limit: float, shown: str = ""
) -> None:
    for node, body in functions:
        name, runs, words = f"{what}, {node.name}", runs_of(body), plain_words(body)
        if len(runs) >= FEWEST_RUNS[limit]:
            found.sources[name], found.limits[name] = runs, limit
        elif words.count(" ") > FEWEST_WORDS and words not in shown:
            found.bodies[name] = words


def _guard_checks(found: Guarded, room: Room) -> None:
    """Guard the hidden checks: what they are called, what they say, and what is theirs alone of their code."""
    source = _source(room.path / "checks" / f"test_{room.module}.py")
    nodes = {node.name: (node, body) for node, body in function_bodies(source)}
    hidden = {name: each for name, each in nodes.items() if is_hidden(each[0])}
    shown = "\n".join(body for name, (_, body) in nodes.items() if name not in hidden)
    in_common = runs_of(shown)
    for name, (node, body) in hidden.items():
        what = f"the hidden check {room.name}.{name.removeprefix('test_')}"
        own = runs_of(body) - in_common
        if len(own) >= FEWEST_RUNS[HIDDEN]:
            found.sources[what], found.limits[what] = own, HIDDEN
        for words in _said_of(node, room):
            found.words[words] = what
    public = [node for name, (node, _) in nodes.items() if name not in hidden]
    for words in {words for node in public for words in _said_of(node, room)}:
        found.words.pop(words, None)


def is_hidden(node: ast.FunctionDef) -> bool:
    """Whether a check is marked as hidden; or as nothing, for then nobody has said that students may see it."""
    marks = {mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)}
    return node.name.startswith("test_") and "public" not in marks


def _said_of(node: ast.FunctionDef, room: Room) -> Iterator[str]:
    name = node.name.removeprefix("test_")
    yield name
    yield name.replace("_", " ")
    yield " ".join((ast.get_docstring(node) or name).split())
    for language in LANGUAGES:
        if language != ENGLISH:
            own: Mapping[str, str] = room_texts(room, language).checks.get(name, {})
            yield from (own[key] for key in ("sentence", "title") if key in own)


def _checks_in(source: str) -> set[str]:
    names = {node.name for node, _ in function_bodies(source)}
    return {name.removeprefix("test_") for name in names if name.startswith("test_")}


def _source(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8")
        ast.parse(text)
    except (OSError, UnicodeDecodeError, SyntaxError) as error:
        raise CourseError(f"{file}: cannot be read ({error}), so nobody can tell whether it leaks.") from error
    return text
