"""An answer that needs what magics turn into: there is no IPython in the sandbox, and the answer does not load."""

from zipping import ANSWER, notebook

MUST = {"origin": r"Needs IPython\.ipynb", "status": "graded", "points": 0.0, "says": "get_ipython"}


def hand_in(folder):
    call = "scale = get_ipython().system('touch /tmp/autograder-slipped-out')"
    answer = ANSWER.replace("def ", "BASE = scale\n\n\ndef ", 1)
    first = answer.index(":\n    ", answer.index("def ")) + 2
    answer = f"{answer[:first]}    BASE\n{answer[first:]}"
    (folder / "Needs IPython.ipynb").write_text(notebook(call, answer))
