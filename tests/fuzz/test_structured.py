"""Properties of the wire, tried on values that Hypothesis makes."""

import os
import socket
import threading
import time
from collections import namedtuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from wire_values import DTYPES, RECORDS, Cache, Tangle, expect_of_the_wire, same

from autograder.sandbox.link import Descriptors, Link, LinkBroken
from autograder.sandbox.outcome import Cause
from autograder.sandbox.worker import wire

SIDES = hnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4)
RECORD_HOOK = wire.Special(record=lambda name, fields: RECORDS[name] if RECORDS[name]._fields == fields else None)
quietly = settings(deadline=None)


def arrays_of(dtype):
    """Arrays with any bits at all, NaNs with a payload and subnormal numbers among them."""

    def filled(shape):
        size = int(np.prod(shape, dtype=int)) * np.dtype(dtype).itemsize
        bits = st.binary(min_size=size, max_size=size)
        if dtype == "?":
            bits = bits.map(lambda data: bytes(byte & 1 for byte in data))
        return bits.map(lambda data: np.frombuffer(data, dtype).reshape(shape))

    return SIDES.flatmap(filled)


ARRAYS = st.sampled_from(DTYPES).flatmap(arrays_of)
INTEGERS = st.integers(-(2**80), 2**80) | st.integers(1 - 2**4095, 2**4095 - 1)
ANY_TEXT = st.text(st.characters(exclude_categories=()))
LEAVES = st.none() | st.booleans() | INTEGERS | st.floats() | st.text() | st.binary() | ARRAYS
LEAVES |= ARRAYS.filter(lambda array: array.size).map(lambda array: array.reshape(-1)[0])


def nested(leaves):
    """Lists, tuples, dicts and named tuples of `leaves`, and of one another."""
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.lists(inner, max_size=4).map(tuple)
            | st.dictionaries(st.text(max_size=5), inner, max_size=4)
            | st.builds(Cache, inner, inner)
            | st.just(Tangle())
        ),
        max_leaves=12,
    )


@quietly
@given(nested(LEAVES))
def test_whatever_is_sent_comes_back_the_same(value):
    """Types, shapes and bits survive: NaN, -0.0, arrays without dimensions or elements, named tuples, long integers."""
    back = wire.decode(wire.encode(value), RECORD_HOOK)
    assert same(back, value)
    expect_of_the_wire(back)


@pytest.mark.parametrize("dtype", DTYPES)
def test_arrays_of_every_dtype_come_back_read_only(dtype):
    """An array arrives with its dtype, shape and bits, on memory that nobody can write to."""

    @quietly
    @given(arrays_of(dtype))
    def arrives(array):
        back = wire.decode(wire.encode([array, 1]))[0]
        assert same(back, array)
        with pytest.raises(ValueError, match="WRITEABLE"):
            back.flags.writeable = True

    arrives()


@quietly
@given(ARRAYS, st.sampled_from("FCK"), st.booleans())
def test_the_layout_of_an_array_makes_no_difference(array, order, swapped):
    """Transposed, Fortran-ordered or byte-swapped, an array arrives with its values in the usual layout."""
    other = np.array(array.T, order=order).T
    if swapped:
        other = other.astype(other.dtype.newbyteorder(">"))
    back = wire.decode(wire.encode(other))
    assert same(back, np.ascontiguousarray(array).reshape(array.shape))


@quietly
@given(nested(LEAVES))
def test_every_beginning_of_a_message_is_malformed(value):
    """A message that broke off, wherever it did, is never taken for a shorter value."""
    message = wire.encode(value)
    for end in {*range(min(64, len(message))), *range(0, len(message), 7), len(message) - 1}:
        with pytest.raises(wire.Malformed):
            wire.decode(message[:end])


@quietly
@given(nested(LEAVES), st.binary(min_size=1, max_size=20))
def test_whatever_follows_a_message_makes_it_malformed(value, more):
    """A message is one value and no byte more."""
    with pytest.raises(wire.Malformed):
        wire.decode(wire.encode(value) + more)


@quietly
@given(st.lists(ANY_TEXT), ANY_TEXT)
def test_half_a_surrogate_pair_arrives_as_a_question_mark(texts, key):
    """A text that UTF-8 cannot carry costs its odd characters and nothing else."""

    def carried(text):
        return text.encode("utf-8", "replace").decode()

    assert wire.decode(wire.encode([texts, {key: 1}])) == [[carried(text) for text in texts], {carried(key): 1}]


class Odd(int):
    """An integer of a student's own kind."""


