"""Who is in a course: a roster, and whose an entry of a download is by it.

What says most comes first: an id that only one person has, then a name that only one person has. Where two would fit,
nobody is chosen.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from autograder.errors import IntakeError
from autograder.intake.names import shown
from autograder.intake.tables import Row, Table, read_table
from autograder.moments import in_utc, moment_of
from autograder.report import Person

ID_KINDS: Mapping[str, Sequence[str]] = {
    "email": ("email", "e mail", "email address", "e mail address", "mail", "邮箱", "电子邮件", "电子邮件地址"),
    "login": ("login", "login id", "sis login id", "username", "user name", "user", "用户名", "登录名"),
    "sis": ("sis", "sis id", "sis user id", "student id", "student number", "sid", "id number", "学号"),
    "canvas": ("canvas", "canvas id", "canvas user id", "id"),
    "canvas_anonymous": ("canvas anonymous id", "anonymous id"),
    "moodle": ("moodle", "moodle id", "participant", "participant id", "identifier", "编号", "标识符"),
    "github": ("github", "github username", "github login", "github user"),
    "nbgrader": ("nbgrader", "nbgrader id"),
    "gradescope": ("gradescope", "gradescope id"),
    "lti": ("lti", "lti id", "lti user id", "lti user"),
}
_NAMES: Mapping[str, Sequence[str]] = {
    "name": (
        "name",
        "student",
        "student name",
        "full name",
        "fullname",
        "display name",
        "姓名",
        "学生",
        "学生姓名",
        "全名",
    ),
    "first name": ("first name", "firstname", "given name", "名"),
    "last name": ("last name", "lastname", "surname", "family name", "姓"),
    "group": ("group", "team", "group name", "team name", "小组", "分组"),
}
_TERMS: Mapping[str, Sequence[str]] = {
    "due": ("due", "due date", "due at", "deadline", "extension", "extended until", "延期至", "截止时间"),
    "exempt": ("exempt", "excused", "免修", "豁免"),
}
KNOWN_TITLES = tuple(title for kinds in (_NAMES, ID_KINDS, _TERMS) for titles in kinds.values() for title in titles)
_YES, _NO = ("yes", "true", "1", "x", "y", "是", "✓", "ex"), ("no", "false", "0", "n", "否", "-")
_PARTICIPANT = re.compile(r"\D*?(\d+)")
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Member:
    """One person of the roster. due: of their own, in UTC. cells: of columns that were asked for besides."""

    row: Row
    person: Person
    group: str = ""
    due: str | None = None
    exempt: bool = False
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Roster:
    """The people of a file, to be looked up by id and by name. unknown: titles of columns that are not read."""

    file: Path
    members: tuple[Member, ...]
    unknown: tuple[str, ...] = ()

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], list[Member]]:
        index: dict[tuple[str, str], list[Member]] = {}
        for member in self.members:
            for kind, value in member.person.ids.items():
                index.setdefault((kind, folded(value)), []).append(member)
        return index

    @cached_property
    def _by_name(self) -> dict[str, list[Member]]:
        return _index(self.members, lambda name: {name, turned(name)})

    @cached_property
    def _by_letters(self) -> dict[str, list[Member]]:
        return _index(self.members, lambda name: {_letters(name), _letters(turned(name))})

    @cached_property
    def _by_sortable_letters(self) -> dict[str, list[Member]]:
        return _index(self.members, lambda name: {_letters(_sortable(name))})

    @cached_property
    def groups(self) -> Mapping[str, tuple[Member, ...]]:
        """The members of each group, by its folded name."""
        index: dict[str, tuple[Member, ...]] = {}
        for member in self.members:
            if member.group:
                index[folded(member.group)] = (*index.get(folded(member.group), ()), member)
        return index

    def with_id(self, kind: str, value: str) -> list[Member]:
        """Return who has an id of this kind."""
        return self._by_id.get((kind, folded(value)), [])

    def with_any_id(self, value: str) -> list[Member]:
        """Return who has this as an id of whatever kind but those that are mere numbers of a platform."""
        found = [self.with_id(kind, value) for kind in ("email", "login", "sis", "github", "nbgrader")]
        return _distinct(member for members in found for member in members)

    def with_github_ending(self, folder: str) -> list[Member]:
        """Return whose login at GitHub the name of a clone ends with, as in "a05-softmax-octocat"."""
        name = folded(folder)
        logins = ((member, member.person.ids.get("github", "")) for member in self.members)
        return [member for member, login in logins if login and name.endswith(f"-{folded(login)}")]

    def with_name(self, name: str, *, sortable: bool = False) -> list[Member]:
        """Return who is called so: letter for letter first, then with all but the letters left out.

        sortable: the family name may come first, as in "lovelaceada".
        """
        spelt = folded(name)
        exact = self._by_name.get(spelt) or self._by_name.get(turned(spelt))
        if exact:
            return exact
        usual = self._by_letters.get(_letters(spelt), [])
        turned_round = self._by_sortable_letters.get(_letters(spelt), []) if sortable else []
        return list({id(member): member for member in [*usual, *turned_round]}.values())


def read_roster(file: Path, more: Mapping[str, Sequence[str]] | None = None, *, unique: bool = True) -> Roster:
    """Return the people of a CSV file. Raises `IntakeError`, which names file, row and column.

    more: kinds of columns that are wanted besides. unique: refuse an id that two rows have.
    """
    table = read_table(file, {**_NAMES, **ID_KINDS, **_TERMS, **(more or {})})
    if not {"name", "first name", "last name", *ID_KINDS, "entry"} & set(table.titles):
        raise IntakeError(f"{file}, row 1: no column says who; expected one such as name, email, login or id")
    rows = [row for row in table.rows if "points possible" not in row.cells.get("name", "").casefold()]
    members = tuple(_member(table, row, more or {}) for row in rows)
    if unique:
        _refuse_twice(table, members)
    return Roster(file, members, table.unknown)


def _member(table: Table, row: Row, more: Collection[str]) -> Member:
    cells = row.cells
    ids = {kind: cells[kind] for kind in ID_KINDS if kind in cells}
    if "moodle" in ids:
        found = _PARTICIPANT.fullmatch(ids["moodle"])
        ids["moodle"] = found[1] if found else ids["moodle"]
    parts = (cells.get("first name"), cells.get("last name"))
    name = cells.get("name") or " ".join(part for part in parts if part) or next(iter(ids.values()), "")
    if not name and "entry" not in cells:
        raise IntakeError(
            f"{table.file}, row {row.number}: says neither a name nor an id; fill one in or remove the row"
        )
    return Member(
        row=row,
        person=Person(name, ids),
        group=cells.get("group", ""),
        due=_due(table, row),
        exempt=_is_exempt(table, row),
        cells={kind: cells[kind] for kind in more if kind in cells},
    )


def _due(table: Table, row: Row) -> str | None:
    return moment_in(table, row, "due") if "due" in row.cells else None


def moment_in(table: Table, row: Row, kind: str) -> str:
    """Return in UTC the time in a cell. Raises `IntakeError` for anything that is none or does not say its zone."""
    text = row.cells[kind]
    try:
        return in_utc(moment_of(text))
    except (ValueError, OverflowError):
        table.refuse(row, kind, f"{shown(text, 40)!r} is no time with its distance from UTC, as 2026-12-01T23:59+01:00")


def _is_exempt(table: Table, row: Row) -> bool:
    said = row.cells.get("exempt", "no").casefold()
    if said not in (*_YES, *_NO):
        table.refuse(row, "exempt", f"{shown(said, 40)!r} is neither yes nor no; write yes, or leave it empty")
    return said in _YES


def _refuse_twice(table: Table, members: Sequence[Member]) -> None:
    seen: dict[tuple[str, str], Member] = {}
    for member in members:
        for kind, value in member.person.ids.items():
            other = seen.setdefault((kind, folded(value)), member)
            if other is not member:
                table.refuse(
                    member.row, kind, f"{shown(value, 40)!r} also stands in row {other.row.number}; ids differ"
                )


def is_called(member: Member, name: str, *, sortable: bool = False) -> bool:
    """Whether a name is this member's, however it is written."""
    return bool(Roster(Path(), (member,)).with_name(name, sortable=sortable))


def _index(members: Iterable[Member], spellings: Callable[[str], set[str]]) -> dict[str, list[Member]]:
    index: dict[str, list[Member]] = {}
    for member in members:
        for spelling in spellings(folded(member.person.name)) - {""}:
            index.setdefault(spelling, []).append(member)
    return index


def _letters(name: str) -> str:
    return _NOT_LETTERS.sub("", name)


def _sortable(name: str) -> str:
    """Return a name with the family name first, as it stands before a comma, or else is the last word."""
    if turned(name) != name:
        return name
    first, _, last = name.rpartition(" ")
    return f"{last} {first}"


def folded(text: str) -> str:
    """Return a name or an id as it is compared: NFC, without case, one space between words."""
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).split())


def turned(name: str) -> str:
    """Return "ada lovelace" for "lovelace, ada", and other names as they are."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else name


def _distinct(members: Iterable[Member]) -> list[Member]:
    return list({id(member): member for member in members}.values())
