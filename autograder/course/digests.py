"""Tell whether the files that a grade depends on are still the same: SHA-256 over names and contents of a folder."""

import hashlib
from collections.abc import Collection
from pathlib import Path

# What the capstones of a course are made with, beside its rooms: training code, and tables of data.
LAB_FOLDER, DATA_FOLDER = "lab", "data"


def folder_digest(folder: Path, without: Collection[str] = ()) -> str:
    """Return the SHA-256 (hex) over the files of `folder`, bytecode and the files named in `without` left out."""
    digest = hashlib.sha256()
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    for name in sorted(files):
        if name in without or "__pycache__" in files[name].relative_to(folder).parts:
            continue
        content = files[name].read_bytes()
        # Lengths keep one file's end from passing for the next one's beginning.
        digest.update(f"{len(name.encode())} {len(content)} {name}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def room_digest(room: Path, module: str, *, has_capstone: bool) -> str:
    """Return the digest of a room's folder, the student's own module and notebook left out.

    has_capstone: count what capstones are made with, too.
    """
    own = folder_digest(room, (f"{module}.py", f"{module}.ipynb"))
    if not has_capstone:
        return own
    shared = [folder_digest(room.parent / name) for name in (LAB_FOLDER, DATA_FOLDER)]
    return hashlib.sha256(" ".join([own, *shared]).encode()).hexdigest()
