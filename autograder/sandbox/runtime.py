"""What a sandbox has to show: Python, the libraries it loads, numpy, and our worker."""

import functools
import os
import re
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

    python: the interpreter's real file. standard_library: its folders. libraries: where shared libraries stand.
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
    # Not sysconfig's paths: in a virtual environment one of them is the environment's own, with all its packages.
    standard = Path(os.__file__).resolve().parent
    dynload = Path(sysconfig.get_config_var("DESTSHARED") or standard).resolve()
    folders = tuple(sorted({standard, dynload} if standard not in dynload.parents else {standard}))
    # One look at each loader run costs milliseconds; what these need stands where all the others' libraries do.
    extensions = [
        *dynload.glob("_ctypes.*.so"),
        *dynload.glob("zlib.*.so"),
        *numpy_folder.glob("*core/_multi*umath.*.so"),
    ]
    return Runtime(python, folders, libraries([python, *extensions], packages.values()), packages)


_SYSTEM = ("/lib", "/usr/lib")
# A library's own name holds no space; the folder that it stands in may.
_LOADED = re.compile(r"\s+(?:\S+ => )?(/.*) \(0x[0-9a-f]+\)")


def libraries(binaries: Iterable[Path], packages: Iterable[Path]) -> tuple[Path, ...]:
    """Return where the libraries stand that `binaries` load, as the loader names them.

    That is the system's folders of libraries, which students' Python may need more of; of any other folder, and of
    one that has `packages` below it, the library alone.
    """
    listing = subprocess.run(["ldd", *map(str, binaries)], capture_output=True, text=True, check=False).stdout
    own = {path.resolve() for path in packages}
    around = {parent for path in own for parent in path.parents}
    found = set()
    for line in listing.splitlines():
        loaded = _LOADED.fullmatch(line)
        if loaded is None:
            continue
        library = Path(os.path.normpath(loaded[1]))
        if not own & set(library.resolve().parents):
            folder = library.parent.resolve()
            of_the_system = folder.as_posix().startswith(_SYSTEM) and folder not in around
            found.add(library.parent if of_the_system else library)
    return tuple(sorted(found))
