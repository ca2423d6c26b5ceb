"""A folder of clones: the commit and its time are read from real repositories, and nothing of theirs is ever run."""

import os
import shutil
import zlib

import pytest
from downloading import CODE, by_student, git, repository, taken_in, write_folder

SAID = "2026-11-20T07:00:00.000Z"  # 08:00 +01:00


def test_a_repository_tells_its_commit_and_time(tmp_path):
    """What git made is read without git: the commit, when it was made, and who says so."""
    commit = repository(tmp_path / "clones" / "ada")
    intake = taken_in(tmp_path / "clones")
    (submission,) = intake.submissions
    assert intake.platform.name == "git"
    assert (submission.commit, submission.submitted) == (commit, SAID)
    assert dict(submission.sources) == {"softmax.py": CODE}
    assert any("which a student can date" in note for note in submission.notes)
    assert any(commit[:12] in note and "as its files stand" in note for note in submission.notes)


def make_packed(folder):
    git(folder, "gc", "-q", "--aggressive", "--prune=now")
    assert not list((folder / ".git" / "objects").glob("[0-9a-f][0-9a-f]"))
    assert (folder / ".git" / "packed-refs").exists()


def make_detached(folder):
    git(folder, "checkout", "-q", "--detach")


def make_clone(folder):
    other = folder.with_name(".origin")
    shutil.copytree(folder, other)
    shutil.rmtree(folder)
    git(other, "clone", "-q", "--no-local", str(other), str(folder))


def make_long_history(folder):
    """Hundreds of commits whose objects differ little, so that git stores the last ones as differences."""
    for at in range(40):
        git(folder, "commit", "-q", "--allow-empty", "-m", "the same long message again and again " * 40 + str(at))
    git(folder, "repack", "-q", "-a", "-d", "-f", "--depth=50", "--window=50")
    git(folder, "prune-packed")
    listing = git(folder, "verify-pack", "-v", *map(str, (folder / ".git/objects/pack").glob("*.idx")))
    assert any(len(line.split()) == 7 and " commit " in line for line in listing.splitlines())


@pytest.mark.parametrize("make", [make_packed, make_detached, make_clone, make_long_history])
def test_however_git_keeps_it_the_commit_is_found(make, tmp_path):
    """Packed refs and objects, differences of objects, a detached head, a fresh clone."""
    folder = tmp_path / "clones" / "ada"
    repository(folder)
    make(folder)
    (submission,) = taken_in(tmp_path / "clones").submissions
    assert (submission.commit, submission.submitted) == (git(folder, "rev-parse", "HEAD"), SAID)


def test_every_commit_of_a_pack_is_read_as_git_reads_it(tmp_path):
    """Whole or as a difference from a difference: the time is git's own for each of them."""
    from autograder.intake.downloads import opened_download
    from autograder.intake.platforms.git_objects import commit_seconds

    folder = tmp_path / "ada"
    repository(folder)
    make_long_history(folder)
    with opened_download(tmp_path) as download:
        for line in git(folder, "log", "--format=%H %ct").splitlines():
            commit, seconds = line.split()
            assert commit_seconds(download, "ada/.git", commit) == int(seconds)


def test_a_hostile_configuration_runs_nothing(tmp_path):
    """File-system monitors, hooks, filters, pagers, aliases and includes of a student's are never looked at."""
    folder = tmp_path / "clones" / "eve"
    commit = repository(folder)
    trace = tmp_path / "ran"
    script = tmp_path / "clones" / "eve" / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch '{trace}'\n")
    script.chmod(0o755)
    more = tmp_path / "more.cfg"
    more.write_text(f'[core]\n\tfsmonitor = "{script}"\n')
    with (folder / ".git" / "config").open("a") as config:
        config.write(
            f'[core]\n\tfsmonitor = "{script}"\n\tpager = "{script}"\n\thooksPath = "{folder}"\n'
            f'\tsshCommand = "{script}"\n'
            f'[include]\n\tpath = "{more}"\n[filter "x"]\n\tclean = "{script}"\n\tsmudge = "{script}"\n'
            f'[alias]\n\tcat-file = "!{script}"\n[remote "origin"]\n\turl = "ext::{script}"\n\tpromisor = true\n'
        )
    (folder / ".gitattributes").write_text("* filter=x\n")
    shutil.copy(script, folder / ".git" / "hooks" / "post-checkout")
    (submission,) = taken_in(tmp_path / "clones").submissions
    assert submission.commit == commit
    assert not trace.exists()
    # The trap is a real one: git itself walks into it.
    git(folder, "status")
    assert trace.exists()


def linked(folder, neighbour):
    shutil.rmtree(folder / ".git")
    (folder / ".git").symlink_to(neighbour / ".git")


def pointing(folder, neighbour):
    shutil.rmtree(folder / ".git")
    (folder / ".git").write_text(f"gitdir: {neighbour}/.git\n")


def linked_head(folder, neighbour):
    (folder / ".git" / "HEAD").unlink()
    (folder / ".git" / "HEAD").symlink_to(neighbour / ".git" / "HEAD")


def climbing(folder, neighbour):
    (folder / ".git" / "HEAD").write_text("ref: refs/../../../ada/.git/refs/heads/main\n")


def circular(folder, neighbour):
    (folder / ".git" / "refs" / "heads" / "main").write_text("ref: refs/heads/main\n")


