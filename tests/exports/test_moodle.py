"""Moodle's files: its importer reads every score to the last digit, and of a worksheet nothing else has changed."""

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from any_report import reports as any_reports
from click.testing import CliRunner
from handing_on import graded_folder, student, unreadable
from hypothesis import given, settings
from hypothesis import strategies as st
from importers import MoodleAssignment, moodle_feedback, moodle_import

from autograder.cli import main
from autograder.errors import AutograderError
from autograder.exports.comments import html_comment, html_page
from autograder.exports.moodle import Settings, fill_worksheet, gradebook_table
from autograder.exports.moodle_feedback import feedback_zip
from autograder.exports.sheet import sheet_of
from autograder.exports.shown import decimal
from autograder.report import Person

# Of each language: identifier, participant, full name, grade, maximum, changeable, modified, feedback, no, yes.
WORDS = {
    "en": ("Identifier", "Participant ", "Full name", "Grade", "Maximum grade", "Grade can be changed",
           "Last modified (grade)", "Feedback comments", "No", "Yes", "."),
    "zh_cn": ("标识符", "参与人", "全名", "成绩", "最高分", "允许更改成绩", "上次修改（评分）",
              "反馈意见", "否", "是的", "."),
    "de": ("ID", "Teilnehmer/in", "Vollständiger Name", "Bewertung", "Bestwertung", "Bewertung kann geändert werden",
           "Zuletzt geändert (Bewertung)", "Feedback als Kommentar", "Nein", "Ja", ","),
    "fr": ("Identifiant", "Participant", "Nom complet", "Note", "Note maximale", "La note peut être modifiée",
           "Dernière modification (note)", "Feedback par commentaires", "Non", "Oui", ","),
    "es": ("Identificador", "Participante", "Nombre completo", "Calificación", "Calificación máxima",
           "La calificación puede ser cambiada", "Última modificación (calificación)",
           "Comentarios de retroalimentación", "No", "Sí", ","),
    "nl": ("Identificatie", "Deelnemer", "Volledige naam", "Cijfer", "Maximaal cijfer",
           "Het cijfer kan gewijzigd worden", "Laatst gewijzigd (beoordeling)", "Feedback tekstvak", "Nee", "Ja", ","),
    "ja": ("ID", "参加者", "フルネーム", "評点", "最大評点", "評点変更可", "最終更新日時 (評定)",
           "フィードバックコメント", "No", "Yes", "."),
    "pt_br": ("Identificador", "Participante", "Nome completo", "Nota", "Nota máxima", "Nota pode ser alterada",
              "Última modificação (nota)", "Comentários de feedback", "Não", "Sim", ","),
    "it": ("Identificativo", "Partecipante", "Nome", "Valutazione", "Valutazione massima",
           "La valutazione può essere cambiata", "Ultima modifica (valutazione)", "Commenti", "No", "Sì", ","),
    "pl": ("identyfikator", "Uczestnik", "Pełna nazwa", "Ocena", "Maksymalna ocena", "Ocena może być zmieniona",
           "Ostatnia aktualizacja (ocena)", "Komentarz zwrotny", "Nie", "Tak", ","),
}  # fmt: skip
ROLES = ("identifier", "participant", "name", "grade", "maximum", "changeable", "modified", "feedback", "no", "yes")


def worksheet(rows, language="en", delimiter=",", line_end="\n", quoting=csv.QUOTE_MINIMAL, most="13.00"):
    """A worksheet as Moodle writes it; rows: participant, name, e-mail, grade, locked, feedback."""
    words = dict(zip(ROLES, WORDS[language], strict=False))
    sign = WORDS[language][-1]
    text = io.StringIO(newline="")
    lines = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    titles = [words[role] for role in ("identifier", "name")]
    lines.writerow([*titles, "Email address", "Status", words["grade"], words["maximum"], words["changeable"],
                    "Last modified (submission)", "Online text", words["modified"], words["feedback"]])  # fmt: skip
    for number, name, email, grade, locked, feedback in rows:
        lines.writerow([f"{words['participant']}{number}", name, email, "Submitted", grade.replace(".", sign),
                        most.replace(".", sign), words["no" if locked else "yes"], "Friday, 20 November 2026, 8:24 AM",
                        'a "text",\nmine', "-", feedback])  # fmt: skip
    return text.getvalue().encode()


def assignment(rows, language="en", most=13.0):
    """The same assignment as Moodle has it."""
    return MoodleAssignment(
        words=dict(zip(ROLES, WORDS[language], strict=False)),
        users={str(row[0]): row[0] for row in rows},
        most=most,
        grades={row[0]: (float(row[3]) if row[3] else None, row[5]) for row in rows},
        locked={row[0] for row in rows if row[4]},
        decimal_sign=WORDS[language][-1],
    )


