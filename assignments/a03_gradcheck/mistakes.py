"""Known wrong ways to write gradcheck.py: what each author believed, and which check must object.

`covers` names rows of the course's lists of mistakes: a slug of the exercise's own table, or "area/name".
"""

import numpy as np

from autograder.checking import equivalent, mistake


@mistake(
    "finite_difference",
    caught_by="the_central_difference_of_the_notes",
    covers=("divides_by_eps", "numgrad/missing-two"),
    suggest="the two points are theta + eps and theta - eps: how far apart are they?",
)
def difference_over_one_step(f, theta, eps=1e-2, kind="central"):
    """The central difference is divided by eps, but its two points are 2 eps apart: the slope comes out doubled."""
    other = f(theta - eps) if kind == "central" else f(theta)
    return (f(theta + eps) - other) / eps


@mistake(
    "finite_difference",
    caught_by="the_central_difference_of_the_notes",
    covers=("forward_only", "numgrad/one-sided"),
    read="F0, section 梯度的数值逼近: looking to both sides is the more accurate way",
    suggest="for theta^3 at 1 with eps = 0.01, do you get 3.0001 or 3.0301?",
)
def difference_always_forward(f, theta, eps=1e-2, kind="central"):
    """Only the right side is looked at, whatever `kind` says."""
    return (f(theta + eps) - f(theta)) / eps


@mistake(
    "finite_difference",
    caught_by="the_forward_difference_is_less_accurate",
    suggest="call it with kind='central' and with kind='forward': do the results differ?",
)
def difference_always_central(f, theta, eps=1e-2, kind="central"):
    """Both sides are looked at, whatever `kind` says."""
    return (f(theta + eps) - f(theta - eps)) / (2 * eps)


@mistake(
    "finite_difference",
    caught_by="the_forward_difference_is_less_accurate",
    suggest="forward means to the right: theta and theta + eps",
)
def difference_backward(f, theta, eps=1e-2, kind="central"):
    """The forward difference looks backward, to the left of theta."""
    if kind == "central":
        return (f(theta + eps) - f(theta - eps)) / (2 * eps)
    return (f(theta) - f(theta - eps)) / eps


@mistake(
    "finite_difference",
    caught_by="the_forward_difference_is_less_accurate",
    suggest="theta and theta + eps are one eps apart",
)
def difference_forward_over_two_steps(f, theta, eps=1e-2, kind="central"):
    """The forward difference is divided by 2 eps too, but its two points are one eps apart."""
    other = f(theta - eps) if kind == "central" else f(theta)
    return (f(theta + eps) - other) / (2 * eps)


@mistake(
    "finite_difference",
    caught_by="the_central_difference_of_the_notes",
    covers="eps_both_in_one_call",
    suggest="f is called once in your function: how could it tell what changes between two points?",
)
def difference_inside_one_call(f, theta, eps=1e-2, kind="central"):
    """The difference is taken inside of f, f((theta + eps) - (theta - eps)), where two values of f are needed."""
    start = theta - eps if kind == "central" else theta
    return f((theta + eps) - start) / ((theta + eps) - start)


@mistake(
    "finite_difference",
    caught_by="the_central_difference_of_the_notes",
    covers="numgrad/same-side-twice",
    suggest="print the two places at which f is called",
)
def difference_same_side_twice(f, theta, eps=1e-2, kind="central"):
    """f is called at theta + eps both times, so that the difference is 0."""
    return (f(theta + eps) - f(theta + eps)) / (2 * eps)


@mistake(
    "finite_difference",
    caught_by="a_tenth_of_the_step_leaves_a_hundredth_of_the_error",
    suggest="call it with eps = 0.1 and with eps = 0.001: do the results differ?",
)
def difference_with_a_fixed_step(f, theta, eps=1e-2, kind="central"):
    """The step is always 0.01, whatever is passed."""
    return (f(theta + 1e-2) - (f(theta - 1e-2) if kind == "central" else f(theta))) / (
        2e-2 if kind == "central" else 1e-2
    )


@mistake(
    "finite_difference",
    caught_by="a_tenth_of_the_step_leaves_a_hundredth_of_the_error",
    covers="numgrad/h-too-small",
    suggest="print f(1 + 1e-12) - f(1 - 1e-12) with all its digits: how many of them are right?",
)
def difference_with_a_tiny_step(f, theta, eps=1e-2, kind="central"):
    """A step of 1e-12 is taken instead of eps; the two values then agree in almost all digits, and rounding is left."""
    tiny = 1e-12
    return (f(theta + tiny) - (f(theta - tiny) if kind == "central" else f(theta))) / (
        2 * tiny if kind == "central" else tiny
    )


@mistake(
    "finite_difference",
    caught_by="the_central_difference_of_the_notes",
    suggest="f grows to the right: should its slope be positive or negative?",
)
def difference_the_wrong_way_round(f, theta, eps=1e-2, kind="central"):
    """Left minus right: the slope has the opposite sign."""
    if kind == "central":
        return (f(theta - eps) - f(theta + eps)) / (2 * eps)
    return (f(theta) - f(theta + eps)) / eps


@mistake(
    "finite_difference",
    caught_by="two_arguments_are_enough",
    suggest="f falls to the right here: should its slope be positive?",
)
def difference_without_sign(f, theta, eps=1e-2, kind="central"):
    """Only the size of the slope comes back, so that a falling curve seems to rise."""
    if kind == "central":
        return abs(f(theta + eps) - f(theta - eps)) / (2 * eps)
    return abs(f(theta + eps) - f(theta)) / eps


