"""What a sandbox has to show: Python, the libraries it loads, numpy, and our worker."""

import functools
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import autograder.sandbox.worker

WORKER_FOLDER = Path(autograder.sandbox.worker.__file__).parent

THREADS = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
# -I would ignore PYTHONHASHSEED, without which two workers may order a set of words differently.
PYTHON_OPTIONS = ("-s", "-P", "-S", "-B")


@dataclass(frozen=True)
class Runtime:
    """Paths outside the sandbox.

    python: the interpreter's real file. standard_library: its folders. libraries: folders of shared libraries.
    packages: what stands on `sys.path` inside, by name: numpy, its bundled libraries, our worker.
    """

    python: Path
    standard_library: tuple[Path, ...]
    libraries: tuple[Path, ...]
    packages: dict[str, Path]

    @property
    def paths(self) -> list[Path]:
        """Everything that the sandbox has to be able to read."""
        return [self.python, *self.standard_library, *self.libraries, *self.packages.values()]


def environment(scratch: str) -> dict[str, str]:
    """Return the whole environment of a worker; nothing of the grader's own passes."""
    return {
        "HOME": scratch,
        "TMPDIR": scratch,
        "PATH": "/nonexistent",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        **THREADS,
    }


@functools.cache
def find_runtime() -> Runtime:
    """Return what this interpreter and its numpy need."""
    # Asked of the import system, not imported: the grader's own start should not wait for it.
    from importlib.util import find_spec

    spec = find_spec("numpy")
    assert spec is not None, "numpy is a dependency of this package"
    assert spec.origin is not None
    numpy_folder = Path(spec.origin).parent
    packages = {"numpy": numpy_folder, "worker": WORKER_FOLDER}
    bundled = numpy_folder.parent / "numpy.libs"
    if bundled.is_dir():
        packages["numpy.libs"] = bundled
    python = Path(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))
    standard = {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}
    folders = tuple(sorted(path.resolve() for path in standard if path.is_dir()))
    dynload = Path(sysconfig.get_config_var("DESTSHARED") or folders[0])
    # One look at each loader run costs milliseconds; what these need stands where all the others' libraries do.
    extensions = [
        *dynload.glob("_ctypes.*.so"),
        *dynload.glob("zlib.*.so"),
        *numpy_folder.glob("*core/_multi*umath.*.so"),
    ]
    return Runtime(python, folders, shared_library_folders([python, *extensions]), packages)


def shared_library_folders(binaries: Iterable[Path]) -> tuple[Path, ...]:
    """Return the folders of the system's libraries that `binaries` load, as the loader names them."""
    listing = subprocess.run(["ldd", *map(str, binaries)], capture_output=True, text=True, check=False).stdout
    folders = set()
    for line in listing.splitlines():
        if not line[:1].isspace():
            continue
        words = line.split()
        place = words[2] if len(words) > 2 and words[1] == "=>" else words[0]
        if place.startswith("/") and "numpy.libs" not in place:
            folders.add(Path(place).parent)
    return tuple(sorted(folders))
