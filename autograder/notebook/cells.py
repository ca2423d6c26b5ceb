"""The cells of a kernel that ran without an error, in the order in which they ran."""

from typing import Any

from autograder.intake.magics import plain_python
from autograder.sandbox.worker.definitions import Cell

_MOST_CELLS = 10_000
_OWN = "_autograder_cells"


class Cells:
    """Listens to a shell: holds what ran before, as far as its history tells, and whatever runs from now on."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self.ran = _history(shell)
        shell.events.register("post_run_cell", self._remember)

    def _remember(self, result: Any) -> None:
        text = getattr(result.info, "raw_cell", None)
        # The body of `%%check` is a cell of its own, which has run already, or failed.
        if result.success and isinstance(text, str) and not text.lstrip().startswith("%%check"):
            number = result.execution_count or self._shell.execution_count
            cell = _cell(int(number), text)
            self.ran = [*self.ran[1 - _MOST_CELLS :], *[cell] * bool(cell.text.strip())]


def cells_of(shell: Any) -> Cells:
    """Return what listens to this shell; it begins to when it is first asked for."""
    cells = getattr(shell, _OWN, None)
    if not isinstance(cells, Cells):
        cells = Cells(shell)
        setattr(shell, _OWN, cells)
    return cells


def _history(shell: Any) -> list[Cell]:
    """Return the cells before the one that runs now; those that raised are known by their exceptions."""
    texts: list[str] = list(shell.history_manager.input_hist_raw)
    failed = getattr(shell.history_manager, "exceptions", {})
    numbered = enumerate(texts[: shell.execution_count])
    ran = (_cell(number, text) for number, text in numbered if number and number not in failed)
    return [cell for cell in ran if cell.text.strip()]


def _cell(number: int, text: str) -> Cell:
    return Cell(number, plain_python(text)[0])