@mistake(
    "numerical_gradient",
    caught_by="three_entries_that_can_be_done_by_hand",
    covers="numgrad/one-sided",
    read="F0, section 梯度的数值逼近: looking to both sides is the more accurate way",
    suggest="for t^3 at 1 with eps = 0.01, do you get 3.0001 or 3.0301?",
)
def gradient_one_sided(J, theta, eps=1e-5):
    """Only the right side is looked at: the error is of the order of eps, and not of its square."""
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        moved = theta.astype(float)
        moved[i] += eps
        gradient[i] = (J(moved) - J(theta)) / eps
    return gradient


@mistake(
    "numerical_gradient",
    caught_by="for_a_quadratic_cost_the_gradient_is_exact",
    covers="numgrad/missing-two",
    suggest="how far apart are the two points?",
)
def gradient_over_one_step(J, theta, eps=1e-5):
    """The difference is divided by eps, but the two points are 2 eps apart: every slope comes out doubled."""
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        above, below = theta.astype(float), theta.astype(float)
        above[i] += eps
        below[i] -= eps
        gradient[i] = (J(above) - J(below)) / eps
    return gradient


@mistake(
    "numerical_gradient",
    caught_by="each_entry_moves_alone_and_comes_back",
    covers=("numgrad/same-side-twice", "numgrad/perturbs-a-copy"),
    suggest="print the two arrays that J gets: do they differ?",
)
def gradient_of_the_same_point(J, theta, eps=1e-5):
    """Both values of J come from the same place (one is moved that J never sees): every difference is 0."""
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        copy = theta.flatten().astype(float)
        copy[i] += eps
        above = J(theta.astype(float))
        copy[i] -= 2 * eps
        gradient[i] = (above - J(theta.astype(float))) / (2 * eps)
    return gradient


@mistake(
    "numerical_gradient",
    caught_by="three_entries_that_can_be_done_by_hand",
    covers="numgrad/scalar-evaluation",
    suggest="J mixes all entries: what should it make of one number?",
)
def gradient_of_single_numbers(J, theta, eps=1e-5):
    """J is called with one entry, theta_i + eps, where it needs the whole theta with that entry moved."""
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        gradient[i] = (J(theta[i] + eps) - J(theta[i] - eps)) / (2 * eps)
    return gradient


@mistake(
    "numerical_gradient",
    caught_by="whole_number_parameters_move_by_fractions",
    covers=("int_dtype_truncation", "numgrad/integer-truncation"),
    read="convention 'dtype': inputs may be int; results are float64",
    suggest="a = np.array([6, 8]); a[0] = 6.5; print(a)",
)
def gradient_on_whole_numbers(J, theta, eps=1e-5):
    """The copy has the dtype of theta: where that is integer, 6 + eps is stored as 6, and 6 - eps as 5."""
    gradient = np.zeros(theta.shape)
    moved = theta.copy()
    for i in range(len(theta)):
        moved[i] = theta[i] + eps
        above = J(moved)
        moved[i] = theta[i] - eps
        gradient[i] = (above - J(moved)) / (2 * eps)
        moved[i] = theta[i]
    return gradient


@mistake(
    "numerical_gradient",
    caught_by="each_entry_moves_alone_and_comes_back",
    covers="numgrad/not-restored",
    suggest="after entry 1 had its turn, is it back where it was?",
)
def gradient_not_restored(J, theta, eps=1e-5):
    """An entry that has been moved down stays there: all later slopes are measured at another place."""
    gradient = np.zeros(theta.shape)
    moved = theta.astype(float)
    for i in range(len(theta)):
        moved[i] += eps
        above = J(moved)
        moved[i] -= 2 * eps
        gradient[i] = (above - J(moved)) / (2 * eps)
    return gradient


@mistake(
    "numerical_gradient",
    caught_by="three_entries_that_can_be_done_by_hand",
    covers="mutates_theta_forgets_restore",
    read="convention 'purity': no argument is modified",
    suggest="`theta[i] += eps` writes into the caller's theta; work on a copy",
)
def gradient_in_place(J, theta, eps=1e-5):
    """The caller's own theta is moved, and it arrives read-only."""
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        theta[i] += eps
        above = J(theta)
        theta[i] -= 2 * eps
        gradient[i] = (above - J(theta)) / (2 * eps)
        theta[i] += eps
    return gradient


@mistake(
    "numerical_gradient",
    caught_by="three_entries_that_can_be_done_by_hand",
    covers="perturbs_all",
    read="F0, section 梯度检验（grad check）: eps is added to theta_i alone",
    suggest="`theta + eps` adds eps to every entry",
)
def gradient_moves_everything(J, theta, eps=1e-5):
    """All entries are moved at once, so that every entry of the result is the sum of all slopes."""
    return np.full(theta.shape, (J(theta + eps) - J(theta - eps)) / (2 * eps))


@mistake(
    "numerical_gradient",
    caught_by="without_a_step_the_gradient_has_many_right_digits",
    covers="numgrad/h-too-small",
    suggest="print J a step of 1e-12 above and below, with all digits: in how many do they differ?",
)
def gradient_with_a_tiny_step(J, theta, eps=1e-5):
    """A step of 1e-12 is taken instead of eps; the two costs agree in almost all digits, and rounding is left."""
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        above, below = theta.astype(float), theta.astype(float)
        above[i] += 1e-12
        below[i] -= 1e-12
        gradient[i] = (J(above) - J(below)) / 2e-12
    return gradient


