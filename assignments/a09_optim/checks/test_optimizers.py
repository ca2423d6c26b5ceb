"""What a09_optim asks of a student's optimizers.py.

Where eps stands is a convention; for each optimiser one check depends on it, and it costs half a point at most. All
other checks use gradients of at least 0.1 and tolerances that no usual place of eps can break.
"""

import numpy as np

from autograder.checking import (
    assert_close,
    assert_dtype,
    assert_keys,
    assert_shape,
    exercise,
    hidden,
    law,
    points,
    public,
    require,
    say,
    see,
    suggest,
)

RTOL = 1e-6
START = {"W1": np.array([[1.0, 2.0]])}
GRADIENTS = [{"dW1": np.array([g])} for g in ([0.1, -2.0], [0.3, 1.0], [-0.2, 0.5])]
# Parameters after each of three steps, rounded: what the handout prints. lr is 0.5 for momentum, 0.01 for the others.
PRINTED_MOMENTUM = [[0.995, 2.1], [0.9755, 2.14], [0.96795, 2.151]]
PRINTED_RMSPROP = [[0.9683774, 2.0316228], [0.9382263, 2.0168786], [0.9558285, 2.0093322]]
PRINTED = [[0.99, 2.01], [0.9808222, 2.0126634], [0.9782432, 2.0132773]]
# What each optimiser gives back, in order.
GIVES = {"update_momentum": ("params", "v"), "update_rmsprop": ("params", "s"), "update_adam": ("params", "v", "s")}


def zeros(params):
    """The averages before the first step."""
    return {"d" + key: np.zeros(value.shape) for key, value in params.items()}


def parts(result, params, names):
    """New parameters and averages, with every array safe to compute with."""
    right = isinstance(result, tuple | list) and len(result) >= len(names)
    message = "what comes back must be {count} dicts: {names}"
    right = right and all(isinstance(values, dict) for values in result[: len(names)])
    require(right, message, safe=message, count=len(names), names=", ".join(names))
    for name, values in zip(names, result, strict=False):
        prefix = "" if name == "params" else "d"
        for key, value in params.items():
            message = "{name} lacks a key: for the parameter {key} it must have {wanted}"
            require(prefix + key in values, message, safe=message, name=name, key=key, wanted=prefix + key)
            assert_shape(values[prefix + key], value.shape, name=f'{name}["{prefix + key}"]')
    return tuple(result[: len(names)])


def one_step(subject, function, params, grads, averages, t=1, **options):
    """Take one step with any of the three optimisers; only Adam is told its number."""
    number = (t,) if function == "update_adam" else ()
    result = getattr(subject, function)(params, grads, *averages, *number, **options)
    return parts(result, params, GIVES[function])


def walk(subject, function, params, gradients, **options):
    """Take one step per gradient, each from where the last one ended; give what comes back after every step."""
    state = params, *(zeros(params) for _ in GIVES[function][1:])
    path = []
    for t, grads in enumerate(gradients, start=1):
        state = one_step(subject, function, state[0], grads, state[1:], t, **options)
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


def judge_three_steps(student, oracle, function, printed, lr):
    """Compare three steps with the reference, and the parameters with the numbers that the handout prints."""
    got, right = (
        [START["W1"], *(state[0]["W1"] for state in walk(subject, function, START, GRADIENTS, lr=lr))]
        for subject in (student, oracle)
    )
    for t, numbers in enumerate(printed, start=1):
        step = say("step {t} of W1", t=t)
        assert_close(got[t] - got[t - 1], right[t] - right[t - 1], name=step, rtol=1e-5)
        # Room for the last printed digit, and for another place of eps.
        assert_close(got[t], np.array([numbers]), name=say("W1 after step {t}", t=t), rtol=0, atol=4e-7)


def judge_all_keys(student, rng, function, **options):
    """Give gamma1 and beta1 the numbers of b1, and ask for the step of b1."""
    params, grads, v, s = (
        {
            **part,
            **{key.replace("b1", other): part[key] for key in part if "b1" in key for other in ("gamma1", "beta1")},
        }
        for part in network(rng, {"W1": (3, 5), "b1": (3, 1)})
    )
    averages = {"v": v, "s": s}
    got = one_step(student, function, params, grads, [averages[name] for name in GIVES[function][1:]], 3, **options)
    message = "b1 stays where it is, expected a step"
    require(np.any(got[0]["b1"] != params["b1"]), message, safe=message)
    for name, values in zip(GIVES[function], got, strict=True):
        prefix = "" if name == "params" else "d"
        for other in ("gamma1", "beta1"):
            label = say("{this}, compared with {that},", this=f'{name}["{prefix}{other}"]', that=f"{prefix}b1")
            assert_close(values[prefix + other], values[prefix + "b1"], name=label)


