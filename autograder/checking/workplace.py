"""The worker of one submission: made when it is needed, replaced when it broke or must not be asked any more."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from autograder.checking.check import Check
from autograder.checking.explaining import Sources
from autograder.checking.kit import RoomKit
from autograder.checking.subject import Caller
from autograder.errors import GraderFault
from autograder.language import say
from autograder.limits import PATIENCE, Limits
from autograder.sandbox.allowance import Allowance
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Broke, Cause, Outcome, Raised
from autograder.sandbox.process import Worker
from autograder.sandbox.worker.wire import Unsendable

Loans = Mapping[str, Callable[..., Any]]


class Workplace:
    """Holds the worker; a call finds one that lives and has loaded the module that it is for.

    sources: what a worker gets. records: the course's named tuples, by name.
    """

    def __init__(self, host: Host, sources: Sources, records: Mapping[str, type]) -> None:
        self._host, self._sources, self._records = host, sources, records
        self._worker: Worker | None = None
        self._seen_hidden = False
        self._loaded: set[str] = set()
        self._unloadable: dict[str, Raised | Broke] = {}
        self._imports: dict[str, Allowance] = {}

    def close(self) -> None:
        """End the worker, if one is alive."""
        if self._worker is not None and self._worker.alive:
            self._worker.end()
        self.forget()

    def forget(self) -> None:
        """Let go of a worker that the sandbox has taken away."""
        self._worker, self._seen_hidden = None, False

    def prepare_for(self, check: Check) -> None:
        """See to a worker that `check` may ask: one that has seen hidden inputs could show them in a public one."""
        if self._seen_hidden and check.visibility == "public":
            self.close()
        self._seen_hidden |= check.visibility == "hidden"

    def take_output(self) -> str:
        """Return what the student's code has printed since this was last asked."""
        return "" if self._worker is None else self._worker.link.take_output()

    def caller(self, kit: RoomKit, loans: Loans, allowance: Allowance) -> Caller:
        """Return what calls the functions of a room, with `loans` in the place of some of the student's own."""

        def call(name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> Outcome:
            worker = self._ready(kit, allowance.limits)
            if isinstance(worker, Raised | Broke):
                return worker
            try:
                return worker.call(kit.room.module, name, arguments, keywords, loans, allowance)
            except Unsendable as error:
                raise GraderFault(
                    f"the check passes {name} {error}; pass numbers, texts, arrays, lists, tuples, dicts, named tuples,"
                    " functions, and for random draws a SeededRNG, RecordingRNG or ScriptedRNG"
                ) from error

        return call

    def _ready(self, kit: RoomKit, limits: Limits) -> Worker | Raised | Broke:
        """Return a live worker with the room's module loaded, or why that cannot be."""
        module = kit.room.module
        if f"{module}.py" not in self._sources.texts:
            return Raised("NotImplementedError", f"the submission has no {module}.py", missing=f"{module}.py")
        if module in self._unloadable:
            return self._unloadable[module]
        if self._worker is not None and self._worker.limits.of_the_process != limits.of_the_process:
            # Not by `close`: the check at hand may be a hidden one, whose inputs the next worker is about to see.
            if self._worker.alive:
                self._worker.end()
            self._worker = None
        if self._worker is None or not self._worker.alive:
            self._worker = Worker(self._host, self._sources.texts, self._records, limits)
            self._loaded.clear()
        problem = None if module in self._loaded else self._load(self._worker, kit, limits)
        return problem or self._worker

    def _load(self, worker: Worker, kit: RoomKit, limits: Limits) -> Raised | Broke | None:
        module = kit.room.module
        # A notebook holds plots and scratch work too, which are no part of its answers.
        asked = kit.functions if self._sources.is_notebook(f"{module}.py") else None
        # All imports of a module have one allowance, so that a slow one is not paid anew by every fresh worker.
        once = replace(limits, cpu_seconds=limits.call_seconds, wall_seconds=PATIENCE * limits.call_seconds)
        outcome = worker.load(module, self._imports.setdefault(module, Allowance(once)), asked)
        if isinstance(outcome, Raised | Broke):
            if isinstance(outcome, Broke):
                ran_out = outcome.cause in (Cause.WALL, Cause.CPU)
                cause = Cause.DEADLINE if ran_out else outcome.cause
                outcome = replace(outcome, cause=cause, when=say("while {module}.py was imported", module=module))
            if not (isinstance(outcome, Broke) and outcome.interrupted):
                self._unloadable[module] = outcome
            return outcome
        self._loaded.add(module)
        return None
