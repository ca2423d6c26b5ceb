"""Open a sandbox: the strongest that works here, looked at once before anything hostile meets it."""

from pathlib import Path

from autograder.errors import SandboxError, SandboxKilledError
from autograder.sandbox.backends import AUTO, NONE, STRONGEST_FIRST, UNPRIVILEGED
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Broke, Returned
from autograder.sandbox.process import Worker

ATTEMPTS = 6
# Stands beside the one folder of ours that a worker may see.
_NOT_TO_BE_SEEN = Path(__file__).resolve()
_LOOK = """
def look(path):
    try:
        with open(path) as file:
            return file.read(1)
    except OSError:
        return ""
"""


def open_host(backend: str) -> Host:
    """Return a started host of `backend`, or for "auto" of the strongest sandbox that holds here.

    Raises `SandboxError` that says how to get a sandbox.
    """
    problems = []
    for name in STRONGEST_FIRST if backend == AUTO else (backend,):
        for attempt in range(ATTEMPTS):
            host = Host(name)
            try:
                _look(host)
            except SandboxError as error:
                host.close()
                problem = str(error)
                # A kill at a bad moment can look like something else; what fails three times is what it says.
                if attempt >= 2 and not isinstance(error, SandboxKilledError):
                    break
            else:
                return host
        problems.append(problem)
    raise SandboxError(
        "no sandbox works here, so nothing is graded. Get one with: sudo apt-get install bubblewrap\n  "
        + "\n  ".join(problems)
    )


def _look(host: Host) -> None:
    """Raise `SandboxError` when no worker answers, or when one reads a file that it should not see."""
    worker = Worker(host, {"look.py": _LOOK}, {})
    outcomes = [worker.load("look")]
    if worker.alive:
        outcomes.append(worker.call("look", "look", (str(_NOT_TO_BE_SEEN),), {}, {}))
    if worker.alive:
        worker.end()
    if isinstance(outcomes[-1], Broke) and outcomes[-1].interrupted:
        raise SandboxKilledError(f"{host.backend}: a worker was killed when it started")
    if not isinstance(outcomes[-1], Returned):
        raise SandboxError(f"{host.backend}: a worker starts but does not run Python ({outcomes[-1]})")
    if outcomes[-1].value and host.backend not in (NONE, UNPRIVILEGED):
        raise SandboxError(f"{host.backend}: a worker can read {_NOT_TO_BE_SEEN}, so it would see anything else too")