@exercise("initialize_state")
@law('"d" + key: zeros in the shape of the parameter')
@points(0.25)
@public
@see("F0, 动量梯度下降法: 与 dW 拥有相同维数的零矩阵; F4 §1.2.4 (14)")
@suggest("print the keys and the shapes of what you return")
def test_zeros_stand_under_the_names_of_the_gradients(student):
    """The memory is about gradients, so it has their names and their shapes."""
    state = student.initialize_state({"W1": np.ones((3, 5)), "b1": np.ones((3, 1))})
    assert_close(state, {"dW1": np.zeros((3, 5)), "db1": np.zeros((3, 1))}, name="state")


@exercise("initialize_state")
@law("one array for each key of params, whatever the key")
@points(0.25)
@public
@see("README, conventions: keys")
@suggest("params = {'gamma1': …, 'beta1': …}: loop over the keys that are there")
def test_gamma_and_beta_have_a_memory_too(student, rng):
    """Batch norm adds gamma and beta, and they are updated like any other parameter."""
    shapes = {"W1": (3, 5), "gamma1": (3, 1), "beta1": (3, 1), "W2": (2, 3), "b2": (2, 1)}
    state = student.initialize_state({key: rng.normal(size=shape) for key, shape in shapes.items()})
    assert_close(state, {"d" + key: np.zeros(shape) for key, shape in shapes.items()}, name="state")


@exercise("initialize_state")
@law("float64 zeros, also for parameters of whole numbers")
@points(0.25)
@public
@see("README, conventions: types")
@suggest("print np.zeros_like(np.array([1, 2])).dtype; could a running average be stored in it?")
def test_whole_numbers_have_a_memory_of_floats(student):
    """Averages have digits behind the point, even where the parameters started as whole numbers."""
    state = student.initialize_state({"W1": np.array([[3, -1, 2]]), "b1": np.array([[4]])})
    assert_close(state, {"dW1": np.zeros((1, 3)), "db1": np.zeros((1, 1))}, name="state")
    assert_dtype(state["dW1"], "float", name='state["dW1"]')


@exercise("initialize_state")
@law("as the reference, for any network")
@points(0.25)
@hidden
@suggest("try a network of three layers, and weights that are already trained")
def test_other_networks_begin_with_zeros(student, oracle, rng):
    """Fresh shapes, fresh weights."""
    params = {}
    for layer, (n, n_prev) in enumerate(rng.permutation([[7, 5], [3, 2], [11, 13]]).tolist(), start=1):
        params[f"W{layer}"], params[f"b{layer}"] = rng.normal(size=(n, n_prev)), rng.normal(size=(n, 1))
    state = student.initialize_state(params)
    assert_keys(state, *("d" + key for key in params), name="state")
    assert_close(state, oracle.initialize_state(params), name="state")


@exercise("update_momentum")
@law("v = beta v + (1 - beta) g, p = p - lr v: three steps, v handed on")
@points(0.75)
@public
@see("F4 §1.2.2 (12); the worked example in the README")
@suggest("follow one number by hand through the example in the README, step by step")
def test_three_momentum_steps_with_changing_gradients(student, oracle):
    """Every step goes along the average of all gradients so far, not along the last one."""
    judge_three_steps(student, oracle, "update_momentum", PRINTED_MOMENTUM, 0.5)


@exercise("update_momentum")
@law("g = 1 in every step: v = 0.1, 0.19, 0.271, …, 0.65132, that is 1 - 0.9^t")
@points(0.5)
@public
@see("F1, 动量梯度下降法: 前后梯度方向一致; F4 §1.2.2 (12)")
@suggest("with the same gradient 1 in every step, v must be 0.1, 0.19, 0.271: print it")
def test_a_steady_gradient_builds_up_speed(student):
    """What points the same way again and again adds up, until v is nearly the gradient itself."""
    steady = [{"dW1": np.array([[1.0, -2.0]])}] * 3
    expected = ([[0.1, -0.2]], [[0.19, -0.38]], [[0.271, -0.542]])
    path = walk(student, "update_momentum", START, steady, lr=0.5)
    for t, ((_, v), numbers) in enumerate(zip(path, expected, strict=True), start=1):
        name = say("v after step {t}", t=t)
        assert_close(v, {"dW1": np.array(numbers)}, name=name, known={"beta": 0.9, "1-beta": 0.1})
    ninth = {"dW1": np.array([[0.612579511, -1.225159022]])}
    _, v = one_step(student, "update_momentum", START, steady[0], [ninth], lr=0.5)
    assert_close(v, {"dW1": np.array([[0.6513215599, -1.3026431198]])}, name=say("v after step {t}", t=10))


@exercise("update_momentum")
@law("g = 1, -1, 1, -1: v = 0.1, -0.01, 0.091, -0.0181")
@points(0.25)
@public
@see("F1, 动量梯度下降法: 前后梯度方向不一致时")
@suggest("print v for gradients that change their sign in every step: how large does it become?")
def test_gradients_that_change_sign_nearly_cancel(student):
    """Across a ravine the gradient changes its sign in every step; its average stays small."""
    path = walk(student, "update_momentum", START, [{"dW1": np.array([[g, -2 * g]])} for g in (1.0, -1, 1, -1)], lr=0.5)
    for t, ((_, v), number) in enumerate(zip(path, (0.1, -0.01, 0.091, -0.0181), strict=True), start=1):
        assert_close(v, {"dW1": np.array([[number, -2 * number]])}, name=say("v after step {t}", t=t))


