"""The magics `%check`, `%%check`, `%hint` and, for nbgrader, `%points` of an IPython shell."""

from collections.abc import Callable
from typing import Any

from autograder.errors import AutograderError
from autograder.language import language_of, say, speaking
from autograder.notebook.cells import cells_of


def register(shell: Any) -> None:
    """Give a shell the magics, and begin to remember which of its cells ran."""
    cells_of(shell)

    def check(line: str, cell: str | None = None) -> None:
        """Check an exercise, or with no name all that is defined; `%%check NAME` runs the cell first."""
        _answer(lambda: _check(shell, line, cell))

    def hint(line: str) -> None:
        """Show the next hint of an exercise."""
        _answer(lambda: _hint(line))

    def points(line: str) -> float:
        """Return what an exercise has earned out of so many points, for a test cell of nbgrader."""
        name, _, most = line.strip().partition(" ")
        with speaking(language_of()):
            return _points(shell, name, most)

    shell.register_magic_function(check, magic_kind="line_cell", magic_name="check")
    shell.register_magic_function(hint, magic_kind="line", magic_name="hint")
    shell.register_magic_function(points, magic_kind="line", magic_name="points")


def _answer(work: Callable[[], None]) -> None:
    """Do what a magic is for; an expected error becomes a sentence under the cell."""
    from autograder.notebook.showing import tell

    try:
        with speaking(language_of()):
            try:
                work()
            except AutograderError as error:
                tell(str(error))
    except AutograderError as error:
        # The language itself is not known.
        tell(str(error))


def _check(shell: Any, line: str, cell: str | None) -> None:
    from autograder.notebook.commands import check
    from autograder.notebook.showing import tell

    # An empty first line in place of the magic, so that errors name the lines that the student sees.
    if cell is not None and not shell.run_cell(f"\n{cell}").success:
        tell(say("The cell raised an error, so nothing was checked."))
        return
    check(shell, line.strip())


def _hint(line: str) -> None:
    from autograder.notebook.commands import hint

    if not line.strip():
        raise AutograderError(say("write the name of an exercise: %hint softmax"))
    hint(line.strip())


def _points(shell: Any, name: str, most: str) -> float:
    from autograder.notebook.commands import points

    try:
        return points(shell, name, float(most))
    except ValueError:
        raise AutograderError(say("write an exercise and what it is worth: %points softmax 5")) from None
