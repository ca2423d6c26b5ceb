"""What a room's checks, mistakes and variants are written with.

Names are imported when they are first asked for: pytest loads this package's plugin in every environment that has
it, and numpy should not be the price of somebody else's tests.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.checking.compare import assert_close, assert_dtype, assert_keys, assert_shape, require
    from autograder.checking.failure import CheckFailed
    from autograder.checking.gradients import assert_gradient
    from autograder.checking.marks import exercise, hidden, law, points, public, see, spoiled_by, suggest
    from autograder.checking.statistics import assert_fraction, assert_mean, assert_variance
    from autograder.checking.trials import assert_bars, at_least, at_most, trial
    from autograder.course.mistakes import equivalent, mistake, variant
    from autograder.language import say
    from autograder.sandbox.worker.generators import RecordingRNG, ScriptedRNG, SeededRNG

__all__ = [
    "CheckFailed",
    "RecordingRNG",
    "ScriptedRNG",
    "SeededRNG",
    "assert_bars",
    "assert_close",
    "assert_dtype",
    "assert_fraction",
    "assert_gradient",
    "assert_keys",
    "assert_mean",
    "assert_shape",
    "assert_variance",
    "at_least",
    "at_most",
    "equivalent",
    "exercise",
    "hidden",
    "law",
    "mistake",
    "points",
    "public",
    "require",
    "say",
    "see",
    "spoiled_by",
    "suggest",
    "trial",
    "variant",
]

_HOMES = {
    "autograder.checking.compare": ("assert_close", "assert_dtype", "assert_keys", "assert_shape", "require"),
    "autograder.checking.failure": ("CheckFailed",),
    "autograder.checking.gradients": ("assert_gradient",),
    "autograder.checking.marks": ("exercise", "hidden", "law", "points", "public", "see", "spoiled_by", "suggest"),
    "autograder.checking.statistics": ("assert_fraction", "assert_mean", "assert_variance"),
    "autograder.checking.trials": ("assert_bars", "at_least", "at_most", "trial"),
    "autograder.course.mistakes": ("equivalent", "mistake", "variant"),
    "autograder.language": ("say",),
    "autograder.sandbox.worker.generators": ("RecordingRNG", "ScriptedRNG", "SeededRNG"),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
