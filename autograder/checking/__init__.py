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
    from autograder.checking.marks import exercise, hidden, law, points, public, see, suggest
    from autograder.checking.statistics import assert_fraction, assert_mean, assert_variance
    from autograder.course.mistakes import equivalent, mistake, variant
    from autograder.sandbox.worker.generators import RecordingRNG, ScriptedRNG, SeededRNG

__all__ = [
    "CheckFailed",
    "RecordingRNG",
    "ScriptedRNG",
    "SeededRNG",
    "assert_close",
    "assert_dtype",
    "assert_fraction",
    "assert_gradient",
    "assert_keys",
    "assert_mean",
    "assert_shape",
    "assert_variance",
    "equivalent",
    "exercise",
    "hidden",
    "law",
    "mistake",
    "points",
    "public",
    "require",
    "see",
    "suggest",
    "variant",
]

_HOMES = {
    "autograder.checking.compare": ("assert_close", "assert_dtype", "assert_keys", "assert_shape", "require"),
    "autograder.checking.failure": ("CheckFailed",),
    "autograder.checking.gradients": ("assert_gradient",),
    "autograder.checking.marks": ("exercise", "hidden", "law", "points", "public", "see", "suggest"),
    "autograder.checking.statistics": ("assert_fraction", "assert_mean", "assert_variance"),
    "autograder.course.mistakes": ("equivalent", "mistake", "variant"),
    "autograder.sandbox.worker.generators": ("RecordingRNG", "ScriptedRNG", "SeededRNG"),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