ROWS = [
    (101, "Ada Lovelace", "ada@x.org", "3.00", False, "well done"),
    (102, "李四", "li@x.org", "", False, ""),
    (103, "Ada Lovelace", "ada2@x.org", "7.00", True, ""),
    (104, "Eve, E.", "eve@x.org", "", False, ""),
]


def filled(reports, data=None, **options):
    """What becomes of the worksheet."""
    return fill_worksheet(sheet_of(data or worksheet(ROWS), "Grades.csv"), reports, Settings(**options))


def test_moodle_enters_the_scores_and_changes_nothing_else():
    """By the participant's number, by address, by name; whoever has no score keeps grade and feedback."""
    eve = student("Eve, E.", 2 / 3)
    li = student("Li", 13.0, {"email": "LI@x.org"})
    lost = unreadable("Ada", {"moodle": "Participant 101"})
    out = filled([eve, li, lost])
    after = moodle_import(out.data, assignment(ROWS))
    assert after[101] == (3.0, "well done")
    assert after[102] == (13.0, html_comment(li))
    assert after[103] == (7.0, "")
    assert after[104] == (0.666667, html_comment(eve))
    assert out.tally.written == ("Li", "Eve, E.")
    assert [each.why for each in out.tally.left] == ["the submission could not be read, so it has no score"]


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_worksheet_of_any_language_keeps_its_ways(language, delimiter):
    """Its titles are known; its decimal sign, separator, mark and line ends stay, and what was not meant with them."""
    data = b"\xef\xbb\xbf" + worksheet(ROWS, language, delimiter, "\r\n")
    ada = student("Ada", 4.25, {"moodle": "101"})
    out = filled([ada], data)
    known = assignment(ROWS, language)
    after = moodle_import(out.data, known, delimiter)
    assert after == {**known.grades, 101: (4.25, html_comment(ada))}
    cell = f"4{WORDS[language][-1]}25"
    assert (f'"{cell}"' if delimiter in cell else cell) in out.data.decode()
    rest = [line for line in out.data.split(b"\r\n") if b"101" not in line]
    assert rest == [line for line in data.split(b"\r\n") if b"101" not in line]


def test_the_feedback_that_stood_there_is_kept_only_when_asked_for():
    """--no-comments touches the grades alone; else a note says whose comment was replaced."""
    ada = [student("Ada", 4.0, {"moodle": "101"})]
    assert filled(ada).tally.notes == ("other feedback stood here and was replaced: Ada",)
    quiet = filled(ada, comments=False)
    assert moodle_import(quiet.data, assignment(ROWS))[101] == (4.0, "well done")
    assert quiet.tally.notes == ()


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (student("A", ids={"email": "ada2@x.org"}), "the grade is locked in Moodle"),
        (student("A", exempt=True, ids={"moodle": "101"}), "is exempt, which no file for Moodle can say"),
        (
            student("Ada Lovelace"),
            "its name is that of several rows: line 2 (participant 101), line 6 (participant 103)",
        ),
        (student("A", ids={"moodle": "101", "email": "li@x.org"}), "its ids lead to several rows"),
        (student("李四", ids={"moodle": "999"}), "is not in Grades.csv"),
    ],
)
def test_who_gets_no_grade_is_told_why(report, why):
    """Locked, exempt, not certain, not there: the file stays as it is."""
    out = filled([report])
    assert out.tally.left[0].why.startswith(why)
    assert out.data == worksheet(ROWS)


