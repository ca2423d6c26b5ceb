"""What a student sees of their way through the course: the map, and an exercise's hints."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autograder.language import language, say
from autograder.pages.marks import plain_text, points
from autograder.study.hinting import Hints
from autograder.study.mapping import Map, Place

_SIGNS = {"done": ("✓", "green"), "begun": ("◐", "yellow"), "open": ("○", ""), "later": ("·", "dim")}
_STARS = 5


def course_map(drawn: Map) -> RenderableType:
    """Return every exercise on a line, by room: how it stands, how hard it is, what it waits for."""
    parts: list[RenderableType] = []
    for room, places in drawn.rooms:
        done = sum(place.state == "done" for place in places)
        head = Text.assemble((room.name, "bold"), "  ", room.title[language()], (f"  {done}/{len(places)}", "dim"))
        parts += [head, Padding(_exercises(places), (0, 0, 1, 2))]
    return Group(*parts, _legend(), _where_next(drawn))


def _exercises(places: tuple[Place, ...]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(5):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for place in places:
        sign, style = _SIGNS[place.state]
        exercise, entry = place.exercise, place.entry
        earned = f"{points(entry.points)} / {points(entry.max_points)}" if entry.max_points else ""
        table.add_row(
            Text(sign, style=style),
            Text(exercise.name, style=style),
            Text("★" * exercise.difficulty + "☆" * (_STARS - exercise.difficulty), style="dim"),
            Text(say("{minutes} min", minutes=exercise.minutes), style="dim"),
            Text(earned),
            _remark(place),
        )
    return table


def _remark(place: Place) -> Text:
    if place.changed:
        return Text(say("changed since it was checked"), style="yellow")
    if place.state == "later":
        names = [name.removeprefix(f"{place.exercise.room}.") for name in place.waits_for]
        return Text(say("first: {names}", names=", ".join(names)), style="dim")
    return Text(place.exercise.title[language()], style="dim")


def _legend() -> Text:
    told = {
        "done": say("done"),
        "begun": say("begun"),
        "open": say("open"),
        "later": say("better after what it names"),
    }
    return Text("   ".join(f"{_SIGNS[state][0]} {words}" for state, words in told.items()), style="dim")


def _where_next(drawn: Map) -> Text:
    if drawn.next is None:
        return Text(say("Everything is done."), style="green")
    exercise = drawn.next.exercise
    name = f"{exercise.room}.{exercise.name}"
    done, total = sum(place.state == "done" for place in drawn.places), len(drawn.places)
    counted = say("{done} of {total} done", done=done, total=total)
    line = say("next: autograder check {name}", name=name)
    return Text(f"{counted}\n{line}", style="bold")


def hints_page(name: str, hints: Hints, check: str = "autograder check") -> RenderableType:
    """Return the hints that are open, numbered, and what the next one waits for.

    check: the command that checks an exercise where this is read.
    """
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for level, text in enumerate(hints.shown, start=1):
        table.add_row(Text(f"{level}/{hints.levels}", style="bold"), plain_text(text, 2_000))
    return Group(Text(name, style="bold"), table, Text(_what_is_next(f"{check} {name}", hints), style="dim"))


def _what_is_next(command: str, hints: Hints) -> str:
    if hints.missing:
        return say(
            "The last hint is nearly the answer: it opens after two different attempts that fail; {missing} to go."
            " Run {command} after each.",
            missing=hints.missing,
            command=command,
        )
    if len(hints.shown) < hints.levels:
        return say("Ask again for the next one.")
    return say("That was the last one.")
