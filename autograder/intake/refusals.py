"""What a submission may be at most, and the two errors that say why something in it is not read."""

from autograder.errors import AutograderError
from autograder.language import say

MAX_SOURCE_BYTES = 1024 * 1024
MAX_NOTEBOOK_BYTES = 8 * 1024 * 1024
MAX_SUBMISSION_BYTES = 8 * 1024 * 1024
MAX_SOURCES = 200
MAX_ENTRIES = 2000
MAX_NAME = 500
MAX_DEPTH = 16
MAX_ARCHIVE_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_DIRECTORY_BYTES = 2 * 1024 * 1024
MAX_NOTES = 20
# Of one archive that holds what all students handed in; each student's part of it has the bounds above.
MAX_COHORT_ENTRIES = 100_000
MAX_COHORT_DIRECTORY_BYTES = 64 * 1024 * 1024
MAX_COHORT_UNPACKED_BYTES = 4 * 1024 * 1024 * 1024


class UnreadableError(AutograderError):
    """One file cannot be read; the rest of its submission can still be graded."""


class RefusedError(UnreadableError):
    """The whole submission is refused: part of it is hostile, damaged or beyond a bound."""


class NothingFoundError(UnreadableError):
    """A folder was listed to its end, and nothing in it could be anybody's answer."""


def in_mebibytes(size: int) -> str:
    """`size` bytes as people write them: "1 MiB", "1,024 MiB", and "less than 1 MiB" below that."""
    return f"{size // 2**20:,} MiB" if size >= 2**20 else say("less than 1 MiB")


def at_most(notes: list[str]) -> tuple[str, ...]:
    """The first `MAX_NOTES` notes, and how many more there were: a submission can provoke any number."""
    if len(notes) <= MAX_NOTES:
        return tuple(notes)
    return (*notes[:MAX_NOTES], say("and {n:,} more notes of this kind", n=len(notes) - MAX_NOTES))
