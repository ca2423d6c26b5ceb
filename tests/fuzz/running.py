"""Runs a target on many inputs, each run made of parts that a seed repeats."""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import perf_counter

from judging import judged, watch, weighed
from target import Target

PART = 25_000
WEIGHED = 8
MOST_CORPUS, MOST_SEED = 2000, 4096
MOST_FINDINGS = 10


@dataclass
class Tally:
    """What a run came to.

    seconds: what the mutants took; the worst inputs, each weighed, take longer than all of them. findings: the inputs
    and what was wrong with each.
    """

    inputs: int = 0
    seconds: float = 0.0
    outcomes: set[str] = field(default_factory=set)
    allocated: int = 0
    longest: float = 0.0
    findings: list[tuple[bytes, str]] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count what another part came to."""
        self.inputs += other.inputs
        self.seconds += other.seconds
        self.outcomes |= other.outcomes
        self.allocated = max(self.allocated, other.allocated)
        self.longest = max(self.longest, other.longest)
        self.findings += other.findings


@dataclass(frozen=True)
class Part:
    """Some of a target's inputs; the same part of the same seed is the same inputs. number: None for the worst ones."""

    target: Target
    seed: int
    number: int | None
    inputs: int = 0


def parts(target: Target, total: int, seed: int) -> list[Part]:
    """The parts of `target` in a run of `total` inputs over all targets, and one for its worst."""
    inputs = math.ceil(target.share * total / 1_000_000)
    sizes = [min(PART, inputs - start) for start in range(0, inputs, PART)]
    return [Part(target, seed, None), *(Part(target, seed, number, size) for number, size in enumerate(sizes))]


def inputs_of(part: Part, corpus: list[bytes]) -> Iterator[bytes]:
    """The inputs of a part: the seeds, and then mutants of what the corpus holds by then."""
    if part.number is None:
        yield from part.target.worst()
        return
    rng = random.Random(f"{part.seed} {part.target.name} {part.number}")
    seeds = corpus[: part.inputs]
    yield from seeds
    for _ in range(part.inputs - len(seeds)):
        yield part.target.mutate(rng, corpus)


def run(part: Part, told: Callable[[bytes], None] = lambda _: None) -> Tally:
    """Judge the inputs of a part; `told` hears of each before it is read. For the main thread."""
    tally, target, corpus = Tally(), part.target, part.target.seeds()
    start = perf_counter()
    with watch():
        for data in inputs_of(part, corpus):
            told(data)
            tally.inputs += 1
            found = judged(target, data)
            tally.longest = max(tally.longest, found.seconds)
            is_new, wrong = found.outcome not in tally.outcomes, found.wrong
            if not wrong and (is_new or part.number is None or tally.inputs % WEIGHED == 0):
                allocated, wrong = weighed(target, data)
                tally.allocated = max(tally.allocated, allocated)
            if wrong:
                tally.findings.append((data, wrong))
                if len(tally.findings) == MOST_FINDINGS:
                    break
            elif is_new:
                tally.outcomes.add(found.outcome)
                # Whatever went a new way is a better place to go on from than the seeds.
                if len(data) <= MOST_SEED and len(corpus) < MOST_CORPUS:
                    corpus.append(data)
    if part.number is not None:
        tally.seconds = perf_counter() - start
    return tally
