"""Right ways to write regularization.py that look different from the reference."""

import numpy as np

from autograder.checking import variant


@variant("l2_penalty")
def l2_layer_by_layer(params, lambd, m):
    """The weights may be looked up by their names, and the squares added up as norms squared."""
    total, grads, layer = 0.0, {}, 1
    while f"W{layer}" in params:
        total += np.linalg.norm(params[f"W{layer}"]) ** 2
        grads[f"dW{layer}"] = lambd * params[f"W{layer}"] / m
        layer += 1
    return total * lambd / (2 * m), grads


@variant("l2_penalty")
def l2_weight_by_weight(params, lambd, m):
    """Loops over all weights; a list, a one-by-one array and zeros for what is free are welcome too."""
    total, grads = 0.0, {}
    for key, value in params.items():
        grads["d" + key] = np.zeros(value.shape)
        if key[0] == "W":
            for index in np.ndindex(*value.shape):
                total += float(value[index]) ** 2
                grads["d" + key][index] = lambd * value[index] / m
    return [np.array([[lambd * total / (2 * m)]]), grads, "extra"]


@variant("l2_penalty")
def l2_in_single_precision(params, lambd, m):
    """float32 holds seven digits, enough for a penalty."""
    weights = {key: np.asarray(W, dtype=np.float32) for key, W in params.items() if key.startswith("W")}
    cost = np.float32(lambd / (2 * m)) * sum(np.vdot(W, W) for W in weights.values())
    return cost, {"d" + key: np.float32(lambd / m) * W for key, W in weights.items()}


@variant("l2_penalty")
def l2_by_traces(params, lambd, m):
    """The trace of W.T W is the sum of the squares; the penalty may also be built from its gradient, w · dw / 2."""
    grads = {"d" + key: lambd / m * W for key, W in params.items() if key.startswith("W")}
    return sum(np.trace(params[key[1:]].T @ dW) for key, dW in grads.items()) / 2, grads


@variant("l1_penalty")
def l1_by_where(params, lambd, m):
    """Signs by comparison."""
    grads, total = {}, 0.0
    for key in params:
        if key.startswith("W"):
            W = params[key]
            total = total + np.where(W < 0, -W, W).sum()
            grads["d" + key] = lambd / (2 * m) * ((W > 0).astype(float) - (W < 0))
    return lambd * total / (2 * m), grads


@variant("l1_penalty")
def l1_weight_by_weight(params, lambd, m):
    """Loops over all weights; a list and zeros for what is free are welcome too."""
    total, grads = 0.0, {}
    for key, value in params.items():
        grads["d" + key] = np.zeros(value.shape)
        if key[0] == "W":
            for index in np.ndindex(*value.shape):
                total += abs(value[index])
                if value[index] != 0:
                    grads["d" + key][index] = lambd / (2 * m) * value[index] / abs(value[index])
    return [lambd * total / (2 * m), grads]


@variant("l1_penalty")
def l1_in_single_precision(params, lambd, m):
    """float32 holds seven digits, enough for a penalty."""
    weights = {key: np.asarray(W, dtype=np.float32) for key, W in params.items() if key.startswith("W")}
    cost = sum(np.linalg.norm(W.ravel(), 1) for W in weights.values()) * np.float32(lambd / (2 * m))
    return cost, {"d" + key: np.float32(lambd / (2 * m)) * np.sign(W) for key, W in weights.items()}


@variant("weight_decay_step")
def decay_by_gradient_descent(W, dW_data, lr, lambd, m):
    """An ordinary step with the gradient of the regularised cost."""
    return W - lr * (dW_data + lambd / m * W)


@variant("weight_decay_step")
def decay_by_the_penalty(W, dW_data, lr, lambd, m):
    """The gradient of the penalty comes from the function that has it."""
    grads = l2_penalty({"W1": W, "b1": np.zeros((W.shape[0], 1))}, lambd, m)[1]  # noqa: F821 - the student's own
    return W - lr * (dW_data + grads["dW1"])


@variant("weight_decay_step")
def decay_in_place_on_a_copy(W, dW_data, lr, lambd, m):
    """Writing in place is right as long as the array is one's own."""
    new = np.array(W, dtype=float)
    new *= 1 - lr * lambd / m
    new -= lr * dW_data
    return new


@variant("weight_decay_step")
def decay_in_single_precision(W, dW_data, lr, lambd, m):
    """float32 holds seven digits, enough for a step."""
    W, dW_data = W.astype(np.float32), dW_data.astype(np.float32)
    return W - np.float32(lr) * dW_data - np.float32(lr * lambd / m) * W


