"""What stands around the rooms of a release: how to start, make targets, what to install, workflows for each push."""

from collections.abc import Mapping, Sequence
from importlib.resources import files

from autograder import __version__
from autograder.course.model import Course, Room
from autograder.language import ENGLISH, LANGUAGES, Language, phrase, say, speaking
from autograder.release.rooms import Choice, Form
from autograder.release.statements import statements
from autograder.release.wheel import requirement, wheel_name

# What students are told of besides the rooms, beside the course's folder; in every language that there is.
DOCS = ("CONVENTIONS", "ERRATA")
# What opens notebooks and draws in them; asked for only where there are some.
NOTEBOOKS = ("jupyterlab>=4", "matplotlib>=3.8")
OTHER = {"en": "English: [{name}]({name})", "zh": "中文版：[{name}]({name})"}


def front_files(course: Course, rooms: Sequence[Room], choice: Choice) -> dict[str, bytes]:
    """Return the files at the top of a release, by name."""
    docs = _docs(course)
    fields = {
        "VERSION": __version__,
        "WHEEL": wheel_name(),
        "LANG": choice.language,
        "NUMPY": requirement("numpy"),
        "NOTEBOOKS": "" if choice.form == "py" else "".join(f"{each}\n" for each in NOTEBOOKS),
    }
    readmes = {each: _readme(course, rooms, choice, each, fields, docs) for each in LANGUAGES}
    with speaking(choice.language):
        makefile = _filled("Makefile.txt", {**fields, **_said(choice, rooms[0].exercises[0].name)})
    return {
        **statements(choice.language, readmes),
        **docs,
        "Makefile": makefile,
        "requirements.txt": _filled("requirements.txt", fields),
        ".gitignore": _filled("gitignore.txt", fields),
        ".github/workflows/grade.yml": _filled("grade.yml", fields),
        ".gitlab-ci.yml": _filled("gitlab-ci.yml", fields),
    }


def _docs(course: Course) -> dict[str, bytes]:
    names = [f"{name}{'' if each == ENGLISH else f'.{each}'}.md" for name in DOCS for each in LANGUAGES]
    folder = course.path.parent / "docs"
    return {f"docs/{name}": (folder / name).read_bytes() for name in names if (folder / name).is_file()}


def _readme(
    course: Course,
    rooms: Sequence[Room],
    choice: Choice,
    language: Language,
    fields: Mapping[str, str],
    docs: Mapping[str, bytes],
) -> bytes:
    (other,) = (each for each in LANGUAGES if each != language)
    name = "README.md" if other == choice.language else f"README.{other}.md"
    with speaking(language):
        told = {
            "TITLE": course.title[language],
            "OTHER": OTHER[other].format(name=name),
            "WHERE": _where(rooms[0], choice.form),
            "FIRST": rooms[0].name,
            "EXERCISE": rooms[0].exercises[0].name,
            "ROOMS": _rooms_table(rooms, language),
            "DOCS": _docs_told(language, docs),
        }
    return _filled("README.md" if language == ENGLISH else f"README.{language}.md", {**fields, **told})


def _where(room: Room, form: Form) -> str:
    module, notebook = (f"`assignments/{room.name}/{room.module}.{suffix}`" for suffix in ("py", "ipynb"))
    if form == "both":
        told = phrase("{module}, or else the notebook {notebook} (one of the two; {command} opens it)")
        return say(told, module=module, notebook=notebook, command="`make lab`")
    if form == "ipynb":
        return say("{notebook} ({command} opens it)", notebook=notebook, command="`make lab`")
    return module


def _rooms_table(rooms: Sequence[Room], language: Language) -> str:
    head = say("| room | what it is about | exercises | points |")
    rows = [
        f"| [`{room.name}`](assignments/{room.name}/README.md) | {room.title[language]} | {len(room.exercises)}"
        f" | {sum(exercise.points for exercise in room.exercises):g} |"
        for room in rooms
    ]
    return "\n".join([head, "|---|---|---|---|", *rows])


def _docs_told(language: Language, docs: Mapping[str, bytes]) -> str:
    suffix = ".md" if language == ENGLISH else f".{language}.md"
    told = {
        "CONVENTIONS": say("What this course means by `dW` and where it puts 1/m:"),
        "ERRATA": say("Where the lecture notes mislead:"),
    }
    files = {name: f"docs/{name}{suffix}" for name in DOCS}
    return "".join(f"\n{told[name]} [{file}]({file})\n" for name, file in files.items() if file in docs)


def _said(choice: Choice, exercise: str) -> dict[str, str]:
    """Return what the Makefile says, in the language of this process."""
    lab = f"lab: $(STAMP) ## {say('open the notebooks in your browser')}\n\t@$(BIN)/jupyter lab assignments\n\n"
    return {
        "LANGUAGE": "" if choice.language == ENGLISH else f"export AUTOGRADER_LANG ?= {choice.language}\n",
        "LAB": "" if choice.form == "py" else lab,
        "HELP_HELP": say("list what there is to do"),
        "HELP_INSTALL": say("make the virtual environment (done by all others, once)"),
        "HELP_CHECK": say("check your work: make check, or make check ROOM=..."),
        "HELP_HINT": say("the next hint: make hint EXERCISE=..."),
        "HELP_WATCH": say("check again whenever you save"),
        "HELP_MAP": say("what is done, what is open, what comes next"),
        "HELP_SUBMIT": say("pack your work into submission.zip"),
        "HELP_DOCTOR": say("does everything work here?"),
        "HELP_CLEAN": say("remove the virtual environment; your work stays"),
        "NO_PYTHON": say(
            "There is no $(PYTHON) here; install Python 3.11 or later, or say where it is: make PYTHON=python3.12 check"
        ),
        "OLD_PYTHON": say("Python 3.11 or later is needed; if there is one, say where: make PYTHON=python3.12 check"),
        "NO_VENV": say(
            "Python cannot make a virtual environment; on Debian and Ubuntu: {command}",
            command="sudo apt-get install python3-venv",
        ),
        "INSTALLING": say("installing into $(VENV) (once) ..."),
        "NO_INSTALL": say("The installation failed: see above. It needs a network once; then say make again."),
        "WHICH_EXERCISE": say(
            "Which exercise? For example: make hint EXERCISE={name}; all of them: make map", name=exercise
        ),
    }


def _filled(name: str, fields: Mapping[str, str]) -> bytes:
    text = files("autograder").joinpath("release", "templates", name).read_text(encoding="utf-8")
    for key, value in fields.items():
        text = text.replace(f"@{key}@", value)
    return text.encode()
