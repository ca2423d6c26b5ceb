"""The wheel holds the engine alone, and works on a course that it has never seen."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the files that git knows."""
    source = tmp_path_factory.mktemp("source")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if not name.startswith(("examples/", "tests/", "benchmarks/")) and (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", str(source), "-w", str(folder)]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_engine_alone(wheel: Path) -> None:
    """Nothing called `reference`, and no room, lands in anybody's site-packages."""
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"autograder"}
    assert "autograder/schema/report.schema.json" in names
    assert "autograder/py.typed" in names
    assert "autograder/sandbox/worker/wire.py" in names
    assert any(name.endswith("LICENSE") for name in names)


def test_the_installed_wheel_grades_a_course_folder(wheel: Path, tmp_path: Path, course_copy: Path) -> None:
    """From an environment that has the wheel and its dependencies, a folder of rooms is graded by path."""
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    packages = environment / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    zipfile.ZipFile(wheel).extractall(packages)
    # The dependencies are those of this environment; the package itself is the wheel's.
    own = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (packages / "dependencies.pth").write_text(f"{own}\n")
    perfect = tmp_path / "handed in" / "张三"
    perfect.mkdir(parents=True)
    reference = course_copy.parent / "reference" / "softmax.py"
    (perfect / "softmax.py").write_bytes(reference.read_bytes())
    done = subprocess.run(
        [environment / "bin" / "python", "-P", "-m", "autograder", "grade", perfect.parent, "-o", tmp_path / "out",
         "--course", course_copy, "--assignment", "a05_softmax"],
        cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "AUTOGRADER_SECRET": "of the tests " * 3},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "20/20" in done.stdout
