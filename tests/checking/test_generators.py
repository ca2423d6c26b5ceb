"""The generators that a check may hand to a student's function."""

import copy

import numpy as np
import pytest

from autograder.checking import RecordingRNG, ScriptedRNG, SeededRNG
from autograder.sandbox.worker import wire
from autograder.sandbox.worker.generators import MAX_LOG, from_spec

DRAWS = [np.array([[1.0, -2.0, 0.5], [0.25, 4.0, -1.5]]), np.array([[3.0], [-0.75]])]


@pytest.mark.parametrize("kind", [SeededRNG, RecordingRNG, lambda seed: ScriptedRNG(seed=seed)])
def test_the_stream_is_that_of_default_rng(kind):
    """Every method draws what numpy's own generator of that seed draws."""
    ours, numpys = kind(11), np.random.default_rng(11)
    assert np.array_equal(ours.standard_normal((2, 3)), numpys.standard_normal((2, 3)))
    assert np.array_equal(ours.random(4), numpys.random(4))
    assert np.array_equal(ours.uniform(-1, 2, size=(2, 2)), numpys.uniform(-1, 2, size=(2, 2)))
    assert np.array_equal(ours.normal(1, 2, 3), numpys.normal(1, 2, 3))
    assert np.array_equal(ours.permutation(9), numpys.permutation(9))
    assert np.array_equal(ours.integers(0, 9, 5), numpys.integers(0, 9, 5))
    assert np.array_equal(ours.choice(9, 3), numpys.choice(9, 3))
    assert ours.random() == numpys.random()


@pytest.mark.parametrize("rng", [SeededRNG(3), RecordingRNG(3), ScriptedRNG(random=DRAWS)])
def test_they_are_generators_in_every_way(rng):
    """isinstance, default_rng, copy and spawn treat them as numpy's."""
    assert isinstance(rng, np.random.Generator)
    assert np.random.default_rng(rng) is rng
    assert isinstance(rng.bit_generator, np.random.PCG64)
    assert copy.deepcopy(rng).random() is not None
    assert len(rng.spawn(2)) == 2


@pytest.mark.parametrize("rng", [SeededRNG(3), RecordingRNG(3), ScriptedRNG(standard_normal=DRAWS, seed=3)])
def test_a_spec_survives_the_wire_and_makes_the_same_generator_anew(rng):
    """What is built from a spec starts afresh, whatever has been drawn from the original."""
    first = [rng.standard_normal((2, 3)), rng.standard_normal((2, 1))]
    kind, fields = rng.spec()
    again = from_spec(kind, wire.decode(wire.encode(fields)))
    assert type(again) is type(rng)
    assert again.log == []
    assert all(np.array_equal(a, again.standard_normal(a.shape)) for a in first)
    assert np.array_equal(rng.fresh().standard_normal((2, 3)), first[0])


def test_an_unknown_kind_is_refused():
    """A spec that nobody wrote makes nothing."""
    with pytest.raises(ValueError, match="kind 'quantum'"):
        from_spec("quantum", {})


def test_recording_logs_method_and_shape_of_every_draw():
    """Arrays, single numbers and shuffles are logged once each, also where numpy calls itself."""
    rng = RecordingRNG(0)
    rng.random((3, 4))
    rng.standard_normal()
    rng.normal(size=5)
    rng.permutation(6)
    rng.permutation(np.zeros((2, 3)))
    rng.shuffle([1, [2, 3]])
    rng.integers(0, 2, size=(2,))
    assert rng.log == [
        ("random", (3, 4)),
        ("standard_normal", ()),
        ("normal", (5,)),
        ("permutation", (6,)),
        ("permutation", (2, 3)),
        ("shuffle", (2,)),
        ("integers", (2,)),
    ]
    assert SeededRNG(0).log == []


def test_the_log_is_bounded():
    """A million draws leave a thousand entries."""
    rng = RecordingRNG(0)
    for _ in range(MAX_LOG + 10):
        rng.random()
    assert len(rng.log) == MAX_LOG


