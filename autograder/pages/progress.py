"""The bar that goes along while many things are graded."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from autograder.language import say
from autograder.report import Report


@contextmanager
def progress_bar(console: Console) -> Iterator[Progress]:
    """Yield a progress display whose tasks have the fields `rate` and `faults`; silent where nobody watches."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[faults]}"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield progress


@contextmanager
def grading_bar(console: Console, total: int) -> Iterator[Callable[[Sequence[Report]], None]]:
    """Yield what moves a bar to the number of reports that it is given, with their rate and their faults."""
    with progress_bar(console) as progress:
        bar = progress.add_task(say("grading"), total=total, rate="", faults="")
        faults = 0

        def tell(reports: Sequence[Report]) -> None:
            nonlocal faults
            if reports[-1].reused:
                # The time that these take says nothing of the time that is left.
                progress.reset(bar, completed=len(reports))
                return
            faults += bool(reports[-1].faults)
            speed = progress.tasks[bar].speed
            rate = f"{speed:.1f}/s" if speed else ""
            progress.update(
                bar, completed=len(reports), rate=rate, faults=say("{n} faults", n=faults) if faults else ""
            )

        yield tell
