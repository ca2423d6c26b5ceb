"""What Canvas and Moodle make of a file, by their importers' rules, written down anew as oracles."""

import csv
import io
import re
from dataclasses import dataclass, field


@dataclass
class CanvasCourse:
    """students: user id -> (sortable name, SIS user id, login). grades: by (user id, assignment id).

    notes: titles of the instructor's own columns. unassigned: pairs of user and assignment.
    """

    students: dict
    titles: dict
    grades: dict = field(default_factory=dict)
    notes: tuple = ()
    unassigned: tuple = ()


@dataclass
class CanvasImport:
    """What an import would do: grades by (user, assignment); what it would make anew; points by assignment."""

    grades: dict
    new_students: list
    new_assignments: list
    points: dict


def _one_line(line, separator):
    """The number of fields of a line, or 0 for one that is no valid CSV by itself."""
    if line.count('"') % 2:
        return None
    return len(next(csv.reader([line], delimiter=separator), []))


def canvas_separator(text):
    """Semicolons only when they part the first three lines evenly, and into more fields than commas do."""
    first = re.findall(r"[^\n]*\n|[^\n]+", text)[:3]
    counts = {}
    for separator in ";,":
        sizes = [_one_line(line, separator) for line in first]
        counts[separator] = sizes[0] if None not in sizes and len(set(sizes)) == 1 else 0
    return ";" if counts[";"] > counts[","] else ","


def _converted(cell):
    """What looks like a number: the last separator is the decimal point, and others go."""
    if re.fullmatch(r"-?[0-9.,]+%?", cell):
        *whole, last = re.split("[,.]", cell)
        return f"{''.join(whole)}.{last}" if whole else last
    return cell


def canvas_import(data, course):
    """The import of a file into a course; AssertionError for a header that is refused."""
    text = data.decode("utf-8")
    separator = canvas_separator(text)
    lines = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True) if row]
    rows = [[_converted(cell) for cell in row] for row in lines if any(cell.strip() for cell in row)]
    header, sis, login, first, whole_name = _canvas_header(rows[0])
    columns = {}
    made = []
    for at, title in enumerate(header):
        if (
            at < first
            or not title
            or title in course.notes
            or re.search(r"(Current|Final|Override) (Score|Points|Grade|Status)", title)
        ):
            continue
        found = re.fullmatch(r"(.*)\s\((\d+)\)", title)
        by_id = int(found[2]) if found and int(found[2]) in course.titles else None
        by_title = next((key for key, known in course.titles.items() if known == title), None)
        key = by_id if by_id is not None else by_title
        if key is None:
            made.append(title)
        columns[at] = title if key is None else key
    outcome = CanvasImport({}, [], made, {})
    for row in rows[1:]:
        if "Points Possible" in row[0]:
            outcome.points = {key: row[at] for at, key in columns.items() if at < len(row)}
        elif not all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell, re.IGNORECASE) for cell in row):
            user = _canvas_student(row, course, sis, login, whole_name)
            if user is None:
                outcome.new_students.append(row[0])
            for at, key in columns.items():
                grade = "" if (user, key) in course.unassigned else row[at].strip()
                outcome.grades[user if user is not None else row[0], key] = grade
    return outcome


def _canvas_header(row):
    whole_name = "LastName" not in row[0]
    at = 2 if whole_name else 3
    assert len(row) > 3
    assert ("Student" in row[0] and "ID" in row[1]) or (row[:2] == ["LastName", "FirstName"] and "ID" in row[2])
    sis = login = None
    if re.search(r"SIS\s+Login\s+ID", row[at]):
        login, at = at, at + 1
    elif re.search(r"SIS\s+User\s+ID", row[at]) and re.search(r"SIS\s+Login\s+ID", row[at + 1]):
        sis, login, at = at, at + 1, at + 2
        at += "Integration ID" in row[at]
        at += "Root Account" in row[at]
    assert "Section" in row[at], "Invalid header row"
    return row, sis, login, at + 1, whole_name


