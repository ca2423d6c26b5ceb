"""The files that a room's checks are tried on, made from what the room itself knows to be right and wrong."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from autograder.course import compose_source, function_source, reference_text
from autograder.course.mistakes import Mistake, Variant
from autograder.course.model import Course, Room
from autograder.errors import CourseError
from autograder.intake.submission import Submission, digest_of

Kind = Literal["reference", "stub", "mistake", "variant"]


@dataclass(frozen=True)
class Candidate:
    """One file to grade and what it is: for a mistake or a variant its records, else nothing."""

    kind: Kind
    submission: Submission
    mistake: Mistake | None = None
    variants: tuple[Variant, ...] = ()


def as_submission(room: Room, name: str, source: str) -> Submission:
    """Return a submission of one file, as if it had come in."""
    sources = {f"{room.module}.py": source}
    return Submission(
        id=name,
        student=name,
        origin=name,
        form="folder",
        sources=sources,
        notes=(),
        problem=None,
        digest=digest_of("folder", sources),
    )


def every_candidate(
    course: Course, room: Room, mistakes: Iterable[Mistake], variants: Iterable[Variant]
) -> list[Candidate]:
    """Return the reference, the committed stub, each mistake and each variant (or group of variants) of `room`.

    Raises `CourseError` when a mistake or variant cannot be pasted into a student's file.
    """
    reference = reference_text(course, room)
    source_of = _sources_in(room)
    stub = (room.path / f"{room.module}.py").read_text(encoding="utf-8")
    found = [
        Candidate("reference", as_submission(room, "reference", reference)),
        Candidate("stub", as_submission(room, "stub", stub)),
    ]
    for mistake in mistakes:
        text = compose_source(reference, {mistake.exercise: source_of(mistake.name)}, room)
        found.append(Candidate("mistake", as_submission(room, mistake.name, text), mistake))
    groups = _grouped(variants)
    for group in [*groups, *_pairs(groups, room)]:
        text = compose_source(reference, {variant.exercise: source_of(variant.name) for variant in group}, room)
        name = " with ".join(variant.name for variant in group)
        found.append(Candidate("variant", as_submission(room, name, text), variants=tuple(group)))
    return found


def replaced(
    course: Course, room: Room, name: str, replacements: Mapping[str, str], variants: tuple[Variant, ...] = ()
) -> Candidate:
    """Return the reference with some exercises replaced, as `compose_source` has it; "stub" for one with no answers."""
    kind: Kind = "variant" if variants else "stub" if replacements else "reference"
    text = compose_source(reference_text(course, room), replacements, room)
    return Candidate(kind, as_submission(room, name, text), variants=variants)


def right_ways(room: Room, variants: Iterable[Variant]) -> dict[str, str]:
    """Return the sources of some variants by exercise."""
    source_of = _sources_in(room)
    return {variant.exercise: source_of(variant.name) for variant in variants}


def _sources_in(room: Room) -> Callable[[str], str]:
    """Return what gives the source of a mistake or variant of `room` by its name."""
    own = {name: (room.path / name).read_text(encoding="utf-8") for name in ("mistakes.py", "variants.py")}

    def source_of(name: str) -> str:
        for text in own.values():
            if f"def {name}(" in text:
                return function_source(text, name)
        raise CourseError(f"{room.path}: {name} stands in neither mistakes.py nor variants.py")

    return source_of


def _grouped(variants: Iterable[Variant]) -> list[list[Variant]]:
    groups: dict[str, list[Variant]] = {}
    for variant in variants:
        groups.setdefault(f"group {variant.group}" if variant.group else variant.name, []).append(variant)
    return list(groups.values())


def _pairs(groups: Iterable[Sequence[Variant]], room: Room) -> Iterator[list[Variant]]:
    """Yield each variant together with each variant of what its exercise builds on: right and right is right."""
    alone = [group[0] for group in groups if len(group) == 1]
    for variant in alone:
        below = room.exercise(variant.exercise).builds_on
        yield from ([other, variant] for other in alone if other.exercise in below)


def texts_for_students(room: Room) -> Mapping[str, str]:
    """Return what students receive of a room, by file name, and its hints."""
    names = [f"{room.module}.py", "README.md", "README.zh.md"]
    texts = {name: (room.path / name).read_text(encoding="utf-8") for name in names}
    hints = (hint for exercise in room.graded for every in exercise.hints.values() for hint in every)
    return {**texts, "a hint": "\n".join(hints)}
