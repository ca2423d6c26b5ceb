"""`check --watch`: check again what was saved, and do what single keys ask for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.cli.keys import ReadKey, single_keys
from autograder.grading.handiwork import versions_of
from autograder.language import language, say
from autograder.study.diary import Diary, diary_file, read_diary, remember
from autograder.study.mapping import Map, Place, draw_map
from autograder.study.watching import changed, stamps

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course.model import Course, Exercise, Room

LOOK_SECONDS = 0.3
YES = ("y", "Y", "是")


@dataclass
class Watch:
    """What one watch goes through: a course, the rooms looked at, and the exercise at hand."""

    console: "Console"
    course: "Course"
    rooms: Sequence["Room"]
    hidden: bool
    diary: Diary
    versions: dict[str, str] = field(default_factory=dict)
    current: "Exercise | None" = None

    def drawn(self) -> Map:
        """Return the map of the rooms that are looked at."""
        from dataclasses import replace

        return draw_map(replace(self.course, rooms=tuple(self.rooms)), self.diary, self.versions)


def watch(
    console: "Console", course: "Course", rooms: Sequence["Room"], exercises: Sequence[str], *, hidden: bool
) -> None:
    """Check, then check again whatever is saved, until q or Ctrl-C."""
    state = Watch(console, course, rooms, hidden, read_diary(diary_file(course.path)))
    # Looked at before anything is read, so that what is saved meanwhile is seen.
    seen = stamps(rooms)
    state.versions = versions_of(rooms)
    place = state.drawn().next
    state.current = course.exercise(exercises[0]) if exercises else place.exercise if place else None
    check_again(state, _names(state))
    with single_keys() as read:
        while (key := read(LOOK_SECONDS)) not in ("q", "Q"):
            if key:
                _obey(state, key, read)
            now = stamps(rooms)
            if now != seen:
                seen = now
                _look_again(state)


def check_again(state: Watch, names: Sequence[str]) -> None:
    """Check these exercises ("room.exercise"; none means all), show what came of it, and remember it."""
    from autograder.errors import AutograderError
    from autograder.grading.own import check_own
    from autograder.pages.terminal import student_page

    wanted = {name.partition(".")[0] for name in names}
    rooms = [room for room in state.rooms if not names or room.name in wanted]
    state.console.clear()
    try:
        report = check_own(state.course, rooms, names, hidden=state.hidden)
    except AutograderError as error:
        # A file that is being saved may be half there; the next save is looked at again.
        state.console.print(str(error), markup=False, style="red")
    else:
        state.console.print(student_page(report))
        state.diary = state.diary.with_report(report, state.versions)
        if problem := remember(diary_file(state.course.path), state.diary):
            state.console.print(problem, markup=False, style="yellow")
    _footer(state)


def _names(state: Watch) -> list[str]:
    return [f"{state.current.room}.{state.current.name}"] if state.current else []


def _look_again(state: Watch) -> None:
    """Check what differs from the last look; whatever it is becomes the exercise at hand."""
    now = versions_of(state.rooms)
    change = changed(state.course, state.versions, now)
    state.versions = now
    if change.exercises:
        if not set(_names(state)) & set(change.exercises):
            state.current = state.course.exercise(change.exercises[0])
        check_again(state, change.exercises)


def _obey(state: Watch, key: str, read: ReadKey) -> None:
    match key.lower():
        case "h":
            _hint(state)
        case "n":
            _go_on(state)
        case "l":
            from autograder.pages.studying import course_map

            state.console.clear()
            state.console.print(course_map(state.drawn()))
            _footer(state)
        case "c":
            check_again(state, [])
        case "x":
            _reset(state, read)
        case _:
            _footer(state)


def _hint(state: Watch) -> None:
    from autograder.pages.studying import hints_page
    from autograder.study.hinting import next_hint

    if state.current is None:
        return
    hints, state.diary = next_hint(state.current, state.diary, language())
    state.console.print(hints_page(_names(state)[0], hints))
    if problem := remember(diary_file(state.course.path), state.diary):
        state.console.print(problem, markup=False, style="yellow")


def _go_on(state: Watch) -> None:
    """Take the next exercise that is not done, from the one at hand on and then from the start."""
    places = state.drawn().places
    at = next((index for index, place in enumerate(places) if place.exercise == state.current), -1)
    waiting: list[Place] = [place for place in (*places[at + 1 :], *places[: at + 1]) if place.state != "done"]
    ready = [place for place in waiting if place.state != "later"] or waiting
    if not ready:
        state.console.print(say("Everything is done."), style="green")
        return
    state.current = ready[0].exercise
    check_again(state, _names(state))


def _reset(state: Watch, read: ReadKey) -> None:
    from autograder.errors import AutograderError
    from autograder.study.resetting import put_back

    if state.current is None:
        return
    (name,) = _names(state)
    question = say(
        "Put the stub of {name} back? What you wrote is kept in a file beside. y: yes, any other key: no", name=name
    )
    state.console.print(question, style="yellow")
    while not (answer := read(60.0)):
        pass
    if answer not in YES:
        state.console.print(say("Nothing was changed."))
        return
    try:
        kept = put_back(state.course, state.current)
    except AutograderError as error:
        state.console.print(str(error), markup=False, style="red")
        return
    state.console.print(
        say("{name} is its stub again; your file as it was: {kept}", name=name, kept=kept), markup=False
    )


def _footer(state: Watch) -> None:
    names = _names(state)
    at_hand = names[0] if names else say("everything is done")
    keys = say("h hint · n next · l list · c check all · x start over · q quit")
    state.console.print(say("watching; at hand: {name}", name=at_hand), style="dim", markup=False)
    state.console.print(keys, style="dim", markup=False)
