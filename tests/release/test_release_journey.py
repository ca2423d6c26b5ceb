"""From the release to the grade: installed, checked, solved and handed in where this repository does not exist."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from handed_out import HandedOut
from packaging.requirements import Requirement

from autograder.course import compose_source, function_source
from autograder.release.front import front_files
from autograder.release.rooms import Choice
from autograder.report import Report, report_from_json
from autograder.sandbox.backends import BUBBLEWRAP, missing

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
MISTAKE = "softmax_global_sum"


class Laptop:
    """A machine with Python, make and a release on it, and nothing else: no network, no repository, no home."""

    def __init__(self, release: Path) -> None:
        self.release = release

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        bubble = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--dir", "/tmp"]
        for folder in ("/usr", sys.base_prefix):
            bubble += ["--ro-bind", folder, folder]
        for link in ("bin", "lib", "lib64"):
            if Path(f"/{link}").is_symlink():
                bubble += ["--symlink", f"usr/{link}", f"/{link}"]
            elif Path(f"/{link}").exists():
                bubble += ["--ro-bind", f"/{link}", f"/{link}"]
        bubble += ["--proc", "/proc", "--dev", "/dev", "--bind", str(self.release), str(self.release)]
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "COLUMNS": "100", "OPENBLAS_NUM_THREADS": "1"}
        for name, value in (environment | variables).items():
            bubble += ["--setenv", name, value]
        words = [*bubble, "--chdir", str(self.release), *command]
        return subprocess.run(words, capture_output=True, text=True, timeout=120)

    def make(self, *words: str, **variables: str) -> str:
        done = self.run("make", *words, **variables)
        assert done.returncode == 0, done.stdout + done.stderr
        return " ".join(done.stdout.split())

    def write(self, room: str, module: str, text: str) -> None:
        (self.release / "assignments" / room / f"{module}.py").write_text(text, encoding="utf-8")


def required(name: str, found: dict[str, list[Path]]) -> dict[str, list[Path]]:
    """What a distribution needs besides itself, with the files and folders of each, as they are installed here."""
    for line in distribution(name).requires or ():
        wanted = Requirement(line)
        if wanted.name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        other = distribution(wanted.name)
        top = {Path(file).parts[0] for file in other.files or () if not Path(file).parts[0].startswith("..")}
        found[wanted.name] = [Path(str(other.locate_file(name))) for name in sorted(top) if name != "__pycache__"]
        required(wanted.name, found)
    return found


def install(release: Path) -> None:
    """Do what `make install` does, but for the network: what PyPI would give is copied from where these tests run.

    The autograder itself comes from the release's own wheel, and pip resolves requirements.txt against all of it.
    """
    venv = release / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    (site,) = venv.glob("lib/python*/site-packages")
    for paths in required("deepnet-autograder", {}).values():
        for path in paths:
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, site / path.name)
    pip = [sys.executable, "-m", "pip", "--python", str(venv / "bin" / "python"), "install", "--no-index", "--quiet"]
    subprocess.run([*pip, "-r", "requirements.txt"], cwd=release, check=True, env={**os.environ, "PYTHONPATH": ""})
    (venv / ".installed").touch()


@pytest.fixture(scope="module")
def laptop(handed_out: HandedOut, tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    problem = missing(BUBBLEWRAP)
    if problem and not os.environ.get("CI"):
        pytest.skip(problem)
    assert not problem
    release = tmp_path_factory.mktemp("laptop") / "deepnet"
    shutil.copytree(handed_out.folder, release, ignore=shutil.ignore_patterns("*.ipynb"))
    # As in a release of modules alone, which asks for no Jupyter.
    for name, content in front_files(handed_out.course, handed_out.rooms, Choice()).items():
        (release / name).write_bytes(content)
    install(release)
    return Laptop(release)


def solve(laptop: Laptop, handed_out: HandedOut) -> None:
    for room in handed_out.rooms:
        laptop.write(room.name, room.module, handed_out.reference(room.module))


def test_the_repository_does_not_exist_there(laptop: Laptop) -> None:
    """Neither do its environment nor a network; the autograder that runs is the one of the release."""
    assert laptop.run("test", "-e", str(ROOT)).returncode == 1
    where = laptop.run(".venv/bin/python", "-c", "import autograder; print(autograder.__file__)").stdout
    assert where.startswith(str(laptop.release / ".venv"))
    lines = laptop.run("cat", "/proc/net/dev").stdout.splitlines()[2:]
    assert [line.split(":")[0].strip() for line in lines] == ["lo"]


def test_at_first_everything_is_open(laptop: Laptop) -> None:
    """No points, the first check in full, and no error; the map says where to begin."""
    told = laptop.make("check")
    assert "seen not implemented yet" in told
    assert "write the body of one_hot; its docstring is the contract" in told
    assert "points, 0 %" in told
    assert "hidden ones, worth" in told
    assert "next: autograder check a05_softmax.one_hot" in laptop.make("map")
    assert "1/3" in laptop.make("hint", "EXERCISE=one_hot")


def test_a_known_mistake_is_named_in_both_languages(laptop: Laptop, handed_out: HandedOut) -> None:
    """On a machine that has neither the mistakes nor the reference; plain pytest names it as well."""
    wrong = function_source(handed_out.of_room("a05_softmax", "mistakes.py"), MISTAKE)
    solution = handed_out.reference("softmax")
    laptop.write("a05_softmax", "softmax", compose_source(solution, {"softmax": wrong}, handed_out.rooms[0]))
    explanation = "All columns share one denominator"
    assert explanation in laptop.make("check", "ROOM=a05_softmax")
    chinese = laptop.make("check", "ROOM=a05_softmax", AUTOGRADER_LANG="zh")
    assert "所有列共用一个分母" in chinese
    assert "likely" not in chinese
    pytest_run = laptop.run("sh", "-c", "cd assignments/a05_softmax && ../../.venv/bin/python -m pytest")
    assert pytest_run.returncode == 1
    assert explanation in " ".join(pytest_run.stdout.split())


def test_the_solution_gets_all_public_points_there_and_full_marks_here(
    laptop: Laptop, handed_out: HandedOut, tmp_path: Path
) -> None:
    """Checked and packed on the student's machine, graded in the sandbox with hidden checks and all mistakes."""
    solve(laptop, handed_out)
    told = laptop.make("check")
    assert "points, 100 %" in told
    told = laptop.make("submit")
    assert "a05_softmax: 5 finished by your last check, 0 changed, 0 untouched" in told
    assert "wrote submission.zip: a05_softmax/softmax.py, a10_batchnorm/batchnorm.py" in told
    report = graded(laptop.release / "submission.zip", tmp_path)
    assert (report.points, report.max_points) == (40.0, 40.0)
    assert report.submission.student == "李 伟"
    assert report.submission.notes == ()


def graded(packed: Path, folder: Path) -> Report:
    """The report of one zip, by the command, with the course that the release was made from."""
    (folder / "submissions").mkdir()
    shutil.copy(packed, folder / "submissions" / "李 伟.zip")
    command = [sys.executable, "-m", "autograder", "grade", "submissions", "--no-capstones", "-j", "1"]
    command += ["--assignment", "a05_softmax", "--assignment", "a10_batchnorm", "--course", str(ROOT / "assignments")]
    environment = {**os.environ, "AUTOGRADER_SECRET": "a secret of the tests"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    (file,) = (folder / "grades" / "reports").glob("*.json")
    return report_from_json(file.read_text(encoding="utf-8"))
