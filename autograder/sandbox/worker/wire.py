"""The bytes between grader and worker: frames that carry a closed set of plain values, never a pickle.

A frame is a 16-byte header (payload length, kind, nonce) and a payload, which is one encoded value.
A value is a tag byte and its body:

    N T F            None, True, False
    i I f            64-bit integer, longer integer (length, two's complement), float64
    s b              text (UTF-8) and bytes, each behind a 32-bit length
    l t d            list, tuple, dict with text keys, each behind a 32-bit count
    u                named tuple: class name, field names, values
    a n              array (dtype code, dimensions, padding to 8 bytes, C-order data) and numpy scalar
    c g              a function (its number) and a random generator (kind, fields): only from grader to worker

Whoever reads treats every byte as hostile: lengths are checked against what has arrived before anything is
allocated, depth and item counts are bounded, and whatever does not fit raises `Malformed`.
"""

import struct
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

# The exit status of a worker that can neither read nor write it.
LOST_THE_WIRE = 70

MAX_FRAME = 64 * 1024 * 1024
# What a worker may send; it is kept until the submission is done, and checks copy it.
MAX_REPLY = 2 * 1024 * 1024
MAX_DEPTH = 32
MAX_ITEMS = 20_000
MAX_INTEGER_BYTES = 512
MAX_DIMENSIONS = 16

HEADER = struct.Struct("<IB3x8s")

_LENGTH = struct.Struct("<I")
_INT64 = struct.Struct("<q")
_FLOAT64 = struct.Struct("<d")
_DTYPES = {
    code: np.dtype(name)
    for code, name in enumerate(
        ("?", "<i1", "<i2", "<i4", "<i8", "<u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16")
    )
}
_CODES = {dtype: code for code, dtype in _DTYPES.items()}
_SMALL, _LARGE = -(2**63), 2**63 - 1


class Kind:
    """What a frame is for. The first four go to the worker, the others come from it.

    RETURNED carries a value; REMARKED a value with what was drawn, whether numpy's generator was, and warnings.
    """

    SOURCES = 1
    LOAD = 2
    CALL = 3
    ANSWER = 4
    RETURNED = 16
    RAISED = 17
    CALLBACK = 18
    REMARKED = 19


class Malformed(Exception):  # noqa: N818 - a word about the bytes, not about us
    """The bytes are no frame or no value that this wire carries."""


class Unsendable(Exception):  # noqa: N818
    """A value has a type that this wire does not carry; the message names it."""


class Special(NamedTuple):
    """How the two ends treat functions, generators and named tuples; None refuses them."""

    function: Callable[[int], Any] | None = None
    generator: Callable[[str, dict[str, Any]], Any] | None = None
    record: Callable[[str, tuple[str, ...]], Any] | None = None


def frame(kind: int, nonce: bytes, payload: bytes) -> bytes:
    """Return one frame. Raises `Unsendable` when the payload is over `MAX_FRAME` bytes."""
    if len(payload) > MAX_FRAME:
        raise Unsendable(f"{len(payload):,} bytes in one message; the wire carries at most {MAX_FRAME:,}")
    return HEADER.pack(len(payload), kind, nonce) + payload


def encode(value: object, lend: Callable[[Any], int] | None = None) -> bytes:
    """Return the bytes of `value`.

    lend: called with each function met, returns the number under which it can be called back.
    Raises `Unsendable` for a type outside the closed set, too deep a nesting, too many items, a non-text key, or
    an array that `decode` would refuse.
    """
    out = _Message()
    _write(out, value, lend, MAX_DEPTH)
    return bytes(out)


class _Message(bytearray):
    """A payload that grows, and how many more items it may hold."""

    left = MAX_ITEMS

    def announce(self, items: int) -> None:
        """Write the number of items of a list, tuple or dict."""
        self.left -= items
        if self.left < 0:
            raise Unsendable(f"more than {MAX_ITEMS:,} items in lists, tuples and dicts")
        self.extend(_LENGTH.pack(items))


def _write(out: _Message, value: Any, lend: Callable[[Any], int] | None, depth: int) -> None:
    kind = type(value)
    writer = _WRITERS.get(kind)
    if writer is not None:
        writer(out, value)
    elif depth <= 0:
        raise Unsendable(f"nesting deeper than {MAX_DEPTH} levels")
    elif kind is tuple or kind is list:
        out += b"t" if kind is tuple else b"l"
        out.announce(len(value))
        for item in value:
            _write(out, item, lend, depth - 1)
    elif kind is dict:
        out += b"d"
        out.announce(len(value))
        for key, item in value.items():
            if type(key) is not str:
                raise Unsendable(f"a dict with a key of type {type(key).__name__}; keys must be str")
            _write_text(out, key)
            _write(out, item, lend, depth - 1)
    else:
        _write_other(out, value, lend, depth)