def huge(folder, neighbour):
    (folder / ".git" / "HEAD").write_bytes(b"a" * 10_000_000)


def strange(folder, neighbour):
    (folder / ".git" / "HEAD").write_bytes(bytes(range(256)))


def fifo(folder, neighbour):
    (folder / ".git" / "HEAD").unlink()
    os.mkfifo(folder / ".git" / "HEAD")


@pytest.mark.parametrize("spoil", [linked, pointing, linked_head, climbing, circular, huge, strange, fifo])
def test_a_git_folder_that_leads_elsewhere_is_not_followed(spoil, tmp_path):
    """No neighbour's commit is taken for one's own; the work is graded all the same, and a note says so."""
    commit = repository(tmp_path / "clones" / "ada")
    repository(tmp_path / "clones" / "eve", "x = 2\n")
    spoil(tmp_path / "clones" / "eve", tmp_path / "clones" / "ada")
    found = by_student(taken_in(tmp_path / "clones"))
    assert found["ada"].commit == commit
    assert (found["eve"].commit, found["eve"].submitted, found["eve"].problem) == (None, None, None)
    missing = "leads elsewhere" if spoil in (linked, pointing) else "its commit cannot be told"
    assert any(missing in note for note in found["eve"].notes)


@pytest.mark.parametrize("data", [b"", b"\x78\x9c", b"\xff" * 100])
def test_a_damaged_object_leaves_the_commit_without_a_time(data, tmp_path):
    """The commit that HEAD names is known, and when it was made is not."""
    folder = tmp_path / "clones" / "ada"
    commit = repository(folder)
    file = folder / ".git" / "objects" / commit[:2] / commit[2:]
    file.chmod(0o644)
    file.write_bytes(data)
    (submission,) = taken_in(tmp_path / "clones").submissions
    assert (submission.commit, submission.submitted) == (commit, None)


def test_a_pack_that_lies_is_survived(tmp_path):
    """Every byte of an index or a pack can be wrong: the commit then has no time, or the same one."""
    folder = tmp_path / "clones" / "ada"
    repository(folder)
    make_packed(folder)
    files = [*(folder / ".git/objects/pack").glob("*.idx"), *(folder / ".git/objects/pack").glob("*.pack")]
    for file in files:
        whole = file.read_bytes()
        file.chmod(0o644)
        for at in range(0, len(whole), 7):
            file.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
            (submission,) = taken_in(tmp_path / "clones").submissions
            assert submission.problem is None
        file.write_bytes(whole[: len(whole) // 2])
        assert taken_in(tmp_path / "clones").submissions[0].problem is None
        file.write_bytes(whole)


def test_a_delta_of_more_steps_than_a_commit_needs_is_not_followed(tmp_path):
    """Sixty of the longest after one another would take seconds of each student's turn."""
    commit = repository(tmp_path / "clones" / "ada")
    objects = tmp_path / "clones" / "ada" / ".git" / "objects"
    (objects / commit[:2] / commit[2:]).unlink()
    told = b"committer A <a@x> 1795158000 +0100\n\n"
    whole = zlib.compress(told)
    for steps, submitted in ((len(told), SAID), (20_000, None)):
        # Each step copies one byte of what the delta is from; lengths are not looked at.
        copies = b"".join(b"\x91" + bytes([min(at, len(told) - 1)]) + b"\x01" for at in range(steps))
        back = len(whole) + 1
        delta = bytes([0x60]) + bytes([(back >> 7) - 1 | 0x80] if back >> 7 else []) + bytes([back & 0x7F])
        pack = b"PACK" + bytes(8) + bytes([0x10]) + whole + delta + zlib.compress(b"\0\0" + copies)
        first = bytes.fromhex(commit)
        fan = b"".join((int(at >= first[0])).to_bytes(4, "big") for at in range(256))
        index = b"\xfftOc\0\0\0\x02" + fan + first + bytes(4) + (12 + back).to_bytes(4, "big")
        for suffix, content in ((".idx", index), (".pack", pack)):
            (objects / "pack" / f"one{suffix}").write_bytes(content)
        assert [each.submitted for each in taken_in(tmp_path / "clones").submissions] == [submitted]


def test_who_handed_in_without_git_is_read_beside_the_clones(tmp_path):
    """A folder and a zip among clones are submissions too, without a commit."""
    repository(tmp_path / "clones" / "ada")
    write_folder(tmp_path / "clones", {"bob/softmax.py": CODE, "cy.py": CODE})
    found = by_student(taken_in(tmp_path / "clones"))
    assert [found[name].problem for name in ("ada", "bob", "cy")] == [None] * 3
    assert found["bob"].commit is None
    assert any("no git clone" in note for note in found["bob"].notes)


def test_a_clone_named_for_the_assignment_and_the_login_is_joined(tmp_path):
    """GitHub's classroom tools put the assignment before the login; of two logins that fit, none is chosen."""
    for name in ("a05-softmax-ada", "a05-softmax-octo-cat"):
        repository(tmp_path / "clones" / name)
    roster = "name,github\nAda Lovelace,Ada\nOcto,octo-cat\nTom,cat\n"
    found = by_student(taken_in(tmp_path / "clones", roster=roster))
    assert found["Ada Lovelace"].people[0].ids == {"github": "Ada"}
    assert found["a05-softmax-octo-cat"].people == ()
    assert any("row 3 (Octo), row 4 (Tom)" in note for note in found["a05-softmax-octo-cat"].doubts)
