"""Write the wheel of this very package, from the files that are installed and without a network or a build tool.

A release brings the autograder along, so that students install the version that the release was made with. The same
package gives the same bytes, whether it is installed from a wheel or in editable form: dates are fixed, members are
sorted and stored as they are (what a compressor makes differs from one zlib to the next), and of the metadata only
what an installer reads is taken over.
"""

import base64
import hashlib
import io
import re
import stat
import zipfile
from collections.abc import Collection, Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path

from autograder import __version__
from autograder.errors import AutograderError

PACKAGE, PROJECT = "autograder", "deepnet-autograder"
# What editors, patches and Python leave beside the files of a package.
LEFT_BEHIND = ("~", ".bak", ".orig", ".rej", ".swp", ".pyc", ".pyo")
# What a course is begun with: its answers are those of the first exercise of every course that was begun with it.
FOR_AUTHORS = ("scaffold", "templates")
# The earliest date that a zip can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)
_HEADERS = ("Metadata-Version", "Name", "Version", "Summary", "License-Expression", "License", "Requires-Python")
_WHEEL = "Wheel-Version: 1.0\nGenerator: autograder\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheel_name() -> str:
    """Return the file name of the wheel."""
    return f"{PROJECT.replace('-', '_')}-{__version__}-py3-none-any.whl"


def build_wheel() -> bytes:
    """Return the wheel of the package that is running. Raises `AutograderError` when it is not properly installed."""
    folder = f"{PROJECT.replace('-', '_')}-{__version__}.dist-info"
    members = {f"{PACKAGE}/{name}": content for name, content in _package_files()}
    members |= {f"{folder}/{name}": content for name, content in _metadata(_distribution()).items()}
    members[f"{folder}/RECORD"] = _record(members, f"{folder}/RECORD")
    return stored_zip(members)


def requirement(name: str) -> str:
    """Return what this package asks of another, as "numpy>=1.26"."""
    asked = _distribution().metadata.get_all("Requires-Dist") or ()
    return next((each for each in asked if re.match(rf"{re.escape(name)}\b", each)), name)


def stored_zip(members: Mapping[str, bytes], executable: Collection[str] = ()) -> bytes:
    """Return a zip of these members, sorted by name, with fixed dates and modes, not compressed.

    executable: names of members that are programs.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, EPOCH)
            # Else the system that it is made on would be written there.
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | (0o755 if name in executable else 0o644)) << 16
            archive.writestr(entry, members[name])
    return file.getvalue()


def _package_files() -> Iterator[tuple[str, bytes]]:
    root = Path(__file__).parent.parent
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        hidden = any(part.startswith(".") or part == "__pycache__" for part in name.parts)
        if name.parts[:2] == FOR_AUTHORS:
            continue
        if path.is_file() and not hidden and not path.name.endswith(LEFT_BEHIND):
            yield name.as_posix(), path.read_bytes()


def _distribution() -> Distribution:
    """Return what is installed; the remains of a build in the working folder, which Python finds first, are not it."""
    for found in distributions(name=PROJECT):
        if found.read_text("METADATA") is not None and found.read_text("entry_points.txt") is not None:
            if found.version != __version__:
                raise AutograderError(
                    f"{PROJECT} is installed as version {found.version}, and its files are of {__version__};"
                    " install it anew (pip install -e .) and make the release again"
                )
            return found
    raise AutograderError(
        f"{PROJECT} is not installed, so the release cannot bring it along; install it (pip install -e .) first"
    )


def _metadata(installed: Distribution) -> dict[str, bytes]:
    said = installed.metadata
    lines = [f"{key}: {said[key]}" for key in _HEADERS if said[key]]
    lines += [f"Requires-Dist: {each}" for each in sorted(said.get_all("Requires-Dist") or ())]
    lines += [f"Provides-Extra: {each}" for each in sorted(said.get_all("Provides-Extra") or ())]
    licence = installed.read_text("licenses/LICENSE")
    return {
        "METADATA": "".join(f"{line}\n" for line in lines).encode(),
        "WHEEL": _WHEEL.encode(),
        "entry_points.txt": (installed.read_text("entry_points.txt") or "").encode(),
        **({"licenses/LICENSE": licence.encode()} if licence else {}),
    }


def _record(members: Mapping[str, bytes], own_name: str) -> bytes:
    rows = []
    for name in sorted(members):
        digest = base64.urlsafe_b64encode(hashlib.sha256(members[name]).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(members[name])}\n")
    return ("".join(rows) + f"{own_name},,\n").encode()