def _write_other(out: _Message, value: Any, lend: Callable[[Any], int] | None, depth: int) -> None:
    """Write what exact types do not decide: subclasses, numpy scalars, generators and functions."""
    if isinstance(value, np.ndarray):
        _write_array(out, value)
    elif isinstance(value, np.generic):
        data = np.asarray(value)
        out += b"n"
        out.append(_dtype_code(data))
        out += data.tobytes()
    elif isinstance(value, tuple) and isinstance(getattr(type(value), "_fields", None), tuple):
        fields = type(value)._fields  # type: ignore[attr-defined]
        out += b"u"
        out.left -= 1
        _write_text(out, type(value).__name__)
        _write(out, tuple(str(name) for name in fields), lend, depth - 1)
        _write(out, tuple(value), lend, depth - 1)
    elif isinstance(value, (bool, int, float, str, bytes, tuple, list, dict)):
        bases: tuple[Any, ...] = (int, float, str, bytes, tuple, list, dict)
        plain = next(base for base in bases if isinstance(value, base))
        _write(out, plain(value), lend, depth - 1)
    elif lend is not None and hasattr(value, "spec"):
        kind, fields = value.spec()
        out += b"g"
        _write_text(out, kind)
        _write(out, fields, None, depth - 1)
    elif lend is not None and callable(value):
        out += b"c" + _LENGTH.pack(lend(value))
    else:
        raise Unsendable(f"an object of type {type(value).__name__}")


def _dtype_code(array: "np.ndarray[Any, Any]") -> int:
    code = _CODES.get(array.dtype)
    if code is None:
        raise Unsendable(f"an array of dtype {array.dtype.str}; the wire carries bool, integers and floats")
    return code


def _write_text(out: bytearray, value: str) -> None:
    data = value.encode("utf-8", "replace")
    out += _LENGTH.pack(len(data))
    out += data


def _write_str(out: bytearray, value: str) -> None:
    out += b"s"
    _write_text(out, value)


def _write_bytes(out: bytearray, value: bytes) -> None:
    out += b"b" + _LENGTH.pack(len(value))
    out += value


def _write_int(out: bytearray, value: int) -> None:
    if _SMALL <= value <= _LARGE:
        out += b"i" + _INT64.pack(value)
        return
    size = value.bit_length() // 8 + 1
    if size > MAX_INTEGER_BYTES:
        digits, most = size * 2.408, MAX_INTEGER_BYTES * 2.408
        raise Unsendable(f"an integer of some {digits:,.0f} digits; at most {most:,.0f} are taken")
    out += b"I" + _LENGTH.pack(size) + value.to_bytes(size, "little", signed=True)


def _write_array(out: bytearray, value: "np.ndarray[Any, Any]") -> None:
    if value.ndim > MAX_DIMENSIONS:
        raise Unsendable(f"an array of {value.ndim} dimensions; the wire carries at most {MAX_DIMENSIONS}")
    if not value.dtype.isnative:
        value = value.astype(value.dtype.newbyteorder("="))
    if _extent(value.shape) > MAX_FRAME:
        raise Unsendable(f"an array of shape {value.shape}")
    if _has_odd_bools(value):
        raise Unsendable("a bool array with values that were never set")
    out += b"a"
    out.append(_dtype_code(value))
    out.append(value.ndim)
    out += struct.pack(f"<{value.ndim}Q", *value.shape)
    out += b"\0" * (-len(out) % 8)
    out += value.tobytes()


_WRITERS: dict[type, Callable[[bytearray, Any], object]] = {
    type(None): lambda out, _: out.extend(b"N"),
    bool: lambda out, value: out.extend(b"T" if value else b"F"),
    float: lambda out, value: out.extend(b"f" + _FLOAT64.pack(value)),
    int: _write_int,
    str: _write_str,
    bytes: _write_bytes,
    np.ndarray: _write_array,
}


def decode(payload: bytes | memoryview, special: Special = Special()) -> Any:  # noqa: B008 - immutable
    """Return the one value that `payload` holds, its arrays read-only views of it.

    Raises `Malformed` for anything else: unknown tags, lengths past the end, bytes left over, too many items.
    """
    reader = _Reader(memoryview(payload).toreadonly(), special)
    try:
        value = reader.value(MAX_DEPTH)
    except (struct.error, IndexError, UnicodeDecodeError, ValueError, OverflowError, MemoryError) as error:
        raise Malformed(f"{type(error).__name__} at byte {reader.at}") from None
    if reader.at != len(payload):
        raise Malformed(f"{len(payload) - reader.at} bytes follow the value")
    return value


def _extent(shape: tuple[int, ...]) -> int:
    """Return the product of all sides but zeros: a sum along an empty side is an array of that size."""
    extent = 1
    for side in shape:
        extent *= side or 1
    return extent


def _has_odd_bools(array: "np.ndarray[Any, Any]") -> bool:
    # A bool that is neither 0 nor 1 is both equal and unequal to True, depending on who asks.
    return bool(array.dtype == np.bool_ and array.size and array.view(np.uint8).max() > 1)


