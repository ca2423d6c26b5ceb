"""What a09_optim asks of a student's optimizers.py.

Where eps stands is a convention; it may cost no more than the half point of its own check. All other checks use
gradients of at least 0.1 and tolerances that no usual place of eps can break.
"""

import numpy as np

from autograder.checking import assert_close, assert_shape, exercise, hidden, law, points, public, require, see, suggest

RTOL = 1e-6
START = {"W1": np.array([[1.0, 2.0]])}
GRADIENTS = [{"dW1": np.array([g])} for g in ([0.1, -2.0], [0.3, 1.0], [-0.2, 0.5])]
# Parameters after each of three steps with lr = 0.01, rounded: what the handout prints.
PRINTED = [[0.99, 2.01], [0.9808222, 2.0126634], [0.9782432, 2.0132773]]


def zeros(params):
    """The averages before the first step."""
    return {"d" + key: np.zeros(value.shape) for key, value in params.items()}


def three_dicts(result, params):
    """New parameters, v and s, with every array safe to compute with."""
    message = "update_adam must give three dicts: params, v, s"
    right = isinstance(result, tuple | list) and len(result) >= 3 and all(isinstance(d, dict) for d in result[:3])
    require(right, message, safe=message)
    for name, values, prefix in zip(("params", "v", "s"), result, ("", "d", "d"), strict=False):
        for key, value in params.items():
            message = f"{name} lacks a key: for the parameter {key} it must have {prefix + key}"
            require(prefix + key in values, message, safe=message)
            assert_shape(values[prefix + key], value.shape, name=f'{name}["{prefix + key}"]')
    return tuple(result[:3])


def walk(student, params, gradients, **options):
    """Take one step per gradient, each from where the last one ended; give (params, v, s) after every step."""
    state = params, zeros(params), zeros(params)
    path = []
    for t, grads in enumerate(gradients, start=1):
        new_params, v, s = state
        state = three_dicts(student.update_adam(new_params, grads, v, s, t, **options), params)
        path.append(state)
    return path


def network(rng, shapes):
    """Parameters, gradients of at least 0.1, and averages as they are in the middle of training."""
    params = {key: rng.normal(size=shape) for key, shape in shapes.items()}
    grads, v, s = (
        {"d" + key: rng.uniform(0.1, 2, size=shape) * rng.choice(signs, size=shape) for key, shape in shapes.items()}
        for signs in ([-1, 1], [-1, 1], [1])
    )
    return params, grads, v, s


@exercise("update_adam")
@law("t = 1: p - lr sign(g), for gradients of any size")
@points(0.75)
@public
@see("F4 §1.2.4, eq. 16-17 with t = 1; F1, Adam算法, with erratum E09")
@suggest("print (params - new_params) / lr after one step from v = s = 0: only 1 and -1 may appear")
def test_the_first_step_has_the_length_of_the_learning_rate(student, rng):
    """In the first step the size of a gradient cancels: every parameter moves by lr against its sign."""
    params = {"W1": rng.normal(size=(3, 5)), "b1": rng.normal(size=(3, 1))}
    signs = {key: rng.choice([-1.0, 1.0], size=value.shape) for key, value in params.items()}
    grads = {"d" + key: sign * 10.0 ** rng.integers(-1, 5, size=sign.shape) for key, sign in signs.items()}
    ((new_params, _, _),) = walk(student, params, [grads], lr=0.01)
    for key, sign in signs.items():
        assert_close((params[key] - new_params[key]) / 0.01, sign, name=f"step of {key} / lr", rtol=1e-4)


@exercise("update_adam")
@law("three steps with changing gradients, v and s handed on")
@points(1.25)
@public
@see("F4 §1.2.4, eq. 15-17; the worked example in the README")
@suggest("follow one number by hand through the example in the README, step by step")
def test_three_steps_with_changing_gradients(student, oracle):
    """Only the second and third step show whether each average has its own memory and its own correction."""
    got, right = (
        [START["W1"], *(params["W1"] for params, _, _ in walk(subject, START, GRADIENTS, lr=0.01))]
        for subject in (student, oracle)
    )
    for t, printed in enumerate(PRINTED, start=1):
        assert_close(got[t] - got[t - 1], right[t] - right[t - 1], name=f"step {t} of W1", rtol=1e-5)
        assert_close(got[t], np.array([printed]), name=f"W1 after step {t}", rtol=0, atol=1.5e-7)


@exercise("update_adam")
@law("v and s come back as running averages, before any correction")
@points(1)
@public
@see("F4 §1.2.4, eq. 15")
@suggest("with the same gradient 1 in every step, v must be 0.1, 0.19, 0.271: print it")
def test_the_averages_come_back_uncorrected(student, oracle):
    """The correction is made anew in every step, so it must not find its way into v and s."""
    steady = [{"dW1": np.array([[1.0, -2.0]])}] * 3
    path = walk(student, START, steady)
    for t, ((_, v, s), (_, right_v, right_s)) in enumerate(zip(path, walk(oracle, START, steady), strict=True), 1):
        assert_close(v, right_v, name=f"v after step {t}", rtol=RTOL)
        assert_close(s, right_s, name=f"s after step {t}", rtol=RTOL)


