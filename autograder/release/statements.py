"""The statements of rooms and of a release: README files in the languages that students read."""

import re
from collections.abc import Mapping

from autograder.course.model import Room
from autograder.errors import CourseError
from autograder.language import ENGLISH, Language

# A paragraph that speaks of the command.
_PICTURES = re.compile(r"^(?:.+\n)*?.*`autograder pictures .*\n?(?:.+\n?)*", re.MULTILINE)


def statements(first: Language, texts: Mapping[Language, bytes]) -> dict[str, bytes]:
    """Return README files: that in the first language is README.md, another one README.<language>.md."""
    return {"README.md" if each == first else f"README.{each}.md": text for each, text in texts.items()}


def statement(room: Room, language: str) -> bytes:
    """Return the README of a room in a language. Raises `CourseError`."""
    text = read_text(room, "README.md" if language == ENGLISH else f"README.{language}.md")
    # Pictures are drawn with parts of the course that students do not get.
    return _PICTURES.sub("", text).rstrip("\n").encode() + b"\n"


def read_text(room: Room, name: str) -> str:
    """Return the text of a file of a room. Raises `CourseError`."""
    file = room.path / name
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{file}: cannot be read ({error}); a release needs it.") from error
