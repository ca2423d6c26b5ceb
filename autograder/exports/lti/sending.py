"""Send the scores of a cohort: one student's failure is not another's, and what is there already is not sent again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal, TypeAlias

from autograder.exports.lti.journal import Entry, Journal
from autograder.exports.lti.link import Answer, PlatformError
from autograder.exports.lti.scores import digest, is_conflict, is_there, post
from autograder.exports.lti.service import Service
from autograder.exports.lti.shares import Share
from autograder.moments import in_utc, moment_of

Ending: TypeAlias = Literal["sent", "unchanged", "failed", "not tried"]
# After so many students in a row for whom nobody answered, the platform is down.
_IN_A_ROW = 3
# How much later than the platform's clock the tries after a conflict say that it is.
_LATER_SECONDS = (1, 60)
_MOST_AHEAD = timedelta(days=1)


@dataclass(frozen=True)
class Outcome:
    """What became of one score; `told`: why it failed, or was not tried."""

    share: Share
    ending: Ending
    told: str = ""


def send(
    service: Service,
    column: str,
    shares: Sequence[Share],
    journal: Journal,
    *,
    asked_to_stop: Callable[[], bool] = lambda: False,
) -> Iterator[Outcome]:
    """Send each score to a column and yield what became of it, as it is known.

    Raises `AutograderError` when the journal cannot be written: nothing more is sent then.
    """
    silent = 0
    for share in shares:
        if asked_to_stop():
            yield Outcome(share, "not tried", "it was interrupted")
            continue
        if silent >= _IN_A_ROW:
            yield Outcome(share, "not tried", f"{service.configuration.name} does not answer")
            continue
        try:
            ending = _deliver(service, column, share, journal)
            silent = silent if ending == "unchanged" else 0
            yield Outcome(share, ending)
        except PlatformError as error:
            silent = silent + 1 if error.unreachable else 0
            yield Outcome(share, "failed", str(error))


def _deliver(service: Service, column: str, share: Share, journal: Journal) -> Ending:
    before = journal.last(column, share.user)
    mark = digest(share, service.configuration)
    if before is not None and before.digest == mark:
        if before.state == "sent":
            return "unchanged"
        # Nobody knows whether it arrived: an earlier run ended before it could be told.
        if is_there(service, column, share):
            journal.write(Entry("sent", column, share.user, mark, before.timestamp))
            return "sent"
    moment = _moment(service, before)
    for later in (*_LATER_SECONDS, None):
        entry = Entry("sending", column, share.user, mark, in_utc(moment))
        journal.write(entry)
        answer = post(service, column, share, moment)
        if answer is None or not is_conflict(answer) or is_there(service, column, share):
            journal.write(Entry("sent", column, share.user, mark, entry.timestamp))
            return "sent"
        moment = _after(moment, answer, later or 0)
    raise PlatformError(
        f"{service.configuration.name} has a later score of this student, and keeps it;"
        " is its clock, or this machine's, wrong? Run the same command again later"
    )


def _moment(service: Service, before: Entry | None) -> datetime:
    """Return a moment for a score: now, or the second after that of the one before, for Moodle compares seconds."""
    now = datetime.fromtimestamp(service.clock(), UTC)
    if before is None:
        return now
    then = moment_of(before.timestamp).replace(microsecond=0)
    return max(now, then + timedelta(seconds=1)) if then - now < _MOST_AHEAD else now


def _after(moment: datetime, answer: Answer, seconds: int) -> datetime:
    """Return a moment after that of whatever the platform has, if its clock is not far ahead of ours."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
        theirs = theirs.astimezone(UTC) if theirs.tzinfo else moment
    except (ValueError, TypeError, OverflowError):
        theirs = moment
    latest = max(moment, theirs) if theirs - moment < _MOST_AHEAD else moment
    return latest + timedelta(seconds=seconds)
