"""The stream of bytes that a worker sends: the link, and a whole call answered by it."""

import contextlib
import os
import random
import socket
import time
from collections.abc import Sequence
from typing import Any
from unittest import mock

from mutate import INTEGERS, below, mutated, pick
from target import KIB, MIB, Bound, Target
from wire_targets import expect_outcome
from wire_values import CALLBACKS, DECODING, NONCE, RECORDS, REPLIES, VALUES, value_input

from autograder.limits import Limits
from autograder.sandbox import link, process
from autograder.sandbox.link import Descriptors, Link, LinkBroken
from autograder.sandbox.outcome import Broke, Cause, Exit, Outcome, Raised
from autograder.sandbox.worker import wire

KINDS = (wire.Kind.RETURNED, wire.Kind.REMARKED, wire.Kind.RAISED, wire.Kind.CALLBACK)
OUTPUT_LIMIT = 1024

# The buffer and its copy, and then the decoder's.
RECEIVING = Bound(256 * KIB, 32 + 8, DECODING.most + 4 * wire.MAX_REPLY)

_NO_DIGITS = {ord(digit): None for digit in "0123456789,"}


class FakeHost:
    """A host whose worker has already sent all that it ever will, printed something, and hung up."""

    limits = Limits(output_kib=1)

    def __init__(self, sent: bytes, printed: bytes = b"") -> None:
        self.near, self.far = socket.socketpair()
        output, self.printing = os.pipe()
        self.far.setblocking(False)
        self.far.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * MIB)
        self.sent = self.far.send(sent) if sent else 0
        self.far.shutdown(socket.SHUT_WR)
        os.write(self.printing, printed)
        read = self.near.detach()
        self.descriptors = Descriptors(read, os.dup(read), output)

    def spawn(self, *_: Any) -> Descriptors:
        """The descriptors of the one worker."""
        return self.descriptors

    def end(self, patience_seconds: float = 0.0) -> Exit:
        """Close the worker's ends."""
        self.far.close()
        os.close(self.printing)
        return Exit()

    def cpu_seconds(self) -> float:
        """What the worker has used of the processor."""
        return 0.0

    def drain(self) -> None:
        """Take what the grader has sent, so that it can send more."""
        with contextlib.suppress(BlockingIOError):
            while self.far.recv(4 * KIB):
                pass


def expected_of_link(data: bytes, printed: int) -> tuple[list[tuple[int, bytes, bytes]], Cause]:
    """The frames in `data` and how it ends, by the page that describes them and not by the link's code."""
    frames: list[tuple[int, bytes, bytes]] = []
    if data and printed > OUTPUT_LIMIT:
        return frames, Cause.OUTPUT
    while len(data) >= 16:
        length = int.from_bytes(data[:4], "little")
        if length > wire.MAX_REPLY:
            return frames, Cause.MALFORMED
        if len(data) < 16 + length:
            break
        frames.append((data[4], data[8:16], data[16 : 16 + length]))
        data = data[16 + length :]
    return frames, Cause.CLOSED