@exercise("update_momentum")
@law("beta = 0: p - lr g")
@points(0.25)
@public
@see("F4 §1.2.2: 当 β 被设置为 0 时")
@suggest("call it with beta=0 and compare with p - lr * g")
def test_without_memory_it_is_gradient_descent(student, rng):
    """An average without memory is the last gradient, whatever came before."""
    params, grads, v, _ = network(rng, {"W1": (3, 5), "b1": (3, 1)})
    new_params, new_v = one_step(student, "update_momentum", params, grads, [v], lr=0.3, beta=0.0)
    for key, value in params.items():
        assert_close(new_params[key], value - 0.3 * grads["d" + key], name=f'params["{key}"]')
    assert_close(new_v, grads, name="v")


@exercise("update_momentum")
@law("p moves by lr times the v that comes back")
@points(0.25)
@public
@see("F4 §1.2.2 (12): first v, then w")
@suggest("print (params - new_params) / lr next to the v that you return")
def test_the_step_goes_along_the_average_that_comes_back(student, rng):
    """Velocity first, then the step: the average already knows the new gradient."""
    params, grads, v, _ = network(rng, {"W1": (3, 5), "b1": (3, 1)})
    new_params, new_v = one_step(student, "update_momentum", params, grads, [v], lr=0.3, beta=0.8)
    for key, value in params.items():
        step = say("step of {key} / lr", key=key)
        assert_close((value - new_params[key]) / 0.3, new_v["d" + key], name=step, rtol=RTOL)
        message = "v stays as it was, expected it to take in the gradient"
        require(np.all(new_v["d" + key] != v["d" + key]), message, safe=message)


@exercise("update_momentum")
@law("one rule for every key of params")
@points(0.25)
@public
@see("README, conventions: keys")
@suggest("params = {'gamma1': …, 'beta1': …}: loop over the keys that are there")
def test_gamma_and_beta_gather_speed_too(student, rng):
    """Batch norm adds gamma and beta; with the numbers of b1 they take the step of b1."""
    judge_all_keys(student, rng, "update_momentum", lr=0.3)


@exercise("update_momentum")
@law("as the reference, for any shapes, lr and beta")
@points(0.75)
@hidden
@see("F4 §1.2.2 (12)")
@suggest("call it with beta=0.5: is 0.9 written into the code?")
def test_other_networks_and_other_memories(student, oracle, rng):
    """Fresh parameters, fresh settings, in the middle of training."""
    params, grads, v, _ = network(rng, {"W1": (7, 5), "b1": (7, 1), "W2": (3, 7), "b2": (3, 1)})
    settings = {"lr": rng.uniform(0.01, 0.1), "beta": rng.uniform(0.6, 0.8)}
    got = one_step(student, "update_momentum", params, grads, [v], **settings)
    right = oracle.update_momentum(params, grads, v, **settings)
    for name, seen, expected in zip(GIVES["update_momentum"], got, right, strict=True):
        assert_close(seen, expected, name=name, rtol=RTOL)


@exercise("update_rmsprop")
@law("s = beta s + (1 - beta) g², p = p - lr g / sqrt(s + eps): three steps, s handed on")
@points(0.5)
@public
@see("F4 §1.2.3 (13); the worked example in the README")
@suggest("follow one number by hand through the example in the README, step by step")
def test_three_rmsprop_steps_with_changing_gradients(student, oracle):
    """A gradient is measured by how large its like have been lately."""
    judge_three_steps(student, oracle, "update_rmsprop", PRINTED_RMSPROP, 0.01)


@exercise("update_rmsprop")
@law("g = 2 in every step: s = 0.4, 0.76, 1.084")
@points(0.5)
@public
@see("F4 §1.2.3 (13): the square is taken entry by entry")
@suggest("with the same gradient 2 in every step, s must be 0.4, 0.76, 1.084: print it")
def test_the_average_of_the_squares_comes_back(student):
    """s is the running average of g², so of a steady gradient it approaches the square, and is never negative."""
    steady = [{"dW1": np.array([[2.0, -3.0]])}] * 3
    expected = ([[0.4, 0.9]], [[0.76, 1.71]], [[1.084, 2.439]])
    path = walk(student, "update_rmsprop", START, steady, lr=0.01)
    for t, ((_, s), numbers) in enumerate(zip(path, expected, strict=True), start=1):
        # Whoever keeps eps in the average is off by 1e-8.
        name = say("s after step {t}", t=t)
        assert_close(s, {"dW1": np.array(numbers)}, name=name, rtol=RTOL, known={"beta": 0.9, "1-beta": 0.1})


