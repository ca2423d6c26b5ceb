"""The answer, and sixty megabytes of what it printed."""

import json

from zipping import ANSWER, notebook

MUST = {"origin": r"Printed\.ipynb", "status": "unreadable", "says": "is larger than 8 MiB"}


def hand_in(folder):
    printed = {"output_type": "stream", "name": "stdout", "text": "0.123456789\n" * 5_000_000}
    book = json.loads(notebook(ANSWER))
    book["cells"][0]["outputs"] = [printed]
    (folder / "Printed.ipynb").write_text(json.dumps(book))
