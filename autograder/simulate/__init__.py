"""Make up a cohort whose truth is known: submissions as students hand them in, and what each must be given."""

from autograder.simulate.cohort import simulate
from autograder.simulate.truth import compare

__all__ = ["compare", "simulate"]