@exercise("update_rmsprop")
@law("first step: lr / sqrt(1 - beta) against the sign of g, for gradients of any size")
@points(0.5)
@public
@see("F0, RMSprop: steep directions are divided by more; F4 §1.2.3, with erratum E22")
@suggest("print (params - new_params) / lr after one step from s = 0: only 3.162 and -3.162 may appear")
def test_steep_and_flat_directions_take_equal_first_steps(student, rng):
    """In the first step the size of a gradient cancels, entry by entry: steep or flat, all go equally far."""
    params = {"W1": rng.normal(size=(3, 5)), "b1": rng.normal(size=(3, 1))}
    signs = {key: rng.choice([-1.0, 1.0], size=value.shape) for key, value in params.items()}
    grads = {"d" + key: sign * 10.0 ** rng.integers(-1, 5, size=sign.shape) for key, sign in signs.items()}
    ((new_params, _),) = walk(student, "update_rmsprop", params, [grads], lr=0.01)
    for key, sign in signs.items():
        step = say("step of {key} / lr", key=key)
        assert_close((params[key] - new_params[key]) / 0.01, sign * 3.16227766, name=step, rtol=1e-4)


@exercise("update_rmsprop")
@law("eps is added under the root: with g = 0.0001 the first step is 0.9535 lr")
@points(0.25)
@public
@see("README, conventions: eps; F1 and F4 (13) have it under the root, F0 outside (erratum E10)")
@suggest("g = 1e-4, s = 1e-9: what is sqrt(s + 1e-8), and what is sqrt(s) + 1e-8?")
def test_tiny_gradients_take_shorter_steps(student):
    """Where eps stands is a convention that only tiny gradients show; under the root it shortens their steps."""
    for size, length in ((1.0, 3.1622775), (1e-3, 3.0151134), (1e-4, 0.9534626), (1e-6, 0.00999995)):
        ((new_params, _),) = walk(student, "update_rmsprop", START, [{"dW1": np.array([[size, -size]])}], lr=1.0)
        step = say("step with gradient {size}", size=size)
        assert_close(START["W1"] - new_params["W1"], np.array([[length, -length]]), name=step, rtol=1e-4)


@exercise("update_rmsprop")
@law("one rule for every key of params")
@points(0.25)
@public
@see("README, conventions: keys")
@suggest("params = {'gamma1': …, 'beta1': …}: loop over the keys that are there")
def test_gamma_and_beta_are_measured_too(student, rng):
    """Batch norm adds gamma and beta; with the numbers of b1 they take the step of b1."""
    judge_all_keys(student, rng, "update_rmsprop", lr=0.1)


@exercise("update_rmsprop")
@law("g = 0 from the start: p stays, and is finite")
@points(0.25)
@public
@see("F0, RMSprop: 要确保你的算法不会除以 0")
@suggest("give it a gradient of zero in the first step: 0 / 0 is not a number")
def test_a_resting_unit_keeps_its_weights(student, rng):
    """A unit that never fires has gradient zero; its weights stay where they are, and the others move."""
    params = {"W1": rng.normal(size=(3, 5)), "b1": rng.normal(size=(3, 1))}
    grads = {"dW1": np.zeros((3, 5)), "db1": rng.uniform(1, 2, size=(3, 1))}
    ((new_params, _),) = walk(student, "update_rmsprop", params, [grads], lr=0.01)
    assert_close(new_params["W1"], params["W1"], name="W1")
    message = "b1 stays where it is, expected a step"
    require(np.all(new_params["b1"] != params["b1"]), message, safe=message)


@exercise("update_rmsprop")
@law("as the reference, for any shapes, lr and beta")
@points(0.75)
@hidden
@see("F4 §1.2.3 (13)")
@suggest("call it with beta=0.5: is 0.9 written into the code?")
def test_other_networks_and_other_averages(student, oracle, rng):
    """Fresh parameters, fresh settings, in the middle of training."""
    params, grads, _, s = network(rng, {"W1": (7, 5), "b1": (7, 1), "W2": (3, 7), "b2": (3, 1)})
    settings = {"lr": rng.uniform(0.01, 0.1), "beta": rng.uniform(0.6, 0.8)}
    got = one_step(student, "update_rmsprop", params, grads, [s], **settings)
    right = oracle.update_rmsprop(params, grads, s, **settings)
    for name, seen, expected in zip(GIVES["update_rmsprop"], got, right, strict=True):
        assert_close(seen, expected, name=name, rtol=RTOL)