@variant("forward_dropout")
def binomial_coins(A, keep_prob, rng, train=True):
    """One binomial draw with a single trial is a coin; the mask holds 1 and 0."""
    if not train:
        return A, None
    mask = rng.binomial(1, keep_prob, size=A.shape)
    return A * mask / keep_prob, mask


@variant("forward_dropout")
def chosen_coins(A, keep_prob, rng, train=True):
    """`choice` with probabilities tosses independent coins too."""
    if train:
        mask = rng.choice([True, False], size=A.shape, p=[keep_prob, 1 - keep_prob])
        return np.where(mask, A / keep_prob, 0.0), mask
    return A.copy(), None


@variant("forward_dropout")
def uniform_coins(A, keep_prob, rng, train=True):
    """`uniform` is `random` under another name; the mask is float, the answer a list."""
    if not train:
        return [A, None]
    mask = (rng.uniform(0, 1, A.shape) < keep_prob).astype(float)
    return [np.multiply(A, mask) / keep_prob, mask]


@variant("forward_dropout")
def coins_seen_from_the_other_side(A, keep_prob, rng, train=True):
    """1 - u is as uniform as u, so keeping what is at least 1 - keep_prob keeps just as much."""
    if not train:
        return A, None
    mask = rng.random(A.shape) >= 1 - keep_prob
    return A / keep_prob * mask, mask


@variant("forward_dropout")
def one_coin_at_a_time(A, keep_prob, rng, train=True):
    """Loops in place of array draws, writing to an array of its own."""
    if not train:
        return A, None
    A_out, mask = np.zeros(A.shape), np.zeros(A.shape, dtype=int)
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            if rng.random() < keep_prob:
                A_out[i, j] = A[i, j] / keep_prob
                mask[i, j] = 1
    return A_out, mask


@variant("forward_dropout")
def in_place_on_a_copy(A, keep_prob, rng, train=True):
    """Writing in place is right as long as the array is one's own; the third value is extra."""
    A_out = np.array(A, dtype=float)
    if not train:
        return A_out, None, keep_prob
    mask = rng.random(size=A.shape) <= keep_prob
    A_out *= mask
    A_out /= keep_prob
    return A_out, mask, keep_prob


@variant("forward_dropout")
def in_single_precision(A, keep_prob, rng, train=True):
    """float32 holds seven digits, enough for a network."""
    A = A.astype(np.float32)
    if not train:
        return A, None
    mask = rng.random(A.shape, dtype=np.float32) < keep_prob
    return A * mask / np.float32(keep_prob), mask


@variant("forward_dropout")
def drops_where_the_number_is_small(A, keep_prob, rng, train=True):
    """Dropping with probability 1 - keep_prob keeps with probability keep_prob."""
    if not train:
        return A, None
    drop = rng.random(A.shape) < 1 - keep_prob
    A_out = A.astype(float) / keep_prob
    A_out[drop] = 0.0
    return A_out, ~drop


@variant("forward_dropout", group="scaled_mask")
def scaled_mask_forward(A, keep_prob, rng, train=True):
    """The mask carries the division, so that both passes only multiply."""
    if not train:
        return A, None
    mask = (rng.random(A.shape) < keep_prob) / keep_prob
    return A * mask, mask


@variant("backward_dropout", group="scaled_mask")
def scaled_mask_backward(dA_out, mask, keep_prob):
    """The mask of the forward pass of this group carries the division already."""
    return dA_out if mask is None else dA_out * mask


@variant("backward_dropout")
def backward_in_place_on_a_copy(dA_out, mask, keep_prob):
    """Silences entries of an array of its own."""
    dA = np.array(dA_out, dtype=float)
    if mask is not None:
        dA[~np.asarray(mask, dtype=bool)] = 0.0
        dA /= keep_prob
    return dA


@variant("backward_dropout")
def backward_by_where(dA_out, mask, keep_prob):
    """Chooses entry by entry."""
    if mask is None:
        return np.copy(dA_out)
    return np.where(mask, dA_out / keep_prob, 0)


@variant("backward_dropout")
def backward_entry_by_entry(dA_out, mask, keep_prob):
    """Loops over all entries."""
    if mask is None:
        return dA_out
    dA = np.zeros(dA_out.shape)
    for i, j in np.ndindex(*dA_out.shape):
        if mask[i][j]:
            dA[i, j] = dA_out[i, j] / keep_prob
    return dA


