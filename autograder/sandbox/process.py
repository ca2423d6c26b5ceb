"""One worker process: load a module, call a function, and know for certain how it ended."""

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from autograder.limits import Limits
from autograder.sandbox.allowance import Allowance, Meter, Turn
from autograder.sandbox.host import Host
from autograder.sandbox.link import Link, LinkBroken
from autograder.sandbox.outcome import Broke, Cause, Exit, Outcome, Raised, Returned
from autograder.sandbox.worker import wire

MAX_CALLBACKS = 20_000
MAX_FOREIGN = 1_000
MAX_PLACE = 10_000_000
LAST_WORDS_SECONDS = 0.3
Records = Mapping[str, type]


class _AskedError(BaseException):
    """A trusted function has called one of the student's, whose answer is not there yet; no Exception of its own."""

    def __init__(self, number: int, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        super().__init__(number)
        self.question = (None, number, arguments, keywords)


class Worker:
    """A live worker; after a `Broke` outcome it is gone and `end` has been called.

    limits: those of its process; the host's own where none are given.
    """

    def __init__(self, host: Host, sources: Mapping[str, str], records: Records, limits: Limits | None = None) -> None:
        self._host, self._records = host, records
        self._special = wire.Special(record=self._record)
        self.limits = limits or host.limits
        self.link = Link(host.spawn(self.limits), self.limits.output_kib * 1024)
        self._meter = Meter(host.cpu_seconds)
        self._own_allowance = Allowance(self.limits)
        self.alive = True
        self.foreign_frames = 0
        self._first = wire.frame(wire.Kind.SOURCES, bytes(8), wire.encode(dict(sources)))

    def load(
        self, module: str, allowance: Allowance | None = None, of_a_notebook: Collection[str] | None = None
    ) -> Outcome:
        """Run the source of `module`; `Returned(None)` when it could be imported.

        of_a_notebook: for the source of a notebook, the functions that are asked of it; it is run as far as they need.
        """
        names = None if of_a_notebook is None else sorted(of_a_notebook)
        return self._request(wire.Kind.LOAD, (module, names), [], allowance or self._own_allowance)

    def call(
        self,
        module: str,
        function: str,
        arguments: tuple[Any, ...],
        keywords: Mapping[str, Any],
        loans: Mapping[str, Callable[..., Any]],
        allowance: Allowance | None = None,
    ) -> Outcome:
        """Call `module.function`; names in `loans` stand for trusted functions during this call alone.

        allowance: on what the call's time is booked; without one, all calls of this worker share its limits.
        """
        functions: list[Callable[..., Any]] = []
        message = (module, function, tuple(arguments), dict(keywords), dict(loans))
        return self._request(wire.Kind.CALL, message, functions, allowance or self._own_allowance)

    def end(self, patience_seconds: float = 0.0) -> Exit:
        """Kill the process with all it started, unless it ends by itself in that time; return how it ended."""
        self.alive = False
        self.link.close()
        ended = self._host.end(patience_seconds)
        if not ended.server_gone:
            self._meter.settle(ended.cpu_seconds)
        return ended

    def _request(self, kind: int, message: Any, functions: list[Callable[..., Any]], allowance: Allowance) -> Outcome:
        def lend(function: Callable[..., Any]) -> int:
            functions.append(function)
            return len(functions) - 1

        if self._meter.begin(allowance):
            self.link.allow_output(allowance.limits.output_kib * 1024)
        turn = Turn(allowance, self._meter)
        try:
            nonce = os.urandom(8)
            request = self._first + wire.frame(kind, nonce, wire.encode(message, lend))
            self._first = b""
            self.link.send(request, turn.end)
            outcome = self._reply(nonce, functions, turn)
            return outcome if self._is_to_be_believed(outcome) else self._broke(Cause.CLOSED, "")
        except LinkBroken as broken:
            return self._broke(broken.cause, broken.detail)
        except wire.Malformed as error:
            return self._broke(Cause.MALFORMED, str(error))
        finally:
            turn.close()

    def _is_to_be_believed(self, outcome: Outcome) -> bool:
        """Whether an exception is the code's own doing: system calls also fail when the sandbox dies around them."""
        if not isinstance(outcome, Raised) or outcome.type == "NotImplementedError":
            return True
        return self._host.cpu_seconds() is not None

    def _broke(self, cause: Cause, detail: str) -> Broke:
        try:
            self.link.drain_output()
        except LinkBroken as broken:
            cause, detail = (broken.cause, broken.detail) if cause is Cause.CLOSED else (cause, detail)
        # A process that is about to end closes its wire a little before; then it is its own end that counts.
        return Broke(cause, detail, exit=self.end(LAST_WORDS_SECONDS if cause is Cause.CLOSED else 0.0))

    def _reply(self, nonce: bytes, functions: list[Callable[..., Any]], turn: Turn) -> Outcome:
        callbacks = 0
        while True:
            kind, echoed, payload = self._receive(turn)
            if echoed != nonce:
                # Early, late and invented frames say nothing; a flood of them is an attack on our time.
                self.foreign_frames += 1
                if self.foreign_frames > MAX_FOREIGN:
                    raise LinkBroken(Cause.MALFORMED, f"more than {MAX_FOREIGN} messages nobody asked for")
            elif kind == wire.Kind.CALLBACK:
                callbacks += 1
                if callbacks > MAX_CALLBACKS:
                    raise LinkBroken(Cause.MALFORMED, f"more than {MAX_CALLBACKS:,} calls of a function that was lent")
                # Many may have come at once, and each of them is work of ours.
                if time.monotonic() >= turn.look and (cause := turn.run_out()):
                    raise LinkBroken(cause)
                self.link.send(self._answer(nonce, functions, payload), turn.end)
            elif kind == wire.Kind.RETURNED:
                return Returned(wire.decode(payload, self._special))
            elif kind in (wire.Kind.REMARKED, wire.Kind.RAISED):
                value = wire.decode(payload, self._special)
                return _remarked(value) if kind == wire.Kind.REMARKED else _raised(value)
            else:
                raise LinkBroken(Cause.MALFORMED, f"a message of kind {kind} in place of a result")

    def _receive(self, turn: Turn) -> tuple[int, bytes, memoryview]:
        """Return the next frame. Raises `LinkBroken`, also with what has run out of the call's or exercise's time."""
        while True:
            try:
                return self.link.receive(turn.look)
            except LinkBroken as broken:
                if broken.cause is not Cause.DEADLINE:
                    raise
                if cause := turn.run_out():
                    raise LinkBroken(cause) from None

    def _answer(self, nonce: bytes, functions: list[Callable[..., Any]], payload: memoryview) -> bytes:
        """Run a trusted function for the worker; whatever it dislikes about its arguments is an error to send.

        Among the arguments may be functions of the student's. They run over there: the first call of one whose answer
        has not come along ends our function and sends the question, and with the answer it runs again from its start.
        """
        answers: list[Any] = []
        request = wire.decode(payload, self._special._replace(function=_students(iter(answers))))
        match request:
            case (int(number), tuple(arguments), dict(keywords), list(known)) if 0 <= number < len(functions):
                answers += known
                reply: tuple[Any, ...]
                try:
                    reply = (True, functions[number](*arguments, **keywords))
                except _AskedError as asked:
                    reply = asked.question
                except Exception as error:  # noqa: BLE001 - hostile arguments may raise anything
                    reply = (False, f"{type(error).__name__}: {error}"[:500])
                try:
                    return wire.frame(wire.Kind.ANSWER, nonce, wire.encode(reply))
                except (wire.Unsendable, MemoryError) as error:
                    return wire.frame(wire.Kind.ANSWER, nonce, wire.encode((False, str(error))))
            case _:
                raise wire.Malformed("a call back to a function that was not lent")

    def _record(self, name: str, fields: tuple[str, ...]) -> Any:
        known = self._records.get(name)
        return known if known is not None and getattr(known, "_fields", None) == fields else None


def _students(answers: Iterator[Any]) -> Callable[[int], Callable[..., Any]]:
    """Return what stands here for the student's functions: each call takes the next of the answers, or asks for it."""

    def stand_in(number: int) -> Callable[..., Any]:
        def call(*arguments: Any, **keywords: Any) -> Any:
            for answer in answers:
                return answer
            raise _AskedError(number, arguments, keywords)

        return call

    return stand_in


def _remarked(value: Any) -> Returned:
    match value:
        case (answer, list(logs), bool(touched), list(warned)):
            told = tuple(text[:200] for text in warned[:20] if type(text) is str)
            return Returned(answer, tuple(_log(log) for log in logs[:16]), touched, told)
    raise wire.Malformed("a result without its parts")


def _log(entries: Any) -> tuple[tuple[str, tuple[int, ...]], ...]:
    kept = []
    for entry in entries if isinstance(entries, list) else ():
        match entry:
            case (str(method), tuple(shape)) if all(type(extent) is int for extent in shape):
                kept.append((method[:40], shape[:8]))
            case _:
                raise wire.Malformed("a generator's log that is no list of draws")
    return tuple(kept)


def _are_places(*numbers: int) -> bool:
    """Whether these can be lines or columns: True is a whole number too, and so is one of a thousand digits."""
    return all(type(number) is int and abs(number) < MAX_PLACE for number in numbers)


def _raised(value: Any) -> Raised:
    match value:
        case {"type": str(kind), "message": str(message), "frames": list(frames), **rest}:
            syntax, missing = rest.get("syntax"), rest.get("missing", "")
            places = []
            for frame in frames[:20]:
                match frame:
                    case [str(file), int(line), str(function)] if _are_places(line):
                        places.append((file[:200], line, function[:100]))
                    case _:
                        raise wire.Malformed("an exception with a malformed frame")
            missing = missing[:100] if isinstance(missing, str) else ""
            told = Raised(kind[:100], message[:2000], tuple(places), None, missing)
            match syntax:
                case None:
                    return told
                case [str(file), int(line), int(column), int(end)] if _are_places(line, column, end):
                    return replace(told, syntax=(file[:200], line, column, end))
    raise wire.Malformed("an exception without its parts")
