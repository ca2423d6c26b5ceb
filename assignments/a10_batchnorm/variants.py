"""Right ways to write batchnorm.py that look different from the reference; every check must accept them all."""

import numpy as np

from autograder.checking import variant


@variant("batchnorm_forward")
def forward_by_loop(Z, gamma, beta, eps=1e-8):
    """One unit after the other, each with its own two sums."""
    n, m = Z.shape
    mu, var, Z_norm, Z_tilde = np.zeros((n, 1)), np.zeros((n, 1)), np.zeros((n, m)), np.zeros((n, m))
    for i in range(n):
        mu[i, 0] = sum(Z[i]) / m
        var[i, 0] = sum((z - mu[i, 0]) ** 2 for z in Z[i]) / m
        Z_norm[i] = (Z[i] - mu[i, 0]) * (var[i, 0] + eps) ** -0.5
        Z_tilde[i] = gamma[i, 0] * Z_norm[i] + beta[i, 0]
    return Z_tilde, BNCache(Z, mu, var, Z_norm, gamma, eps)  # noqa: F821 - the stub defines it


@variant("batchnorm_forward")
def forward_in_place_on_a_copy(Z, gamma, beta, eps=1e-8):
    """Editing in place is fine once the array is one's own; a list is as good as a tuple, and a tuple as a BNCache."""
    Z_norm = Z.astype(float).copy()
    mu = np.mean(Z, axis=1).reshape(-1, 1)
    Z_norm -= mu
    var = np.mean(np.square(Z_norm), axis=-1, keepdims=True)
    Z_norm /= np.sqrt(var + eps)
    return [Z_norm * gamma + beta, (Z.copy(), mu, var, Z_norm, gamma.copy(), np.array(eps))]


@variant("batchnorm_forward")
def forward_by_mean_of_squares(Z, gamma, beta, eps=1e-8):
    """The variance is also the mean of the squares minus the square of the mean; a third value may follow the two."""
    m = Z.shape[1]
    mu = Z @ np.full((m, 1), 1.0 / m)
    var = np.maximum((Z * Z) @ np.full((m, 1), 1.0 / m) - mu**2, 0.0)
    scale = gamma / np.sqrt(var + eps)
    cache = BNCache(Z, mu, var, (Z - mu) / np.sqrt(var + eps), gamma, eps)  # noqa: F821 - the stub defines it
    return scale * Z + (beta - scale * mu), cache, scale


@variant("batchnorm_forward")
def forward_in_single_precision(Z, gamma, beta, eps=1e-8):
    """Single precision has seven digits, which is enough for scores of ordinary size."""
    Z = Z.astype(np.float32)
    mu = Z.mean(axis=1, keepdims=True)
    var = Z.var(axis=1, keepdims=True)
    Z_norm = (Z - mu) / np.sqrt(var + np.float32(eps))
    Z_tilde = gamma.astype(np.float32) * Z_norm + beta.astype(np.float32)
    return Z_tilde, BNCache(Z, mu, var, Z_norm, gamma, eps)  # noqa: F821 - the stub defines it


@variant("batchnorm_backward")
def backward_as_the_notes_print_it(dZ_tilde, cache):
    """The six equations to the letter; more keys than the six are welcome."""
    root = np.sqrt(cache.var + cache.eps)
    m = cache.Z.shape[1]
    grads = {"dZ_norm": dZ_tilde * cache.gamma, "root": root}
    shares = grads["dZ_norm"] * (cache.Z - cache.mu) * (-1 / 2) * (cache.var + cache.eps) ** (-3 / 2)
    grads["dvar"] = shares.sum(axis=1, keepdims=True)
    through_var = grads["dvar"] * (-2 * (cache.Z - cache.mu)).sum(axis=1, keepdims=True) / m
    grads["dmu"] = (grads["dZ_norm"] * (-1 / root)).sum(axis=1, keepdims=True) + through_var
    grads["dZ"] = grads["dZ_norm"] / root + grads["dvar"] * 2 * (cache.Z - cache.mu) / m + grads["dmu"] / m
    grads["dgamma"] = (dZ_tilde * cache.Z_norm).sum(axis=1, keepdims=True)
    grads["dbeta"] = dZ_tilde.sum(axis=1, keepdims=True)
    return grads


