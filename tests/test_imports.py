"""The floors of the package: imports point down only, and the worker needs nothing of ours."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "autograder"

# A floor may import those below it and itself; what a part may never know stands beside it.
FLOORS = {
    "verdicts": 0, "errors": 0, "limits": 0, "strict": 0, "atomic": 0, "report": 0, "language": 0, "moments": 0,
    "sandbox": 1, "course": 1,
    "checking": 2,
    "intake": 2,
    "grading": 3, "audit": 3, "simulate": 3, "study": 3, "pictures": 3, "release": 3, "scaffold": 3,
    "exports": 4, "pages": 4, "notebook": 5, "cli": 5, "__main__": 5,
}  # fmt: skip
NEVER = {
    "sandbox": {"pytest", "click", "autograder.course"},
    "course": {"pytest", "click", "numpy", "autograder.sandbox"},
    "checking": {"click", "rich"},
    "intake": {"click", "rich", "pytest", "numpy", "autograder.course", "autograder.checking", "autograder.sandbox"},
    "grading": {"click", "rich"},
    "pictures": {"click", "rich", "pytest"},
    "study": {"click", "rich", "pytest", "numpy", "autograder.grading", "autograder.intake", "autograder.sandbox"},
    "release": {"click", "rich"},
    "exports": {"autograder.grading", "autograder.intake", "autograder.checking", "click"},
    "pages": {"autograder.grading", "autograder.intake", "autograder.checking", "click"},
}


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return found


def part_of(module: str) -> str | None:
    words = module.split(".")
    return words[1] if words[0] == "autograder" and len(words) > 1 and words[1] in FLOORS else None


# The course that the doctor tries the grader on is no part of the program.
FILES = sorted(path for path in PACKAGE.rglob("*.py") if not {"smoke", "templates"} & {*path.parts})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_down(path: Path) -> None:
    """No part knows of a part above it, and none knows what its floor must not know."""
    part = path.relative_to(PACKAGE).with_suffix("").parts[0]
    if part == "__init__":
        return
    for module in imports_of(path):
        other = part_of(module)
        if other is not None:
            assert FLOORS[other] <= FLOORS[part], f"{part} imports {module}, which is above it"
        for forbidden in NEVER.get(part, ()):
            assert not f"{module}.".startswith(f"{forbidden}."), f"{part} imports {module}"


def test_the_worker_needs_the_standard_library_and_numpy_alone() -> None:
    """Nothing else of ours is shown in the sandbox, so nothing else may be imported there."""
    allowed = set(sys.stdlib_module_names) | {"numpy"}
    for path in (PACKAGE / "sandbox" / "worker").glob("*.py"):
        for module in imports_of(path):
            ours = module.startswith("autograder.sandbox.worker")
            assert ours or module.split(".")[0] in allowed, f"{path.name} imports {module}"


@pytest.mark.parametrize("path", [*FILES, *sorted((ROOT / "reference").glob("*.py"))], ids=lambda path: path.name)
def test_click_and_print_stay_on_the_roof(path: Path) -> None:
    """Only the command line talks to the terminal, and the reference knows numpy alone."""
    text = ast.parse(path.read_text(encoding="utf-8"))
    calls = {node.func.id for node in ast.walk(text) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    if path.parent.name != "cli" and "sandbox" not in path.parts:
        assert "print" not in calls
        assert "click" not in {module.split(".")[0] for module in imports_of(path)} or path.name == "__main__.py"
    if path.parent.name == "reference":
        assert {module.split(".")[0] for module in imports_of(path)} <= {"numpy", "typing", "collections", ""}


def test_the_command_line_starts_without_anything_heavy() -> None:
    """`autograder --help` loads neither numpy nor pytest nor rich."""
    import subprocess

    code = (
        "import sys; from autograder.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(' '.join(sorted({'numpy', 'pytest', 'rich', 'sandlock', 'jsonschema'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "grade" in done.stdout
