"""The course inside Jupyter: `%load_ext autograder`, then `%check softmax_loss` and `%hint softmax_loss`.

The kernel is the student's own. What they have defined there is taken as text and checked in another process, as the
terminal does it, so that nothing which a notebook has done to numpy or to itself reaches the checks.
"""
