"""What a sandbox leaves open on this machine: the doctor shows it, and `grade` says it once."""

import os
from collections.abc import Callable, Iterable

from autograder.sandbox.backends import BUBBLEWRAP, NONE, SANDLOCK, UNPRIVILEGED

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
    if backend == UNPRIVILEGED:
        return (
            (
                "there is no sandbox: students' code is another user without network, processes or signals, writes no"
                " file, and reads what is open to everybody on this machine"
            ),
        )
    found = ["a submission can learn whether a path exists, but not what is in it; bubblewrap hides that as well"]
    if os.geteuid() != 0:
        found.append(
            "the kernel counts threads by user, so a submission that starts many can keep those graded beside it from"
            " starting any; -j 1 or bubblewrap stops that"
        )
    version = (landlock_version or _landlock_version)()
    unknown = [what for since, what in LANDLOCK_LEARNED.items() if version < since]
    if unknown:
        found.append(
            f"this kernel's Landlock is version {version} and does not guard {', '.join(unknown)}; the list of system"
            " calls alone does. A newer kernel or bubblewrap would be a second wall"
        )
    return tuple(f"{backend}: {sentence}" for sentence in found)


def open_ends(sandboxes: Iterable[str]) -> list[str]:
    """Return what the sandboxes that reports name, as in "sandlock 0.9.3", leave open here; each sentence once."""
    backends = {name.partition(" ")[0] for name in sandboxes} & {SANDLOCK, NONE, UNPRIVILEGED}
    return [sentence for backend in sorted(backends) for sentence in weaknesses(backend)]


def _landlock_version() -> int:
    import sandlock

    return int(sandlock.landlock_abi_version())