@mistake(
    "numerical_gradient",
    caught_by="the_step_is_the_one_that_is_passed",
    suggest="call it with eps = 0.1 and with eps = 1e-5: do the results differ?",
)
def gradient_with_a_fixed_step(J, theta, eps=1e-5):
    """The step is always 1e-5, whatever is passed."""
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        above, below = theta.astype(float), theta.astype(float)
        above[i] += 1e-5
        below[i] -= 1e-5
        gradient[i] = (J(above) - J(below)) / 2e-5
    return gradient


@mistake(
    "numerical_gradient",
    caught_by="the_gradient_is_a_column_like_theta",
    suggest="print the shape of theta beside the shape of your gradient",
)
def gradient_flat(J, theta, eps=1e-5):
    """The slopes come back as a flat array, and subtracted from a column they would broadcast to a square."""
    gradient = []
    for i in range(len(theta)):
        above, below = theta.astype(float), theta.astype(float)
        above[i] += eps
        below[i] -= eps
        gradient.append((J(above) - J(below)) / (2 * eps))
    return np.array(gradient)


@mistake(
    "numerical_gradient",
    caught_by="each_entry_moves_alone_and_comes_back",
    suggest="which of your calls of J has a result that is never used?",
)
def gradient_with_a_wasted_call(J, theta, eps=1e-5):
    """J(theta) is computed for every entry as well, and nobody needs it: three calls where two are enough."""
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        above, below = theta.astype(float), theta.astype(float)
        J(below)
        above[i] += eps
        below[i] -= eps
        gradient[i] = (J(above) - J(below)) / (2 * eps)
    return gradient


@mistake(
    "numerical_gradient",
    caught_by="three_entries_that_can_be_done_by_hand",
    suggest="J grows along entry 1: should its slope be positive or negative?",
)
def gradient_the_wrong_way_round(J, theta, eps=1e-5):
    """Below minus above: every slope has the opposite sign."""
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        above, below = theta.astype(float), theta.astype(float)
        above[i] += eps
        below[i] -= eps
        gradient[i] = (J(below) - J(above)) / (2 * eps)
    return gradient


@mistake(
    "params_to_vector",
    caught_by="the_order_of_the_dict_means_nothing",
    covers="dict_order",
    read="F2 §13: the gradients have to be laid out in the same order",
    suggest="backpropagation fills its dict from the last layer to the first: what would its vector look like?",
)
def vector_in_order_of_the_dict(params):
    """The order is that in which the dict was filled; a dict of gradients is filled the other way round."""
    theta = np.concatenate([value.reshape(-1, 1) for value in params.values()])
    return theta.astype(float), [(key, value.shape) for key, value in params.items()]


@mistake(
    "params_to_vector",
    caught_by="two_small_layers_lie_end_to_end",
    suggest="sorted(['W1', 'b1', 'W2', 'b2']) puts all W before all b",
)
def vector_in_order_of_the_alphabet(params):
    """The keys are sorted as texts: all weights come before all biases, and W10 comes before W2."""
    names = sorted(params)
    theta = np.concatenate([params[name].reshape(-1, 1) for name in names])
    return theta.astype(float), [(name, params[name].shape) for name in names]


@mistake(
    "params_to_vector",
    caught_by="the_tenth_layer_comes_last",
    suggest='the layer of "W10" is int("10"), not its first digit',
)
def vector_by_first_digit(params):
    """Layers are told apart by text, so that layer 10 comes before layer 2."""
    names = sorted(params, key=lambda name: (name[1:], name[0]))
    theta = np.concatenate([params[name].reshape(-1, 1) for name in names])
    return theta.astype(float), [(name, params[name].shape) for name in names]


@mistake(
    "params_to_vector",
    caught_by="two_small_layers_lie_end_to_end",
    covers="fortran_order",
    suggest="print np.ravel([[1, 2], [3, 4]]) and the beginning of your theta",
)
def vector_column_by_column(params):
    """Each matrix is read column by column; row by row is asked for."""
    names = sorted(params, key=lambda name: (int(name[1:]), name[0]))
    theta = np.concatenate([params[name].flatten(order="F") for name in names])
    return theta.reshape(-1, 1).astype(float), [(name, params[name].shape) for name in names]


@mistake(
    "params_to_vector",
    caught_by="a_network_of_3_5_5_3_and_1_units_has_72_parameters",
    suggest="print theta.shape: it should have two dimensions",
)
def vector_flat(params):
    """theta has one dimension, and a column is asked for."""
    names = sorted(params, key=lambda name: (int(name[1:]), name[0]))
    theta = np.concatenate([params[name].ravel() for name in names])
    return theta.astype(float), [(name, params[name].shape) for name in names]


@mistake(
    "params_to_vector",
    caught_by="a_network_of_3_5_5_3_and_1_units_has_72_parameters",
    suggest="count the parameters of a network of 3, 5, 5, 3 and 1 units",
)
def vector_of_weights(params):
    """Only the weights are laid out; the biases are parameters too, and can be wrong too."""
    names = sorted((name for name in params if name.startswith("W")), key=lambda name: int(name[1:]))
    theta = np.concatenate([params[name].reshape(-1, 1) for name in names])
    return theta.astype(float), [(name, params[name].shape) for name in names]


