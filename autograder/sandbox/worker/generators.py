"""Random generators that a check may hand to a student's function.

All three are `np.random.Generator`s, so whatever the student knows of generators works on them. Only
`spec()` crosses the wire: the worker builds a fresh generator from it for every call, and afterwards the
trusted object's `log` and `global_state_touched` hold what the worker said happened, which is data, no proof.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

Draw = tuple[str, tuple[int, ...]]

MAX_LOG = 1000
_RECORDED = tuple(
    name for name in dir(np.random.Generator) if not name.startswith("_") and name not in ("bit_generator", "spawn")
)
_SCRIPTABLE = ("random", "standard_normal", "permutation", "uniform")
# numpy makes these from those draws, so either spelling of a recipe meets the same script.
_MADE_FROM = {"normal": "standard_normal", "uniform": "random"}
_SIZE_POSITION = {"random": 0, "standard_normal": 0, "uniform": 2, "normal": 2}


class SeededRNG(np.random.Generator):
    """Draws what `np.random.default_rng(seed)` draws. `log` stays empty: nothing is recorded."""

    kind = "seeded"

    def __init__(self, seed: int = 0) -> None:
        self.seed = int(seed)
        self.log: list[Draw] = []
        self.global_state_touched = False
        super().__init__(np.random.default_rng(self.seed).bit_generator)

    def spec(self) -> tuple[str, dict[str, Any]]:
        """Return the kind and the plain fields from which `from_spec` makes this generator anew."""
        return self.kind, {"seed": self.seed}

    def fresh(self) -> "SeededRNG":
        """Return a new generator in the state this one started from, with an empty log."""
        return from_spec(*self.spec())

    def spawn(self, n_children: int) -> list[np.random.Generator]:
        """Return ordinary generators; they are neither recorded nor scripted."""
        return np.random.Generator(self.bit_generator).spawn(n_children)


class RecordingRNG(SeededRNG):
    """A seeded generator that logs the method and the shape of every draw: `[("random", (3, 4))]`.

    A method that returns nothing (`shuffle`) is logged with the shape of its argument. The log keeps
    the first 1000 draws.
    """

    kind = "recording"

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        # A plain generator on the same bits: numpy's methods call each other, and only the outer call counts.
        self._real = np.random.Generator(self.bit_generator)

    def _draw(self, method: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
        value: object = getattr(self._real, method)(*args, **kwargs)
        drawn: Any = value if value is not None else args[0] if args else kwargs.get("x")
        ragged = isinstance(drawn, (list, tuple))
        self._note(method, (len(drawn),) if ragged else np.shape(drawn))
        return value

    def _note(self, method: str, shape: tuple[int, ...]) -> None:
        if len(self.log) < MAX_LOG:
            self.log.append((method, shape))


class ScriptedRNG(RecordingRNG):
    """Returns canned arrays, in order, and logs every draw; for fixtures that no numpy version changes.

    Parameters
    ----------
    random, standard_normal, permutation, uniform : lists of what each method returns, call by call.
        `normal` is served from `standard_normal` and `uniform` from `random` when there is no script of
        their own, shifted and scaled as numpy does it.
    seed : of the real draws that stand in whenever a method has no script (left) or another shape is asked
        for. Such a call uses up nothing; the log shows it with the shape that was asked.
    """

    kind = "scripted"

    def __init__(
        self,
        *,
        random: Sequence[Any] = (),
        standard_normal: Sequence[Any] = (),
        permutation: Sequence[Any] = (),
        uniform: Sequence[Any] = (),
        seed: int = 0,
    ) -> None:
        super().__init__(seed)
        scripts = (random, standard_normal, permutation, uniform)
        self._script: dict[str, list[np.ndarray[Any, Any]]] = {}
        for method, script in zip(_SCRIPTABLE, scripts, strict=True):
            if not isinstance(script, (list, tuple)):
                raise TypeError(f"{method}= is a {type(script).__name__}; expected a list, one entry a call")
            self._script[method] = [np.array(canned) for canned in script]
        self._left = {method: list(script) for method, script in self._script.items()}

    def spec(self) -> tuple[str, dict[str, Any]]:
        """Return the kind and the plain fields: the seed and the whole script, used up or not."""
        return self.kind, {
            "seed": self.seed,
            **{method: list(script) for method, script in self._script.items()},
        }

    def _draw(self, method: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
        if method == "permutation":
            value: Any = self._permuted(*args, **kwargs)
        elif method in _SIZE_POSITION:
            value = self._canned(method, args, kwargs)
        else:
            value = None
        if value is None:
            return super()._draw(method, args, kwargs)
        self._note(method, np.shape(value))
        return value

    def _canned(self, method: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
        """Return the next canned array as `method` would give it, or None when the script does not fit."""
        source = method if self._script.get(method) else _MADE_FROM.get(method, method)
        queue = self._left[source]
        if not queue or queue[0].shape != _asked_shape(method, args, kwargs):
            return None
        canned = queue[0].astype(kwargs.get("dtype") or queue[0].dtype)
        value = canned if method == source else _shifted(method, canned, args, kwargs)
        if value is None:
            return None
        queue.pop(0)
        if kwargs.get("out") is not None:
            kwargs["out"][...] = value
            return kwargs["out"]
        return value if value.ndim else value.item()

    def _permuted(self, x: object = None, axis: int = 0) -> "np.ndarray[Any, Any] | None":
        queue = self._left["permutation"]
        if not queue or x is None:
            return None
        items = np.asarray(x)
        items = items if items.ndim else np.arange(operator.index(items.item()))
        if not -items.ndim <= axis < items.ndim or queue[0].shape != (items.shape[axis],):
            return None
        return np.take(items, queue.pop(0), axis=axis)


def from_spec(kind: str, fields: Mapping[str, Any]) -> SeededRNG:
    """Return a fresh generator from what `spec()` gave. Raises ValueError for an unknown kind."""
    kinds: dict[str, Callable[..., SeededRNG]] = {
        "seeded": SeededRNG,
        "recording": RecordingRNG,
        "scripted": ScriptedRNG,
    }
    if kind not in kinds:
        raise ValueError(f"a generator of kind {kind!r}; expected one of {', '.join(sorted(kinds))}")
    return kinds[kind](**fields)


def numpy_state() -> tuple[bytes, int]:
    """Return the state of numpy's global generator, to see whether a function has drawn from it."""
    state: Any = np.random.get_state()  # noqa: NPY002 - watched, not used
    return state[1].tobytes(), int(state[2])


