"""The long run: parts of all targets in two processes at a time, each fresh and with so much memory and no more.

A process shows the input at hand in shared memory, so that whatever kills or stops it is known.
"""

import multiprocessing
import os
import resource
import struct
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from mmap import mmap
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import scratch
from judging import keep
from running import Part, Tally, parts, run
from target import MIB, Target

FORK = multiprocessing.get_context("fork")
PROCESSES = 2
STUCK_SECONDS = 60.0
MAILBOX_BYTES = 16 * MIB
_MAILBOX = struct.Struct("<QQ")


@dataclass
class Running:
    """One part at work, and when its input last changed."""

    part: Part
    process: BaseProcess
    answer: Connection
    mailbox: mmap
    number: int = 0
    since: float = 0.0

    def input(self) -> bytes:
        """The input at hand."""
        _, size = _MAILBOX.unpack_from(self.mailbox)
        return self.mailbox[_MAILBOX.size : _MAILBOX.size + size]

    def is_stuck(self) -> bool:
        """Whether one input has been at hand for longer than any may be."""
        number, _ = _MAILBOX.unpack_from(self.mailbox)
        if number != self.number:
            self.number, self.since = number, time.monotonic()
        return time.monotonic() - self.since > STUCK_SECONDS


def _begin(part: Part) -> Running:
    mailbox = mmap(-1, MAILBOX_BYTES)
    answer, sending = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_work, args=(part, mailbox, sending))
    process.start()
    sending.close()
    return Running(part, process, answer, mailbox, since=time.monotonic())


def _work(part: Part, mailbox: mmap, sending: Connection) -> None:
    number = 0

    def told(data: bytes) -> None:
        nonlocal number
        number += 1
        mailbox[_MAILBOX.size : _MAILBOX.size + len(data)] = data
        _MAILBOX.pack_into(mailbox, 0, number, len(data))

    part.target.seeds()
    # So that every input is held to the bound, and not only those that are weighed.
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    bound = part.target.bound
    most = pages * resource.getpagesize() + bound.base + bound.most + 256 * MIB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        sending.send(run(part, told))
    finally:
        scratch.removed()


def _end(running: Running) -> Tally:
    """What a part came to; a process that died or had to be killed is a finding."""
    try:
        tally: Tally = running.answer.recv()
    except EOFError:
        running.process.join()
        tally = Tally(findings=[(running.input(), f"the process ended with {running.process.exitcode}")])
    running.process.join()
    return tally


def long_run(targets: Collection[Target], inputs: int, seed: int, say: Callable[[str], object]) -> int:
    """Run all targets and say what came of each; return 1 when anything was found, else 0."""
    tallies = {target.name: Tally() for target in targets}
    start = time.monotonic()
    for name, tally in _tallied([part for target in targets for part in parts(target, inputs, seed)]):
        tallies[name].add(tally)
    for line in _table(tallies):
        say(line)
    total = sum(tally.inputs for tally in tallies.values())
    found = [(target, *finding) for target in targets for finding in tallies[target.name].findings]
    for target, data, wrong in found:
        say(f"\nFOUND by {target.name}, kept as {os.path.relpath(keep(target, data))}:")
        for line in wrong[-2000:].splitlines():
            say(f"  {line!a}")
    say(f"{total:,} inputs of seed {seed} in {time.monotonic() - start:,.0f} s; {len(found)} findings")
    return 1 if found else 0


def _tallied(waiting: list[Part]) -> Iterator[tuple[str, Tally]]:
    at_work: list[Running] = []
    while waiting or at_work:
        while waiting and len(at_work) < PROCESSES:
            at_work.append(_begin(waiting.pop(0)))
        ready = wait([running.answer for running in at_work], timeout=5)
        for running in [*at_work]:
            if running.is_stuck():
                running.process.kill()
            if running.answer in ready:
                at_work.remove(running)
                yield running.part.target.name, _end(running)


def _table(tallies: Mapping[str, Tally]) -> Iterator[str]:
    yield "target        inputs  seconds  inputs/s  outcomes  peak KiB  longest ms"
    for name, tally in tallies.items():
        rate = tally.inputs / max(tally.seconds, 1e-9)
        costs = f"{tally.allocated // 1024:9,} {tally.longest * 1000:11,.0f}"
        yield f"{name:10} {tally.inputs:9,} {tally.seconds:8,.0f} {rate:9,.0f} {len(tally.outcomes):9,} {costs}"
