"""Gradescope's export, plain zips of submissions, and how one download is told from another."""

import importlib

import pytest
from downloading import CODE, WRITERS, by_student, taken_in, write_folder, write_zip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.errors import IntakeError

METADATA = """\
submission_409194023:
  :submitters:
  - :name: Ada Lovelace
    :sid: '0123'
    :email: ada@x.org
  :created_at: 2026-04-26 17:34:00.861687000 Z
  :score: 2.0
  :results:
    score: 2.0
    output: |-
      ======
      :submitters: nobody
      !ruby/object:Evil {}
submission_500000001:
  :submitters:
  - :name: 王小明
    :sid: '111'
    :email: wang@x.org
  - :name: "Bob \\"B\\", Jr."
    :sid: '222'
  :created_at: 2026-04-26 19:34:00.5 +02:00
submission_600000002:
  :submitters: []
"""
EXPORT = {
    "submission_metadata.yml": METADATA,
    "submission_409194023/softmax.py": CODE,
    "submission_500000001/softmax.py": CODE,
    "submission_600000002/softmax.py": CODE,
    "submission_700000003/softmax.py": CODE,
}


@pytest.mark.parametrize("around", ["", "assignment_42_export/"])
@pytest.mark.parametrize("form", WRITERS)
def test_gradescopes_export_names_everybody(form, around, tmp_path):
    """Names, ids, members and times are those of the file beside the folders, wrapped in a folder or not."""
    intake = taken_in(WRITERS[form](tmp_path, {around + name: text for name, text in EXPORT.items()}))
    found = by_student(intake)
    assert intake.platform.name == "gradescope"
    ada = found["Ada Lovelace"]
    assert (ada.id, ada.submitted) == ("Ada-Lovelace-0123", "2026-04-26T17:34:00.861Z")
    assert dict(ada.people[0].ids) == {"email": "ada@x.org", "sis": "0123"}
    team = found['王小明; Bob "B", Jr.']
    assert [person.name for person in team.people] == ["王小明", 'Bob "B", Jr.']
    assert team.submitted == "2026-04-26T17:34:00.500Z"
    for name in ("submission_600000002", "submission_700000003"):
        assert found[name].people == ()
        assert any("names nobody" in note for note in found[name].notes)
    assert all(submission.problem is None for submission in found.values())


def test_a_gradescope_team_is_joined_member_by_member(tmp_path):
    """Who of a team is on the roster has its row, and who is not is told."""
    roster = "name,email,login\nWang Xiaoming,wang@x.org,wang\n"
    intake = taken_in(WRITERS["zip"](tmp_path, EXPORT), roster=roster)
    team = by_student(intake)['王小明; Bob "B", Jr.']
    assert [person.name for person in team.people] == ["Wang Xiaoming", 'Bob "B", Jr.']
    assert any("not on the roster" in note for note in team.doubts)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [", "line 2, column 1: is no YAML"),
        ("- a\n- b\n", "expected a table"),
        ("a: &x [b]\nc: *y\n", "is no YAML"),
        ("\x00", "is no YAML"),
        (b"\xff\xfe\x00", "is no YAML"),
        ("- " * 300_000, "holds tables within tables without end"),
        ("submission_1: " + "[" * 2_000_000, "holds tables within tables without end"),
    ],
)
def test_a_damaged_metadata_file_is_named(text, told, tmp_path):
    """The place is in the message; no tag in it makes anything."""
    place = write_folder(tmp_path / "d", {**EXPORT, "submission_metadata.yml": text})
    with pytest.raises(IntakeError, match=r"submission_metadata\.yml") as caught:
        taken_in(place)
    assert told in str(caught.value)


def test_without_the_metadata_gradescope_cannot_be_read(tmp_path):
    """The sentence says what is missing and what else can be done."""
    place = write_folder(tmp_path / "d", {"submission_1/softmax.py": CODE})
    with pytest.raises(IntakeError, match="--platform folder"):
        taken_in(place, platform="gradescope")
    assert [s.student for s in taken_in(place).submissions] == ["submission_1"]


def test_without_pyyaml_one_sentence_says_how_to_get_it(tmp_path, monkeypatch):
    """It is no part of the base install."""
    real = importlib.import_module

    def without_yaml(name, package=None):
        if name == "yaml":
            raise ImportError(name)
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", without_yaml)
    with pytest.raises(IntakeError, match="pip install pyyaml"):
        taken_in(write_folder(tmp_path / "d", EXPORT))


