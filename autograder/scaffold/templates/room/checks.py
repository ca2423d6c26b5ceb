"""What $room asks of a student's $module.py."""

import numpy as np

from autograder.checking import assert_close, assert_shape, exercise, hidden, law, points, public, suggest
