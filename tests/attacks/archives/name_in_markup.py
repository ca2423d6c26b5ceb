"""HTML for a page, and the markup that the terminal's library would take for colours and links."""

from zipping import ANSWER

MUST = {"origin": r"(<img.*|\[link=.*)", "status": "graded", "points": 3.0, "says": "", "reports": 2}
NAMES = (
    "<img src=x onerror=alert(1)>&amp;<\uff0fscript>",
    "[link=file:etc][bold red]Ann Berg[∕bold red][∕link] :skull:",
)


def hand_in(folder):
    for name in NAMES:
        (folder / f"{name}.py").write_text(ANSWER)