@pytest.mark.parametrize("around", ["", "submissions/"])
def test_a_zip_of_a_plain_folder_is_read_like_the_folder(around, tmp_path):
    """Folders, files and zips for each student, whether or not the folder itself is in the zip."""
    inner = write_zip(tmp_path / "i.zip", {"softmax.py": CODE}).read_bytes()
    place = write_zip(tmp_path / "all.zip", {
        f"{around}ana/softmax.py": CODE, f"{around}bob.py": CODE, f"{around}cy.zip": inner, f"{around}readme.txt": "",
        f"{around}dan/.git/config": "", f"{around}dan/a/b/batchnorm.py": "x = 1\n",
    })  # fmt: skip
    found = by_student(taken_in(place, platform="folder"))
    assert {name: list(each.sources) for name, each in found.items()} == {
        "ana": ["softmax.py"], "bob": ["bob.py"], "cy": ["softmax.py"], "dan": ["a/b/batchnorm.py"],
    }  # fmt: skip


def test_one_students_rooms_in_a_zip_are_not_taken_for_students(tmp_path):
    """A zip with one folder of rooms is one submission."""
    place = write_zip(
        tmp_path / "all.zip", {"ana/a05_softmax/softmax.py": CODE, "ana/a10_batchnorm/batchnorm.py": CODE}
    )
    (submission,) = taken_in(place).submissions
    assert (submission.student, len(submission.sources)) == ("ana", 2)


def test_two_platforms_in_one_folder_are_both_named(tmp_path):
    """Nothing is guessed: the message has both and the option that decides."""
    place = write_folder(
        tmp_path / "d", {"ada_77_900_softmax.py": CODE, "Bob_1_assignsubmission_file/softmax.py": CODE}
    )
    with pytest.raises(IntakeError) as caught:
        taken_in(place)
    assert "--platform moodle" in str(caught.value)
    assert "--platform canvas" in str(caught.value)


def test_the_wrong_platform_says_what_it_looked_for(tmp_path):
    """A plain folder is no download of Canvas'."""
    place = write_folder(tmp_path / "d", {"ana/softmax.py": CODE})
    with pytest.raises(IntakeError, match="looked for what is in Canvas' download"):
        taken_in(place, platform="canvas")


def moodle_zip(tmp_path):
    return write_zip(tmp_path / "all.zip", {
        "Ada_1_assignsubmission_file/softmax.py": CODE, "Bob_2_assignsubmission_file/a.zip": b"PK\5\6" + bytes(18),
        "Cy_3_assignsubmission_file_softmax.py": CODE,
    })  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_spoilt_archive_is_an_error_or_costs_some_students(changes, tmp_path):
    """Whatever bytes of a download are wrong, the answer is a sentence, or submissions of which each says its own."""
    place = moodle_zip(tmp_path)
    data = bytearray(place.read_bytes())
    for at, byte in changes:
        data[at % len(data)] = byte
    place.write_bytes(data)
    submissions, told = (), ""
    try:
        submissions = taken_in(place).submissions
    except IntakeError as error:
        told = str(error)
    assert bool(submissions) != (str(tmp_path) in told)
    assert all(bool(each.problem) != bool(each.sources) for each in submissions)


def test_a_folder_that_may_not_be_listed_costs_its_own_student(tmp_path):
    """To tell a platform by its names takes a look into folders, and a closed one is passed by."""
    from autograder.intake.downloads import opened_download
    from autograder.intake.platforms.recognising import PLATFORMS

    place = write_folder(tmp_path / "d", {"ana/softmax.py": CODE})
    (place / "bob").symlink_to(tmp_path)
    with opened_download(place) as download:
        assert download.listed("bob") == ()
        assert download.listed("ana/softmax.py") == ()
        assert all(not platform.claims(download) for platform in PLATFORMS.values())


def test_the_export_itself_is_not_passed_over(tmp_path):
    """Gradescope's metadata is read, so nobody is told that it was not."""
    assert taken_in(write_zip(tmp_path / "export.zip", EXPORT)).passed_over == ()


def test_a_platform_that_does_not_fit_is_told_which_one_does(tmp_path):
    """By the names it is Canvas'; and a folder without a single clone is no folder of clones."""
    place = write_zip(tmp_path / "submissions.zip", {"ada_77_900_softmax.py": CODE})
    with pytest.raises(IntakeError, match="By its names it is Canvas' download of submissions: leave --platform out"):
        taken_in(place, platform="moodle")
    with pytest.raises(IntakeError, match="holds no git clone"):
        taken_in(place, platform="git")


def test_a_damaged_download_is_to_be_downloaded_again(tmp_path):
    """Whoever grades did not pack it, so the advice to students would be none."""
    (tmp_path / "all.zip").write_bytes(b"PK\x03\x04 cut short")
    with pytest.raises(IntakeError, match="download it again"):
        taken_in(tmp_path / "all.zip")