@mistake(
    "params_to_vector",
    caught_by="two_small_layers_lie_end_to_end",
    suggest="W1, b1, W2, b2: the biases of a layer come right behind its weights",
)
def vector_biases_first(params):
    """Within a layer the biases come before the weights."""
    names = sorted(params, key=lambda name: (int(name[1:]), name[0] == "W"))
    theta = np.concatenate([params[name].reshape(-1, 1) for name in names])
    return theta.astype(float), [(name, params[name].shape) for name in names]


@mistake(
    "params_to_vector",
    caught_by="the_layout_says_what_lies_where",
    suggest="could you rebuild W1 from six numbers without knowing whether it was (3, 2) or (2, 3)?",
)
def vector_layout_of_sizes(params):
    """The layout holds how many numbers a parameter has, not its shape."""
    names = sorted(params, key=lambda name: (int(name[1:]), name[0]))
    theta = np.concatenate([params[name].reshape(-1, 1) for name in names])
    return theta.astype(float), [(name, params[name].size) for name in names]


@mistake(
    "params_to_vector",
    caught_by="the_layout_says_what_lies_where",
    suggest="two values are asked for: theta, and then the layout",
)
def vector_without_layout(params):
    """theta comes back alone; without a layout nobody can take it apart again."""
    names = sorted(params, key=lambda name: (int(name[1:]), name[0]))
    return np.concatenate([params[name].reshape(-1, 1) for name in names]).astype(float)


@mistake(
    "vector_to_params",
    caught_by="a_column_becomes_two_small_layers",
    covers="fortran_order",
    suggest="print np.arange(6).reshape(3, 2) and what you make of the same six numbers",
)
def params_column_by_column(theta, layout):
    """Each matrix is filled column by column; row by row is asked for."""
    params, start = {}, 0
    for name, shape in layout:
        end = start + int(np.prod(shape))
        params[name] = theta[start:end].reshape(shape, order="F").copy()
        start = end
    return params


@mistake(
    "vector_to_params",
    caught_by="a_column_becomes_two_small_layers",
    suggest="where does b1 begin, if W1 has taken six numbers?",
)
def params_all_from_the_start(theta, layout):
    """Every parameter is read from the beginning of theta; the place is never moved on."""
    return {name: theta[: int(np.prod(shape))].reshape(shape).copy() for name, shape in layout}


@mistake(
    "vector_to_params",
    caught_by="a_column_becomes_two_small_layers",
    suggest="how many numbers does a (3, 2) matrix take?",
)
def params_moved_on_by_rows(theta, layout):
    """The place is moved on by the number of rows, not by the number of entries: parameters overlap."""
    params, start = {}, 0
    for name, shape in layout:
        params[name] = theta[start : start + int(np.prod(shape))].reshape(shape).copy()
        start += shape[0]
    return params


@mistake(
    "vector_to_params",
    caught_by="every_parameter_has_the_shape_of_the_layout",
    suggest="print the shape of each parameter beside the layout",
)
def params_not_reshaped(theta, layout):
    """Every parameter stays a piece of the column; nobody gives it its shape back."""
    params, start = {}, 0
    for name, shape in layout:
        params[name] = theta[start : start + int(np.prod(shape))].copy()
        start += int(np.prod(shape))
    return params


@mistake(
    "vector_to_params",
    caught_by="every_parameter_has_the_shape_of_the_layout",
    read="convention 'layout': b is (n, 1)",
    suggest="what is the shape of W @ A + b, for b of shape (3,) and three examples?",
)
def params_with_flat_biases(theta, layout):
    """Biases come back with one dimension; in the forward pass they would broadcast along the wrong axis."""
    params, start = {}, 0
    for name, shape in layout:
        end = start + int(np.prod(shape))
        piece = theta[start:end].reshape(shape).copy()
        params[name] = piece.ravel() if name.startswith("b") else piece
        start = end
    return params


@mistake(
    "vector_to_params",
    caught_by="the_layout_rules_not_the_alphabet",
    suggest="theta was laid out in the order of the layout; what happens if you go through it in another?",
)
def params_in_sorted_order(theta, layout):
    """The layout is sorted by layer before use, although it says itself in which order theta lies."""
    params, start = {}, 0
    for name, shape in sorted(layout, key=lambda entry: (int(entry[0][1:]), entry[0][0])):
        end = start + int(np.prod(shape))
        params[name] = theta[start:end].reshape(shape).copy()
        start = end
    return params


@equivalent("vector_to_params", covers="view_aliasing")
def params_as_views(theta, layout):
    """The arrays are views of theta: who writes into them writes into theta.

    Proof: a view has the same numbers, the same shape and the same dtype as its copy, and what is sent from one
    process to another is copied, so no caller can tell. In one's own program it would matter.
    """
    params, start = {}, 0
    for name, shape in layout:
        end = start + int(np.prod(shape))
        params[name] = theta[start:end].reshape(shape)
        start = end
    return params


@mistake(
    "relative_error",
    caught_by="a_factor_of_seven_is_an_error_of_three_quarters",
    covers=("no_denominator", "gradcheck/absolute-not-relative"),
    suggest="multiply both gradients by 1000: should they be further apart then?",
)
def error_absolute(approx, exact):
    """The length of the difference is not divided by anything: it grows with the gradients."""
    return float(np.linalg.norm(np.asarray(approx) - np.asarray(exact)))


