"""What magics turn into, written out: there is no IPython in the sandbox, and no answer needs one, so it is not run."""

from zipping import ANSWER, notebook

MUST = {"origin": r"IPython\.ipynb", "status": "graded", "points": 3.0, "says": ""}


def hand_in(folder):
    call = "get_ipython().system('touch /tmp/autograder-slipped-out')"
    (folder / "IPython.ipynb").write_text(notebook(call, ANSWER))
