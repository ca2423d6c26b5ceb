"""Right in other ways: what the checks of $room must accept."""

import numpy as np

from autograder.checking import variant