@mistake(
    "relative_error",
    caught_by="a_factor_of_seven_is_an_error_of_three_quarters",
    covers="only_one_norm",
    suggest="exchange the two arguments: does the result change?",
)
def error_relative_to_exact(approx, exact):
    """Only the length of `exact` stands in the denominator; the sum of both lengths is asked for."""
    length = np.linalg.norm(exact)
    difference = np.linalg.norm(np.asarray(approx) - np.asarray(exact))
    return float(difference / length) if length else float(difference > 0)


@mistake(
    "relative_error",
    caught_by="a_factor_of_seven_is_an_error_of_three_quarters",
    covers="only_one_norm",
    suggest="exchange the two arguments: does the result change?",
)
def error_relative_to_approx(approx, exact):
    """Only the length of `approx` stands in the denominator; the sum of both lengths is asked for."""
    length = np.linalg.norm(approx)
    difference = np.linalg.norm(np.asarray(approx) - np.asarray(exact))
    return float(difference / length) if length else float(difference > 0)


@mistake(
    "relative_error",
    caught_by="lengths_of_three_four_and_five",
    covers="per_element_mean",
    suggest="(3, 4) and (0, 4) have one entry in common and one not: which single number do you make of that?",
)
def error_mean_over_entries(approx, exact):
    """The quotient is taken entry by entry and averaged; one tiny entry can then weigh as much as a large one."""
    approx, exact = np.asarray(approx, dtype=float), np.asarray(exact, dtype=float)
    sizes = np.abs(approx) + np.abs(exact)
    return float(np.mean(np.abs(approx - exact) / np.where(sizes == 0, 1, sizes)))


@mistake(
    "relative_error",
    caught_by="lengths_of_three_four_and_five",
    suggest="the largest quotient of all entries is another measure, and a stricter one",
)
def error_largest_of_the_entries(approx, exact):
    """The quotient is taken entry by entry, and the largest one comes back."""
    approx, exact = np.asarray(approx, dtype=float), np.asarray(exact, dtype=float)
    sizes = np.abs(approx) + np.abs(exact)
    return float(np.max(np.abs(approx - exact) / np.where(sizes == 0, 1, sizes)))


@mistake(
    "relative_error",
    caught_by="a_factor_of_seven_is_an_error_of_three_quarters",
    covers="gradcheck/squared-norms",
    suggest="the length of (3, 4) is 5, not 25",
)
def error_of_squares(approx, exact):
    """The squares of the three lengths are used, without the roots: small errors look far too small."""
    approx, exact = np.asarray(approx, dtype=float), np.asarray(exact, dtype=float)
    below = np.sum(approx**2) + np.sum(exact**2)
    return float(np.sum((approx - exact) ** 2) / below) if below else 0.0


@mistake(
    "relative_error",
    caught_by="opposite_gradients_are_as_far_apart_as_can_be",
    covers="gradcheck/norm-of-sum",
    suggest="for opposite gradients, what is the length of their sum?",
)
def error_over_length_of_sum(approx, exact):
    """The denominator is the length of the sum, and should be the sum of the lengths: opposite gradients give x / 0."""
    approx, exact = np.asarray(approx, dtype=float), np.asarray(exact, dtype=float)
    below = np.linalg.norm(approx + exact)
    above = np.linalg.norm(approx - exact)
    return float(above / below) if below or above else 0.0


@mistake(
    "relative_error",
    caught_by="lengths_of_three_four_and_five",
    suggest="how far is it from (0, 0) to (3, 4), 5 or 7?",
)
def error_of_city_blocks(approx, exact):
    """Lengths are sums of absolute values; the Euclidean length is the root of the sum of the squares."""
    approx, exact = np.asarray(approx, dtype=float), np.asarray(exact, dtype=float)
    below = np.abs(approx).sum() + np.abs(exact).sum()
    return float(np.abs(approx - exact).sum() / below) if below else 0.0


@mistake(
    "relative_error",
    caught_by="two_zero_gradients_agree",
    suggest="np.zeros(3) against np.zeros(3): print the numerator and the denominator",
)
def error_of_two_zeros(approx, exact):
    """Two zero gradients give 0/0, which is NaN, though they agree perfectly."""
    approx, exact = np.asarray(approx, dtype=float), np.asarray(exact, dtype=float)
    return float(np.linalg.norm(approx - exact) / (np.linalg.norm(approx) + np.linalg.norm(exact)))


@mistake(
    "relative_error",
    caught_by="two_zero_gradients_agree",
    suggest="one gradient is 0 and the other is not: are they equal?",
)
def error_zero_for_any_zero(approx, exact):
    """0 comes back as soon as one of the gradients is 0, but only two zeros agree."""
    approx, exact = np.asarray(approx, dtype=float), np.asarray(exact, dtype=float)
    if not approx.any() or not exact.any():
        return 0.0
    return float(np.linalg.norm(approx - exact) / (np.linalg.norm(approx) + np.linalg.norm(exact)))


@mistake(
    "relative_error",
    caught_by="the_error_has_no_unit_and_no_favourite",
    suggest="compare the error of two gradients with the error of a ten-thousandth of both",
)
def error_with_a_thick_floor(approx, exact):
    """1e-8 is added below to avoid 0/0; for small gradients that is no longer negligible."""
    approx, exact = np.asarray(approx, dtype=float), np.asarray(exact, dtype=float)
    return float(np.linalg.norm(approx - exact) / (np.linalg.norm(approx) + np.linalg.norm(exact) + 1e-8))


