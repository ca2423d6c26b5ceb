"""Known wrong ways to write $module.py: what each author believed, and which check must object."""

import numpy as np

from autograder.checking import mistake
