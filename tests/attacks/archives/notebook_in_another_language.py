"""R, in a notebook."""

from zipping import notebook

MUST = {"origin": r"Other Language\.ipynb", "status": "unreadable", "says": "is a notebook in R, not in Python"}


def hand_in(folder):
    (folder / "Other Language.ipynb").write_text(notebook("x <- 1", metadata={"kernelspec": {"language": "R"}}))