@mistake(
    "gradient_check",
    caught_by="the_verdict_follows_from_the_size_of_the_error",
    covers="wrong_threshold_direction",
    read="F0, section 梯度检验（grad check）: the smaller, the better",
    suggest="which verdict do you give for an error of 1e-10?",
)
def check_thresholds_reversed(J, params, grads, eps=1e-5):
    """The comparisons point the wrong way: small errors are called bugs."""
    theta, layout = params_to_vector(params)  # noqa: F821
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    approx = numerical_gradient(lambda at: J(vector_to_params(at, layout)), theta, eps)  # noqa: F821
    error = relative_error(approx, exact)  # noqa: F821
    parts = vector_to_params(approx, layout)  # noqa: F821
    off = {key: np.abs(parts[key] - grads["d" + key]) for key in params}
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error >= 1e-3 else "inspect" if error > 1e-7 else "bug",
        "per_key": {name: relative_error(parts[name], grads["d" + name]) for name in params},  # noqa: F821
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }


@mistake(
    "gradient_check",
    caught_by="the_verdict_follows_from_the_size_of_the_error",
    read="F0, section 梯度检验（grad check）: at 1e-5 one has to be careful already",
    suggest="which verdict do you give for an error of 1e-6?",
)
def check_lenient_thresholds(J, params, grads, eps=1e-5):
    """Up to 1e-5 all is called ok; this course, like the notes, is content with 1e-7 at most."""
    theta, layout = params_to_vector(params)  # noqa: F821
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    approx = numerical_gradient(lambda at: J(vector_to_params(at, layout)), theta, eps)  # noqa: F821
    error = relative_error(approx, exact)  # noqa: F821
    parts = vector_to_params(approx, layout)  # noqa: F821
    off = {key: np.abs(parts[key] - grads["d" + key]) for key in params}
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-5 else "inspect" if error < 1e-3 else "bug",
        "per_key": {name: relative_error(parts[name], grads["d" + name]) for name in params},  # noqa: F821
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }


@mistake(
    "gradient_check",
    caught_by="the_verdict_follows_from_the_size_of_the_error",
    read="F0, section 梯度检验（grad check）: a bug from 1e-3 on; what lies between has to be inspected",
    suggest="which verdict do you give for an error of 1e-4?",
)
def check_strict_thresholds(J, params, grads, eps=1e-5):
    """From 1e-5 on all is called a bug; this course, like the notes, says so from 1e-3 on."""
    theta, layout = params_to_vector(params)  # noqa: F821
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    approx = numerical_gradient(lambda at: J(vector_to_params(at, layout)), theta, eps)  # noqa: F821
    error = relative_error(approx, exact)  # noqa: F821
    parts = vector_to_params(approx, layout)  # noqa: F821
    off = {key: np.abs(parts[key] - grads["d" + key]) for key in params}
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-7 else "inspect" if error < 1e-5 else "bug",
        "per_key": {name: relative_error(parts[name], grads["d" + name]) for name in params},  # noqa: F821
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }


@mistake(
    "gradient_check",
    caught_by="the_guilty_parameter_is_found",
    covers="global_error_only",
    suggest="if dW1 alone is wrong, what should per_key say of b2?",
)
def check_one_error_for_all(J, params, grads, eps=1e-5):
    """per_key holds the error of the whole under every key, so that nobody is found guilty."""
    theta, layout = params_to_vector(params)  # noqa: F821
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    approx = numerical_gradient(lambda at: J(vector_to_params(at, layout)), theta, eps)  # noqa: F821
    error = relative_error(approx, exact)  # noqa: F821
    parts = vector_to_params(approx, layout)  # noqa: F821
    off = {key: np.abs(parts[key] - grads["d" + key]) for key in params}
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-7 else "inspect" if error < 1e-3 else "bug",
        "per_key": dict.fromkeys(params, error),
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }


@mistake(
    "gradient_check",
    caught_by="the_guilty_parameter_is_found",
    suggest="what is the length of the gradient of W1 alone?",
)
def check_blocks_over_the_whole(J, params, grads, eps=1e-5):
    """The difference of one parameter is divided by the length of the whole gradient: a small block seems innocent."""
    theta, layout = params_to_vector(params)  # noqa: F821
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    approx = numerical_gradient(lambda at: J(vector_to_params(at, layout)), theta, eps)  # noqa: F821
    error = relative_error(approx, exact)  # noqa: F821
    parts = vector_to_params(approx, layout)  # noqa: F821
    off = {key: np.abs(parts[key] - grads["d" + key]) for key in params}
    key = max(off, key=lambda name: off[name].max())
    whole = np.linalg.norm(approx) + np.linalg.norm(exact)
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-7 else "inspect" if error < 1e-3 else "bug",
        "per_key": {name: float(np.linalg.norm(off[name]) / whole) for name in params},
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }


