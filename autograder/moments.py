"""Moments in time, as platforms write them: UTC, milliseconds, "Z"."""

from datetime import UTC, datetime


def in_utc(when: datetime) -> str:
    """Return a moment as "2026-11-20T08:24:20.000Z", which every platform takes."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def moment_of(text: str) -> datetime:
    """Return the moment that `in_utc` wrote, or any ISO 8601 time that says how far from UTC it is.

    Raises ValueError for anything else.
    """
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        raise ValueError(f"{text!r} does not say how far from UTC it is")
    return when.astimezone(UTC)


def in_words(text: str) -> str:
    """Return a moment that `in_utc` wrote as people read it: "2026-11-20 08:24:20 UTC"."""
    return f"{moment_of(text):%Y-%m-%d %H:%M:%S} UTC"
