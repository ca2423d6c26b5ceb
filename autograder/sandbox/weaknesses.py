"""What a sandbox leaves open on this machine: the doctor shows it, and `grade` says it once."""

from collections.abc import Callable

from autograder.sandbox.backends import BUBBLEWRAP, NONE, SANDLOCK

# What Landlock learned to keep in which version; below it, our own list of system calls stands alone for it.
LANDLOCK_LEARNED = {
    2: "renaming and linking between folders",
    3: "truncating files",
    4: "TCP",
    5: "device controls",
    6: "signals and abstract sockets",
}


def weaknesses(backend: str, landlock_version: Callable[[], int] | None = None) -> tuple[str, ...]:
    """Return a sentence for each thing that `backend` cannot stop here, with what can be done about it."""
    if backend == BUBBLEWRAP:
        return ()
    if backend == NONE:
        return ("there is no sandbox: students' code can do whatever you can do",)
    found = ["a submission can learn whether a path exists, but not what is in it; bubblewrap hides that as well"]
    version = (landlock_version or _landlock_version)()
    unknown = [what for since, what in LANDLOCK_LEARNED.items() if version < since]
    if unknown:
        found.append(
            f"this kernel's Landlock is version {version} and does not guard {', '.join(unknown)}; the list of system"
            " calls alone does. A newer kernel or bubblewrap would be a second wall"
        )
    return tuple(f"{backend}: {sentence}" for sentence in found)


def backend_of(sandbox: str) -> str:
    """Return the backend that a report's environment names, as in "sandlock 0.9.3"."""
    name = sandbox.partition(" ")[0]
    return name if name in (BUBBLEWRAP, SANDLOCK) else NONE


def _landlock_version() -> int:
    import sandlock

    return int(sandlock.landlock_abi_version())
