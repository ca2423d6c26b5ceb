"""The marks on a check: thin pytest marks that leave the decorated function as it is."""

from collections.abc import Callable
from typing import Any, TypeVar

import pytest

Check = TypeVar("Check", bound=Callable[..., Any])


def exercise(name: str) -> Callable[[Check], Check]:
    """Mark which exercise the check belongs to: "softmax"."""
    return pytest.mark.exercise(name)


def law(text: str) -> Callable[[Check], Check]:
    """Mark the law that the check stands for: "softmax(z + c) = softmax(z), column by column"."""
    return pytest.mark.law(text)


def points(n: float) -> Callable[[Check], Check]:
    """Mark what the check is worth."""
    return pytest.mark.points(n)


def public(check: Check) -> Check:
    """Mark a check that students receive; its inputs and its numbers are shown."""
    marked: Check = pytest.mark.public(check)
    return marked


def hidden(check: Check) -> Check:
    """Mark a check that students do not receive; no input and no number of it is ever shown."""
    marked: Check = pytest.mark.hidden(check)
    return marked


def spoiled_by(*mistakes: str) -> Callable[[Check], Check]:
    """Mark a check of a capstone with the mistakes of the room that must make it fail, by their names."""
    return pytest.mark.spoiled_by(*mistakes)


def see(place: str) -> Callable[[Check], Check]:
    """Mark where to read on when the check fails: "F4 §1.5.2, last equation"."""
    return pytest.mark.see(place)


def suggest(text: str) -> Callable[[Check], Check]:
    """Mark what to try next when the check fails: "add the terms one at a time"."""
    return pytest.mark.suggest(text)
