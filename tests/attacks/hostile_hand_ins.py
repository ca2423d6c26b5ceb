"""One hostile hand-in: a file that puts it into the instructor's folder, and what must come of it."""

import ast
import importlib.util
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import ModuleType
from typing import Any

FOLDER = Path(__file__).parent / "archives"


@dataclass(frozen=True)
class Must:
    """What must come of a hand-in.

    origin: regular expression that matches the whole name of each of its entries, as the report has it. status:
    graded, unreadable or, where there must be no report at all, absent; points: exactly what each earns. says:
    regular expression that stands in each report's problem, notes or feedback. reports: how many entries there are.
    """

    origin: str
    status: str
    points: float = 0.0
    says: str = ""
    reports: int = 1

    def matches(self, origin: str) -> bool:
        """Whether the entry called `origin` is one of this hand-in's."""
        return re.fullmatch(self.origin, origin, re.DOTALL) is not None


@dataclass(frozen=True)
class HandIn:
    """A file of `archives/`: put it there with `module.hand_in(folder)`."""

    name: str
    must: Must
    module: ModuleType

    @property
    def meanwhile(self) -> Callable[..., None] | None:
        """What the attacker goes on doing while the folder is read and graded: `meanwhile(folder, stop)`."""
        return getattr(self.module, "meanwhile", None)


def read_hand_ins() -> list[HandIn]:
    """Return every hand-in, by name. Raises ValueError where a MUST has keys that nothing reads."""
    return [_read(path) for path in sorted(FOLDER.glob("*.py"))]


def _read(path: Path) -> HandIn:
    must: Mapping[str, Any] = {}
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "MUST":
            must = ast.literal_eval(statement.value)
    if not must or must.keys() - {each.name for each in fields(Must)}:
        raise ValueError(f"{path}: MUST needs origin and status, and may have points, says and reports")
    spec = importlib.util.spec_from_file_location(f"hand_in_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return HandIn(path.stem, Must(**must), module)