MANY = [0] * (wire.MAX_ITEMS + 1)
STRANGE = st.sampled_from(
    [
        *(object(), {1: 2}, {b"a": 1}, {1, 2}, 1j, range(3), Odd(3), np.str_("a"), Ellipsis, print, 2**4096),
        *(np.datetime64("2020-01-01"), np.longdouble(1), np.zeros(2, "O"), np.zeros(2, "U3"), np.zeros((0, 2**27))),
        *(np.zeros(2, [("a", "i4")]), np.zeros((0, 2**20, 2**20)), np.frombuffer(b"\2\1", "?"), np.zeros((1,) * 17)),
        *(MANY, [MANY[: wire.MAX_ITEMS // 2]] * 2, dict.fromkeys(map(str, range(len(MANY))), 0), bytearray(b"a")),
    ]
)


@quietly
@given(nested(LEAVES | STRANGE))
def test_what_may_not_be_sent_is_refused_by_the_sender(value):
    """Whatever `encode` takes, `decode` takes too; so a refusal is told to the student in the sender's words."""
    try:
        message = wire.encode(value)
    except wire.Unsendable:
        return
    wire.decode(message, RECORD_HOOK)


@pytest.mark.parametrize(
    ("most", "more"),
    [
        (2 ** (8 * wire.MAX_INTEGER_BYTES - 1) - 1, 2 ** (8 * wire.MAX_INTEGER_BYTES - 1)),
        (MANY[1:], MANY),
        ([MANY[: wire.MAX_ITEMS // 2 - 1]] * 2, [MANY[: wire.MAX_ITEMS // 2]] * 2),
        (np.zeros((1,) * wire.MAX_DIMENSIONS), np.zeros((1,) * (wire.MAX_DIMENSIONS + 1))),
        (np.zeros((0, wire.MAX_FRAME)), np.zeros((0, wire.MAX_FRAME + 1))),
        (np.zeros((2**13, 0, 2**13)), np.zeros((2**13, 0, 2**13 + 1))),
    ],
    ids=["an integer", "a list", "lists together", "dimensions", "an empty side", "empty sides"],
)
def test_a_bound_is_the_same_at_both_ends(most, more):
    """The largest value that may be sent is also the largest that is read."""
    assert same(wire.decode(wire.encode(most)), most)
    with pytest.raises(wire.Unsendable):
        wire.encode(more)


def wrapped(depth):
    """A number inside so many lists."""
    value = 0
    for _ in range(depth):
        value = [value]
    return value


def test_nesting_has_one_bound_at_both_ends():
    """Thirty-two levels may be sent and are read; one more is neither."""
    assert wire.decode(wire.encode(wrapped(wire.MAX_DEPTH))) == wrapped(wire.MAX_DEPTH)
    with pytest.raises(wire.Unsendable):
        wire.encode(wrapped(wire.MAX_DEPTH + 1))
    with pytest.raises(wire.Malformed):
        wire.decode(b"l\1\0\0\0" * (wire.MAX_DEPTH + 1) + b"N")


def test_two_records_of_one_name_are_told_apart_by_their_fields():
    """A named tuple with other fields than the grader's of that name arrives as a plain tuple."""
    impostor = namedtuple("Cache", ["mu", "points"])
    assert type(wire.decode(wire.encode(impostor(1, 2)), RECORD_HOOK)) is tuple


PAYLOADS = st.binary(max_size=200) | st.sampled_from([bytes(2**19), bytes(wire.MAX_REPLY)])
FRAMES = st.lists(st.tuples(st.integers(0, 255), st.binary(min_size=8, max_size=8), PAYLOADS), max_size=4)


@settings(deadline=None, max_examples=40)
@given(FRAMES, st.lists(st.integers(1, 300) | st.integers(1, 2**20), min_size=1, max_size=20))
def test_frames_that_arrive_in_pieces_are_put_together(frames, sizes):
    """However a stream falls into pieces on its way, the link gives the frames that were sent, and then its end."""
    near, far = socket.socketpair()
    output, printing = os.pipe()
    link = Link(Descriptors(near.fileno(), near.fileno(), output), 1024)
    stream = memoryview(b"".join(wire.frame(kind, nonce, payload) for kind, nonce, payload in frames))

    def send():
        left = stream
        for size in [*sizes, len(left)]:
            far.sendall(left[:size])
            left = left[size:]
        far.close()

    sender = threading.Thread(target=send)
    sender.start()
    received = [link.receive(time.monotonic() + 60) for _ in frames]
    with pytest.raises(LinkBroken) as ended:
        link.receive(time.monotonic() + 60)
    sender.join()
    near.detach()
    link.close()
    os.close(printing)
    assert [(kind, nonce, bytes(payload)) for kind, nonce, payload in received] == frames
    assert ended.value.cause is Cause.CLOSED
