"""The language that this process speaks to people, and the sentences it speaks.

A sentence is written where it is needed, in English, as a template: `say("{name} is {seen}", name=…, seen=…)`. The
template is its own key: `texts/<language>.toml` holds the same sentence in another language with the same
placeholders, and so does `texts.<language>.toml` in a room for what its checks say. A sentence that a language lacks
comes in English; the tests see to it that none is lacking.

The language is chosen once, when the process starts: by the command line, which hands it on to the graders with the
task. It is no part of what decides a verdict or a point.
"""

import os
import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from autograder.errors import AutograderError

Language: TypeAlias = Literal["en", "zh"]
ENGLISH: Language = "en"
LANGUAGES: tuple[Language, ...] = (ENGLISH, "zh")
LANGUAGE_VARIABLE = "AUTOGRADER_LANG"


@dataclass(frozen=True)
class _Speech:
    """What is spoken: the language, its sentences by their English, and whether a missing one is an error."""

    language: Language = ENGLISH
    sentences: dict[str, str] = field(default_factory=dict)
    strict: bool = False


_now = _Speech()


def say(template: str, /, **values: object) -> str:
    """Return the sentence in the language of this process, `values` put in its {places}.

    Without values the text is taken as it stands, braces and all. Values may have format specs: "{total:.3g}".
    """
    if _now.language == ENGLISH:
        return template.format(**values) if values else template
    text = _now.sentences.get(template, template)
    if text is template and _now.strict and has_words(template):
        raise AutograderError(f"there is no {_now.language} for: {template}")
    return _fitted(text, values).format(**values) if values else text


def _fitted(text: str, values: Mapping[str, object]) -> str:
    """Return the template without the spaces that would part a Chinese value, or none, from the Chinese beside it."""
    for name, value in values.items():
        if not isinstance(value, str):
            continue
        if not value or _CHINESE.match(value[-1]):
            text = re.sub(rf"(\{{{name}\}}) (?={_CHINESE.pattern})", r"\1", text)
        if not value or _CHINESE.match(value[0]):
            text = re.sub(rf"(?<={_CHINESE.pattern}) (\{{{name}\}})", r"\1", text)
    return text


def label(text: str) -> str:
    """Return what a thing is called: in the language of this process if its name is made of words, else as it is."""
    return _now.sentences.get(text, text) if _now.language != ENGLISH else text


def phrase(template: str) -> str:
    """Return the template as it is: it stands in a table here, and `say` is given it later."""
    return template


def retell(text: str, templates: Iterable[str]) -> str:
    """Return, in the language of this process, a text that was made elsewhere from one of these templates."""
    if _now.language == ENGLISH:
        return text
    for template in templates:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*?)", re.escape(template))
        if found := re.fullmatch(pattern, text[:500], re.DOTALL):
            return say(template, **found.groupdict())
    return text


def language() -> Language:
    """Return the language of this process."""
    return _now.language


def speak(chosen: str, *, strict: bool = False) -> None:
    """Set the language of this process. Raises `AutograderError` for one that is not known.

    strict: a sentence that this language lacks is an error too.
    """
    global _now  # noqa: PLW0603 - one language a process is the point
    spoken = known(chosen)
    _now = _Speech(spoken, _packaged(spoken), strict)


def learn(sentences: Mapping[str, str]) -> None:
    """Add sentences to those of the language of this process: what the checks of a room say."""
    _now.sentences.update(sentences)


@contextmanager
def speaking(chosen: str, *, strict: bool = False) -> Iterator[None]:
    """Speak another language for a while."""
    global _now  # noqa: PLW0603 - one language a process is the point
    before = _now
    speak(chosen, strict=strict)
    try:
        yield
    finally:
        _now = before


def language_of(environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language that the variable AUTOGRADER_LANG asks for; English where it is not set.

    Raises `AutograderError` for one that is not known.
    """
    return known(environment.get(LANGUAGE_VARIABLE, "") or ENGLISH, f"{LANGUAGE_VARIABLE}={{}}")


def known(chosen: str, place: str = "{}") -> Language:
    """Return the language if it is known; else `AutograderError` says which are, and where this one stood."""
    for each in LANGUAGES:
        if each == chosen:
            return each
    seen = place.format(chosen)
    raise AutograderError(f"{seen} is not a language of this program; choose {' or '.join(LANGUAGES)}")


def _packaged(chosen: Language) -> dict[str, str]:
    """Return the package's own sentences in a language, by their English."""
    if chosen == ENGLISH:
        return {}
    # Late: whoever speaks English needs neither.
    import tomllib
    from importlib.resources import files

    text = files("autograder").joinpath("texts", f"{chosen}.toml").read_text(encoding="utf-8")
    return {key: value for table in tomllib.loads(text).values() for key, value in table.items()}


def places(template: str) -> list[str]:
    """Return the places of a template with their conversions and specs, sorted; `ValueError` if it is none."""
    parsed = string.Formatter().parse(template)
    return sorted(f"{name}!{how or ''}:{spec or ''}" for _, name, spec, how in parsed if name is not None)


_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# Two words side by side make prose; `softmax(Z + c)`, `A_out / A` and `(n_l, 1)` are code.
_WORDS = re.compile(r"[^\W_] [a-z]{2,}(?![\w(\[])|\b[a-z]{2,} [a-zA-Z]\b")


def has_words(text: str) -> bool:
    """Whether a text is English prose, or a name made of words, and not code alone."""
    return _WORDS.search(re.sub(r"\{[^{}]*\}|`[^`]*`", "x", text)) is not None


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes: a Chinese character takes two."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