def _checked(array: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    if _has_odd_bools(array):
        raise Malformed("a bool array with a byte that is neither 0 nor 1")
    return array


class _Reader:
    """A place in a payload; every read moves it on."""

    __slots__ = ("at", "data", "left", "special")

    def __init__(self, data: memoryview, special: Special) -> None:
        self.data, self.special = data, special
        self.at, self.left = 0, MAX_ITEMS

    def take(self, size: int) -> memoryview:
        start, self.at = self.at, self.at + size
        if self.at > len(self.data):
            raise Malformed(f"a length of {size} passes the end of the message")
        return self.data[start : self.at]

    def count(self) -> int:
        (count,) = _LENGTH.unpack_from(self.data, self.at)
        self.at += 4
        return int(count)

    def text(self) -> str:
        return str(self.take(self.count()), "utf-8")

    def items(self, depth: int) -> list[Any]:
        count = self.count()
        self.left -= count
        if self.left < 0 or count > len(self.data) - self.at:
            raise Malformed(f"{count} items announced; at most {MAX_ITEMS} may come in one message")
        return [self.value(depth - 1) for _ in range(count)]

    def value(self, depth: int) -> Any:
        if depth < 0:
            raise Malformed(f"nesting deeper than {MAX_DEPTH} levels")
        tag = self.data[self.at]
        self.at += 1
        reader = _READERS.get(tag)
        if reader is None:
            raise Malformed(f"unknown tag {tag} at byte {self.at - 1}")
        return reader(self, depth)

    def float64(self, _: int) -> float:
        (value,) = _FLOAT64.unpack_from(self.data, self.at)
        self.at += 8
        return float(value)

    def int64(self, _: int) -> int:
        (value,) = _INT64.unpack_from(self.data, self.at)
        self.at += 8
        return int(value)

    def long(self, _: int) -> int:
        size = self.count()
        if size > MAX_INTEGER_BYTES:
            raise Malformed(f"an integer of {size} bytes")
        return int.from_bytes(self.take(size), "little", signed=True)

    def mapping(self, depth: int) -> dict[str, Any]:
        count = self.count()
        self.left -= count
        if self.left < 0:
            raise Malformed(f"{count} items announced; at most {MAX_ITEMS} may come in one message")
        result = {}
        for _ in range(count):
            key = self.text()
            result[key] = self.value(depth - 1)
        return result

    def array(self, _: int) -> "np.ndarray[Any, Any]":
        dtype = _DTYPES.get(self.data[self.at])
        dimensions = self.data[self.at + 1]
        if dtype is None or dimensions > MAX_DIMENSIONS:
            raise Malformed("an array of unknown dtype or of too many dimensions")
        shape = struct.unpack_from(f"<{dimensions}Q", self.data, self.at + 2)
        self.at += 2 + 8 * dimensions
        self.at += -self.at % 8
        size = 0 if 0 in shape else dtype.itemsize * _extent(shape)
        if _extent(shape) > MAX_FRAME or size > len(self.data) - self.at:
            raise Malformed(f"an array of shape {shape} does not fit the {len(self.data)} bytes received")
        result: np.ndarray[Any, Any] = np.ndarray(shape, dtype, self.data, self.at)
        self.at += size
        return _checked(result)

    def scalar(self, _: int) -> Any:
        dtype = _DTYPES.get(self.data[self.at])
        if dtype is None:
            raise Malformed("a scalar of unknown dtype")
        self.at += 1
        return _checked(np.frombuffer(self.take(dtype.itemsize), dtype))[0]

    def record(self, depth: int) -> Any:
        self.left -= 1
        if self.left < 0:
            raise Malformed(f"more than {MAX_ITEMS} items in one message")
        name, fields, values = self.text(), self.value(depth - 1), self.value(depth - 1)
        well_formed = type(fields) is tuple and type(values) is tuple and len(fields) == len(values)
        if not well_formed or not all(type(field) is str for field in fields):
            raise Malformed("a named tuple whose fields and values do not match")
        make = self.special.record(name, fields) if self.special.record else None
        return values if make is None else make(*values)

    def function(self, _: int) -> Any:
        if self.special.function is None:
            raise Malformed("a function, which only the grader may send")
        return self.special.function(self.count())

    def generator(self, depth: int) -> Any:
        if self.special.generator is None:
            raise Malformed("a random generator, which only the grader may send")
        kind, fields = self.text(), self.value(depth - 1)
        if type(fields) is not dict:
            raise Malformed("a random generator without fields")
        return self.special.generator(kind, fields)


_READERS: dict[int, Callable[[_Reader, int], Any]] = {
    ord("N"): lambda _, __: None,
    ord("T"): lambda _, __: True,
    ord("F"): lambda _, __: False,
    ord("i"): _Reader.int64,
    ord("I"): _Reader.long,
    ord("f"): _Reader.float64,
    ord("s"): lambda reader, _: reader.text(),
    ord("b"): lambda reader, _: bytes(reader.take(reader.count())),
    ord("l"): _Reader.items,
    ord("t"): lambda reader, depth: tuple(reader.items(depth)),
    ord("d"): _Reader.mapping,
    ord("u"): _Reader.record,
    ord("a"): _Reader.array,
    ord("n"): _Reader.scalar,
    ord("c"): _Reader.function,
    ord("g"): _Reader.generator,
}
