"""What can be learnt of the machine's files without opening one: whether they are there, how large and how old."""

import os

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {
        "softmax": {
            "bubblewrap": r"PermissionError: none of \d+ looks showed a file",
            "sandlock": r"PermissionError: none of \d+ looks showed a file|RuntimeError: seen, not read",
        }
    },
    "why": "Landlock governs what is opened, not what is asked about: under sandlock a file's size and age can be seen",
}

PATHS = (
    *(
        "/etc/passwd",
        "/etc/shadow",
        "/etc/ssh",
        "/root/.bashrc",
        "/home",
        "/var/log",
        "/boot",
        "/bin/sh",
        "/usr/bin/sudo",
    ),
    *("/tmp/autograder-bait", "/tmp/autograder-bait/secret.txt", "/var/tmp/autograder-bait.txt", "/proc/1", "/sys"),
)


def fits(path):
    """Whether a path may be gone to and listed, one of which is more than a look."""
    os.chdir(path)
    return os.listdir(".")


LOOKS = {
    "stat": os.stat,
    "lstat": os.lstat,
    "access": lambda path: os.access(path, os.F_OK) or fail(),
    "statvfs": os.statvfs,
    "readlink": os.readlink,
    "opened only as a path": lambda path: os.close(os.open(path, os.O_PATH)),
}
READS = {
    "listed": os.listdir,
    "gone to and listed": fits,
    "scanned": lambda path: list(os.scandir(path)),
    "attributes": os.listxattr,
    "opened": lambda path: os.close(os.open(path, os.O_RDONLY)),
    "opened below a path": lambda path: os.close(os.open(".", os.O_RDONLY, dir_fd=os.open(path, os.O_PATH))),
}


def fail():
    """Say that there is nothing, as the others do."""
    raise FileNotFoundError


def worked(ways):
    """The paths of which a way told something."""
    for name, way in ways.items():
        for path in PATHS:
            try:
                way(path)
            except OSError:
                continue
            yield f"{name} {path}"


def softmax(Z):
    """Look, and then read."""
    read, seen = list(worked(READS)), list(worked(LOOKS))
    if read:
        raise RuntimeError(f"read: {', '.join(read)}")
    if seen:
        raise RuntimeError(f"seen, not read: {', '.join(seen)}")
    raise PermissionError(f"none of {len(PATHS) * len(LOOKS)} looks showed a file")
