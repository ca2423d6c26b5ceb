"""A grading run in which somebody kills processes at random, as a failing machine does."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from processes import command, descendants, parents

PATIENCE_SECONDS = 600.0
# A coordinator takes a second to come to its work again, so that one is killed more seldom than the others.
LOOKS = 40
SHARES = {"coordinator": 1, "grader": 4, "server": 4, "worker": 6}


@dataclass
class Killer:
    """Kills `left` processes of a run, each time one of another kind, chosen by chance."""

    left: int
    chance: random.Random
    killed: Counter[str] = field(default_factory=Counter)

    def strike(self, coordinator: int) -> None:
        """Kill one process of the run; none, when none of its kind comes for a while.

        Chance names the kind, but for the last strikes, which are for what has not been hit yet.
        """
        missing = [kind for kind in SHARES if not self.killed[kind]]
        kinds = missing if self.left <= len(missing) else list(SHARES)
        (kind,) = self.chance.choices(kinds, [SHARES[each] for each in kinds])
        for _ in range(LOOKS):
            found = self.kinds(coordinator)
            if kind in found:
                break
            time.sleep(0.005)
        else:
            return
        victim = self.chance.choice(sorted(found[kind]))
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.killed[kind] += 1
        self.left -= 1

    @staticmethod
    def kinds(coordinator: int) -> dict[str, list[int]]:
        """The processes of a run by what they are: coordinator, grader, the sandbox's server and its worker."""
        found: dict[str, list[int]] = {"coordinator": [coordinator]}
        parent = parents()
        for pid in descendants(coordinator):
            words = command(pid)
            if "autograder.grading.grader" in words:
                kind = "grader"
            else:
                # A worker is a fork of the warm process and has its command line still.
                forked = words == command(parent.get(pid, 0)) and not words.startswith("bwrap")
                kind = "worker" if forked and "from worker." in words else "server"
            found.setdefault(kind, []).append(pid)
        return found


def grade(arguments: Sequence[object], killer: Killer, environment: dict[str, str]) -> int:
    """Grade until the run ends well, killing meanwhile and starting again when the coordinator was killed.

    Returns how often it was started.
    """
    starts, give_up = 0, time.monotonic() + PATIENCE_SECONDS
    while True:
        starts += 1
        words = [sys.executable, "-m", "autograder", "grade", *map(str, arguments)]
        running = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, text=True, start_new_session=True
        )
        while running.poll() is None and killer.left:
            time.sleep(killer.chance.uniform(0.0, 0.6))
            if running.poll() is None:
                killer.strike(running.pid)
        said, _ = running.communicate(timeout=PATIENCE_SECONDS)
        if running.returncode == 0:
            return starts
        # 3: somebody was killed three times over one submission, which is then left to the next run.
        assert running.returncode in (-signal.SIGKILL, 3), said
        assert "Traceback" not in said, said
        assert time.monotonic() < give_up, said


def hand_in(folder: Path, texts: Sequence[str], count: int, name: str) -> None:
    """Write `count` submissions of one file each, made of `texts` in turn; no two are the same."""
    for number in range(count):
        student = folder / f"student {number:03}"
        student.mkdir(parents=True)
        (student / name).write_text(f"{texts[number % len(texts)]}\n# {number}\n", encoding="utf-8")