@mistake(
    "gradient_check",
    caught_by="the_verdict_follows_from_the_size_of_the_error",
    covers="gradcheck/compares-with-itself",
    suggest="where does your approximation call J?",
)
def check_against_itself(J, params, grads, eps=1e-5):
    """The claimed gradient is compared with itself: the error is 0, however wrong it is, and J is never called."""
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    first = next(iter(params))
    return {
        "error": relative_error(exact, exact),  # noqa: F821
        "verdict": "ok",
        "per_key": dict.fromkeys(params, 0.0),
        "worst": (first, (0,) * params[first].ndim),
    }


@mistake(
    "gradient_check",
    caught_by="a_right_gradient_is_found_to_be_right",
    covers="gradcheck/one-sided",
    read="F0, section 梯度的数值逼近: use both sides in gradient checking",
    suggest="which error do you get for a right gradient, 1e-6 or 1e-10?",
)
def check_one_sided(J, params, grads, eps=1e-5):
    """Forward differences are used: even a right gradient has an error near 1e-6 then, and looks suspicious."""
    theta, layout = params_to_vector(params)  # noqa: F821
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    start = J(params)
    approx = np.zeros(theta.shape)
    for i in range(len(theta)):
        moved = theta.copy()
        moved[i] += eps
        approx[i] = (J(vector_to_params(moved, layout)) - start) / eps  # noqa: F821
    error = relative_error(approx, exact)  # noqa: F821
    parts = vector_to_params(approx, layout)  # noqa: F821
    off = {key: np.abs(parts[key] - grads["d" + key]) for key in params}
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-7 else "inspect" if error < 1e-3 else "bug",
        "per_key": {name: relative_error(parts[name], grads["d" + name]) for name in params},  # noqa: F821
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }


@mistake(
    "gradient_check",
    caught_by="the_verdict_follows_from_the_size_of_the_error",
    covers="gradcheck/absolute-not-relative",
    suggest="is an error of 0.01 much? What else do you have to know?",
)
def check_absolute(J, params, grads, eps=1e-5):
    """The verdict is made of the length of the difference itself, in no proportion to the gradients."""
    theta, layout = params_to_vector(params)  # noqa: F821
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    approx = numerical_gradient(lambda at: J(vector_to_params(at, layout)), theta, eps)  # noqa: F821
    error = float(np.linalg.norm(approx - exact))
    parts = vector_to_params(approx, layout)  # noqa: F821
    off = {key: np.abs(parts[key] - grads["d" + key]) for key in params}
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-7 else "inspect" if error < 1e-3 else "bug",
        "per_key": {name: float(np.linalg.norm(off[name])) for name in params},
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }


@mistake(
    "gradient_check",
    caught_by="gradients_in_the_order_of_backpropagation_are_matched_by_name",
    read="F2 §13: the gradients have to be laid out in the same order",
    suggest="print list(grads): does the gradient of W1 come first?",
)
def check_matches_by_place(J, params, grads, eps=1e-5):
    """The gradients are stacked as they lie in their dict, and so are compared with those of other parameters."""
    theta, layout = params_to_vector(params)  # noqa: F821
    exact = np.concatenate([np.ravel(value) for value in grads.values()])[: len(theta)].reshape(-1, 1)
    approx = numerical_gradient(lambda at: J(vector_to_params(at, layout)), theta, eps)  # noqa: F821
    error = relative_error(approx, exact)  # noqa: F821
    parts, claimed = vector_to_params(approx, layout), vector_to_params(exact, layout)  # noqa: F821
    off = {key: np.abs(parts[key] - claimed[key]) for key in params}
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-7 else "inspect" if error < 1e-3 else "bug",
        "per_key": {name: relative_error(parts[name], claimed[name]) for name in params},  # noqa: F821
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }


@mistake(
    "gradient_check",
    caught_by="a_right_gradient_is_found_to_be_right",
    covers="gradcheck/views-mutated",
    read="convention 'purity': no argument is modified",
    suggest="`params[key][i] += eps` writes into the network that is being checked; work on copies",
)
def check_in_place(J, params, grads, eps=1e-5):
    """The network's own parameters are moved, through their own arrays, and they arrive read-only."""
    approx = {key: np.zeros(value.shape) for key, value in params.items()}
    for key, value in params.items():
        flat = value.reshape(-1)
        for i in range(flat.size):
            flat[i] += eps
            above = J(params)
            flat[i] -= 2 * eps
            approx[key].flat[i] = (above - J(params)) / (2 * eps)
            flat[i] += eps
    per_key = {key: relative_error(approx[key], grads["d" + key]) for key in params}  # noqa: F821
    error = max(per_key.values())
    return {"error": error, "verdict": "ok" if error <= 1e-7 else "bug", "per_key": per_key, "worst": ("W1", (0, 0))}


@mistake(
    "gradient_check",
    caught_by="a_right_gradient_is_found_to_be_right",
    covers="gradcheck/float32",
    suggest="how many digits has a float32, and by how many digits do the two costs differ?",
)
def check_in_single_precision(J, params, grads, eps=1e-5):
    """Parameters are turned into float32: with seven digits, a step of 1e-5 drowns in rounding."""
    theta, layout = params_to_vector(params)  # noqa: F821
    theta = theta.astype(np.float32)
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    approx = np.zeros(theta.shape)
    for i in range(len(theta)):
        above, below = theta.copy(), theta.copy()
        above[i] += np.float32(eps)
        below[i] -= np.float32(eps)
        rise = J(vector_to_params(above, layout)) - J(vector_to_params(below, layout))  # noqa: F821
        approx[i] = rise / (2 * eps)
    error = relative_error(approx, exact)  # noqa: F821
    parts = vector_to_params(approx, layout)  # noqa: F821
    off = {key: np.abs(parts[key] - grads["d" + key]) for key in params}
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-7 else "inspect" if error < 1e-3 else "bug",
        "per_key": {name: relative_error(parts[name], grads["d" + name]) for name in params},  # noqa: F821
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }


