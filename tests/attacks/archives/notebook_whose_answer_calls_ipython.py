"""An answer that needs what magics turn into: there is no IPython in the sandbox, and the answer does not load."""

from zipping import ANSWER, notebook

MUST = {"origin": r"IPython\.ipynb", "status": "graded", "points": 0.0, "says": "get_ipython"}


def hand_in(folder):
    call = "scale = get_ipython().system('touch /tmp/autograder-slipped-out')"
    (folder / "IPython.ipynb").write_text(notebook(call, ANSWER.replace("def ", "def also(x=scale):\n    pass\n\n\ndef ", 1)))