@variant("backward_dropout")
def backward_in_single_precision(dA_out, mask, keep_prob):
    """float32 holds seven digits, enough for a gradient."""
    dA_out = dA_out.astype(np.float32)
    return dA_out if mask is None else (dA_out * mask / keep_prob).astype(np.float32)


@variant("early_stopping")
def stopping_with_a_counter(dev_costs, patience, min_delta=0.0):
    """A counter that an improvement sets back to zero."""
    best, lowest, waited = 0, float("inf"), 0
    for epoch, cost in enumerate(dev_costs):
        if lowest - cost > min_delta:
            best, lowest, waited = epoch, cost, 0
        else:
            waited += 1
            if waited == patience:
                break
    return best, epoch


@variant("early_stopping")
def stopping_by_cutting_off(dev_costs, patience, min_delta=0.0):
    """From each improvement one may look for the next within patience; numpy's integers and a list are welcome."""
    costs = np.array(dev_costs)
    best = np.int64(0)
    while True:
        ahead = np.flatnonzero(costs[best + 1 : best + 1 + patience] < costs[best] - min_delta)
        if ahead.size == 0:
            return [best, np.minimum(best + patience, costs.size - 1)]
        best = best + 1 + ahead[0]


@variant("early_stopping")
def stopping_with_history(dev_costs, patience, min_delta=0.0):
    """Returns the history as well; a third value is extra."""
    history, best = [], 0
    for epoch in range(len(dev_costs)):
        if dev_costs[epoch] < dev_costs[best] - min_delta:
            best = epoch
        history.append(best)
        if epoch - best == patience:
            return best, epoch, history
    return best, len(dev_costs) - 1, history


@variant("augment_images")
def augment_pixel_by_pixel(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """Loops over the pixels of the result, asking for each where it came from."""
    h, w = image_shape
    out = np.zeros(X.shape)
    for r in range(h):
        for c in range(w):
            row, column = r - shift[0], c - shift[1]
            if 0 <= row < h and 0 <= column < w:
                row = h - 1 - row if flip == "vertical" else row
                column = w - 1 - column if flip == "horizontal" else column
                out[r * w + c] = X[row * w + column]
    if noise > 0:
        out += rng.normal(0.0, noise, out.shape)
    return out


@variant("augment_images")
def augment_image_by_image(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """One image after the other, each with a draw of its own, on copies that are edited in place."""
    h, w = image_shape
    columns = []
    for column in X.T:
        image = column.astype(float).reshape(h, w)
        image = np.fliplr(image) if flip == "horizontal" else np.flipud(image) if flip == "vertical" else image
        image = np.roll(image, shift, axis=(0, 1))
        down, right = (min(max(s, -n), n) for s, n in zip(shift, (h, w), strict=True))
        image[: max(down, 0)] = 0
        image[h + min(down, 0) :] = 0
        image[:, : max(right, 0)] = 0
        image[:, w + min(right, 0) :] = 0
        if noise:
            image = image + noise * rng.standard_normal((h, w))
        columns.append(image.ravel())
    return np.stack(columns, axis=1)


@variant("augment_images")
def augment_by_padding(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """A frame of zeros around the examples-first cube, and a window that moves over it."""
    h, w = image_shape
    images = X.T.reshape(-1, h, w).astype(np.float64)
    if flip != "none":
        images = np.flip(images, axis=2 if flip == "horizontal" else 1)
    down, right = (int(np.clip(s, -n, n)) for s, n in zip(shift, (h, w), strict=True))
    padded = np.pad(images, ((0, 0), (h, h), (w, w)))
    window = padded[:, h - down : 2 * h - down, w - right : 2 * w - right]
    out = window.reshape(len(window), -1).T
    return out + noise * rng.standard_normal(out.shape) if rng is not None else out


@variant("augment_images")
def augment_in_single_precision(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """float32 holds seven digits, enough for a picture; a list of indices is a way to flip and to shift."""
    h, w = image_shape
    place = np.pad(np.arange(1, h * w + 1).reshape(h, w), ((h, h), (w, w)))
    down, right = (int(np.clip(s, -n, n)) for s, n in zip(shift, (h, w), strict=True))
    inner = place[h : 2 * h, w : 2 * w]
    inner[...] = inner[:, ::-1].copy() if flip == "horizontal" else inner[::-1].copy() if flip == "vertical" else inner
    source = place[h - down : 2 * h - down, w - right : 2 * w - right].ravel()
    out = np.vstack([np.zeros((1, X.shape[1])), X])[source].astype(np.float32)
    if noise:
        out += np.float32(noise) * rng.standard_normal(out.shape, dtype=np.float32)
    return out
