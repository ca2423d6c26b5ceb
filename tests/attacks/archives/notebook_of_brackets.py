"""A hundred thousand brackets, which exhaust the stack of a careless parser, and as many unclosed ones."""

MUST = {
    "origin": r"Brackets \d\.ipynb",
    "status": "unreadable",
    "says": "(nested too deeply|is not a notebook)",
    "reports": 3,
}


def hand_in(folder):
    for number, text in enumerate(("[" * 10**5 + "]" * 10**5, '{"cells":[' * 10**5, '{"a":' * 10**6)):
        (folder / f"Brackets {number}.ipynb").write_text(text)
