"""Show in a notebook what the terminal shows: as HTML for light and dark themes, and as plain text."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 100

# Of middling lightness, so that each is read as well on white as on black. What has no colour of its own takes the
# notebook's, and what is dim comes out halfway between the two below.
_PAPER, _INK = (255, 255, 255), (0, 0, 0)
_GREY = (125, 125, 125)
_COLOURS = [_GREY, (214, 60, 56), (24, 142, 66), (160, 118, 0), (46, 122, 214), (176, 80, 196), (0, 136, 148), _GREY]

_PRE = (
    '<pre style="margin:0;padding:0;background:transparent;color:inherit;white-space:pre;overflow-x:auto;'
    "line-height:1.35;font-family:var(--jp-code-font-family,ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',"
    'monospace)">'
)


def as_outputs(page: "RenderableType") -> dict[str, str]:
    """Return a page by media type, as Jupyter wants it."""
    from rich.console import Console
    from rich.terminal_theme import TerminalTheme

    console = Console(
        file=io.StringIO(), record=True, width=WIDTH, force_terminal=True, force_jupyter=False, highlight=False,
        color_system="truecolor", legacy_windows=False,
    )  # fmt: skip
    console.print(page)
    theme = TerminalTheme(_PAPER, _INK, _COLOURS, _COLOURS)
    html = console.export_html(theme=theme, code_format="{code}", inline_styles=True, clear=False)
    lines = [line.rstrip() for line in console.export_text().split("\n")]
    return {"text/html": f"{_PRE}{html.rstrip()}</pre>", "text/plain": "\n".join(lines).strip("\n")}


def show(page: "RenderableType") -> None:
    """Show a page under the cell that runs."""
    from IPython.display import display

    display(as_outputs(page), raw=True)  # type: ignore[no-untyped-call]


def tell(sentence: str) -> None:
    """Show one sentence that explains why there is nothing else to show."""
    from autograder.pages.marks import plain_text

    show(plain_text(sentence, 2_000))
