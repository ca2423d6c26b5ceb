"""The command line: reads options, calls the work below, prints, and ends with an exit code.

Everything heavy is imported inside the commands, so that `autograder --help` answers at once.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import click

from autograder import __version__
from autograder.cli import (
    authors,
    canvas,
    collecting,
    courses,
    exporting,
    instructors,
    lti,
    nbgrader,
    packaging,
    platforms,
    releasing,
    scaffolding,
    students,
)
from autograder.cli.languages import LANGUAGE, Spoken, in_short
from autograder.cli.shared import FAULTS, USAGE
from autograder.errors import AutograderError, GraderFault
from autograder.grading.interrupting import INTERRUPTED
from autograder.language import phrase, say


class _Commands(Spoken, click.Group):
    """Ends a command that met an expected error with its message and exit code 2 or 3, never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AutograderError as error:
            click.echo(f"autograder: {error}", err=True)
            ctx.exit(FAULTS if isinstance(error, GraderFault) else USAGE)
        except KeyboardInterrupt:
            click.echo(say("autograder: interrupted"), err=True)
            ctx.exit(INTERRUPTED)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by whom they are for, each in a few words."""
        del ctx
        shown = {title: [each for each in commands if not each.hidden] for title, commands in COMMANDS.items()}
        widest = max(len(each.name or "") for commands in shown.values() for each in commands)
        for title, commands in shown.items():
            with formatter.section(say(title)):
                formatter.write_dl([((each.name or "").ljust(widest), in_short(each)) for each in commands])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="autograder")
def main() -> None:
    """Grade untrusted numpy exercises in a sandbox and name each mistake.

    \b
    Students:     autograder check a05_softmax
    Instructors:  autograder grade submissions/
    Authors:      autograder audit a05_softmax
    """


COMMANDS: Mapping[str, Sequence[click.Command]] = {
    phrase("For students"): (
        students.check,
        students.hint,
        students.course_map,
        students.pictures,
        releasing.submit,
    ),
    phrase("For instructors"): (
        releasing.release,
        instructors.grade,
        exporting.export,
        collecting.collect,
        packaging.package,
        instructors.doctor,
        packaging.gradescope_run,
    ),
    phrase("For course authors"): (
        scaffolding.new,
        authors.audit,
        authors.stubs,
        authors.simulate,
        courses.coverage,
        courses.calibrate,
    ),
}
main.params.append(LANGUAGE)
for command in chain.from_iterable(COMMANDS.values()):
    command.params.append(LANGUAGE)
    main.add_command(command)
exporting.export.add_command(lti.lti)
exporting.export.add_command(nbgrader.nbgrader)
exporting.export.add_command(platforms.gradebook)
exporting.export.add_command(platforms.moodle)
exporting.export.add_command(canvas.canvas)
