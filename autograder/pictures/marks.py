"""What a room's pictures.py is written with, and how it is read; matplotlib is not needed for either."""

import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType
from typing import Any, TypeVar, overload

from autograder.course.loading import load_module
from autograder.course.model import Room
from autograder.errors import CourseError
from autograder.language import cells, say

FILE = "pictures.py"
# The attribute that the mark leaves on a function.
RECORD = "__autograder_picture__"
GIVEN = ("axes", "figure", "student", "lab")
AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


@dataclass(frozen=True)
class Picture:
    """One picture of a room. title, caption: in English. wants: which of `GIVEN` it takes. height: in inches."""

    name: str
    function: Callable[..., Any]
    caption: str
    wants: tuple[str, ...]
    height: float

    @property
    def title(self) -> str:
        """The name as a sentence: "Cost of each step"."""
        words = self.name.replace("_", " ")
        return words[:1].upper() + words[1:]


class MendError(Exception):
    """A picture cannot be drawn before the student has mended `function`; `reason` is in their language."""

    def __init__(self, function: str, reason: str) -> None:
        super().__init__(f"{function}: {reason}")
        self.function, self.reason = function, reason


@overload
def picture(function: AnyFunction) -> AnyFunction: ...
@overload
def picture(*, height: float) -> Callable[[AnyFunction], AnyFunction]: ...
def picture(function: Any = None, *, height: float = 5.0) -> Any:
    """Mark a function as a picture; its docstring is the caption.

    Raises `CourseError` for one that has no docstring, or takes what it is not given.
    """

    def mark(marked: AnyFunction) -> AnyFunction:
        if not isinstance(marked, FunctionType):
            raise CourseError(f"@picture marks {marked!r}; expected a plain function.")
        name, caption = marked.__name__, " ".join((marked.__doc__ or "").split())
        if not caption:
            raise CourseError(f"@picture: {name} has no docstring; expected one that says what there is to see.")
        wants = tuple(inspect.signature(marked).parameters)
        if set(wants) - set(GIVEN) or len({"axes", "figure"} & set(wants)) != 1:
            expected = "either axes or figure, and any of student and lab"
            raise CourseError(f"@picture: {name} takes {', '.join(wants) or 'nothing'}; expected {expected}.")
        setattr(marked, RECORD, Picture(name, marked, caption, wants, height))
        return marked

    return mark if function is None else mark(function)


def load_pictures(room: Room) -> tuple[Picture, ...]:
    """Return the pictures of a room in the order of their definitions; none where it has no such file.

    Raises `CourseError` naming file and line.
    """
    file = room.path / FILE
    if not file.is_file():
        return ()
    records = [getattr(value, RECORD, None) for value in vars(load_module(file)).values()]
    return tuple(record for record in records if isinstance(record, Picture))


@contextmanager
def panel(axes: Any) -> Iterator[None]:
    """Draw one of several panels: when a function has to be mended for it, `axes` says so and the rest goes on."""
    try:
        yield
    except MendError as problem:
        write_mend(axes, problem)


def write_mend(axes: Any, problem: MendError) -> None:
    """Write into a panel which function to mend, and why, in place of whatever stands there."""
    axes.clear()
    axes.set_axis_off()
    # As wide as the panel is: a character takes about 0.075 inches.
    width = axes.get_position().width * axes.figure.get_figwidth()
    wrapped = wrap(problem.reason, max(20, int(width / 0.085)))
    head = say("Mend {function} first", function=problem.function) if problem.function else say("This cannot be drawn")
    middle = {"ha": "center", "transform": axes.transAxes, "wrap": False}
    axes.text(0.5, 0.62, head, va="bottom", fontsize=14, fontweight="bold", color="#D55E00", **middle)
    axes.text(0.5, 0.55, wrapped, va="top", multialignment="left", fontsize=10, color="#333333", **middle)


def wrap(text: str, width: int) -> str:
    """Break lines that are longer than `width` columns, a Chinese character being two."""
    return "\n".join(broken for line in text.split("\n") for broken in _wrapped(line, width))


def _wrapped(line: str, width: int) -> list[str]:
    if line.isascii() or cells(line) <= width:
        return textwrap.wrap(line, width, drop_whitespace=True, replace_whitespace=False) or [""]
    lines, now = [], ""
    for character in line:
        # A line of Chinese does not begin with what closes a sentence.
        if cells(now + character) > width and character not in "，。、；：？！）」”":
            # What is written in letters is not torn apart.
            tail = len(now) - len(now.rstrip(_LETTERS)) if character in _LETTERS else 0
            keep = len(now) - tail if tail < len(now) // 2 else len(now)
            lines.append(now[:keep].rstrip())
            now = now[keep:]
        now = (now + character).lstrip() if not now else now + character
    return [*lines, now]


_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-+%=^/"
