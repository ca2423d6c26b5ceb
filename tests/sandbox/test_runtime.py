"""What a sandbox is shown: Python, libraries, numpy and the worker, and nothing that happens to lie beside them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.runtime import find_runtime

ROOT = Path(__file__).parent.parent.parent


def test_no_folder_is_shown_that_holds_more_than_it_should() -> None:
    """No shown folder contains this repository, a home, or an environment's packages."""
    found = find_runtime()
    shown = [path.resolve() for path in (*found.standard_library, *found.libraries)]
    for hidden in (ROOT, Path.home(), Path(sys.prefix) / "lib", Path("/tmp"), Path("/etc")):
        assert not [path for path in shown if path == hidden.resolve() or path in hidden.resolve().parents]


@pytest.mark.slow
def test_an_environment_in_a_path_with_a_space_is_closed(tmp_path: Path) -> None:
    """Both sandboxes hold against all of doctor's attacks from an environment under such a path."""
    home = tmp_path / "深度 course"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home / ".venv"], check=True)
    packages = home / ".venv" / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    own = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    for name in ("numpy", "numpy.libs"):
        subprocess.run(["cp", "-r", own / name, packages / name], check=True)
    (packages / "others.pth").write_text(f"{own}\n{ROOT}\n")
    tmp_path.chmod(0o755)
    command = [home / ".venv" / "bin" / "python", "-m", "autograder", "doctor"]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, env={**os.environ, "COLUMNS": "120"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "failed" not in done.stdout
    assert "reading a secret" in done.stdout
