"""What came of each check of each submission, so that nobody is quick by doing other work."""

from collections.abc import Iterable

# By submission and then by "room:check"; whether it passed.
Outcomes = dict[str, dict[str, bool]]


def agreement(one: Outcomes, other: Outcomes) -> tuple[float, list[str]]:
    """Return the share of checks with the same outcome in both, and the places where they differ.

    Only submissions that both have graded count; a check that one of them has not run is a difference.
    """
    places = [
        (submission, check)
        for submission in sorted(one.keys() & other.keys())
        for check in sorted(one[submission].keys() | other[submission].keys())
    ]
    differing = list(_differing(places, one, other))
    return (1.0 - len(differing) / len(places) if places else 0.0), differing


def _differing(places: Iterable[tuple[str, str]], one: Outcomes, other: Outcomes) -> Iterable[str]:
    for submission, check in places:
        if one[submission].get(check) is not other[submission].get(check):
            yield f"{submission} {check}"