def _asked_shape(method: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[int, ...] | None:
    """Return the shape that a call asks for; None when the arguments do not say it plainly."""
    position = _SIZE_POSITION[method]
    size = args[position] if len(args) > position else kwargs.get("size")
    if size is None and kwargs.get("out") is not None:
        return tuple(np.shape(kwargs["out"]))
    try:
        if size is None:
            return ()
        return tuple(operator.index(n) for n in (size if np.ndim(size) else (size,)))
    except TypeError:
        return None


def _shifted(
    method: str, value: np.ndarray[Any, Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> np.ndarray[Any, Any] | None:
    """Return `value` moved and scaled as `method`'s two parameters say; None when that changes its shape."""
    names, defaults = (("loc", "scale"), (0.0, 1.0)) if method == "normal" else (("low", "high"), (0.0, 1.0))
    first, second = (
        args[i] if len(args) > i else kwargs.get(name, default)
        for i, (name, default) in enumerate(zip(names, defaults, strict=True))
    )
    if np.broadcast_shapes(np.shape(first), np.shape(second), value.shape) != value.shape:
        return None
    width = second if method == "normal" else np.asarray(second) - first
    return np.asarray(first + width * value)


def _recorded(method: str) -> Callable[..., Any]:
    def draw(self: RecordingRNG, *args: object, **kwargs: object) -> object:
        return self._draw(method, args, kwargs)

    draw.__name__ = method
    draw.__doc__ = getattr(np.random.Generator, method).__doc__
    return draw


for _method in _RECORDED:
    setattr(RecordingRNG, _method, _recorded(_method))
