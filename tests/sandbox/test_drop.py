import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import autograder.sandbox

DROP = Path(autograder.sandbox.__file__).with_name("drop.py")
UID = 61184

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root has something to drop")


@pytest.fixture
def open_folder():
    """A folder that everybody may enter; pytest's own are closed to all but their owner."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def closed_folder(open_folder):
    folder = open_folder / "closed"
    folder.mkdir(mode=0o700)
    return folder


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def drop(*paths_and_command, before=()):
    command = [*before, sys.executable, "-I", "-S", DROP, str(UID), *paths_and_command]
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=30)


WITHOUT_MOUNTING = ["setpriv", "--bounding-set=-sys_admin", "--"]


def test_a_program_in_a_closed_folder_runs_as_the_uid(closed_folder):
    """A file below a folder of mode 0700 can be run by the unprivileged uid."""
    program = script(closed_folder / "program", "id -u; id -g; id -G")
    done = drop(program, "--", program)
    assert (done.returncode, done.stdout.split()) == (0, [str(UID)] * 3), done.stderr


def test_a_folder_in_a_closed_folder_is_shown_whole(closed_folder):
    """A folder below a folder of mode 0700 comes with all that is in it."""
    inner = closed_folder / "one" / "two"
    inner.mkdir(parents=True)
    (inner / "text").write_text("found")
    closed_folder.joinpath("one").chmod(0o700)
    done = drop(inner, "--", "cat", inner / "text")
    assert done.stdout == "found", done.stderr


def test_neighbours_stay_hidden(closed_folder):
    """Of a closed folder, nothing but the named paths can be seen."""
    (closed_folder / "secret").write_text("secret")
    program = script(closed_folder / "program", f"ls -A {closed_folder}; cat {closed_folder}/secret")
    done = drop(program, "--", program)
    assert done.stdout.split() == ["program"]
    assert "No such file" in done.stderr


def test_what_is_shown_is_read_only(closed_folder):
    """Even a file that everybody may write cannot be written where it is bound."""
    file = closed_folder / "file"
    file.write_text("before")
    file.chmod(0o666)
    done = drop(file, "--", "/bin/sh", "-c", f"echo after > {file}")
    assert done.returncode != 0
    assert file.read_text() == "before"


def test_nothing_is_mounted_outside(closed_folder):
    """The machine's own view of the closed folder does not change."""
    program = script(closed_folder / "program", "true")
    (closed_folder / "other").touch()
    assert drop(program, "--", program).returncode == 0
    assert {path.name for path in closed_folder.iterdir()} == {"other", "program"}
    assert str(closed_folder) not in Path("/proc/self/mounts").read_text()


@pytest.mark.parametrize("direction", ["into a closed folder", "out of a closed folder"])
def test_symbolic_links_are_followed(open_folder, closed_folder, direction):
    """A link may lie in a closed folder or lead into one."""
    near, far = (open_folder, closed_folder) if direction.startswith("into") else (closed_folder, open_folder)
    script(far / "program", "echo done")
    (near / "link").symlink_to(far / "program")
    done = drop(near / "link", "--", near / "link")
    assert done.stdout == "done\n", done.stderr


def test_a_closed_folder_below_a_named_folder_is_opened_for_a_named_file(closed_folder):
    """Closed folders are found at every depth, not only at the top."""
    inner = closed_folder / "open" / "closed"
    inner.mkdir(parents=True)
    inner.chmod(0o700)
    program = script(inner / "program", "echo done")
    done = drop(closed_folder / "open", program, "--", program)
    assert done.stdout == "done\n", done.stderr


def test_no_way_back():
    """The command has no capability, gains none by exec, owns a private umask and stands in the root folder."""
    done = drop("/bin/sh", "--", "/bin/sh", "-c", "grep -E 'Cap(Inh|Prm|Eff|Amb)|NoNew|Umask' /proc/self/status; pwd")
    fields = dict(line.split(":\t") for line in done.stdout.splitlines()[:-1])
    assert {name: int(fields[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == dict.fromkeys(
        ("CapInh", "CapPrm", "CapEff", "CapAmb"), 0
    )
    assert (fields["NoNewPrivs"], fields["Umask"], done.stdout.splitlines()[-1]) == ("1", "0077", "/")


def test_bubblewrap_still_works():
    """A sandbox that is made of namespaces can be started by the command."""
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    bubble = ["bwrap", "--unshare-all", "--unshare-user", "--ro-bind", "/", "/"]
    direct = subprocess.run([*bubble, "true"], capture_output=True, text=True, check=False)
    done = drop("/bin/sh", "--", *bubble, "true")
    assert done.returncode == direct.returncode, done.stderr


def test_a_setuid_program_that_is_named_keeps_its_power(open_folder):
    """Where bwrap is installed setuid, no_new_privs would break it, so it is left out for such a command."""
    program = open_folder / "grep"
    shutil.copy(shutil.which("grep"), program)
    os.chown(program, UID + 1, UID + 1)
    program.chmod(0o4755)
    done = drop(program, "--", program, "NoNewPrivs", "/proc/self/status")
    assert done.stdout.split() == ["NoNewPrivs:", "0"], done.stderr


def test_no_mount_when_all_is_in_reach(open_folder):
    """Paths that the uid can read need no mount namespace, and no right to make one."""
    program = script(open_folder / "program", "readlink /proc/self/ns/mnt")
    done = drop(program, "--", program, before=WITHOUT_MOUNTING)
    assert done.stdout.strip() == str(Path("/proc/self/ns/mnt").readlink()), done.stderr


def refusal(done):
    assert done.returncode == 77
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_refused_mount_says_which_folder_and_what_to_do(closed_folder):
    """Without CAP_SYS_ADMIN the answer is status 77 and one line with the folder, the uid and two ways out."""
    program = script(closed_folder / "program", "echo ran")
    said = refusal(drop(program, "--", program, before=WITHOUT_MOUNTING))
    assert f"uid {UID} cannot read {closed_folder}" in said
    assert "/opt" in said
    assert "ordinary user" in said


def test_a_path_that_is_closed_itself_is_named(closed_folder):
    """A bind mount does not change a folder's own mode, so that is for a person to change."""
    said = refusal(drop(closed_folder, "--", "true"))
    assert f"chmod o+rx {closed_folder}" in said


def test_a_missing_path_is_named():
    """A path that does not exist is refused by name."""
    assert "/nonexistent/python does not exist" in refusal(drop("/nonexistent/python", "--", "true"))


def test_a_missing_command_is_named():
    """A command that cannot be run is refused by name, after the drop."""
    assert f"uid {UID} cannot run /nonexistent/command" in refusal(drop("/bin/sh", "--", "/nonexistent/command"))


def test_whoever_is_not_root_is_told(open_folder):
    """Started by an ordinary user, it says so instead of running the command undropped."""
    script_copy = shutil.copy(DROP, open_folder)
    inner = ["/usr/bin/python3", "-I", "-S", script_copy, str(UID + 1), "/bin/sh", "--", "true"]
    if not Path(inner[0]).exists():
        pytest.skip("no system Python")
    said = refusal(drop("/bin/sh", "--", *inner))
    assert "ordinary user" in said