@variant("batchnorm_backward")
def backward_by_loop(dZ_tilde, cache):
    """One unit after the other; the cache may be taken apart by position."""
    Z, mu, var, Z_norm, gamma, eps = cache
    n, m = Z.shape
    grads = {key: np.zeros((n, m)) for key in ("dZ_norm", "dZ")}
    grads.update({key: np.zeros((n, 1)) for key in ("dvar", "dmu", "dgamma", "dbeta")})
    for i in range(n):
        sd = float(var[i, 0] + eps) ** 0.5
        grads["dbeta"][i] = sum(dZ_tilde[i])
        for j in range(m):
            grads["dZ_norm"][i, j] = dZ_tilde[i, j] * gamma[i, 0]
            grads["dgamma"][i] += dZ_tilde[i, j] * Z_norm[i, j]
            grads["dvar"][i] -= grads["dZ_norm"][i, j] * (Z[i, j] - mu[i, 0]) / (2 * sd**3)
            grads["dmu"][i] -= grads["dZ_norm"][i, j] / sd
        for j in range(m):
            through_var = grads["dvar"][i, 0] * 2 * (Z[i, j] - mu[i, 0])
            grads["dZ"][i, j] = grads["dZ_norm"][i, j] / sd + (through_var + grads["dmu"][i, 0]) / m
    return grads


@variant("batchnorm_backward")
def backward_by_matrix_products(dZ_tilde, cache):
    """einsum and matrix products sum just as well, and the order of the factors is free."""
    ones = np.ones((cache.Z.shape[1], 1))
    m = len(ones)
    sd = np.sqrt(cache.var + cache.eps)
    dgamma = np.einsum("ij,ij->i", dZ_tilde, cache.Z_norm)[:, None]
    dbeta = dZ_tilde @ ones
    dvar = -0.5 * cache.gamma * dgamma / sd**2
    dmu = -cache.gamma * dbeta / sd
    dZ = cache.gamma / sd * (dZ_tilde - dbeta / m - cache.Z_norm * dgamma / m)
    return {"dZ": dZ, "dgamma": dgamma, "dbeta": dbeta, "dvar": dvar, "dmu": dmu, "dZ_norm": cache.gamma * dZ_tilde}


@variant("batchnorm_backward_compact")
def compact_as_printed_in_the_paper(dZ_tilde, cache):
    """The common form with m in front: gamma / (m sd) times (m d - sum of d - Z_norm times sum of d Z_norm)."""
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * cache.Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    factor = cache.gamma * (cache.var + cache.eps) ** -0.5 / m
    return [factor * (m * dZ_tilde - dbeta - cache.Z_norm * dgamma), dgamma, dbeta]


@variant("batchnorm_backward_compact")
def compact_by_projection_matrices(dZ_tilde, cache):
    """Each row is multiplied with the matrix that takes both projections away; a fourth value may follow the three."""
    n, m = cache.Z.shape
    dZ = np.empty((n, m))
    for i in range(n):
        row = cache.Z_norm[i : i + 1]
        keep = np.eye(m) - np.ones((m, m)) / m - row.T @ row / m
        dZ[i] = cache.gamma[i] / np.sqrt(cache.var[i] + cache.eps) * (keep @ dZ_tilde[i])
    sums = np.sum(np.stack([dZ_tilde * cache.Z_norm, dZ_tilde]), axis=2)
    return dZ, sums[0].reshape(n, 1), sums[1].reshape(n, 1), "done"