@exercise("update_adam")
@law("t = 1: p - lr sign(g), for gradients of any size")
@points(0.75)
@public
@see("F4 §1.2.4 (16)-(17), t = 1; F1, Adam算法, with erratum E09")
@suggest("print (params - new_params) / lr after one step from v = s = 0: only 1 and -1 may appear")
def test_the_first_step_has_the_length_of_the_learning_rate(student, rng):
    """In the first step the size of a gradient cancels: every parameter moves by lr against its sign."""
    params = {"W1": rng.normal(size=(3, 5)), "b1": rng.normal(size=(3, 1))}
    signs = {key: rng.choice([-1.0, 1.0], size=value.shape) for key, value in params.items()}
    grads = {"d" + key: sign * 10.0 ** rng.integers(-1, 5, size=sign.shape) for key, sign in signs.items()}
    ((new_params, _, _),) = walk(student, "update_adam", params, [grads], lr=0.01)
    for key, sign in signs.items():
        assert_close((params[key] - new_params[key]) / 0.01, sign, name=say("step of {key} / lr", key=key), rtol=1e-4)


@exercise("update_adam")
@law("three steps with changing gradients, v and s handed on")
@points(1.25)
@public
@see("F4 §1.2.4 (15)-(17); the worked example in the README")
@suggest("follow one number by hand through the example in the README, step by step")
def test_three_steps_with_changing_gradients(student, oracle):
    """Only the second and third step show whether each average has its own memory and its own correction."""
    judge_three_steps(student, oracle, "update_adam", PRINTED, 0.01)


@exercise("update_adam")
@law("v and s come back as running averages, before any correction")
@points(1)
@public
@see("F4 §1.2.4 (15)")
@suggest("with the same gradient 1 in every step, v must be 0.1, 0.19, 0.271: print it")
def test_the_averages_come_back_uncorrected(student, oracle):
    """The correction is made anew in every step, so it must not find its way into v and s."""
    steady = [{"dW1": np.array([[1.0, -2.0]])}] * 3
    path, right = (walk(subject, "update_adam", START, steady) for subject in (student, oracle))
    for t, ((_, v, s), (_, right_v, right_s)) in enumerate(zip(path, right, strict=True), start=1):
        assert_close(v, right_v, name=say("v after step {t}", t=t), rtol=RTOL)
        assert_close(s, right_s, name=say("s after step {t}", t=t), rtol=RTOL)


@exercise("update_adam")
@law("the corrections depend on t")
@points(0.5)
@public
@see("F4 §1.2.4 (16): β to the power t")
@suggest("print 1 - beta1**t for t = 1, 5, 50: what does it tend to?")
def test_the_correction_fades_as_steps_go_by(student, oracle, rng):
    """The fifth step needs less correction than the first, and the five hundredth hardly any; t says which it is."""
    params, grads, v, s = network(rng, {"W1": (3, 5)})
    for t in (5, 500):
        step, right = (
            one_step(subject, "update_adam", params, grads, [v, s], t, lr=1.0)[0]["W1"] - params["W1"]
            for subject in (student, oracle)
        )
        assert_close(step, right, name=say("step {t} of W1", t=t), rtol=1e-5, atol=1e-6)


@exercise("update_adam")
@law("multiplying all gradients by 1000 leaves the path")
@points(0.5)
@public
@see("F4 §1.2.4 (17): the root brings s_hat back to the unit of v_hat")
@suggest("measure the cost in cents instead of euros: should the parameters care?")
def test_the_scale_of_the_gradients_does_not_matter(student, rng):
    """If the cost is measured in another unit all gradients change, but not the path of the parameters."""
    params, first, second, _ = network(rng, {"W1": (3, 5)})
    large = [{"dW1": 1000 * grads["dW1"]} for grads in (first, second)]
    (_, (plain, _, _)), (_, (scaled, _, _)) = (
        walk(student, "update_adam", params, gradients, lr=0.1) for gradients in ([first, second], large)
    )
    assert_close(scaled, plain, name="params with 1000 times the gradient", rtol=1e-5)
    moved = np.abs(plain["W1"] - params["W1"]).max()
    require(moved > 1e-6, "no parameter has moved in two steps; expected steps of about lr = 0.1")


