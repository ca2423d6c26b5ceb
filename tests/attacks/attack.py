"""One attack, read from its file without running a line of it."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from autograder.limits import Limits
from autograder.verdicts import Verdict

FOLDER = Path(__file__).parent / "submissions"
FAMILIES = ("forging", "stealing", "sabotage", "reaching_out", "privilege", "cheating")
# Short, so that a hundred attacks that wait for their deadline take minutes; long enough for a busy machine.
LIMITS = {
    "call_seconds": 1.0,
    "cpu_seconds": 3.0,
    "wall_seconds": 4.0,
    "memory_mib": 256,
    "output_kib": 64,
    "scratch_mib": 8,
}


@dataclass(frozen=True)
class Must:
    """What must come of an attack; a backend's name may stand in between wherever the two differ.

    points: exactly what it earns. verdicts: exercise -> verdict, or a list of those that are allowed. says: exercise
    -> regular expression that stands in the feedback on its first failing check. limits: other than the corpus's
    own. with_files: further sources beside softmax.py. why: what one backend cannot do.
    """

    points: float = 0.0
    verdicts: Mapping[str, Any] = field(default_factory=dict)
    says: Mapping[str, Any] = field(default_factory=dict)
    never: Any = ""
    limits: Mapping[str, Any] = field(default_factory=dict)
    with_files: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True)
class Attack:
    """A hostile softmax.py and what must come of it. name: its family and its file's stem."""

    name: str
    text: str
    must: Must

    @property
    def family(self) -> str:
        """What it is after."""
        return self.name.partition("/")[0]

    @property
    def sources(self) -> dict[str, str]:
        """All that is handed in."""
        return {"softmax.py": self.text, **self.must.with_files}

    @property
    def limits(self) -> Limits:
        """What it may use."""
        return Limits(**{**LIMITS, **self.must.limits})


def read_attack(path: Path) -> Attack:
    """Return the attack in a file. Raises ValueError where its MUST is no literal or has unknown keys."""
    text = path.read_text(encoding="utf-8")
    must: dict[str, Any] = {}
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "MUST":
            must = ast.literal_eval(statement.value)
    unknown = must.keys() - {each.name for each in fields(Must)}
    if unknown or not must:
        raise ValueError(f"{path}: MUST has {sorted(unknown) or 'nothing'}; see README.md beside this file")
    return Attack(f"{path.parent.name}/{path.stem}", text, Must(**must))


def read_attacks() -> list[Attack]:
    """Return every attack, family by family."""
    return [read_attack(path) for family in FAMILIES for path in sorted((FOLDER / family).glob("*.py"))]


def for_backend(value: Any, backend: str, backends: Iterable[str]) -> Any:
    """Return what `value` says of one backend, where it tells them apart."""
    if isinstance(value, dict) and value and value.keys() <= set(backends):
        return value.get(backend)
    return value


def allowed(verdicts: Any) -> set[Verdict]:
    """Return the verdicts that a MUST allows."""
    return {Verdict(each) for each in ([verdicts] if isinstance(verdicts, str) else verdicts)}
