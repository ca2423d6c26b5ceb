"""The grader's end of a worker's wire: frames with a deadline, the student's output read and bounded beside it."""

import os
import select
import time
from typing import NamedTuple

from autograder.sandbox.outcome import Cause
from autograder.sandbox.worker import wire

KEPT_OUTPUT = 10_000
_CHUNK = 1 << 16


class LinkBroken(Exception):  # noqa: N818 - a state of the link, not a mistake of ours
    """The link cannot be used any more; `cause` says what was seen."""

    def __init__(self, cause: Cause, detail: str = "") -> None:
        super().__init__(cause.value)
        self.cause, self.detail = cause, detail


class Descriptors(NamedTuple):
    """The three descriptors of a worker: its replies, its requests, its output."""

    read: int
    write: int
    output: int


class Link:
    """Frames to and from one worker."""

    def __init__(self, descriptors: Descriptors, output_limit: int) -> None:
        self._fds, self._output_limit = descriptors, output_limit
        for fd in set(descriptors):
            os.set_blocking(fd, False)
        self._readable = select.poll()
        self._readable.register(descriptors.read, select.POLLIN)
        self._readable.register(descriptors.output, select.POLLIN)
        self._buffer = bytearray()
        self._output = bytearray()
        self.output_bytes = 0
        self._output_open = True

    def close(self) -> None:
        """Close the descriptors."""
        for fd in set(self._fds):
            os.close(fd)

    @property
    def output_fd(self) -> int:
        """The descriptor on which the student's output arrives; it ends when all that could print is gone."""
        return self._fds.output

    def take_output(self) -> str:
        """Return what the student's code printed since the last call of this method, the first part of it."""
        taken = self._output.decode("utf-8", "replace")
        self._output.clear()
        return taken

    def allow_output(self, limit: int) -> None:
        """Count the student's output anew, up to `limit` bytes."""
        self._output_limit, self.output_bytes = limit, 0

    def send(self, data: bytes, deadline: float) -> None:
        """Send the bytes of one or more frames. Raises `LinkBroken`."""
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self._fds.write, view) :]
            except BlockingIOError:
                self._wait_for_room(deadline)
            except (BrokenPipeError, ConnectionError):
                raise LinkBroken(Cause.CLOSED) from None

    def receive(self, deadline: float) -> tuple[int, bytes, memoryview]:
        """Return kind, nonce and payload of the next frame. Raises `LinkBroken`."""
        buffer = self._buffer
        while len(buffer) < wire.HEADER.size:
            self._more(deadline)
        length, kind, nonce = wire.HEADER.unpack_from(buffer)
        if length > wire.MAX_REPLY:
            raise LinkBroken(Cause.MALFORMED, f"a message of {length:,} bytes; at most {wire.MAX_REPLY:,} fit")
        end = wire.HEADER.size + length
        while len(buffer) < end:
            self._more(deadline)
        payload = memoryview(bytes(memoryview(buffer)[wire.HEADER.size : end]))
        del buffer[:end]
        return kind, nonce, payload

    def drain_output(self) -> None:
        """Take what the student's code has printed so far. Raises `LinkBroken` when it is too much."""
        while True:
            try:
                data = os.read(self._fds.output, _CHUNK)
            except BlockingIOError:
                return
            if not data:
                return
            self.output_bytes += len(data)
            self._output += data[: max(0, KEPT_OUTPUT - len(self._output))]
            if self.output_bytes > self._output_limit:
                raise LinkBroken(Cause.OUTPUT, f"{self.output_bytes:,} bytes or more")

    def _more(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        events = self._readable.poll(max(0.0, left * 1000)) if left > 0 else []
        if not events:
            raise LinkBroken(Cause.DEADLINE)
        for fd, event in events:
            if fd == self._fds.output:
                self.drain_output()
                if _has_ended(event):
                    self._readable.unregister(fd)
                    self._output_open = False
            else:
                self._read_frame_bytes()

    def _read_frame_bytes(self) -> None:
        try:
            data = os.read(self._fds.read, _CHUNK)
        except BlockingIOError:
            return
        except ConnectionError:
            data = b""
        if not data:
            raise LinkBroken(Cause.CLOSED)
        self._buffer += data

    def _wait_for_room(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        writable = select.poll()
        writable.register(self._fds.write, select.POLLOUT)
        if self._output_open:
            writable.register(self._fds.output, select.POLLIN)
        events = writable.poll(left * 1000) if left > 0 else []
        if not events:
            raise LinkBroken(Cause.DEADLINE)
        for fd, event in events:
            if fd == self._fds.output:
                self.drain_output()
                if _has_ended(event):
                    self._readable.unregister(fd)
                    self._output_open = False


def _has_ended(event: int) -> bool:
    """Whether a pipe has no writer any more and nothing left to read; polled again it would answer at once."""
    return bool(event & select.POLLHUP) and not event & select.POLLIN