@exercise("update_adam")
@law("eps is added to the root, not under it: gradients of 0.0001 and of 1 take equal first steps")
@points(0.5)
@public
@see("F4 §1.2.4 (17); README, conventions: eps (RMSProp has it under the root)")
@suggest("g = 1e-4: sqrt(g**2) + 1e-8 is nearly g, but what is sqrt(g**2 + 1e-8)?")
def test_tiny_gradients_take_full_steps(student):
    """Where eps stands is a convention that only tiny gradients show; outside the root their step is a full one."""
    tiny, plain = (
        walk(student, "update_adam", START, [{"dW1": np.array([[size, -size]])}], lr=0.01)[0][0]["W1"] - START["W1"]
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
    judge_all_keys(student, rng, "update_adam", lr=0.1)


@exercise("update_adam")
@law("g = 0 from the start: p stays, and is finite")
@points(0.25)
@public
@see("F4 §1.2.4: ε keeps the quotient finite")
@suggest("give it a gradient of zero in the first step: 0 / 0 is not a number")
def test_a_parameter_without_gradient_stays(student, rng):
    """A unit that never fires has gradient zero; its weights stay where they are, while others move."""
    params = {"W1": rng.normal(size=(3, 5)), "b1": rng.normal(size=(3, 1))}
    grads = {"dW1": np.zeros((3, 5)), "db1": rng.uniform(1, 2, size=(3, 1))}
    ((new_params, _, _),) = walk(student, "update_adam", params, [grads], lr=0.01)
    assert_close(new_params["W1"], params["W1"], name="W1")
    message = "b1 stays where it is, expected a step"
    require(np.all(new_params["b1"] != params["b1"]), message, safe=message)


@exercise("update_adam")
@law("as the reference, for any shapes, lr, beta1, beta2 and t")
@points(0.75)
@hidden
@see("F4 §1.2.4 (15)-(17)")
@suggest("call it with beta1=0.5: are 0.9 and 0.999 written into the code?")
def test_other_networks_and_other_settings(student, oracle, rng):
    """Fresh parameters, fresh settings, in the middle of training."""
    shapes = {"W1": (7, 5), "b1": (7, 1), "W2": (3, 7), "b2": (3, 1)}
    params, grads, v, s = network(rng, shapes)
    settings = {"lr": rng.uniform(0.01, 0.1), "beta1": rng.uniform(0.6, 0.8), "beta2": rng.uniform(0.9, 0.97)}
    t = int(rng.integers(3, 9))
    got = one_step(student, "update_adam", params, grads, [v, s], t, **settings)
    right = oracle.update_adam(params, grads, v, s, t, **settings)
    for name, seen, expected in zip(GIVES["update_adam"], got, right, strict=True):
        assert_close(seen, expected, name=name, rtol=RTOL)


@exercise("lr_inverse_time")
@law("alpha0 = 0.2, decay_rate = 1: 0.1, 0.0667, 0.05, 0.04 in epochs 1 to 4")
@points(0.5)
@public
@see("F0, 学习率衰减; F4 §1.2.5 (18)")
@suggest("epoch 1: 0.2 / (1 + 1 · 1). And epoch 3?")
def test_the_rates_of_the_first_four_epochs(student):
    """The rate falls quickly at first and ever more slowly later."""
    for epoch, rate in ((1, 0.1), (2, 0.2 / 3), (3, 0.05), (4, 0.04)):
        name = say("rate of epoch {epoch}", epoch=epoch)
        assert_close(student.lr_inverse_time(0.2, 1.0, epoch), rate, name=name)


@exercise("lr_inverse_time")
@law("an array of epochs gives an array of rates")
@points(0.5)
@public
@see("the docstring: a number, or an array of any shape")
@suggest("call it with np.arange(5): no loop is needed, and no if")
def test_many_epochs_at_once(student):
    """For a picture of the schedule one wants all epochs at once."""
    rates = student.lr_inverse_time(0.2, 1.0, np.arange(5))
    assert_close(rates, np.array([0.2, 0.1, 0.2 / 3, 0.05, 0.04]), name="rates")


@exercise("lr_inverse_time")
@law("epoch 0: alpha0; after 1 / decay_rate epochs half of it, after 3 / decay_rate a quarter")
@points(0.25)
@public
@see("F4 §1.2.5 (18)")
@suggest("decay_rate 0.25: in which epoch is 1 + decay_rate · epoch equal to 2?")
def test_the_rate_halves_after_one_over_decay_rate(student):
    """It starts at alpha0 itself, and 1 / decay_rate is how long it takes to halve."""
    for epoch, rate in ((0, 0.3), (4, 0.15), (12, 0.075)):
        name = say("rate of epoch {epoch}", epoch=epoch)
        assert_close(student.lr_inverse_time(0.3, 0.25, epoch), rate, name=name)


@exercise("lr_inverse_time")
@law("decay_rate = 0 leaves alpha0 as it is, a small one lets it fall a little")
@points(0.25)
@public
@see("F4 §1.2.5 (18)")
@suggest("print the rate of epoch 7 for decay_rate 0, 0.1 and 1")
def test_how_fast_it_falls_is_up_to_decay_rate(student):
    """Without decay the rate stays, and with a little decay it is a little smaller."""
    for decay_rate, rate in ((0.0, 0.34), (0.1, 0.2)):
        name = say("rate of epoch 7 with decay_rate {decay}", decay=decay_rate)
        assert_close(student.lr_inverse_time(0.34, decay_rate, 7), rate, name=name)


@exercise("lr_inverse_time")
@law("as the reference, for any alpha0, decay_rate and epochs")
@points(0.5)
@hidden
@suggest("try epochs in an array of two dimensions")
def test_other_rates_and_other_epochs(student, oracle, rng):
    """Fresh rates; a number, and an array of two dimensions."""
    alpha0, decay_rate = rng.uniform(0.1, 2.0), rng.uniform(0.1, 0.8)
    epochs = rng.integers(1, 40, size=(2, 3))
    for epoch in (int(epochs[0, 0]), epochs):
        expected = oracle.lr_inverse_time(alpha0, decay_rate, epoch)
        assert_close(student.lr_inverse_time(alpha0, decay_rate, epoch), expected, name="rate")


@exercise("lr_schedule")
@law("exponential: 0.2 · 0.95^epoch is 0.2, 0.19, 0.1805, 0.171475, 0.16290125")
@points(0.5)
@public
@see("F0, 学习率衰减: 0.95 to the power of the epoch; F4 §1.2.5 (19)")
@suggest("each epoch takes 95 % of the rate before: is it a power, or a product?")
def test_the_exponential_schedule_takes_five_per_cent_each_epoch(student):
    """Every epoch multiplies the rate by the same factor."""
    for epoch, rate in enumerate((0.2, 0.19, 0.1805, 0.171475, 0.16290125)):
        name = say("rate of epoch {epoch}", epoch=epoch)
        assert_close(student.lr_schedule("exponential", 0.2, epoch), rate, name=name)


@exercise("lr_schedule")
@law("inverse_sqrt: 0.2 / sqrt(epoch) is 0.2, 0.1414, 0.1155, 0.1 in epochs 1 to 4")
@points(0.5)
@public
@see("F4 §1.2.5 (20)")
@suggest("what stands under the root: the epoch alone")
def test_the_root_schedule_halves_in_epoch_four(student):
    """Four times as many epochs, half the rate."""
    for epoch, rate in ((1, 0.2), (2, 0.1414213562), (3, 0.1154700538), (4, 0.1)):
        name = say("rate of epoch {epoch}", epoch=epoch)
        assert_close(student.lr_schedule("inverse_sqrt", 0.2, epoch), rate, name=name, rtol=1e-8)


@exercise("lr_schedule")
@law("staircase: 0.2 in epochs 0 to 9, 0.1 in 10 to 19, 0.05 from 20 on")
@points(0.5)
@public
@see("F4 §1.2.5: 离散下降; the docstring: each time another `every` epochs are over")
@suggest("print the rates of epochs 9, 10 and 11")
def test_the_staircase_drops_in_epochs_ten_and_twenty(student):
    """The rate stays where it is for ten epochs, then halves at once."""
    for epoch, rate in ((0, 0.2), (9, 0.2), (10, 0.1), (13, 0.1), (19, 0.1), (20, 0.05)):
        name = say("rate of epoch {epoch}", epoch=epoch)
        assert_close(student.lr_schedule("staircase", 0.2, epoch), rate, name=name)


@exercise("lr_schedule")
@law("inverse_sqrt has a value in epoch 9 and none in epoch 0")
@points(0.25)
@public
@see("the docstring: Raises")
@suggest("raise ValueError(...) where the epoch is 0 and the kind is inverse_sqrt")
def test_the_root_schedule_refuses_epoch_zero(student):
    """Epoch 9 has a third of alpha0; epoch 0 has no rate, and it is better to say so than to train with infinity."""
    assert_close(student.lr_schedule("inverse_sqrt", 0.6, 9), 0.2, name=say("rate of epoch {epoch}", epoch=9))
    value = student.attempt("lr_schedule", "inverse_sqrt", 0.6, 0)
    raised = getattr(student.calls[-1][1], "type", "") if value is None else ""
    seen = raised or (say("nothing") if value is None else say("a value"))
    require(raised == "ValueError", "epoch 0 of inverse_sqrt gave {seen}; expected a ValueError", seen=seen)


@exercise("lr_schedule")
@law("base, k, drop and every are arguments")
@points(0.5)
@public
@see("the docstring: parameters")
@suggest("search your function for 0.95, 0.5 and 10")
def test_each_schedule_has_its_own_knobs(student):
    """Other bases, other factors, other stairs."""
    assert_close(student.lr_schedule("exponential", 0.8, 3, base=0.5), 0.1, name="lr_schedule(base=0.5)")
    assert_close(student.lr_schedule("inverse_sqrt", 0.2, 9, k=6.0), 0.4, name="lr_schedule(k=6.0)")
    stairs = student.lr_schedule("staircase", 0.8, 14, drop=0.25, every=7)
    assert_close(stairs, 0.05, name="lr_schedule(drop=0.25,every=7)")


@exercise("lr_schedule")
@law("as the reference, for any schedule and any settings")
@points(0.75)
@hidden
@suggest("try other epochs and other settings of all three kinds")
def test_other_schedules(student, oracle, rng):
    """Fresh settings for all three kinds."""
    alpha0, epoch = rng.uniform(0.1, 2.0), int(rng.integers(11, 60))
    settings = (
        ("exponential", {"base": rng.uniform(0.8, 0.99)}),
        ("inverse_sqrt", {"k": rng.uniform(2.0, 4.0)}),
        ("staircase", {"drop": rng.uniform(0.2, 0.7), "every": int(rng.integers(3, 9))}),
    )
    for kind, knobs in settings:
        expected = oracle.lr_schedule(kind, alpha0, epoch, **knobs)
        assert_close(student.lr_schedule(kind, alpha0, epoch, **knobs), expected, name=kind)


@exercise("classify_critical_point")
@law("x² + 3y²: minimum; -x² - 3y²: maximum; x² - 3y²: saddle")
@points(0.5)
@public
@see("F4 §1.3, with erratum E23; F1, 局部最优")
@suggest("stand at the origin and walk along x, then along y: up or down?")
def test_a_bowl_a_hill_and_a_saddle(student):
    """All directions up, all directions down, or some of each."""
    bowl = np.array([[2.0, 0.0], [0.0, 6.0]])
    assert_close(student.classify_critical_point(bowl), "minimum", name="bowl")
    assert_close(student.classify_critical_point(-bowl), "maximum", name="hill")
    assert_close(student.classify_critical_point(bowl * [1, -1]), "saddle", name="x²-3y²")


@exercise("classify_critical_point")
@law("the signs of the eigenvalues decide, not those of the diagonal")
@points(0.5)
@public
@see("README §7: the directions of H need not be the axes")
@suggest("[[1, 3], [3, 1]]: walk along (1, -1), and look at np.linalg.eigvalsh")
def test_directions_need_not_be_the_axes(student):
    """Along both axes it may go up and between them down: only the eigenvalues know all directions."""
    matrices = {
        "[[1,3],[3,1]]": ([[1.0, 3.0], [3.0, 1.0]], "saddle"),
        "[[2,1],[1,3]]": ([[2.0, 1.0], [1.0, 3.0]], "minimum"),
        "[[-3,2],[2,-2]]": ([[-3.0, 2.0], [2.0, -2.0]], "maximum"),
    }
    for name, (H, kind) in matrices.items():
        assert_close(student.classify_critical_point(np.array(H)), kind, name=name)


@exercise("classify_critical_point")
@law("in three directions the sign of the determinant decides nothing")
@points(0.25)
@public
@see("F4 §1.3: many dimensions")
@suggest("print np.linalg.det and np.linalg.eigvalsh of both matrices")
def test_three_directions_need_more_than_a_determinant(student):
    """Three directions down make a negative determinant, two down and one up a positive one."""
    hill = np.array([[-2.0, 1.0, 0.0], [1.0, -3.0, 1.0], [0.0, 1.0, -4.0]])
    assert_close(student.classify_critical_point(hill), "maximum", name="hill")
    pass_ = np.array([[2.0, 3.0, 0.0], [3.0, 2.0, 0.0], [0.0, 0.0, -1.0]])
    assert_close(student.classify_critical_point(pass_), "saddle", name="pass")


@exercise("classify_critical_point")
@law("an eigenvalue of zero: degenerate, unless others go up and down already")
@points(0.25)
@public
@see("the docstring: degenerate; F0, 局部最优问题, on plateaus")
@suggest("(x + y)² is flat along (1, -1): print the eigenvalues of [[1, 1], [1, 1]]")
def test_a_flat_direction_leaves_the_question_open(student):
    """Where it is flat the Hessian does not know; but up here and down there is a saddle, flat or not."""
    valley = np.array([[1.0, 1.0], [1.0, 1.0]])
    assert_close(student.classify_critical_point(valley), "degenerate", name="valley")
    assert_close(student.classify_critical_point(-valley), "degenerate", name="ridge")
    assert_close(student.classify_critical_point(np.diag([2.0, -3.0, 0.0])), "saddle", name="diag(2,-3,0)")
    assert_close(student.classify_critical_point(np.array([[1.0, 1.0], [1.0, 1.5]])), "minimum", name="bowl")


@exercise("classify_critical_point")
@law("between -tol and tol an eigenvalue counts as zero")
@points(0.25)
@public
@see("the docstring: tol")
@suggest("eigenvalues 1 and 1e-10: which are more than tol?")
def test_nearly_flat_counts_as_flat(student):
    """Rounding makes 1e-10 of a zero; how small is too small is for tol to say."""
    nearly = np.diag([1.0, 1e-10])
    assert_close(student.classify_critical_point(nearly), "degenerate", name="diag(1,1e-10)")
    assert_close(student.classify_critical_point(nearly, tol=1e-12), "minimum", name="tol=1e-12")


@exercise("classify_critical_point")
@law("turning the axes changes nothing")
@points(0.25)
@hidden
@suggest("try matrices of other sizes, with the axes turned")
def test_turned_axes_change_nothing(student, rng):
    """Known curvatures along directions drawn at random, in five or seven dimensions."""
    curvatures = rng.uniform(0.5, 3.0, size=int(rng.choice([5, 7])))
    Q, _ = np.linalg.qr(rng.normal(size=(curvatures.size, curvatures.size)))
    mixed, flat = curvatures.copy(), curvatures.copy()
    mixed[0], flat[0] = -mixed[0], 0.0
    for kind, values in (("minimum", curvatures), ("maximum", -curvatures), ("saddle", mixed), ("degenerate", -flat)):
        H = Q * values @ Q.T
        assert_close(student.classify_critical_point((H + H.T) / 2), kind, name="kind")
