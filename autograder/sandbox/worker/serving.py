"""The loop inside the sandbox: read a call, run the student's function, send back what it returned.

Theory of operation. The grader sends SOURCES once, LOAD once a module and then CALL after CALL; the worker
answers each LOAD and CALL with exactly one RETURNED or RAISED frame that repeats the request's nonce. While a
call runs, a function that came as an argument is answered by a CALLBACK frame of ours and an ANSWER frame of
the grader's. Nothing that this process says is believed: it shares its memory with the student's code, so
whatever it sends is the student's word, and every limit and deadline is watched from outside.
"""

import builtins
import contextlib
import importlib.abc
import importlib.machinery
import os
import sys
import types
import warnings
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TextIO

from . import definitions, generators, wire

MAX_MESSAGE = 2_000
MAX_FRAMES = 12
MAX_LOG = 64
MAX_WARNINGS = 20


# A value, and nothing or what was drawn, whether numpy's own generator was, and warnings.
Worked = tuple[object, tuple[()] | tuple[list[Any], bool, list[str]]]


class Wire:
    """The worker's end of the wire: blocking, since only the grader watches the clock."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self.read_fd, self.write_fd = read_fd, write_fd
        self.buffer = bytearray()

    def send(self, kind: int, nonce: bytes, payload: bytes) -> None:
        """Send one frame."""
        data = memoryview(wire.frame(kind, nonce, payload))
        while data:
            data = data[os.write(self.write_fd, data) :]

    def receive(self) -> tuple[int, bytes, bytes]:
        """Return kind, nonce and payload of the next frame; leave for good when the grader has hung up."""
        while len(self.buffer) < wire.HEADER.size:
            self._more(1 << 16)
        length, kind, nonce = wire.HEADER.unpack_from(self.buffer)
        end = wire.HEADER.size + length
        while len(self.buffer) < end:
            self._more(max(1 << 16, end - len(self.buffer)))
        payload = bytes(memoryview(self.buffer)[wire.HEADER.size : end])
        del self.buffer[:end]
        return kind, nonce, payload

    def _more(self, size: int) -> None:
        data = os.read(self.read_fd, size)
        if not data:
            os._exit(0)
        self.buffer += data


class Submission(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The student's sources, importable by name, but only where no real module has that name."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.sources = sources
        self.notebooks: set[str] = set()
        # The last place on the path: a submission's numpy.py or random.py shadows nothing.
        sys.meta_path.append(self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find `fullname` among the sources."""
        del path, target
        return importlib.machinery.ModuleSpec(fullname, self) if f"{fullname}.py" in self.sources else None

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the module's source in it."""
        self.run(module, self.sources[f"{module.__name__}.py"])

    def run(self, module: types.ModuleType, source: str, flags: int = 0) -> None:
        """Run `source`, which has the lines of the module's own, in the module."""
        filename = f"{module.__name__}.py"
        module.__file__ = filename
        exec(compile(source, filename, "exec", flags, dont_inherit=True), module.__dict__)  # noqa: S102 - our purpose

    def load(self, name: str, of_a_notebook: list[str] | None) -> types.ModuleType:
        """Run the source called `name`.py as the module `name`, even where a real module has that name.

        of_a_notebook: for the source of a notebook, the functions that are asked of it; it is run as far as they need.
        """
        module = types.ModuleType(name)
        sys.modules[name] = module
        if of_a_notebook is None:
            self.exec_module(module)
        else:
            self.run(module, *definitions.needed_lines(self.sources[f"{name}.py"], of_a_notebook))
            self.notebooks.add(name)
        return module

    def compile_broken(self, name: str, function: str) -> None:
        """Raise the SyntaxError of the notebook's cell that would define a function, if there is such a cell."""
        if name in self.notebooks:
            filename = f"{name}.py"
            compile(definitions.broken_cell(self.sources[filename], function), filename, "exec", dont_inherit=True)


