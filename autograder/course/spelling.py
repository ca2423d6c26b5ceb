"""Guess what a misspelt name was meant to be."""

import difflib
from collections.abc import Iterable

from autograder.language import say


def did_you_mean(seen: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the known name nearest to `seen`, or "" when none is near."""
    near = difflib.get_close_matches(seen, sorted(known), n=1, cutoff=0.6)
    return say(" Did you mean {name!r}?", name=near[0]) if near else ""
