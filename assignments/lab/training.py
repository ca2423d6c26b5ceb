"""A training loop for networks with softmax output, in which every function of the course can be exchanged.

    network = lab.Network(sizes=(64, 32, 10), epochs=5, lr=0.3)
    run = lab.train(parts.train, network, seed=0, softmax_loss=student.softmax_loss)
    lab.accuracy(run.end, parts.test)

Functions are exchanged by their names in the course; those that nobody exchanges are the reference's. The loop is the
plain one: for each batch a way forward, a cost, a way back, a step. What a function returns is taken as it is, but for
more values than its docstring promises.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from autograder.checking import SeededRNG

from . import reference

# In which module of the reference a function stands.
HOMES = {
    "forward": ("sigmoid", "tanh", "relu", "linear_forward"),
    "backprop": ("sigmoid_backward", "tanh_backward", "relu_backward", "linear_backward", "update_gd"),
    "softmax": ("softmax", "softmax_loss"),
    "initialization": ("initialize_small", "initialize_xavier", "initialize_he", "initialize_glorot"),
    "regularization": ("l1_penalty", "l2_penalty", "forward_dropout", "backward_dropout"),
    "batches": ("random_mini_batches",),
    "optimizers": ("initialize_state", "update_momentum", "update_rmsprop", "update_adam"),
    "batchnorm": ("batchnorm_forward", "batchnorm_backward", "update_running_stats", "batchnorm_inference"),
}


class Functions:
    """The functions of the course as attributes: those that were exchanged, and the reference's for all others."""

    def __init__(self, own: Mapping[str, Callable]) -> None:
        known = {name: module for module, names in HOMES.items() for name in names}
        unknown = own.keys() - known.keys()
        if unknown:
            raise ValueError(f"the loop calls no {', '.join(sorted(unknown))}; it calls {', '.join(sorted(known))}")
        self._own, self._known = own, known

    def __getattr__(self, name):
        if name in self._own:
            return self._own[name]
        return getattr(getattr(reference, self._known[name]), name)


@dataclass(frozen=True)
class Network:
    """What is trained, and how.

    sizes: units of each layer, from the features to the classes. batch_size: None takes all examples at once. hidden:
    activation of the hidden layers, "relu", "tanh" or "sigmoid". initialize: "he", "xavier", "glorot", "small", or
    "zeros" (initialize_small with scale 0). optimizer: "gd", "momentum", "rmsprop" or "adam", with its default rates.
    lambd: of the L2 penalty. keep_prob: of dropout after every hidden activation, one number for all layers or one for
    each. batchnorm: whether it stands before every hidden activation.
    """

    sizes: tuple[int, ...]
    epochs: int
    lr: float
    batch_size: int | None = 64
    hidden: str = "relu"
    initialize: str = "he"
    optimizer: str = "gd"
    lambd: float = 0.0
    keep_prob: float | tuple[float, ...] = 1.0
    batchnorm: bool = False

    @property
    def last(self):
        """The number of the output layer; layers count from 1."""
        return len(self.sizes) - 1

    def kept(self, layer):
        """The probability to keep a unit of a hidden layer."""
        return self.keep_prob[layer - 1] if isinstance(self.keep_prob, tuple) else self.keep_prob


@dataclass(frozen=True)
class State:
    """A network at one moment: its parameters, and by layer the running statistics of batch norm."""

    network: Network
    params: Mapping[str, np.ndarray]
    running: Mapping[int, Mapping[str, np.ndarray]] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """What a training leaves behind: the state at the start and after each epoch; the cost and size of each batch."""

    states: list[State]
    costs: list[float]
    sizes: list[int]

    @property
    def end(self):
        """The state after the last epoch."""
        return self.states[-1]


def train(part, network, seed, **own):
    """Train `network` on a part of a table and return the run; `own` are functions to exchange, by name."""
    f = Functions(own)
    draws = np.random.default_rng(seed)

    def dice():
        # Whoever draws gets a generator of its own, since a student's starts afresh at every call.
        return SeededRNG(int(draws.integers(2**31)))

    params = _start(f, network, dice())
    step, running = _stepper(f, network, params), {}
    run = Run([State(network, params)], [], [])
    for _ in range(network.epochs):
        for X, Y in _batches(f, network, part, dice):
            Z, trail = _forward(f, State(network, params, running), X, dice)
            J, dZ = f.softmax_loss(Z, Y)[:2]
            grads = _backward(f, network, dZ, trail)
            if network.lambd:
                penalty, decay = f.l2_penalty(params, network.lambd, X.shape[1])[:2]
                J = number(J) + number(penalty)
                grads |= {key: grads[key] + decay[key] for key in decay}
            params = step(params, grads)
            run.costs.append(number(J))
            run.sizes.append(X.shape[1])
        run.states.append(State(network, params, dict(running)))
    return run


