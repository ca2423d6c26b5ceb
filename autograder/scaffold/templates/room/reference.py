"""$title.

A page of text for students: which problem these functions solve, with which equations, what to look at.
"""

import numpy as np
