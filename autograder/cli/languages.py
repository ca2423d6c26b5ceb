"""The option --lang, which every command takes, and help in the language that it asks for."""

import copy
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import click

from autograder.errors import AutograderError
from autograder.language import ENGLISH, LANGUAGES, language, language_of, speak

_LINE = 66


def _choose(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    """Speak the language that was asked for; before any command, else that of AUTOGRADER_LANG."""
    try:
        if value is not None or ctx.parent is None:
            speak(value or language_of())
    except AutograderError as error:
        raise click.UsageError(str(error)) from error


LANGUAGE = click.Option(
    ["--lang"],
    type=click.Choice(LANGUAGES),
    expose_value=False,
    is_eager=True,
    callback=_choose,
    help="Language of all that is said. Default: that of AUTOGRADER_LANG, else en.",
)


class Spoken(click.Command):
    """A command whose help comes in the language of this process, where it is written."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        super(Spoken, self.spoken()).format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help."""
        return super(Spoken, self.spoken()).get_short_help_str(limit)

    def spoken(self) -> "Spoken":
        """Return this command with what is translated of its texts."""
        texts = _texts().get(self.name or "", {})
        command = copy.copy(self)
        command.help = texts.get("help", self.help)
        command.params = [_spoken(each, texts.get(each.name or "") or _common(each)) for each in self.params]
        return command


def in_short(command: click.Command) -> str:
    """Return what a command does in a few words: the first sentence of its help, or what is written for it."""
    text: str | None = _texts().get("short", {}).get(command.name or "")
    return text or command.get_short_help_str(_LINE)


def _spoken(parameter: click.Parameter, text: str | None) -> click.Parameter:
    if text is None or not isinstance(parameter, click.Option):
        return parameter
    option = copy.copy(parameter)
    option.help = text
    return option


def _common(parameter: click.Parameter) -> str | None:
    text: str | None = _texts().get("options", {}).get(parameter.name or "")
    return text


def _texts() -> dict[str, Any]:
    return {} if language() == ENGLISH else _read(language())


@cache
def _read(chosen: str) -> dict[str, Any]:
    return tomllib.loads(files("autograder").joinpath("texts", f"help.{chosen}.toml").read_text(encoding="utf-8"))