def _receive(data: bytes) -> tuple[Any, Any]:
    """What the link makes of a stream, and what it should.

    Two bytes before the stream say into what pieces it falls and how much is printed beside it.
    """
    chunk, printed, stream = 1 + 3 * (data[0] if data else 0), 8 * (data[1] if len(data) > 1 else 0), data[2:]
    host = FakeHost(stream, b"x" * printed)
    frames = []
    with mock.patch.object(link, "_CHUNK", max(chunk, len(stream) // 500)):
        wires = Link(host.spawn(), OUTPUT_LIMIT)
        try:
            while True:
                kind, nonce, payload = wires.receive(time.monotonic() + 5)
                frames.append((kind, nonce, bytes(payload)))
        except LinkBroken as broken:
            cause = broken.cause
        finally:
            wires.close()
            host.end()
    assert host.sent == len(stream)
    return (frames, cause), expected_of_link(stream, printed)


def _expect_frames(received: tuple[Any, Any]) -> str:
    seen, expected = received
    assert seen == expected
    return f"{seen[1].name} after {min(len(seen[0]), 5)}"


def _call(data: bytes) -> tuple[bytes, Outcome, int]:
    host = FakeHost(data)

    def lent(*arguments: Any, **keywords: Any) -> Any:
        host.drain()
        return (arguments, keywords)

    with mock.patch.object(process.os, "urandom", return_value=NONCE):
        worker = process.Worker(host, {}, RECORDS)  # type: ignore[arg-type]
        outcome = worker.call("softmax", "softmax", (lent, lent), {}, {})
    if worker.alive:
        worker.end()
    return data, outcome, worker.foreign_frames


def _expect_end(ended: tuple[bytes, Outcome, int]) -> str:
    """An outcome is what the first answer with the right nonce says, and nobody else."""
    data, outcome, foreign = ended
    if isinstance(outcome, Broke):
        assert outcome.cause in (Cause.MALFORMED, Cause.CLOSED)
        return f"{outcome.cause.name} {outcome.detail[:30].translate(_NO_DIGITS)}"
    expect_outcome(outcome)
    answers = [frame for frame in expected_of_link(data, 0)[0] if frame[1] == NONCE and frame[0] != wire.Kind.CALLBACK]
    kinds = (wire.Kind.RAISED,) if isinstance(outcome, Raised) else (wire.Kind.RETURNED, wire.Kind.REMARKED)
    assert answers[0][0] in kinds
    return f"{type(outcome).__name__} {min(foreign, 3)}"


def _stream(rng: random.Random, corpus: Sequence[bytes]) -> bytes:
    """Frames with mutated headers and payloads."""
    if rng.random() < 0.3:
        return mutated(rng, corpus, [wire.frame(kind, NONCE, wire.encode(None)) for kind in KINDS])
    out = bytearray()
    for _ in range(pick(rng, (1, 1, 2, 3, 8))):
        values = pick(rng, (REPLIES, CALLBACKS, VALUES))
        payload = wire.encode(pick(rng, values))
        if rng.random() < 0.5:
            payload = value_input(rng, [payload], values)
        length = len(payload) if rng.random() < 0.9 else pick(rng, INTEGERS) % 2**32
        kind = pick(rng, KINDS) if rng.random() < 0.9 else below(rng, 256)
        nonce = NONCE if rng.random() < 0.8 else rng.randbytes(8)
        out += wire.HEADER.pack(length, kind, nonce) + payload
    return bytes(out[: 64 * KIB])


def _cut_stream(rng: random.Random, corpus: Sequence[bytes]) -> bytes:
    return bytes([below(rng, 256), below(rng, 140)]) + _stream(rng, [seed[2:] for seed in corpus])


def _stream_seeds() -> list[bytes]:
    replies = [(wire.Kind.REMARKED, REPLIES[0]), (wire.Kind.RETURNED, VALUES[-1]), (wire.Kind.RAISED, REPLIES[2])]
    callbacks = [(wire.Kind.CALLBACK, callback) for callback in CALLBACKS]
    frames = [wire.frame(kind, NONCE, wire.encode(value)) for kind, value in callbacks + replies]
    return [*frames, b"".join(frames), b"".join(frames[:2]), wire.frame(16, bytes(8), b"N") * 1100 + frames[-1]]


def _many_frames() -> list[bytes]:
    return [b"\xff\0" + wire.frame(16, NONCE, b"") * 12_000, b"\xff\0" + wire.frame(16, NONCE, bytes(180 * KIB))]


def _link_seeds() -> list[bytes]:
    return [b"\7\0" + seed for seed in _stream_seeds()]


TARGETS = (
    Target("link", 60_000, _receive, _expect_frames, (), RECEIVING, _link_seeds, _cut_stream, _many_frames),
    Target("worker", 40_000, _call, _expect_end, (), RECEIVING, _stream_seeds, _stream),
)
