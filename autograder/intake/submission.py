"""What one student handed in, after it has been read into memory."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Literal, TypeAlias

from autograder.report import Person

Form: TypeAlias = Literal["folder", "zip", "py", "ipynb"]


@dataclass(frozen=True)
class Submission:
    """One student's sources as text, or the reason why there are none.

    id: unique and safe as a file stem. student: the name as written; it may hold newlines, markup, formulas.
    origin: the entry of the submissions folder it came from. sources: posix relative name -> Python source;
    empty when `problem` says why nothing could be read. notes: what was passed over or chosen, for people.
    shared: the source that answers for every module without a file of its own.
    people, attempt, submitted, commit, doubts: as in a report's `Identity`.
    """

    id: str
    student: str
    origin: str
    form: Form
    sources: Mapping[str, str]
    notes: tuple[str, ...]
    problem: str | None
    digest: str
    shared: str | None = None
    people: tuple[Person, ...] = ()
    attempt: int = 1
    submitted: str | None = None
    commit: str | None = None
    doubts: tuple[str, ...] = ()


def digest_of(form: Form, sources: Mapping[str, str], *, shared: str | None = None, problem: str | None = None) -> str:
    """SHA-256 (hex) of all in a submission that can change its grade; the order of `sources` cannot."""
    parts = [form, shared or "", problem or ""]
    parts += [part for name in sorted(sources) for part in (name, sources[name])]
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.hexdigest()


def source_for(submission: Submission, module: str) -> tuple[str, str] | None:
    """The source that answers for `module` ("softmax" or "softmax.py") as (file name, text), or None.

    A file of that name comes first, then a notebook of that name, then the source that answers for
    every module: `shared`, or the only source of a submission that is a single file.
    """
    sources = submission.sources
    stem = module.removesuffix(".py")
    for name in (f"{stem}.py", f"{stem}.ipynb"):
        matches = [path for path in sources if PurePosixPath(path).name == name]
        if matches:
            best = min(matches, key=lambda path: (path.count("/"), path))
            return best, sources[best]
    shared = submission.shared
    if shared is None and submission.form in ("py", "ipynb") and len(sources) == 1:
        shared = next(iter(sources))
    return None if shared is None else (shared, sources[shared])


def submission_to_line(submission: Submission) -> bytes:
    """Return `submission` as a line of JSON."""
    return json.dumps(asdict(submission)).encode("ascii") + b"\n"


def submission_from_line(line: bytes) -> Submission:
    """Return the submission that `submission_to_line` wrote."""
    fields: dict[str, Any] = json.loads(line)
    people = tuple(Person(**person) for person in fields["people"])
    return Submission(
        **{**fields, "notes": tuple(fields["notes"]), "doubts": tuple(fields["doubts"]), "people": people}
    )
