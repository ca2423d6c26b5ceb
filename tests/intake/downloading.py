"""Downloads as platforms make them, written for tests."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from autograder.intake.reading import Tables, read_download
from autograder.intake.roster import read_roster
from autograder.intake.times import read_times

MODULES = frozenset({"softmax.py", "batchnorm.py"})
ROOMS = {"a05_softmax": "softmax", "a10_batchnorm": "batchnorm"}
CODE = "def softmax(Z):\n    return Z\n"


def write_zip(path, members):
    """A zip of {name: text or bytes}, the names as a platform writes them; a ZipInfo is taken as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def write_folder(root, members):
    """The same as a folder."""
    for name, text in members.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
    return root


WRITERS = {"zip": lambda tmp, members: write_zip(tmp / "CS101-Assignment 3-42.zip", members),
           "folder": lambda tmp, members: write_folder(tmp / "download", members)}  # fmt: skip


def write_text(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def taken_in(place, *, roster=None, times=None, platform="auto"):
    """What intake makes of a download; tables as text."""
    tables = Tables(
        read_roster(write_text(Path(place).parent / "roster.csv", roster)) if roster else None,
        read_times(write_text(Path(place).parent / "times.csv", times)) if times else None,
    )
    return read_download(place, MODULES, ROOMS, platform, tables)


def by_student(intake):
    """Each submission by its student; tests have no two of one name where they ask so."""
    found = {submission.student: submission for submission in intake.submissions}
    assert len(found) == len(intake.submissions)
    return found


def git(folder, *words, when="2026-11-20T08:00:00+01:00"):
    """Run the real git, with no configuration of this machine's."""
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "GIT_COMMITTER_DATE": when,
        "GIT_AUTHOR_DATE": when, "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@x", "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@x",
    }  # fmt: skip
    done = subprocess.run(["git", "-C", str(folder), *words], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def repository(folder, text=CODE, **more):
    """A repository with one commit; returns its hash."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    (folder / "softmax.py").write_text(text)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "work", **more)
    return git(folder, "rev-parse", "HEAD")