@mistake(
    "gradient_check",
    caught_by="every_parameter_is_moved_to_both_sides",
    suggest="which keys does your per_key have?",
)
def check_weights_only(J, params, grads, eps=1e-5):
    """Only the weights are checked; a wrong db would never be found."""
    approx = {}
    for name in [key for key in params if key.startswith("W")]:
        approx[name] = np.zeros(params[name].shape)
        for place in np.ndindex(params[name].shape):
            above, below = params[name].copy(), params[name].copy()
            above[place] += eps
            below[place] -= eps
            approx[name][place] = (J({**params, name: above}) - J({**params, name: below})) / (2 * eps)
    per_key = {name: relative_error(approx[name], grads["d" + name]) for name in approx}  # noqa: F821
    error = max(per_key.values())
    off = {name: np.abs(approx[name] - grads["d" + name]) for name in approx}
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-7 else "inspect" if error < 1e-3 else "bug",
        "per_key": per_key,
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }


@mistake(
    "gradient_check",
    caught_by="every_parameter_is_moved_to_both_sides",
    suggest="call it with eps = 0.001 and print by how much the parameters move",
)
def check_with_a_fixed_step(J, params, grads, eps=1e-5):
    """eps is not passed on: the step is always 1e-5."""
    theta, layout = params_to_vector(params)  # noqa: F821
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    approx = numerical_gradient(lambda at: J(vector_to_params(at, layout)), theta)  # noqa: F821
    error = relative_error(approx, exact)  # noqa: F821
    parts = vector_to_params(approx, layout)  # noqa: F821
    off = {key: np.abs(parts[key] - grads["d" + key]) for key in params}
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-7 else "inspect" if error < 1e-3 else "bug",
        "per_key": {name: relative_error(parts[name], grads["d" + name]) for name in params},  # noqa: F821
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }


@mistake(
    "gradient_check",
    caught_by="the_worst_entry_is_pointed_at",
    suggest="np.unravel_index(place, shape) gives row and column",
)
def check_worst_as_a_place_in_a_row(J, params, grads, eps=1e-5):
    """The index of the worst entry is its place in the flattened array; one index for each axis is asked for."""
    theta, layout = params_to_vector(params)  # noqa: F821
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    approx = numerical_gradient(lambda at: J(vector_to_params(at, layout)), theta, eps)  # noqa: F821
    error = relative_error(approx, exact)  # noqa: F821
    parts = vector_to_params(approx, layout)  # noqa: F821
    off = {key: np.abs(parts[key] - grads["d" + key]) for key in params}
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-7 else "inspect" if error < 1e-3 else "bug",
        "per_key": {name: relative_error(parts[name], grads["d" + name]) for name in params},  # noqa: F821
        "worst": (key, int(off[key].argmax())),
    }


@mistake(
    "gradient_check",
    caught_by="the_worst_entry_is_pointed_at",
    suggest="an entry that is 0.5 too small is as wrong as one that is 0.5 too large",
)
def check_worst_with_its_sign(J, params, grads, eps=1e-5):
    """The largest of claimed minus measured is looked for, without absolute values: what is too small is overlooked."""
    theta, layout = params_to_vector(params)  # noqa: F821
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    approx = numerical_gradient(lambda at: J(vector_to_params(at, layout)), theta, eps)  # noqa: F821
    error = relative_error(approx, exact)  # noqa: F821
    parts = vector_to_params(approx, layout)  # noqa: F821
    off = {key: grads["d" + key] - parts[key] for key in params}
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-7 else "inspect" if error < 1e-3 else "bug",
        "per_key": {name: relative_error(parts[name], grads["d" + name]) for name in params},  # noqa: F821
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }


@mistake(
    "gradient_check",
    caught_by="the_worst_entry_is_the_one_with_the_largest_difference",
    read="convention of this unit: worst is measured by the absolute difference",
    suggest="compare |measured - claimed| entry by entry, without dividing by anything",
)
def check_worst_in_proportion(J, params, grads, eps=1e-5):
    """Each difference is divided by the size of its entry; this course takes the largest difference as it is."""
    theta, layout = params_to_vector(params)  # noqa: F821
    exact = params_to_vector({key: grads["d" + key] for key in params})[0]  # noqa: F821
    approx = numerical_gradient(lambda at: J(vector_to_params(at, layout)), theta, eps)  # noqa: F821
    error = relative_error(approx, exact)  # noqa: F821
    parts = vector_to_params(approx, layout)  # noqa: F821
    off = {
        key: np.abs(parts[key] - grads["d" + key]) / (np.abs(parts[key]) + np.abs(grads["d" + key])) for key in params
    }
    key = max(off, key=lambda name: off[name].max())
    return {
        "error": error,
        "verdict": "ok" if error <= 1e-7 else "inspect" if error < 1e-3 else "bug",
        "per_key": {name: relative_error(parts[name], grads["d" + name]) for name in params},  # noqa: F821
        "worst": (key, tuple(int(i) for i in np.unravel_index(off[key].argmax(), off[key].shape))),
    }