@variant("batchnorm_backward_compact")
def compact_by_means(dZ_tilde, cache):
    """Means instead of sums over m, on an array of one's own that is edited in place."""
    _, _, var, Z_norm, gamma, eps = cache
    dZ = np.array(dZ_tilde, copy=True)
    along = np.mean(dZ * Z_norm, axis=1, keepdims=True)
    mean = np.mean(dZ, axis=1, keepdims=True)
    dZ -= mean
    dZ -= Z_norm * along
    dZ *= gamma
    dZ /= np.sqrt(var + eps)
    return dZ, along * dZ.shape[1], mean * dZ.shape[1]


@variant("batchnorm_backward_compact")
def compact_by_way_of_the_stages(dZ_tilde, cache):
    """Not closed, but right: what the staged form gives is what the closed form gives."""
    staged = batchnorm_backward(dZ_tilde, cache)  # noqa: F821 - the student's own function of this room
    return staged["dZ"], staged["dgamma"], staged["dbeta"]


@variant("update_running_stats")
def running_as_a_step(running, mu, var, momentum=0.9):
    """old + (1 - momentum) (batch - old) is the same average."""
    if running is None:
        running = {"mu": mu, "var": var}
    batch = {"mu": mu, "var": var}
    return {key: running[key] + (1 - momentum) * (batch[key] - running[key]) for key in ("mu", "var")}


@variant("update_running_stats")
def running_with_a_counter(running, mu, var, momentum=0.9):
    """More keys than the two are welcome, and so is single precision."""
    old = running if running else {"mu": mu, "var": var}
    new = {"batches": 1 + int(old.get("batches", 0))}
    new["mu"] = (momentum * old["mu"] + (1 - momentum) * mu).astype(np.float32)
    new["var"] = (momentum * old["var"] + (1 - momentum) * var).astype(np.float32)
    return new


@variant("update_running_stats")
def running_in_place_on_copies(running, mu, var, momentum=0.9):
    """Editing in place is fine once the arrays are one's own."""
    if running is None:
        return {"mu": mu.copy(), "var": var.copy()}
    mine = {key: np.array(value) for key, value in running.items()}
    for key, batch in zip(("mu", "var"), (mu, var), strict=True):
        mine[key] *= momentum
        mine[key] += (1.0 - momentum) * batch
    return mine


@variant("batchnorm_inference")
def inference_as_one_line_per_unit(Z, gamma, beta, running, eps=1e-8):
    """With fixed statistics batch norm is one slope and one offset per unit."""
    slope = gamma / np.sqrt(running["var"] + eps)
    return slope * Z + (beta - slope * running["mu"])


@variant("batchnorm_inference")
def inference_by_loop(Z, gamma, beta, running, eps=1e-8):
    """One example after the other, as the test time will have it."""
    columns = [(z[:, None] - running["mu"]) / np.sqrt(running["var"] + eps) for z in Z.T]
    return np.concatenate(columns, axis=1) * gamma + beta


@variant("batchnorm_inference")
def inference_in_single_precision(Z, gamma, beta, running, eps=1e-8):
    """Single precision has seven digits, which is enough for scores of ordinary size."""
    Z_norm = np.array(Z)
    Z_norm -= running["mu"]
    Z_norm *= (running["var"] + eps) ** -0.5
    return (gamma * Z_norm + beta).astype(np.float32)


@variant("identity_gamma_beta")
def identity_by_power(mu, var, eps=1e-8):
    """A power of one half is a root, and a list of two is a pair."""
    return [(var + eps) ** 0.5, mu]


@variant("identity_gamma_beta")
def identity_by_hypot(mu, var, eps=1e-8):
    """The hypotenuse over the roots of var and eps is the root of their sum."""
    return np.hypot(np.sqrt(var), np.sqrt(eps)), mu.copy(), "gamma, beta"


@variant("identity_gamma_beta")
def identity_by_loop(mu, var, eps=1e-8):
    """One unit after the other, put together as columns; single precision is welcome."""
    gamma = np.array([[float(v + eps) ** 0.5] for v in var.ravel()], dtype=np.float32)
    return gamma, np.array(mu, dtype=np.float32)
