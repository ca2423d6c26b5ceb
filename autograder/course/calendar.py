"""What course.toml says of time: when rooms are due, and when students may see what came of hidden checks."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast, get_args

from autograder.course.tables import Table, refuse_unknown, table_of, unexpected
from autograder.moments import in_utc
from autograder.report import HiddenResults


def hidden_results_of(top: Table) -> HiddenResults:
    """Return when students may see what came of each hidden check."""
    for choice in get_args(HiddenResults):
        if top.values.get("hidden_results", "hidden") == choice:
            return cast("HiddenResults", choice)
    raise unexpected(top, "hidden_results", f"one of {', '.join(get_args(HiddenResults))}")


def due_of(top: Table, rooms: list[str]) -> Mapping[str, str]:
    """Return when each room is due, in UTC."""
    if "due" not in top.values:
        return {}
    table = table_of(top, "due")
    refuse_unknown(table, rooms)
    for room, when in table.values.items():
        if not isinstance(when, datetime) or when.tzinfo is None:
            raise unexpected(table, room, "a date and time with its distance from UTC, as 2026-12-01T23:59:00+01:00")
    return {room: in_utc(when) for room, when in table.values.items() if isinstance(when, datetime)}
