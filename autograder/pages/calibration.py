"""What `autograder audit --times` shows: the reference's times beside the limits."""

from collections.abc import Iterable
from typing import Protocol

from rich import box
from rich.table import Table
from rich.text import Text

from autograder.pages.marks import plain_text


class Timed(Protocol):
    """One row: an exercise, what the reference took, how many times slower an answer may be, and what to change."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def call_seconds(self) -> float: ...  # noqa: D102
    @property
    def wall_seconds(self) -> float: ...  # noqa: D102
    @property
    def room_to_spare(self) -> float: ...  # noqa: D102
    @property
    def advice(self) -> str: ...  # noqa: D102


def times_table(timings: Iterable[Timed]) -> Table:
    """Return one row an exercise: slowest call and all calls in milliseconds, and how much slower an answer may be."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("exercise", overflow="fold")
    for heading in ("ms a call", "ms in all", "may be slower"):
        table.add_column(heading, justify="right", no_wrap=True)
    for timing in timings:
        style = "red" if timing.advice else "green"
        table.add_row(
            plain_text(timing.name, 70),
            f"{timing.call_seconds * 1e3:.2f}",
            f"{timing.wall_seconds * 1e3:.2f}",
            Text(f"{timing.room_to_spare:,.0f} times", style=style),
        )
    return table
