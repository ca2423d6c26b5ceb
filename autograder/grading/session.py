"""One pytest session that grades many submissions: checks are collected once and run once per submission."""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest

from autograder.checking import plugin
from autograder.checking.check import Check
from autograder.checking.examiner import Examiner
from autograder.checking.explaining import Sources
from autograder.course.model import Room
from autograder.errors import CourseError
from autograder.grading.blank import blank_report
from autograder.grading.environment import describe_environment
from autograder.grading.unreached import completed, noted
from autograder.intake.submission import Submission, source_for
from autograder.report import Report, settled

Sink = Callable[[Report], None]
Choice = Callable[[Check], bool]

# What each of these plugins does around a test costs more than most checks; none of it is wanted here.
_WITHOUT = (
    "cacheprovider",
    "terminal",
    "warnings",
    "logging",
    "unraisableexception",
    "threadexception",
    "faulthandler",
)
_OPTIONS = ("-c", os.devnull, "--noconftest", "--import-mode=importlib", "--capture=no")


def every_check(_: Check) -> bool:
    """Choose all checks."""
    return True


def grade(
    examiner: Examiner,
    submissions: Iterable[Submission],
    sink: Sink,
    choose: Choice = every_check,
    seconds: float | None = None,
) -> None:
    """Grade each submission and hand its report to `sink`, in turn.

    choose: says which checks to run. seconds: after these no check of a submission is begun, None for no such bound.
    Raises `CourseError` when the checks cannot be collected.
    """
    session = GradingSession(examiner, submissions, sink, choose, seconds)
    files = [str(file) for room in examiner.rooms for file in room.check_files]
    with _no_foreign_plugins():
        without = [word for name in _WITHOUT for word in ("-p", f"no:{name}")]
        pytest.main(["--rootdir", str(examiner.course.path), *_OPTIONS, *without, *files], plugins=[plugin, session])
    # pytest names a module after its place below the root, so another course's room would get this one's checks.
    for name in session.modules:
        sys.modules.pop(name, None)
    problems = session.problems + examiner.problems
    if problems:
        raise CourseError("\n".join(problems))


@contextlib.contextmanager
def _no_foreign_plugins() -> Iterator[None]:
    """Keep out of the session what is installed beside pytest, and what its environment variables would change."""
    names = ("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "PYTEST_ADDOPTS", "PYTEST_PLUGINS")
    before = {name: os.environ.pop(name, None) for name in names}
    os.environ[names[0]] = "1"
    try:
        yield
    finally:
        del os.environ[names[0]]
        os.environ.update({name: value for name, value in before.items() if value is not None})


def _last_words(text: str) -> str:
    """Return what an author needs of pytest's words on a file that it cannot read: from its last place on."""
    lines = text.splitlines()
    places = [number for number, line in enumerate(lines) if line.lstrip().startswith(("File ", "E     File "))]
    return "\n".join(lines[places[-1] :] if places else lines)


class GradingSession:
    """The pytest plugin whose run loop goes over submissions instead of running each test once."""

    def __init__(
        self,
        examiner: Examiner,
        submissions: Iterable[Submission],
        sink: Sink,
        choose: Choice,
        seconds: float | None = None,
    ) -> None:
        self.examiner, self.submissions, self.sink, self.choose = examiner, submissions, sink, choose
        self.seconds = seconds
        self.problems: list[str] = []
        self.modules: set[str] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Hand the examiner to the plugin that reads checks."""
        config.stash[plugin.EXAMINER] = self.examiner

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Note the module of each check, also of one that is then refused."""
        if isinstance(item, pytest.Function):
            self.modules.add(item.module.__name__)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what kept a file of checks from being read."""
        if report.failed:
            self.problems.append(f"{report.nodeid}: {_last_words(report.longreprtext)}")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the chosen checks once per submission."""
        if not (session.items or self.problems or self.examiner.problems):
            self.problems.append("no checks were collected, so there is nothing to grade by")
        self.problems += [
            f"{item.path}: {item.name} is no check; write @exercise above it, or give it a name without test_"
            for item in session.items
            if item.nodeid not in self.examiner.checks and not self.problems
        ]
        if self.problems or self.examiner.problems:
            return True
        items = [item for item in session.items if self.choose(self.examiner.checks[item.nodeid])]
        environment = describe_environment(self.examiner.host.backend)
        for submission in self.submissions:
            start = time.perf_counter()
            is_over = self._clock(start)
            left_out = []
            examination = self.examiner.begin(sources_of(submission, self.examiner.rooms))
            for item in items:
                if is_over():
                    left_out.append(self.examiner.checks[item.nodeid])
                else:
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            examination.reconsider(is_over)
            self.examiner.finish()
            results = [completed(each, left_out) for each in examination.results(self.examiner.exercises)]
            shown = [result for result in results if result.checks]
            graded = replace(
                blank_report(self.examiner.course, self.examiner.rooms, environment, noted(submission, left_out)),
                exercises=tuple(shown),
                points=round(sum(result.points for result in shown), 6),
                max_points=round(sum(result.max_points for result in shown), 6),
                seconds=round(time.perf_counter() - start, 6),
                faults=examination.faults(),
            )
            self.sink(settled(graded))
        return True

    def _clock(self, start: float) -> Callable[[], bool]:
        """Return what tells whether the time for a submission that was begun at `start` is over."""
        return lambda: self.seconds is not None and time.perf_counter() - start >= self.seconds

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool:
        """Run one check without pytest's set-up, reports and tear-down, which cost more than the check itself."""
        examination = self.examiner.current
        assert examination is not None
        examination.run(self.examiner.checks[item.nodeid])
        return True


def sources_of(submission: Submission, rooms: Iterable[Room]) -> Sources:
    """Return what a worker gets of a submission: for each room's module the source that answers for it."""
    texts = {path.rpartition("/")[2]: text for path, text in submission.sources.items() if path.endswith(".py")}
    origins = {}
    for room in rooms:
        found = source_for(submission, room.module)
        if found is not None:
            origins[f"{room.module}.py"], texts[f"{room.module}.py"] = found
    return Sources(texts, origins)