def test_a_script_is_returned_in_order_and_logged():
    """Canned arrays come in the order of the script, writable copies of it."""
    rng = ScriptedRNG(standard_normal=DRAWS, random=[0.25])
    first = rng.standard_normal((2, 3))
    assert np.array_equal(first, DRAWS[0])
    first *= 0
    assert np.array_equal(rng.standard_normal(size=(2, 1)), DRAWS[1])
    assert rng.random() == 0.25
    assert np.array_equal(rng.fresh().standard_normal((2, 3)), DRAWS[0])
    assert rng.log == [("standard_normal", (2, 3)), ("standard_normal", (2, 1)), ("random", ())]


def test_another_shape_gets_real_draws_and_leaves_the_script():
    """A call that the script does not fit is logged with its shape, and the next fitting one gets the script."""
    rng, numpys = ScriptedRNG(standard_normal=DRAWS, seed=5), np.random.default_rng(5)
    assert np.array_equal(rng.standard_normal((3, 2)), numpys.standard_normal((3, 2)))
    assert np.array_equal(rng.standard_normal((2, 3)), DRAWS[0])
    assert rng.log == [("standard_normal", (3, 2)), ("standard_normal", (2, 3))]


def test_methods_without_a_script_fall_back_to_the_seed():
    """What is not scripted, or no longer, is drawn from default_rng(seed) and logged."""
    rng, numpys = ScriptedRNG(random=[np.zeros(2)], seed=5), np.random.default_rng(5)
    rng.random(2)
    assert np.array_equal(rng.random(2), numpys.random(2))
    assert np.array_equal(rng.exponential(size=3), numpys.exponential(size=3))
    assert rng.log == [("random", (2,)), ("random", (2,)), ("exponential", (3,))]


def test_normal_and_uniform_are_served_from_the_script_they_are_made_of():
    """rng.normal(0, s, shape) is s times rng.standard_normal(shape), scripted or not; uniform is made of random."""
    rng = ScriptedRNG(standard_normal=DRAWS, random=[np.array([0.25, 0.5])])
    assert np.array_equal(rng.normal(1.0, 2.0, (2, 3)), 1.0 + 2.0 * DRAWS[0])
    assert np.array_equal(rng.normal(scale=0.5, size=(2, 1)), 0.5 * DRAWS[1])
    assert np.array_equal(rng.uniform(-1.0, 1.0, 2), [-0.5, 0.0])
    assert [method for method, _ in rng.log] == ["normal", "normal", "uniform"]
    assert np.array_equal(ScriptedRNG(uniform=[np.array([7.0])]).uniform(0, 1, 1), [7.0])


def test_a_scripted_permutation_moves_numbers_and_arrays():
    """A permutation of n is the script itself; one of an array moves its rows, or the axis that is asked for."""
    order, X = np.array([2, 0, 1]), np.arange(6.0).reshape(3, 2)
    assert np.array_equal(ScriptedRNG(permutation=[order]).permutation(3), order)
    assert np.array_equal(ScriptedRNG(permutation=[order]).permutation(X), X[order])
    assert np.array_equal(ScriptedRNG(permutation=[order]).permutation(X.T, axis=1), X.T[:, order])
    assert ScriptedRNG(permutation=[order]).permutation(4).shape == (4,)


def test_dtype_and_out_are_respected():
    """float32 draws come in float32, and a given array is filled."""
    rng = ScriptedRNG(random=[np.array([0.25]), np.array([0.5])])
    assert rng.random(1, dtype=np.float32).dtype == np.float32
    out = np.zeros(1)
    assert rng.random(out=out) is out
    assert out[0] == 0.5


def test_a_script_that_is_no_list_is_refused():
    """One array in place of a list of arrays would be read row by row."""
    with pytest.raises(TypeError, match="random= is a ndarray; expected a list"):
        ScriptedRNG(random=np.zeros((2, 2)))
