"""Load a course's lab: the training code that its capstones are given, in the folder `lab` beside the rooms.

The lab is a package under a private name, as all that a course is made of. In it, `from . import reference` gives the
solutions of the course as `reference.softmax.softmax_loss`, each module when it is first asked for, and
`reference.folder` is the course's own folder.
"""

import hashlib
import importlib
import sys
import traceback
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from autograder.course.digests import LAB_FOLDER
from autograder.course.loading import load_module
from autograder.course.model import Course
from autograder.errors import CourseError


class _Solutions(ModuleType):
    """The module `reference` of a lab: the solutions of a course, each loaded when it is first asked for."""

    def __init__(self, name: str, course: Course) -> None:
        super().__init__(name)
        self.folder = course.path
        self._solutions = course.reference

    def __getattr__(self, name: str) -> ModuleType:
        if name.startswith("_") or not (self._solutions / f"{name}.py").is_file():
            raise AttributeError(f"there is no {name}.py in {self._solutions}")
        module = load_module(self._solutions / f"{name}.py")
        setattr(self, name, module)
        return module


def load_lab(course: Course) -> ModuleType:
    """Return the lab of `course`. Raises CourseError when there is none, or when it cannot be imported."""
    file = course.path / LAB_FOLDER / "__init__.py"
    if not file.is_file():
        raise CourseError(f"{file} is missing; the capstones of a course are given the training code of its lab.")
    name = f"_course_{hashlib.sha256(str(file).encode()).hexdigest()[:12]}_lab"
    _forget(name)
    spec = spec_from_file_location(name, file, submodule_search_locations=[str(file.parent)])
    assert spec is not None
    assert spec.loader is not None
    lab = module_from_spec(spec)
    sys.modules[name] = lab
    lab.reference = sys.modules[f"{name}.reference"] = _Solutions(f"{name}.reference", course)  # type: ignore[attr-defined]
    try:
        spec.loader.exec_module(lab)
    except (Exception, SystemExit) as error:
        _forget(name)
        raise CourseError(
            f"{_place(error, file.parent)}: cannot be imported: {type(error).__name__}: {error}"
        ) from error
    return lab


def _forget(name: str) -> None:
    """Take what an earlier course in the same place has left out of Python's tables."""
    for known in [known for known in sys.modules if known == name or known.startswith(f"{name}.")]:
        del sys.modules[known]
    importlib.invalidate_caches()


def _place(error: BaseException, folder: Path) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).parent == folder]
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno or 1}"
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else str(folder)
