"""How much of one piece of source stands in a text, whatever its names, its comments and its line breaks.

Both are taken as tokens in which every name is the same, but for keywords, attributes and what is called: renaming
changes nothing, and `np.exp(Z - Z.max(axis=0))` is still itself. Of the runs of `RUN` tokens that the source has, the
share is counted that stands in the text within a stretch twice as long as the source.
"""

import ast
import keyword
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.course.source import source_lines

RUN = 10
_COMMENT = re.compile(r"#[^\n]*")
_TOKEN = re.compile(r"[^\W\d]\w*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[^\s\w]")
Run = tuple[str, ...]
Owners = Mapping[Run, Sequence[str]]


@dataclass(frozen=True)
class Likeness:
    """Where in a text most of a source is found: the line, and which share of the source."""

    line: int
    share: float


def runs_of(text: str) -> frozenset[Run]:
    """Return the runs of tokens that `text` has."""
    return frozenset(run for _, run in _runs(_tokens(text)))


def function_bodies(source: str) -> Iterator[tuple[ast.FunctionDef, str]]:
    """Yield each top-level function of a module with the lines of its body, without docstring and comments."""
    lines = source_lines(without_comments(source))
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield node, "\n".join(lines[body[0].lineno - 1 : node.end_lineno]) if body else ""


def without_comments(text: str) -> str:
    """Return the text without what follows a # in a line; its lines stay where they are."""
    return _COMMENT.sub("", text)


def plain_words(text: str) -> str:
    """Return the tokens of `text` with a space around each, to look for one text in another by `in`."""
    return f" {' '.join(match[0] for match in _tokens(without_comments(text)))} ".replace('"', "'")


def owners_of(sources: Mapping[str, frozenset[Run]]) -> Owners:
    """Return which sources have each run."""
    owners: dict[Run, list[str]] = defaultdict(list)
    for name, runs in sources.items():
        for run in runs:
            owners[run].append(name)
    return owners


def likenesses(text: str, owners: Owners, sizes: Mapping[str, int], least: float) -> dict[str, Likeness]:
    """Return for each source, by its name, where in `text` most of it stands, if that is a share of `least` or more.

    Looked at with its comments, where a source may hide, and without them, since they may hide a source.
    sizes: how many runs each source has.
    """
    found = _likenesses(text.replace("#", " "), owners, sizes, least)
    for name, likeness in _likenesses(without_comments(text), owners, sizes, least).items():
        if name not in found or likeness.share > found[name].share:
            found[name] = likeness
    return found


def _likenesses(text: str, owners: Owners, sizes: Mapping[str, int], least: float) -> dict[str, Likeness]:
    tokens = _tokens(text)
    hits: dict[str, list[tuple[int, Run]]] = defaultdict(list)
    for at, run in _runs(tokens):
        for name in owners.get(run, ()):
            hits[name].append((at, run))
    found = {}
    for name, places in hits.items():
        # Most sources share a few runs with any text: those that cannot reach the share are passed over.
        if len({run for _, run in places}) >= least * sizes[name]:
            likeness = _densest(places, sizes[name], text, tokens)
            if likeness.share >= least:
                found[name] = likeness
    return found


def _densest(hits: Sequence[tuple[int, Run]], size: int, text: str, tokens: Sequence[re.Match[str]]) -> Likeness:
    near: deque[tuple[int, Run]] = deque()
    counts: Counter[Run] = Counter()
    most, start = 0, 0
    for at, run in hits:
        near.append((at, run))
        counts[run] += 1
        while near[0][0] < at - 2 * (size + RUN):
            _, left = near.popleft()
            counts[left] -= 1
            if not counts[left]:
                del counts[left]
        if len(counts) > most:
            most, start = len(counts), near[0][0]
    return Likeness(text.count("\n", 0, tokens[start].start()) + 1, most / size)


def _tokens(text: str) -> list[re.Match[str]]:
    return list(_TOKEN.finditer(text))


def _runs(tokens: Sequence[re.Match[str]]) -> Iterable[tuple[int, Run]]:
    words = [match[0] for match in tokens]
    plain = [_plain(words, at) for at in range(len(words))]
    return ((at, tuple(plain[at : at + RUN])) for at in range(len(plain) - RUN + 1))


def _plain(words: Sequence[str], at: int) -> str:
    word = words[at]
    if word[0].isalpha() or word[0] == "_":
        return word if _is_told(words, at) else "name"
    # Formatters exchange one kind of quotes for the other.
    return "'" if word == '"' else word


def _is_told(words: Sequence[str], at: int) -> bool:
    """Whether a name is kept: a keyword, an attribute, or what is called."""
    after_a_dot = at > 0 and words[at - 1] == "."
    is_called = at + 1 < len(words) and words[at + 1] == "("
    return keyword.iskeyword(words[at]) or after_a_dot or is_called
