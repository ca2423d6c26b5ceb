"""A million empty files: no bytes, only names, each of which the machine has to remember and somebody to delete."""

import os

MUST = {
    "verdicts": {"softmax": {"bubblewrap": "crashed", "sandlock": ["memory_exceeded", "timed_out"]}},
    "says": {"softmax": "8 MiB of scratch space|No space left on device|no answer within 1 s"},
}


def softmax(Z):
    """Make names that are as long as they may be, and show what was made where no limit came."""
    folder = os.environ["TMPDIR"]
    for number in range(200_000):
        os.close(os.open(os.path.join(folder, f"{number:0>250}"), os.O_CREAT | os.O_WRONLY))
    raise RuntimeError(f"made {len(os.listdir(folder))} files")
