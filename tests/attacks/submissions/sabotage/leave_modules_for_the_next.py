"""Modules and bytecode left wherever the next submission's worker, or the grader, might load them."""

import importlib.util
import os
import sys

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: nothing could be written outside scratch space, of \d+ files"},
}

NAMES = (
    *("softmax.py", "numpy.py", "sitecustomize.py", "usercustomize.py", "conftest.py", "pytest.ini", "evil.pth"),
    *("random.py", "_ctypes.so", "wire.py", "__init__.py", "__pycache__/warm.cpython-311.pyc", ".bashrc"),
)
POISON = "import os\nos._exit(0)\n"
# Where walls have holes, nothing of the machine's own is overwritten or broken.
HARMLESS = "# left by an attack\n"


def places():
    """Folders that somebody may load from, in the sandbox and, if its walls have holes, outside."""
    import numpy

    folders = {os.getcwd(), "/", "/tmp", "/var/tmp", "/dev/shm", "/tmp/autograder-bait", "/box", "/home", "/root"}
    folders |= {os.environ[name] for name in ("TMPDIR", "HOME") if name in os.environ}
    folders |= {folder for folder in sys.path if folder}
    folders |= {os.path.dirname(module.__file__) for module in (os, numpy, sys.modules["worker"])}
    folders |= {os.path.dirname(importlib.util.cache_from_source(os.__file__)), "/proc/self/cwd", "/proc/1/root/tmp"}
    return sorted(folders)


def softmax(Z):
    """Leave poison everywhere."""
    outside, tried = [], 0
    scratch = {os.path.realpath(folder) for folder in (os.environ["TMPDIR"], "/dev/shm")}
    for folder in places():
        for name in NAMES:
            tried += 1
            path = os.path.join(folder, name)
            try:
                with open(path, "x") as file:
                    file.write(POISON if os.path.realpath(folder) in scratch else HARMLESS)
            except OSError:
                continue
            if os.path.realpath(folder) not in scratch:
                outside.append(path)
    if outside:
        raise RuntimeError(f"wrote {', '.join(outside)}")
    raise PermissionError(f"nothing could be written outside scratch space, of {tried} files")