class Service:
    """One submission's calls, served in turn."""

    def __init__(self, channel: Wire) -> None:
        self.channel = channel
        self.submission = Submission({})
        self.modules: dict[str, types.ModuleType] = {}
        self.nonce = b""
        self.live_generators: list[Any] = []
        self.warned: list[str] = []
        self.special = wire.Special(self.borrowed, self.generator, self.record)
        # A second overflow on the same line is worth a word too.
        warnings.simplefilter("always", RuntimeWarning)
        warnings.showwarning = self.note_warning

    def note_warning(
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        """Keep the first warnings of a call and print them; a loop may give thousands."""
        del file, line
        if len(self.warned) < MAX_WARNINGS:
            self.warned.append(f"{category.__name__}: {message}"[:200])
            sys.stderr.write(f"{filename}:{lineno}: {self.warned[-1]}\n")

    def run(self) -> NoReturn:
        """Serve until the grader hangs up."""
        while True:
            kind, self.nonce, payload = self.channel.receive()
            if kind == wire.Kind.SOURCES:
                self.submission.sources.update(wire.decode(payload))
            elif kind in (wire.Kind.LOAD, wire.Kind.CALL):
                self.answer(self.load if kind == wire.Kind.LOAD else self.call, payload)

    def answer(self, work: Callable[[bytes], Worked], payload: bytes) -> None:
        """Send what `work` makes of the payload, or what it raised."""
        try:
            value, remarks = work(payload)
            kind = wire.Kind.REMARKED if remarks else wire.Kind.RETURNED
            reply = wire.encode((value, *remarks) if remarks else value)
            if len(reply) > wire.MAX_REPLY:
                size, most = len(reply) / 2**20, wire.MAX_REPLY / 2**20
                kind = wire.Kind.RAISED
                reply = wire.encode(_told("TooLarge", f"{size:.1f} MiB; at most {most:g} MiB are taken"))
        except wire.Unsendable as error:
            kind, reply = wire.Kind.RAISED, wire.encode(_told("Unsendable", str(error)))
        except BaseException as error:  # noqa: BLE001 - SystemExit and the like are a student's too
            kind, reply = wire.Kind.RAISED, wire.encode(self.told_of(error))
        _flush()
        self.channel.send(kind, self.nonce, reply)

    def told_of(self, error: BaseException) -> dict[str, Any]:
        """Describe an exception; one whose parts raise when they are looked at is only said to be such a one."""
        try:
            return describe(error, self.submission.sources)
        except BaseException:  # noqa: BLE001 - a student may write properties
            return _told("Exception", "an exception that cannot be described was raised")

    def load(self, payload: bytes) -> Worked:
        """Run the module that the payload names."""
        name, of_a_notebook = wire.decode(payload)
        self.modules[name] = self.submission.load(name, of_a_notebook)
        return None, ()

    def call(self, payload: bytes) -> Worked:
        """Call one function; return its value and, if there is any of it, what else there is to say of the call."""
        self.live_generators, self.warned = [], []
        module_name, function_name, arguments, keywords, loans = wire.decode(payload, self.special)
        module = self.modules[module_name]
        function = getattr(module, function_name, None)
        if function is None:
            self.submission.compile_broken(module_name, function_name)
            raise NotImplementedError(f"{module_name}.py has no function called {function_name}")
        own = {name: module.__dict__.get(name) for name in loans}
        module.__dict__.update(loans)
        before = generators.numpy_state() if self.live_generators else None
        try:
            value = function(*arguments, **keywords)
        finally:
            module.__dict__.update(own)
        if before is None and not self.warned:
            return value, ()
        logs = [list(generator.log[:MAX_LOG]) for generator in self.live_generators]
        return value, (logs, before is not None and generators.numpy_state() != before, self.warned)

    def borrowed(self, number: int) -> Callable[..., Any]:
        """Return a stand-in for the grader's function `number`, good for this call alone.

        Functions among its arguments stay here. The grader asks for what they give, one call at a time, and gets it
        along with the same request once more.
        """
        nonce, channel = self.nonce, self.channel

        def call_back(*arguments: object, **keywords: object) -> object:
            own: list[Callable[..., object]] = []
            answers: list[object] = []

            def lend(function: Callable[..., object]) -> int:
                own.append(function)
                return len(own) - 1

            while True:
                own.clear()
                channel.send(wire.Kind.CALLBACK, nonce, wire.encode((number, arguments, keywords, answers), lend))
                _, _, payload = channel.receive()
                fine, value, *asked = wire.decode(payload, self.special)
                if fine:
                    return value
                if fine is not None:
                    raise _as_it_was(value)
                answers.append(own[value](*asked[0], **asked[1]))

        return call_back

    def generator(self, kind: str, fields: dict[str, Any]) -> Any:
        """Build a random generator for this call and remember it for its log."""
        made = generators.from_spec(kind, fields)
        self.live_generators.append(made)
        return made

    def record(self, name: str, fields: tuple[str, ...]) -> Any:
        """Return the student's own named tuple of that name and those fields, else one made here."""
        for module in self.modules.values():
            own = module.__dict__.get(name)
            if isinstance(own, type) and issubclass(own, tuple) and getattr(own, "_fields", None) == fields:
                return own
        return _named_tuple(name, fields)


def _named_tuple(name: str, fields: tuple[str, ...]) -> Any:
    from collections import namedtuple

    return namedtuple(name, fields)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 - this runs in every call, and suppress() costs more than the flush
            stream.flush()
        except BaseException:  # noqa: BLE001, S110 - the student may have closed or replaced a stream
            pass


def _told(kind: str, message: str) -> dict[str, Any]:
    return {"type": kind, "message": message[:MAX_MESSAGE], "frames": [], "syntax": None}


def describe(error: BaseException, sources: dict[str, str]) -> dict[str, Any]:
    """Return an exception as plain text: type, message, the student's own frames, the place of a syntax error."""
    try:
        message = str(error)
    except BaseException:  # noqa: BLE001 - a student may write `__str__`
        message = ""
    told = _told(type(error).__name__[:100], message)
    if isinstance(error, ImportError) and isinstance(error.name, str):
        told["missing"] = error.name[:100]
    if isinstance(error, SyntaxError) and error.filename in sources:
        place = (error.filename, error.lineno or 0, error.offset or 0, error.end_offset or 0)
        told["syntax"] = [str(place[0]), *(int(number) for number in place[1:])]
        told["message"] = str(error.msg)[:MAX_MESSAGE]
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename in sources:
            told["frames"].append([code.co_filename, trace.tb_lineno, code.co_name[:100]])
        trace = trace.tb_next
    told["frames"] = told["frames"][-MAX_FRAMES:]
    return told


def _as_it_was(told: str) -> Exception:
    """Return what a lent function raised, told as "ValueError: …", for who calls it as if it were one's own."""
    name, _, message = told.partition(": ")
    kind = getattr(builtins, name, None)
    if isinstance(kind, type) and issubclass(kind, Exception):
        with contextlib.suppress(TypeError):
            return kind(message)
    return RuntimeError(told)
