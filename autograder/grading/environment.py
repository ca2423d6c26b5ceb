"""What a result depends on besides the submission: the engine, Python, numpy, the sandbox; and the course's secret."""

import contextlib
import functools
import hashlib
import os
import platform
import secrets
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from autograder.course.model import Course, Room
from autograder.errors import AutograderError
from autograder.report import Environment
from autograder.sandbox import backends

SECRET_VARIABLE = "AUTOGRADER_SECRET"  # noqa: S105 - a variable's name
SECRET_CHARACTERS = 16
SECRET_FILE = Path(".autograder") / "secret"


@functools.cache
def engine_digest() -> str:
    """Return the SHA-256 of this package's own source and texts."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.toml")]):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def room_digest(course: Course, room: Room) -> str:
    """Return the SHA-256 of all that decides points in a room: its files and the reference's module.

    A capstone is given the solutions of other rooms, so there it is all of the reference.
    """
    own = course.reference / f"{room.module}.py"
    modules = sorted(course.reference.glob("*.py")) if room.capstone else [own]
    return _room_digest(room.digest, tuple(modules))


@functools.cache
def _room_digest(own: str, reference: tuple[Path, ...]) -> str:
    return hashlib.sha256(own.encode() + b"".join(path.read_bytes() for path in reference)).hexdigest()


@functools.cache
def describe_environment(backend: str) -> Environment:
    """Return what the checks run on."""
    import numpy as np

    config = np.show_config(mode="dicts")
    blas = config.get("Build Dependencies", {}).get("blas", {}) if isinstance(config, dict) else {}
    return Environment(
        python=platform.python_version(),
        numpy=np.__version__,
        blas=f"{blas.get('name', 'unknown')} {blas.get('version', '')}".strip(),
        platform=f"{platform.system()} {platform.machine()}",
        sandbox=f"{backend} {backend_version(backend)}".strip(),
    )


def backend_version(backend: str) -> str:
    """Return the version of a sandbox backend, or ""."""
    if backend == backends.BUBBLEWRAP:
        bwrap = shutil.which("bwrap")
        said = subprocess.run([bwrap, "--version"], capture_output=True, text=True).stdout if bwrap else ""
        return said.removeprefix("bubblewrap").strip()
    return version("sandlock") if backend == backends.SANDLOCK and not backends.missing(backend) else ""


def course_secret(course: Path) -> bytes:
    """Return the secret that hidden inputs are made from.

    Taken from the variable AUTOGRADER_SECRET, else from the file .autograder/secret beside the course's folder,
    which is made, readable by its owner alone, when it is not there. Raises `AutograderError`.
    """
    given = os.environ.get(SECRET_VARIABLE, "")
    if given:
        return _long_enough(given, SECRET_VARIABLE).encode("utf-8", "surrogateescape")
    path = course.resolve().parent / SECRET_FILE
    try:
        if not path.exists():
            _make_secret(path)
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise AutograderError(
            f"the course's secret at {path} can be neither read nor made ({error}); set {SECRET_VARIABLE} instead"
        ) from error
    return _long_enough(text, str(path)).encode()


def secret_in(file: Path) -> bytes:
    """Return the secret of hidden inputs that `file` holds. Raises `AutograderError`."""
    try:
        text = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise AutograderError(
            f"the secret in {file} cannot be read ({error}); expected a line of {SECRET_CHARACTERS} or more letters,"
            " digits and signs of ASCII"
        ) from error
    return _long_enough(text, str(file)).encode()


def _make_secret(path: Path) -> None:
    """Make the file of the secret whole or not at all; of two runs that do so at once, both keep the first's."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    spare = path.with_name(f".secret-{secrets.token_hex(8)}.tmp")
    try:
        spare.touch(mode=0o600, exist_ok=False)
        spare.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
        with contextlib.suppress(FileExistsError):
            # Unlike a rename, a link never takes the place of a file that came first.
            path.hardlink_to(spare)
    finally:
        spare.unlink(missing_ok=True)


def _long_enough(secret: str, place: str) -> str:
    if len(secret) < SECRET_CHARACTERS:
        raise AutograderError(
            f"the secret in {place} has {len(secret)} characters, few enough to guess;"
            f" expected {SECRET_CHARACTERS} or more"
        )
    return secret