@exercise("update_adam")
@law("the corrections depend on t")
@points(0.5)
@public
@see("F4 §1.2.4, eq. 16: β to the power t")
@suggest("print 1 - beta1**t for t = 1, 5, 50: what does it tend to?")
def test_the_correction_fades_as_steps_go_by(student, oracle, rng):
    """The fifth step needs less correction than the first, and the five hundredth hardly any; t says which it is."""
    params, grads, v, s = network(rng, {"W1": (3, 5)})
    for t in (5, 500):
        step, right = (
            three_dicts(subject.update_adam(params, grads, v, s, t, lr=1.0), params)[0]["W1"] - params["W1"]
            for subject in (student, oracle)
        )
        assert_close(step, right, name=f"step {t} of W1", rtol=1e-5, atol=1e-6)


@exercise("update_adam")
@law("multiplying all gradients by 1000 leaves the path")
@points(0.5)
@public
@see("F4 §1.2.4, eq. 17: the root brings s_hat back to the unit of v_hat")
@suggest("measure the cost in cents instead of euros: should the parameters care?")
def test_the_scale_of_the_gradients_does_not_matter(student, rng):
    """If the cost is measured in another unit all gradients change, but not the path of the parameters."""
    params, first, second, _ = network(rng, {"W1": (3, 5)})
    large = [{"dW1": 1000 * grads["dW1"]} for grads in (first, second)]
    (_, (plain, _, _)), (_, (scaled, _, _)) = (
        walk(student, params, gradients, lr=0.1) for gradients in ([first, second], large)
    )
    assert_close(scaled, plain, name="params with 1000 times the gradient", rtol=1e-5)
    moved = np.abs(plain["W1"] - params["W1"]).max()
    require(moved > 1e-6, "no parameter has moved in two steps; expected steps of about lr = 0.1")


@exercise("update_adam")
@law("eps is added to the root, not under it: gradients of 0.0001 and of 1 take equal first steps")
@points(0.5)
@public
@see("F4 §1.2.4, eq. 17; README, conventions: eps (RMSProp has it under the root)")
@suggest("g = 1e-4: sqrt(g**2) + 1e-8 is nearly g, but what is sqrt(g**2 + 1e-8)?")
def test_tiny_gradients_take_full_steps(student):
    """Where eps stands is a convention that only tiny gradients show; outside the root their step is a full one."""
    tiny, plain = (
        walk(student, START, [{"dW1": np.array([[size, -size]])}], lr=0.01)[0][0]["W1"] - START["W1"]
        for size in (1e-4, 1.0)
    )
    message = "no parameter moves with gradients of 1, expected a step of lr"
    require(np.any(plain != 0), message, safe=message)
    # One per cent also admits the form with eps before the correction, which TensorFlow computes.
    assert_close(tiny, plain, name="step with gradient 0.0001, compared with 1,", rtol=1e-2)


@exercise("update_adam")
@law("one rule for every key of params")
@points(0.5)
@public
@see("README, conventions: keys")
@suggest("params = {'gamma1': …, 'beta1': …}: loop over the keys that are there")
def test_gamma_and_beta_are_parameters_like_any_other(student, rng):
    """Batch norm adds gamma and beta; with the numbers of b1 they take the step of b1."""
    network_of_two = network(rng, {"W1": (3, 5), "b1": (3, 1)})
    params, grads, v, s = (
        {
            **part,
            **{key.replace("b1", other): part[key] for key in part if "b1" in key for other in ("gamma1", "beta1")},
        }
        for part in network_of_two
    )
    got = three_dicts(student.update_adam(params, grads, v, s, 3, lr=0.1), params)
    message = "b1 stays where it is, expected a step"
    require(np.any(got[0]["b1"] != params["b1"]), message, safe=message)
    for name, values, prefix in zip(("params", "v", "s"), got, ("", "d", "d"), strict=True):
        for other in ("gamma1", "beta1"):
            label = f'{name}["{prefix}{other}"], compared with {prefix}b1,'
            assert_close(values[prefix + other], values[prefix + "b1"], name=label)


@exercise("update_adam")
@law("g = 0 from the start: p stays, and is finite")
@points(0.25)
@public
@see("F4 §1.2.4: ε keeps the quotient finite")
@suggest("give it a gradient of zero in the first step: 0 / 0 is not a number")
def test_a_parameter_without_gradient_stays(student, rng):
    """A unit that never fires has gradient zero; its weights stay where they are."""
    params = {"W1": rng.normal(size=(3, 5)), "b1": rng.normal(size=(3, 1))}
    grads = {"dW1": np.zeros((3, 5)), "db1": rng.uniform(1, 2, size=(3, 1))}
    ((new_params, _, _),) = walk(student, params, [grads], lr=0.01)
    assert_close(new_params["W1"], params["W1"], name="W1")


@exercise("update_adam")
@law("as the reference, for any shapes, lr, beta1, beta2 and t")
@points(0.75)
@hidden
@see("F4 §1.2.4, eq. 15-17")
@suggest("call it with beta1=0.5: are 0.9 and 0.999 written into the code?")
def test_other_networks_and_other_settings(student, oracle, rng):
    """Fresh parameters, fresh settings, in the middle of training."""
    shapes = {"W1": (7, 5), "b1": (7, 1), "W2": (3, 7), "b2": (3, 1)}
    params, grads, v, s = network(rng, shapes)
    settings = {"lr": rng.uniform(0.01, 0.1), "beta1": rng.uniform(0.6, 0.8), "beta2": rng.uniform(0.9, 0.97)}
    t = int(rng.integers(3, 9))
    got = three_dicts(student.update_adam(params, grads, v, s, t, **settings), params)
    right = oracle.update_adam(params, grads, v, s, t, **settings)
    for name, seen, expected in zip(("params", "v", "s"), got, right, strict=True):
        assert_close(seen, expected, name=name, rtol=RTOL)
