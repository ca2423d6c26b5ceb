"""Rows of results: what was measured, what is required, and how both are shown."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Bound:
    """A number to be reached from above or from below."""

    sign: Literal[">=", "<=", "<"]
    number: float

    def admits(self, value: float) -> bool:
        """Whether `value` is good enough."""
        match self.sign:
            case ">=":
                return value >= self.number
            case "<=":
                return value <= self.number
            case _:
                return value < self.number

    def __str__(self) -> str:
        return f"{self.sign} {self.number:g}"


@dataclass(frozen=True)
class Row:
    """One measurement. value: None when it could not be had, and then `note` says why. rounds: value by round."""

    name: str
    value: float | None
    unit: str = ""
    required: Bound | None = None
    target: Bound | None = None
    rounds: tuple[float, ...] = ()
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether something is required here and not reached."""
        return self.required is not None and (self.value is None or not self.required.admits(self.value))


def number(value: float) -> str:
    """Return a number with as many digits as mean something."""
    if value == 0.0:
        return "0"
    digits = 3 if abs(value) < 10 else 4
    return f"{value:.{digits}g}" if abs(value) < 10_000 else f"{value:,.0f}"


HEAD = ("", "measured", "required", "", "target", "by round", "")


def show(rows: Sequence[Row]) -> str:
    """Return the rows as a table of plain text."""
    lines = [HEAD, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    value = "not available" if row.value is None else f"{number(row.value)} {row.unit}".rstrip()
    verdict = "" if row.required is None else "MISSED" if row.missed else "ok"
    return (
        row.name,
        value,
        str(row.required or ""),
        verdict,
        str(row.target or ""),
        " ".join(map(number, row.rounds)),
        row.note,
    )


def write_json(path: Path, rows: Iterable[Row], facts: Mapping[str, object]) -> None:
    """Write the rows and what they depend on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {**facts, "rows": [{**asdict(row), "missed": row.missed} for row in rows]}
    path.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", encoding="utf-8")