def test_a_maximum_that_differs_is_told_and_scaled_only_on_demand():
    """The message names both; --no-scale hands points on, but none that Moodle would pass over."""
    data = worksheet(ROWS, most="10.00")
    ada = student("Ada", 4.5, {"moodle": "101"})
    with pytest.raises(AutograderError, match=r"Grades.csv: the maximum grade is 10, but in the reports 13 points"):
        filled([ada], data)
    known = assignment(ROWS, most=10.0)
    assert moodle_import(filled([ada], data, scale=True).data, known)[101][0] == 3.461538
    both = filled([ada, student("Li", 12.0, {"moodle": "102"})], data, scale=False)
    assert moodle_import(both.data, known)[101][0] == 4.5
    assert both.tally.left[0].why == "12 is above the maximum of 10, so Moodle would pass over it"
    assert both.data.count(b"12,10.00") == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("Identifier", "Who"), r"line 1: has no column for the identifier .*; it has: Who, .* --columns identifier="),
        (("Last modified (grade)", "Then"), "has no column for when the grade was last modified"),
        (("Maximum grade", "Scale"), r"line 1, column 6 \(Scale\): the assignment is graded on a scale of words"),
        (("Online text", "Grade"), r"the grade could be Grade \(column 5\), Grade \(column 9\); choose with --columns"),
        (("Feedback comments", "Files"), "has no column for feedback comments; switch them on"),
        (("Participant 102", "Group"), r"line 4, column 1 \(Identifier\): 'Group' is no identifier; expected one like"),
        (("13.00", "many"), r"line 2, column 6 \(Maximum grade\): 'many' is no number of points"),
        ((",13.00,Yes", ",Yes"), r"line 2: has 10 cells, but the header 11"),
        ((",3.00,", ',"3,00",'), "some numbers have a decimal point, others a decimal comma; choose with --decimal"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_used_is_refused_by_its_place(change, told):
    """File, line and column, and what to do."""
    data = worksheet(ROWS).replace(change[0].encode(), change[1].encode())
    with pytest.raises(AutograderError, match=told):
        filled([student("Ada", ids={"moodle": "101"})], data)


def test_titles_that_are_not_known_can_be_named():
    """And so can the decimal sign where the sheet has both."""
    data = (
        worksheet(ROWS).replace(b"Identifier", b"Tunniste").replace(b"Grade,", b"Arvosana,").replace(b"7.00", b'"7,00"')
    )
    titles = {"identifier": "Tunniste", "grade": "Arvosana"}
    out = filled([student("Ada", 4.5, {"moodle": "101"})], data, titles=titles, sign=",")
    words = {**assignment(ROWS).words, **titles}
    after = moodle_import(out.data, replace(assignment(ROWS), words=words, decimal_sign=","))
    assert after[101][0] == 4.5
    with pytest.raises(AutograderError, match="has no column 'Arvo' for the grade; it has: Tunniste"):
        filled([], data, titles={**titles, "grade": "Arvo"})


def test_where_identities_are_hidden_the_number_alone_is_enough():
    """An anonymous worksheet has no names."""
    data = worksheet([(number, "", "", "", False, "") for number in (5, 6)]).replace(b"Full name", b"-")
    out = filled([student("x", 2.0, {"moodle": "6"})], data)
    assert [(number, name) for _, number, name in out.pairs] == [("6", "")]
    with zipfile.ZipFile(io.BytesIO(feedback_zip(out.pairs))) as archive:
        assert archive.namelist() == ["Participant_6_assignfeedback_file/feedback.txt"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(any_reports(), min_size=1, max_size=3),
    st.sampled_from(",;\t"),
    st.sampled_from(sorted(WORDS)),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_whatever_is_graded_moodle_reads_to_the_last_digit(reports, delimiter, language, quoting):
    """Names with commas, quotes, line ends, formulas, text that runs backwards; the same name twice."""
    reports = [
        replace(each, submission=replace(each.submission, people=(Person("x", {"moodle": str(number)}),)),
                counts=True, faults=(), max_points=1e10)
        for number, each in enumerate(reports, start=1)
    ]  # fmt: skip
    names = [each.submission.student.encode("utf-8", "replace").decode() for each in reports]
    # PHP's reader has no way to say a backslash before a quote; Moodle's own files cannot either.
    clean = [name.replace("\0", "").replace("\\", "").replace("\r", "") for name in names]
    rows = [(number, name, "", "", False, "") for number, name in enumerate(clean, start=1)]
    data = worksheet(rows, language, delimiter, quoting=quoting, most="10000000000.00")
    out = filled(reports, data)
    after = moodle_import(out.data, assignment(rows, language, 1e10), delimiter)
    for number, report in enumerate(reports, start=1):
        told = report.score is not None
        assert after[number] == ((float(decimal(report.score)), html_comment(report)) if told else (None, ""))
    with zipfile.ZipFile(io.BytesIO(feedback_zip(out.pairs))) as archive:
        files = moodle_feedback(archive.namelist(), {row[0] for row in rows})
    assert set(files.values()) <= {"feedback.txt", "/feedback.txt"}
    assert set(files) == {number for number, each in enumerate(reports, start=1) if each.score is not None}


def test_equal_feedback_gives_equal_bytes():
    """In the order of the participants, whatever that of the reports."""
    reports = [student("A", 1.0, {"moodle": "101"}), student("B", 2.0, {"moodle": "102"})]
    one, two = filled(reports), filled(reports[::-1])
    assert one.data == two.data
    assert feedback_zip(one.pairs) == feedback_zip(two.pairs)
    with zipfile.ZipFile(io.BytesIO(feedback_zip(one.pairs, as_html=True))) as archive:
        assert archive.namelist()[0] == "Ada Lovelace_101_assignfeedback_file/feedback.html"
        assert archive.read(archive.namelist()[0]).decode() == html_page(reports[0])


def test_the_table_for_the_gradebook_has_score_and_feedback_together():
    """And says by which column every student can be found."""
    reports = [
        student("Ada", 1.5, {"email": "a@x.org", "sis": "=7"}),
        student("Bo", 13.0, {"email": "b@x.org"}),
        student("Cy", exempt=True, ids={"email": "c@x.org"}),
    ]
    data, tally = gradebook_table(reports, "Homework 1")
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert table[0] == ["Email address", "ID number", "Full name", "Homework 1", "Feedback"]
    assert table[1] == ["a@x.org", "'=7", "Ada", "1.5", html_comment(reports[0])]
    assert table[2][:4] == ["b@x.org", "", "Bo", "13"]
    assert len(table) == 3
    assert tally.notes == ("in Moodle map the students by Email address",)
    with pytest.raises(AutograderError, match=r"these have no email: Dee\. Grade with --roster"):
        gradebook_table([*reports, student("Dee", ids={"sis": "4"})], "H")


def run(*arguments):
    return CliRunner().invoke(main, ["export", "moodle", *map(str, arguments)])


def test_the_command_writes_the_worksheet_and_the_zip(tmp_path):
    """The downloaded file stays as it is; the exit code says that somebody is missing."""
    (tmp_path / "Grades.csv").write_bytes(worksheet(ROWS).replace(b"Grade,", b"Arvosana, n,"))
    sheet = worksheet(ROWS).replace(b"Grade,", b'"Arvosana, n",')
    (tmp_path / "Grades.csv").write_bytes(sheet)
    reports = [student("Ada", 4.5, {"moodle": "101"}), student("Nobody")]
    grades = graded_folder(tmp_path / "grades", reports)
    arguments = (grades, "--sheet", tmp_path / "Grades.csv", "--columns", "grade=Arvosana, n,identifier=Identifier")
    done = run(*arguments, "-o", tmp_path / "out.csv", "--feedback-zip", tmp_path / "f.zip")
    assert done.exit_code == 1
    assert f"wrote 1 feedback file to {tmp_path / 'f.zip'}" in done.output
    assert f"wrote 1 score to {tmp_path / 'out.csv'}\nleft alone: 1 score\n  Nobody: is not in" in done.output
    assert (tmp_path / "Grades.csv").read_bytes() == sheet
    words = {**assignment(ROWS).words, "grade": "Arvosana, n"}
    after = moodle_import((tmp_path / "out.csv").read_bytes(), replace(assignment(ROWS), words=words))
    assert after[101][0] == 4.5
    assert zipfile.is_zipfile(tmp_path / "f.zip")


def test_the_command_makes_a_table_for_the_gradebook(tmp_path):
    """Neither both ways nor none can be chosen."""
    grades = graded_folder(tmp_path / "grades", [student("Ada", 4.5, {"email": "a@x.org"})])
    assert run(grades).exit_code == 2
    assert run(grades, "--gradebook", "--sheet", "x.csv").exit_code == 2
    assert run(grades, "--gradebook").exit_code == 2
    assert run(grades, "--sheet", "x.csv", "-o", "y.csv", "--columns", "colour=x").exit_code == 2
    assert run(grades, "--gradebook", "-o", tmp_path / "t.csv").exit_code == 0
    assert b"a@x.org" in (tmp_path / "t.csv").read_bytes()


def test_a_sheet_that_cannot_be_used_leaves_nothing_behind(tmp_path):
    """Neither an output nor a zip is begun."""
    (tmp_path / "Grades.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    grades = graded_folder(tmp_path / "grades", [student("Ada", 4.5, {"moodle": "101"})])
    arguments = (
        grades,
        "--sheet",
        tmp_path / "Grades.csv",
        "-o",
        tmp_path / "o.csv",
        "--feedback-zip",
        tmp_path / "f.zip",
    )
    assert run(*arguments).exit_code == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["Grades.csv", "grades"]


def test_a_sheet_whose_maximum_nobody_knows_keeps_its_decimal_sign_and_says_so():
    """The title is none of Moodle's: the numbers below it still show the sign, and the maximum was not compared."""
    data = worksheet(ROWS[1:2], "de", ";").replace(b"Bestwertung", b"Maximum")
    out = filled([student("Li", 2.5, {"email": "li@x.org"})], data)
    assert b";2,5;" in out.data
    assert any("--columns maximum=TITLE" in note for note in out.tally.notes)
    assert not any("maximum" in note for note in filled([]).tally.notes)