def scores(state, X, **own):
    """Return the scores (C, m) that a trained network gives: dropout rests, batch norm uses its running statistics."""
    f = Functions(own)
    network, params, A = state.network, state.params, X
    for layer in range(1, network.last):
        Z = f.linear_forward(A, params[f"W{layer}"], params[f"b{layer}"])
        if network.batchnorm:
            Z = f.batchnorm_inference(Z, params[f"gamma{layer}"], params[f"beta{layer}"], state.running[layer])
        A = getattr(f, network.hidden)(Z)
    return f.linear_forward(A, params[f"W{network.last}"], params[f"b{network.last}"])


def accuracy(state, part, **own):
    """Return the share of the examples of `part` that a trained network gets right."""
    return float(np.mean(np.argmax(scores(state, part.X, **own), axis=0) == part.y))


def cost(state, part, **own):
    """Return the mean cost of the examples of `part`, without any penalty."""
    return number(Functions(own).softmax_loss(scores(state, part.X, **own), part.Y)[0])


def number(value):
    """Return as a float what a student's function gave as a number, be it boxed in an array of one."""
    return float(np.asarray(value, dtype=np.float64).item())


def _start(f, network, rng):
    sizes = list(network.sizes)
    if network.initialize == "zeros":
        params = dict(f.initialize_small(sizes, rng, 0.0))
    else:
        params = dict(getattr(f, f"initialize_{network.initialize}")(sizes, rng))
    if network.batchnorm:
        for layer in range(1, network.last):
            params[f"gamma{layer}"] = np.ones((network.sizes[layer], 1))
            params[f"beta{layer}"] = np.zeros((network.sizes[layer], 1))
    return params


def _batches(f, network, part, dice):
    if network.batch_size is None:
        return [(part.X, part.Y)]
    return f.random_mini_batches(part.X, part.Y, network.batch_size, dice())


def _forward(f, state, X, dice):
    """Return the scores, and for each layer what the way back needs; batch norm adds to its running statistics."""
    network, params, A, trail = state.network, state.params, X, []
    for layer in range(1, network.last + 1):
        W = params[f"W{layer}"]
        Z = f.linear_forward(A, W, params[f"b{layer}"])
        cache, norm, mask = reference.backprop.LayerCache(A, W, Z), None, None
        if layer < network.last:
            if network.batchnorm:
                Z, norm = f.batchnorm_forward(Z, params[f"gamma{layer}"], params[f"beta{layer}"])[:2]
                # A plain tuple is as good a cache; a way back may ask for its parts by name.
                norm = reference.batchnorm.BNCache(*norm[:6])
                state.running[layer] = f.update_running_stats(state.running.get(layer), norm.mu, norm.var)
            A = getattr(f, network.hidden)(Z)
            if network.kept(layer) < 1.0:
                A, mask = f.forward_dropout(A, network.kept(layer), dice())[:2]
        trail.append((cache, Z, norm, mask))
    return Z, trail


def _backward(f, network, dZ, trail):
    """Return the gradients of the mean cost by name, from that of the sum of the costs with respect to the scores."""
    grads, m, dA = {}, dZ.shape[1], None
    back = getattr(f, f"{network.hidden}_backward")
    for layer in range(network.last, 0, -1):
        cache, Z, norm, mask = trail[layer - 1]
        if layer < network.last:
            if network.kept(layer) < 1.0:
                dA = f.backward_dropout(dA, mask, network.kept(layer))
            dZ = back(dA, Z)
            if network.batchnorm:
                through = f.batchnorm_backward(dZ, norm)
                dZ = through["dZ"]
                grads |= {f"dgamma{layer}": through["dgamma"] / m, f"dbeta{layer}": through["dbeta"] / m}
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = f.linear_backward(dZ, cache)[:3]
    return grads


def _stepper(f, network, params):
    """Return a function (params, grads) -> params that keeps what its optimiser remembers."""
    if network.optimizer == "gd":
        return partial(_gd_step, f, network.lr)
    averages = 2 if network.optimizer == "adam" else 1
    memory = [f.initialize_state(params) for _ in range(averages)]
    t = 0

    def step(params, grads):
        nonlocal memory, t
        t += 1
        count = (t,) if network.optimizer == "adam" else ()
        update = getattr(f, f"update_{network.optimizer}")
        params, *memory = update(params, grads, *memory, *count, network.lr)[: 1 + averages]
        return params

    return step


def _gd_step(f, lr, params, grads):
    return f.update_gd(params, grads, lr)