def _canvas_student(row, course, sis, login, whole_name):
    number = row[1] if whole_name else row[2]
    if number and re.match(r"\d+", number) and int(re.match(r"\d+", number)[0]) in course.students:
        return int(re.match(r"\d+", number)[0])
    for at, place in ((sis, 1), (login, 2)):
        if at is not None and row[at]:
            for user, known in course.students.items():
                if known[place] == row[at]:
                    return user
    name = row[0] if whole_name else f"{row[1]} {row[0]}".strip()
    return next((user for user, known in course.students.items() if known[0] == name), None)


def canvas_after(outcome, course):
    """The grades after an import: a blank over a grade clears it, and what is equal at two decimals is no change."""
    after = dict(course.grades)
    for key, new in outcome.grades.items():
        old = after.get(key, "")
        if (
            new.upper() == "EX"
            or old.upper() == "EX"
            or not old
            or not new
            or f"{float(old):.2f}" != f"{float(new):.2f}"
        ):
            after[key] = new
    return {key: value for key, value in after.items() if value}


def php_rows(text, separator):
    """Rows as PHP's fgetcsv reads them, for which a backslash shields the quote behind it."""
    rows, row, cell, quoted, at = [], [], "", False, 0
    while at < len(text):
        c = text[at]
        if quoted and c == "\\" and at + 1 < len(text):
            cell += text[at : at + 2]
            at += 2
            continue
        if quoted and c == '"' and text[at + 1 : at + 2] == '"':
            cell, at = cell + '"', at + 2
            continue
        if c == '"' and (quoted or not cell):
            quoted = not quoted
        elif not quoted and c in (separator, "\n"):
            row.append(cell)
            cell = ""
            if c == "\n":
                rows.append(row)
                row = []
        else:
            cell += c
        at += 1
    return [*rows, [*row, cell]] if row or cell else rows


@dataclass
class MoodleAssignment:
    """words: titles, and the word for a participant; users: by participant; grades: user -> (grade, comment)."""

    words: dict
    users: dict
    most: float
    grades: dict = field(default_factory=dict)
    locked: set = field(default_factory=set)
    decimal_sign: str = "."


def moodle_import(data, assignment, separator=","):
    """The grades and comments after the import of a worksheet, by user; AssertionError for one that is refused."""
    text = re.sub("\r\n?", "\n", data.decode("utf-8").removeprefix("\ufeff"))
    header, *rows = php_rows(text, separator)
    header = [title.strip() for title in header]
    at = {role: header.index(assignment.words[role]) for role in ("identifier", "grade", "modified")}
    feedback = header.index(assignment.words["feedback"]) if assignment.words["feedback"] in header else None
    after = dict(assignment.grades)
    for row in rows:
        if row == [""]:
            continue
        assert len(row) == len(header), "csvweirdcolumns"
        user = assignment.users.get(row[at["identifier"]][len(assignment.words["participant"]) :].strip())
        if user is None:
            continue
        grade, comment = after.get(user, (None, ""))
        written = row[at["grade"]].replace(" ", "").replace(assignment.decimal_sign, ".")
        if written and user not in assignment.locked and 0 <= float(written) <= assignment.most:
            grade = float(written)
        after[user] = (grade, row[feedback] if feedback is not None else comment)
    return after


def moodle_feedback(names, participants):
    """The files that Moodle takes out of a zip of feedback: by participant, path in the feedback area."""
    found = {}
    for name in names:
        assert ".." not in name.split("/")
        assert not name.startswith("/")
        if name.rpartition("/")[2].startswith((".", "~")):
            continue
        parts = name.split("/")
        while parts:
            info = parts.pop(0).split("_", 4)
            if len(info) < 4 or not info[1].isdecimal() or int(info[1]) not in participants:
                continue
            assert info[2:4] == ["assignfeedback", "file"]
            found[int(info[1])] = "/".join([*info[4:], *parts])
            break
    return found
