"""Output and exceptions that clear a screen, rename a window, answer for the reader, turn text around."""

import sys

MUST = {
    "verdicts": {"one_hot": "crashed", "softmax": "failed"},
    "says": {"one_hot": r"ValueError: .*x1b", "softmax": "holds|shape|None|text"},
}

TRICKS = (
    "\x1b[2J\x1b[H\x1b]0;all points\x07\x1b]8;;http://127.0.0.1:47113/\x1b\\click\x1b]8;;\x1b\\"
    '\x1b[6n\x1b[>c\x1bP$q"p\x1b\\\x9b31m\x90\x9c\x05\x0e\x00\x08\x7f\r\x0b\x0c'
    "\u202etnedutS\u202c\u2066\u2028\u2029\u200b\ufeff\ud800\U000e0041"
    "<script>alert(1)</script><img src=http://127.0.0.1:47113/x>[link](javascript:alert(1))=cmd|' /C calc'!A0"
    "[bold red]passed[/]::set-output name=points::20\n::error::x\n##vso[task.complete]\n</testcase>]]>"
)


def one_hot(y, num_classes):
    """Raise it."""
    raise ValueError(TRICKS)


def softmax(Z):
    """Print it, as text and as bytes, and return it."""
    for stream in (sys.stdout, sys.stderr):
        stream.buffer.write(TRICKS.encode("utf-8", "surrogatepass") + b"\xff\xfe\xc0\x80\x00")
        stream.flush()
    return TRICKS
