"""What one made-up student hands in, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from autograder.report import Form

Key: TypeAlias = tuple[str, str]
Kind: TypeAlias = Literal["reference", "variant", "mistake", "crash", "blank", "slow", "loop", "mutating", "hostile"]


@dataclass(frozen=True)
class Layout:
    """How files are handed in; by_room: each in a folder named for its room."""

    form: Form
    by_room: bool = False

    @property
    def shared(self) -> bool:
        """Whether one source answers for all rooms, so that what spoils it spoils everything."""
        return self.form in ("py", "ipynb")


@dataclass(frozen=True)
class Answer:
    """What one student wrote for one exercise; `name` says which mistake, variant, crash or attack."""

    kind: Kind
    name: str | None = None


@dataclass(frozen=True)
class Special:
    """What is wrong with a submission as a whole, and the room whose file has it."""

    name: str
    room: str


@dataclass(frozen=True)
class Plan:
    """One student: who, how able, how handed in, and the answer to every exercise by (room, exercise)."""

    student: str
    ability: float
    layout: Layout
    special: Special | None
    answers: Mapping[Key, Answer]

    @property
    def origin(self) -> str:
        """The name of the file or folder that is handed in."""
        return self.student if self.layout.form == "folder" else f"{self.student}.{self.layout.form}"
