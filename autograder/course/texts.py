"""What a room says in a language other than English: the file texts.<language>.toml in its folder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path

from autograder.course.mistakes import Mistake
from autograder.course.model import Room
from autograder.course.tables import Table, read_document, refuse_unknown, table_of, text_of
from autograder.language import ENGLISH, language

Texts = Mapping[str, str]

# Which texts a thing may have; all that a student reads of it.
KEYS = {
    "checks": ("sentence", "title", "law", "suggest", "see"),
    "mistakes": ("explanation", "suggest", "read"),
    "exercises": ("notes",),
    "pictures": ("title", "caption"),
}


@dataclass(frozen=True)
class RoomTexts:
    """The texts of one room in one language.

    checks, mistakes, exercises, pictures: by name, then by key (`KEYS`). messages: the sentences in its checks and
    pictures, by their English.
    """

    checks: Mapping[str, Texts] = field(default_factory=dict)
    mistakes: Mapping[str, Texts] = field(default_factory=dict)
    exercises: Mapping[str, Texts] = field(default_factory=dict)
    pictures: Mapping[str, Texts] = field(default_factory=dict)
    messages: Texts = field(default_factory=dict)


NONE = RoomTexts()


def texts_file(room: Room, chosen: str) -> Path:
    """Return the file of the room's texts in a language."""
    return room.path / f"texts.{chosen}.toml"


def room_texts(room: Room, chosen: str | None = None) -> RoomTexts:
    """Return the room's texts in a language, or else in that of this process; none where the room has no such file.

    Raises `CourseError` naming file and line.
    """
    chosen = chosen or language()
    file = texts_file(room, chosen)
    return NONE if chosen == ENGLISH or not file.is_file() else _read(file, room.digest)


@cache
def _read(file: Path, _digest: str) -> RoomTexts:
    top = read_document(file)
    names = tuple(each.name for each in fields(RoomTexts))
    refuse_unknown(top, names)
    groups = {name: _group(top, name) for name in KEYS}
    return RoomTexts(**groups, messages=_texts(table_of(top, "messages")) if "messages" in top.values else {})


def _group(top: Table, name: str) -> Mapping[str, Texts]:
    if name not in top.values:
        return {}
    group = table_of(top, name)
    tables = {each: table_of(group, each) for each in group.values}
    for table in tables.values():
        refuse_unknown(table, KEYS[name])
    return {each: _texts(table) for each, table in tables.items()}


def _texts(table: Table) -> Texts:
    return {key: text_of(table, key) for key in table.values}


def spoken(mistakes: Iterable[Mistake], texts: RoomTexts) -> tuple[Mistake, ...]:
    """Return the mistakes with what students read of them in the language of `texts`."""
    return tuple(_spoken(mistake, texts.mistakes.get(mistake.name, {})) for mistake in mistakes)


def _spoken(mistake: Mistake, texts: Texts) -> Mistake:
    own = {key: getattr(mistake, key) for key in KEYS["mistakes"]} | dict(texts)
    return replace(mistake, explanation=own["explanation"], suggest=own["suggest"], read=own["read"])
