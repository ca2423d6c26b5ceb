"""The decoder, and what the grader makes of the value in a reply."""

from contextlib import suppress
from functools import partial
from typing import Any

from target import Target
from wire_values import (
    DECODING,
    NAMED,
    RECORDS,
    REPLIES,
    expect_of_the_wire,
    same,
    value_input,
    value_seeds,
    worst_values,
)

from autograder.sandbox import process
from autograder.sandbox.outcome import Raised, Returned
from autograder.sandbox.worker import wire


def decode(data: bytes, special: wire.Special = wire.Special()) -> Any:  # noqa: B008 - immutable
    """The value in `data`; a decoder out of memory must not pass for a malformed message."""
    try:
        return wire.decode(data, special)
    except wire.Malformed as error:
        if "MemoryError" in str(error) or len(str(error)) > 500:
            raise AssertionError(str(error)) from error
        raise


def _expect_value(value: Any, special: wire.Special) -> str:
    expect_of_the_wire(value)
    try:
        again = wire.encode(value)
    except wire.Unsendable:
        return f"{type(value).__name__}, not to be sent back"
    assert same(wire.decode(again, special), value)
    return type(value).__name__


def _known_record(name: str, fields: tuple[str, ...]) -> Any:
    known = RECORDS.get(name)
    return known if known is not None and known._fields == fields else None


def _outcomes(data: bytes) -> list[Any]:
    value = decode(data)
    outcomes: list[Any] = []
    for read in (process._remarked, process._raised):
        with suppress(wire.Malformed):
            outcomes.append(read(value))
    return outcomes


def _expect_outcomes(outcomes: list[Any]) -> str:
    for outcome in outcomes:
        expect_outcome(outcome)
    return " ".join(type(outcome).__name__ for outcome in outcomes)


def expect_outcome(outcome: Any) -> None:
    """Assert that what a worker says about a call is bounded plain data."""
    if isinstance(outcome, Raised):
        assert len(outcome.type) <= 100
        assert len(outcome.message) <= 2000
        assert len(outcome.missing) <= 100
        assert len(outcome.frames) <= 20
        for file, line, function in outcome.frames:
            assert (len(file) <= 200, isinstance(line, int), len(function) <= 100) == (True,) * 3
        return
    assert isinstance(outcome, Returned)
    expect_of_the_wire(outcome.value)
    assert len(outcome.logs) <= 16
    assert len(outcome.warnings) <= 20
    for method, shape in (drawn for log in outcome.logs for drawn in log):
        assert len(method) <= 40
        assert len(shape) <= 8
        assert all(type(extent) is int for extent in shape)


RECORD_HOOK = wire.Special(record=_known_record)
MALFORMED = (wire.Malformed,)
TARGETS = (
    Target(
        "decode", 288_000, decode, partial(_expect_value, special=wire.Special()), MALFORMED, DECODING, value_seeds,
        value_input, worst_values,
    ),
    Target(
        "records", 100_000, partial(decode, special=RECORD_HOOK), partial(_expect_value, special=RECORD_HOOK),
        MALFORMED, DECODING, partial(value_seeds, NAMED), partial(value_input, values=NAMED),
    ),
    Target(
        "replies", 100_000, _outcomes, _expect_outcomes, MALFORMED, DECODING,
        partial(value_seeds, REPLIES), partial(value_input, values=REPLIES),
    ),
)  # fmt: skip
