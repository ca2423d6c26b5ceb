"""Audit several rooms at once, a process each, and hand the findings on in reading order."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from autograder.audit.laws import Audit, audit_room
from autograder.course import read_course
from autograder.course.model import Course, Room
from autograder.errors import GraderFault


def audit_rooms(
    course: Course,
    rooms: Sequence[Room],
    backend: str,
    secrets: int,
    *,
    capstone: bool,
    jobs: int,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[Audit]:
    """Yield what is true of each room; `tick` is called after each candidate, or after each room where jobs > 1.

    Raises `AutograderError` when a room cannot be graded, `GraderFault` when a process of ours is lost.
    """
    if jobs == 1 or len(rooms) == 1:
        for room in rooms:
            yield audit_room(course, room, backend, secrets, tick, capstone=capstone)
        return
    # Spawned, not forked: this process may have threads (numpy's, the progress bar's).
    with ProcessPoolExecutor(min(jobs, len(rooms)), mp_context=get_context("spawn")) as pool:
        tasks = [pool.submit(_audit_named, course.path, room.name, backend, secrets, capstone) for room in rooms]
        for task in tasks:
            task.add_done_callback(lambda _: tick())
        try:
            for task in tasks:
                yield task.result()
        except BrokenProcessPool as error:
            raise GraderFault(f"a process of the audit was lost: {error}; try again with --jobs 1") from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _audit_named(course: Path, room: str, backend: str, secrets: int, capstone: bool) -> Audit:  # noqa: FBT001
    found = read_course(course)
    return audit_room(found, found.room(room), backend, secrets, capstone=capstone)
