"""The command that turns reports into the files and calls of other platforms; each platform adds its own below it."""

from pathlib import Path

import click

GRADES = click.argument("grades", type=click.Path(path_type=Path), default=Path("grades"))


@click.group()
def export() -> None:
    """Write what a platform takes, from the reports in a folder of GRADES (default: grades).

    \b
    autograder export csv grades/
    autograder export moodle grades/ --sheet Grades-CS101.csv
    autograder export COMMAND --help
    """
