"""The wire carries a closed set of values and refuses every other byte."""

import struct
from collections import namedtuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox.worker import generators, wire

DTYPES = st.sampled_from(["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"])
ARRAYS = DTYPES.flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
PLAIN = st.none() | st.booleans() | st.integers(-(2**200), 2**200) | st.floats() | st.text() | st.binary()
VALUES = st.recursive(
    PLAIN | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def same(a: object, b: object) -> bool:
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, float) and isinstance(b, float):
        return struct.pack("<d", a) == struct.pack("<d", b) or (a != a and b != b)
    if isinstance(a, list | tuple) and type(a) is type(b):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    return type(a) is type(b) and a == b


@given(VALUES)
def test_every_value_of_the_closed_set_comes_back_as_it_was(value: object) -> None:
    """Whatever may be sent arrives with the same types and the same bits."""
    sendable = not _has_surrogates(value)
    if sendable:
        assert same(wire.decode(wire.encode(value)), value)


def _has_surrogates(value: object) -> bool:
    if isinstance(value, str):
        return any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, dict):
        return any(_has_surrogates(key) or _has_surrogates(item) for key, item in value.items())
    return isinstance(value, list | tuple) and any(map(_has_surrogates, value))


@given(st.binary(max_size=400))
def test_random_bytes_are_a_value_or_malformed_and_nothing_else(data: bytes) -> None:
    """No input raises anything but the declared exception."""
    try:
        wire.decode(data)
    except wire.Malformed:
        pass


@given(VALUES, st.data())
def test_a_changed_or_cut_message_is_a_value_or_malformed(value: object, data: st.DataObject) -> None:
    """Nor does a valid message with a byte changed or its end cut off."""
    message = bytearray(wire.encode(value))
    place = data.draw(st.integers(0, len(message) - 1))
    message[place] = data.draw(st.integers(0, 255))
    for hostile in (bytes(message), bytes(message[:place])):
        try:
            wire.decode(hostile)
        except wire.Malformed:
            pass


def header(tag: bytes, code: int, *shape: int) -> bytes:
    message = tag + bytes([code, len(shape)]) + struct.pack(f"<{len(shape)}Q", *shape)
    return message + b"\0" * (-len(message) % 8)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("an unknown tag", b"z"),
        ("nothing at all", b""),
        ("a second value behind the first", b"NN"),
        ("a text longer than the message", b"s" + struct.pack("<I", 2**31) + b"a"),
        ("a list that announces more than arrived", b"l" + struct.pack("<I", 100)),
        ("four billion items", b"l" + struct.pack("<I", 2**32 - 1)),
        ("a list nested too deep", b"l\1\0\0\0" * 40 + b"N"),
        ("an array larger than the message", header(b"a", 11, 10**6, 10**6)),
        ("a shape whose product overflows", header(b"a", 11, 2**63, 2)),
        ("an empty array with a huge extent", header(b"a", 11, 0, 2**62)),
        ("an array of an unknown dtype", header(b"a", 99, 1) + b"\0" * 8),
        ("a bool that is neither 0 nor 1", header(b"a", 0, 1) + b"\2"),
        ("seventeen dimensions", header(b"a", 11, *[1] * 17) + b"\0" * 8),
        ("an integer of a megabyte", b"I" + struct.pack("<I", 10**6) + b"\1" * 10**6),
        ("a text that is not UTF-8", b"s" + struct.pack("<I", 2) + b"\xff\xfe"),
        ("a lone surrogate", b"s" + struct.pack("<I", 3) + b"\xed\xa0\x80"),
        ("a function from a worker", b"c\0\0\0\0"),
        ("a generator from a worker", b"g" + struct.pack("<I", 0) + b"N"),
        ("a named tuple with fields that do not match", b"u" + struct.pack("<I", 1) + b"Xt\1\0\0\0N" + b"t\0\0\0\0"),
    ],
)
def test_hostile_messages_are_malformed(name: str, message: bytes) -> None:
    """Each known way to lie about a length, a shape or a type is refused."""
    with pytest.raises(wire.Malformed):
        wire.decode(message)


def test_arrays_arrive_read_only_and_cannot_be_made_writeable() -> None:
    """An in-place edit of an argument fails at the student's own line, whatever flags are set before."""
    array = wire.decode(wire.encode(np.zeros(3)))
    with pytest.raises(ValueError, match="WRITEABLE"):
        array.flags.writeable = True


def test_a_named_tuple_becomes_the_type_that_the_receiver_knows() -> None:
    """A cache keeps its fields when both sides know it, and is a plain tuple otherwise."""
    cache = namedtuple("Cache", ["mu", "var"])
    message = wire.encode(cache(1.0, 2.0))
    assert wire.decode(message) == (1.0, 2.0)
    special = wire.Special(record=lambda name, fields: cache if (name, fields) == ("Cache", ("mu", "var")) else None)
    assert wire.decode(message, special).var == 2.0


def test_an_object_is_refused_by_name() -> None:
    """What the wire does not carry is named, so that a student knows what was returned."""
    with pytest.raises(wire.Unsendable, match="type object"):
        wire.encode({"a": [object()]})
    with pytest.raises(wire.Unsendable, match="dtype"):
        wire.encode(np.array(["text"]))


def test_a_generator_is_built_anew_from_its_seed() -> None:
    """The worker's generator draws what the trusted one would have drawn."""
    sent = wire.encode(generators.SeededRNG(5), lend=lambda _: 0)
    received = wire.decode(sent, wire.Special(generator=generators.from_spec))
    assert received.random(3).tolist() == np.random.default_rng(5).random(3).tolist()
