"""The wheel that a release brings along: what is installed, and nothing else, in the same bytes everywhere."""

import base64
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from autograder import __version__
from autograder.release.wheel import build_wheel, requirement, wheel_name

BUILD = "import sys; from autograder.release.wheel import build_wheel; sys.stdout.buffer.write(build_wheel())"


def built(folder: Path, environment: dict[str, str]) -> bytes:
    """The wheel that a new process builds there."""
    command = [sys.executable, "-c", BUILD]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def wheel() -> bytes:
    return build_wheel()


@pytest.fixture(scope="module")
def members(wheel: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_the_package_and_nothing_of_a_course(members: dict[str, bytes]) -> None:
    """Neither the course's reference nor its rooms, nor our tests; texts, schema and templates are there."""
    info = f"deepnet_autograder-{__version__}.dist-info"
    assert {name.partition("/")[0] for name in members} == {"autograder", info}
    assert {"autograder/texts/zh.toml", "autograder/schema/report.schema.json", "autograder/py.typed"} <= set(members)
    assert "autograder/release/templates/Makefile.txt" in members
    assert not [name for name in members if "__pycache__" in name or name.endswith((".pyc", ".pth"))]
    assert wheel_name() == f"deepnet_autograder-{__version__}-py3-none-any.whl"


def test_its_record_names_every_member_with_its_digest(members: dict[str, bytes]) -> None:
    """As installers check it."""
    (own,) = (name for name in members if name.endswith("/RECORD"))
    rows = [row.rsplit(",", 2) for row in members[own].decode().splitlines()]
    assert [row[0] for row in rows] == [*sorted(set(members) - {own}), own]
    for name, digest, size in rows[:-1]:
        expected = base64.urlsafe_b64encode(hashlib.sha256(members[name]).digest()).decode().rstrip("=")
        assert (digest, int(size)) == (f"sha256={expected}", len(members[name]))


def test_its_metadata_says_what_to_install_besides(members: dict[str, bytes]) -> None:
    """Name, version and requirements are those of the project; the command and the pytest plugin are there."""
    told = {name.rpartition("/")[2]: content for name, content in members.items() if ".dist-info/" in name}
    said = message_from_bytes(told["METADATA"])
    assert (said["Name"], said["Version"]) == ("deepnet-autograder", __version__)
    assert requirement("numpy") in said.get_all("Requires-Dist", [])
    assert "autograder = autograder.cli:main" in told["entry_points.txt"].decode()
    assert "autograder = autograder.checking.plugin" in told["entry_points.txt"].decode()
    assert b"MIT License" in told["LICENSE"]


@pytest.mark.slow
def test_an_installed_wheel_builds_itself_again(wheel: bytes, tmp_path: Path) -> None:
    """From another folder, at another time, among an editor's leftovers: the same bytes."""
    file = tmp_path / wheel_name()
    file.write_bytes(wheel)
    site = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", site, file]
    subprocess.run(pip, check=True, cwd=tmp_path)
    (site / "autograder" / "cli" / "students.py.orig").write_text("old")
    (site / "autograder" / ".secret").write_text("old")
    environment = {**os.environ, "PYTHONPATH": str(site), "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"}
    assert built(tmp_path, environment) == wheel


def test_the_remains_of_a_build_in_the_working_folder_are_not_taken_for_the_installed_package(
    members: dict[str, bytes], tmp_path: Path
) -> None:
    """Python finds an egg-info beside the package first, which has no METADATA."""
    remains = tmp_path / "deepnet_autograder.egg-info"
    remains.mkdir()
    (remains / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: deepnet-autograder\nVersion: 0.0.1\n")
    again = built(tmp_path, {**os.environ, "PYTHONPATH": str(tmp_path)})
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        told = {name: archive.read(name) for name in archive.namelist() if name.endswith(("METADATA", "points.txt"))}
    assert told == {name: members[name] for name in told}
    assert len(told) == 2
