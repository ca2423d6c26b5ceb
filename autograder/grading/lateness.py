"""What being late costs: a policy in the instructor's words, and what it takes off a score."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from autograder.errors import AutograderError
from autograder.language import phrase, say
from autograder.report import Lateness

DAY = 86_400
NO_POLICY = "none"
_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*%\s*/\s*day")
_TERMS: Mapping[str, re.Pattern[str]] = {
    "max": re.compile(r"max\s+(\d+(?:\.\d+)?)\s*%"),
    "grace": re.compile(r"grace\s+(\d+(?:\.\d+)?)\s*(m|min|h|d)"),
    "cutoff": re.compile(r"cut-?off\s+(\d+(?:\.\d+)?)\s*(m|min|h|d)"),
}
_SECONDS = {"m": 60, "min": 60, "h": 3600, "d": DAY}
_EXAMPLE = '"10%/day, max 50%, grace 15m, cutoff 5d"'


@dataclass(frozen=True)
class Policy:
    """percent: of the points earned, for each day begun, and at most so much; grace_seconds: cost nothing.

    cutoff_seconds: after which nothing is left.
    """

    percent: float
    most_percent: float = 100.0
    grace_seconds: float = 0.0
    cutoff_seconds: float | None = None


def read_policy(text: str) -> Policy | None:
    """Return the policy that a text describes, None for "none". Raises `AutograderError` for any other text."""
    first, *others = [part.strip() for part in text.strip().casefold().split(",")]
    if first == NO_POLICY and not others:
        return None
    rate = _RATE.fullmatch(first)
    if rate is None or float(rate[1]) > 100:
        raise AutograderError(
            f"--late {text!r} has to begin with a percentage a day up to 100, as in {_EXAMPLE}; or none"
        )
    terms: dict[str, re.Match[str]] = {}
    for part in others:
        found = {name: match for name, pattern in _TERMS.items() if (match := pattern.fullmatch(part))}
        if not found:
            raise AutograderError(
                f"--late {text!r}: {part!r} is none of max PERCENT%, grace TIME, cutoff TIME with a time such as 15m,"
                f" 2h or 3d; as in {_EXAMPLE}"
            )
        if found.keys() & terms.keys():
            raise AutograderError(f"--late {text!r} says {next(iter(found))} twice; say it once")
        terms |= found
    most = float(terms["max"][1]) if "max" in terms else 100.0
    if most > 100:
        raise AutograderError(f"--late {text!r}: more than 100% cannot be taken off; say max 100% or less")
    grace = _seconds(terms["grace"]) if "grace" in terms else 0.0
    cutoff = _seconds(terms["cutoff"]) if "cutoff" in terms else None
    if cutoff is not None and cutoff < grace:
        raise AutograderError(f"--late {text!r}: the cutoff comes before the grace ends; make it later")
    return Policy(float(rate[1]), most, grace, cutoff)


def _seconds(match: re.Match[str]) -> float:
    return float(match[1]) * _SECONDS[match[2]]


def lateness(policy: Policy | None, late_seconds: float, points: float) -> Lateness | None:
    """Return what a submission's lateness costs of its points; None when it was not late."""
    if late_seconds <= 0:
        return None
    share = share_lost(policy, late_seconds) if policy else 0.0
    penalty = points if share >= 1 else round(points * share, 6)
    return Lateness(
        round(late_seconds, 3), min(max(penalty, 0.0), max(points, 0.0)), _rule(policy, late_seconds, share)
    )


def share_lost(policy: Policy, late_seconds: float) -> float:
    """Return which share of the points is lost: never less for who is later, and never more than all."""
    if late_seconds <= policy.grace_seconds:
        return 0.0
    if policy.cutoff_seconds is not None and late_seconds > policy.cutoff_seconds:
        return 1.0
    return min(_days(late_seconds) * policy.percent, policy.most_percent) / 100


def _days(late_seconds: float) -> int:
    return math.ceil(late_seconds / DAY)


def _rule(policy: Policy | None, late_seconds: float, share: float) -> str:
    late = _told(late_seconds)
    if policy is None:
        return say("Handed in {late} after it was due.", late=late)
    if late_seconds <= policy.grace_seconds:
        return say(
            "Handed in {late} after it was due; the first {grace} cost nothing.",
            late=late,
            grace=_told(policy.grace_seconds),
        )
    if policy.cutoff_seconds is not None and late_seconds > policy.cutoff_seconds:
        return say(
            "Handed in {late} after it was due; later than {cutoff} earns no points.",
            late=late,
            cutoff=_told(policy.cutoff_seconds),
        )
    days, rate, percent = _days(late_seconds), f"{policy.percent:.6g}", f"{100 * share:.6g}"
    if days * policy.percent > policy.most_percent:
        return say(
            "Handed in {late} after it was due; each day begun costs {rate} % of the points, {percent} % at most.",
            late=late,
            rate=rate,
            percent=percent,
        )
    return say(
        "Handed in {late} after it was due; each day begun costs {rate} % of the points, {percent} % here.",
        late=late,
        rate=rate,
        percent=percent,
    )


_UNITS = ((DAY, phrase("{n} d")), (3600, phrase("{n} h")), (60, phrase("{n} min")), (1, phrase("{n} s")))


def _told(seconds: float) -> str:
    """Return a length of time in its two greatest units: "2 d 5 h"."""
    left = math.ceil(seconds)
    parts: list[str] = []
    for size, unit in _UNITS:
        number, left = divmod(left, size)
        if number and len(parts) < 2:
            parts.append(say(unit, n=number))
    return " ".join(parts) or say("{n} s", n=0)
