"""On what terms scores are handed on: when work was due, what lateness costs, who is exempt, which attempt counts.

Nothing here is part of what decides a point: terms may change, and what was graded stays graded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.course.model import Course, Room
from autograder.errors import AutograderError
from autograder.grading.lateness import Policy, lateness
from autograder.intake.attempts import Attempts, best_of
from autograder.intake.standing import Standing
from autograder.moments import in_utc, moment_of
from autograder.report import Report, settled


@dataclass(frozen=True)
class Terms:
    """due: of all without one of their own, in UTC. standings: by submission's id."""

    due: str | None = None
    policy: Policy | None = None
    attempts: Attempts = "latest"
    standings: Mapping[str, Standing] = field(default_factory=dict)

    @property
    def wait_for_all(self) -> bool:
        """Whether it takes all reports to say which of them counts."""
        return self.attempts == "best"


def on_terms(report: Report, terms: Terms) -> Report:
    """Return a report of what was earned with what is handed on of it."""
    standing = terms.standings.get(report.submission.id, Standing(report.submission.id))
    due = standing.due or terms.due
    late = None
    if due is not None and report.submission.submitted is not None and report.status == "graded":
        seconds = (moment_of(report.submission.submitted) - moment_of(due)).total_seconds()
        late = lateness(terms.policy, seconds, report.points)
    # Which of several is the best is known when all are graded; until then none of them is.
    counts = standing.is_only if terms.wait_for_all else standing.is_last
    return settled(replace(report, due=due, lateness=late, exempt=standing.exempt, counts=counts))


def counting(reports: Iterable[Report], terms: Terms) -> dict[str, bool]:
    """Return by submission's id whether each report counts, where that takes all of them; else nothing."""
    if not terms.wait_for_all:
        return {}
    every = list(reports)
    owners = {each.submission.id: each.submission.id for each in every}
    owners |= {name: standing.owner for name, standing in terms.standings.items()}
    return best_of(every, owners)


def read_due(text: str) -> str:
    """Return in UTC the time of `--due`. Raises `AutograderError` for any other text."""
    try:
        return in_utc(moment_of(text.strip()))
    except (ValueError, OverflowError):
        raise AutograderError(
            f"--due {text!r} is no time with its distance from UTC; write it as 2026-12-01T23:59+01:00"
        ) from None


def due_of(course: Course, rooms: Sequence[Room], given: str | None, policy: Policy | None) -> str | None:
    """Return when these rooms are due together, in UTC: the time that was given, or that of the course.

    Raises `AutograderError` where a policy has to go by one time and the rooms have several. Without a policy it is the
    last of them: by then all are due.
    """
    if given is not None:
        return read_due(given)
    dues = {room.name: course.due.get(room.name) for room in rooms}
    if policy is not None and len(set(dues.values())) > 1:
        told = ", ".join(f"{name} {due or 'never'}" for name, due in list(dues.items())[:4])
        raise AutograderError(
            f"--late needs one due date, and these rooms have several ({told}{', …' if len(dues) > 4 else ''}); grade"
            " one room with --assignment ROOM, or say when all were due with --due TIME"
        )
    times = list(dues.values())
    return None if not times or None in times else max(time for time in times if time is not None)
