"""Known wrong ways to write batchnorm.py: what each author believed, and which check must object.

`covers` names rows of the course's lists of mistakes: a slug of the exercise's own table, or "area/name".
"""

import numpy as np

from autograder.checking import equivalent, mistake


@mistake(
    "batchnorm_forward",
    caught_by=("the_statistics_of_the_units_are_columns", "beta_is_the_mean_and_gamma_the_spread_of_every_row"),
    covers=("axis0", "batchnorm/wrong-axis"),
    read="convention 'reductions': over examples = axis 1",
    suggest="print Z_norm.mean(axis=0) and Z_norm.mean(axis=1); which of them should be all zeros?",
)
def forward_of_each_example(Z, gamma, beta, eps=1e-8):
    """Each example is normalised over its units, which is layer norm, not batch norm."""
    mu = Z.mean(axis=0, keepdims=True)
    var = Z.var(axis=0, keepdims=True)
    Z_norm = (Z - mu) / np.sqrt(var + eps)
    return gamma * Z_norm + beta, (Z, mu, var, Z_norm, gamma, eps)


@mistake(
    "batchnorm_forward",
    caught_by="the_statistics_of_the_units_are_columns",
    suggest="print mu.shape; it should be (n, 1)",
)
def forward_of_the_whole_matrix(Z, gamma, beta, eps=1e-8):
    """One mean and one variance serve the whole matrix; each unit needs its own."""
    mu, var = Z.mean(), Z.var()
    Z_norm = (Z - mu) / np.sqrt(var + eps)
    return gamma * Z_norm + beta, (Z, mu, var, Z_norm, gamma, eps)


@mistake(
    "batchnorm_forward",
    caught_by="the_worked_example_comes_out",
    covers=("ddof1", "batchnorm/unbiased-variance"),
    read="F4 §1.5.1, eq. 21; convention 'variance': population",
    suggest="compute the variance of 1, 2, 3, 4 by hand: 1.25 or 1.667?",
)
def forward_ddof1(Z, gamma, beta, eps=1e-8):
    """The variance divides by m - 1 instead of m: the spread comes out too small by sqrt((m-1)/m)."""
    mu = Z.mean(axis=1, keepdims=True)
    var = np.sum((Z - mu) ** 2, axis=1, keepdims=True) / (Z.shape[1] - 1)
    Z_norm = (Z - mu) / np.sqrt(var + eps)
    return gamma * Z_norm + beta, (Z, mu, var, Z_norm, gamma, eps)


@mistake(
    "batchnorm_forward",
    caught_by="eps_sits_inside_the_root",
    covers=("eps_outside_root", "batchnorm/eps-outside"),
    read="F4 §1.5.1, eq. 21",
    suggest="for variance 1e-4 and eps 1e-5, is the factor 95.3 or 99.9?",
)
def forward_eps_outside(Z, gamma, beta, eps=1e-8):
    """eps is added to the standard deviation, outside the root, not to the variance."""
    mu = Z.mean(axis=1, keepdims=True)
    var = Z.var(axis=1, keepdims=True)
    Z_norm = (Z - mu) / (np.sqrt(var) + eps)
    return gamma * Z_norm + beta, (Z, mu, var, Z_norm, gamma, eps)


@mistake(
    "batchnorm_forward",
    caught_by="shifting_and_stretching_a_row_changes_nothing",
    covers="divides_by_var",
    read="F4 §1.5.1, eq. 21",
    suggest="stretch a row by 3: does its normalised form change?",
)
def forward_divides_by_variance(Z, gamma, beta, eps=1e-8):
    """The root is missing: the distance from the mean is divided by the variance."""
    mu = Z.mean(axis=1, keepdims=True)
    var = Z.var(axis=1, keepdims=True)
    Z_norm = (Z - mu) / (var + eps)
    return gamma * Z_norm + beta, (Z, mu, var, Z_norm, gamma, eps)


@mistake(
    "batchnorm_forward",
    caught_by="beta_is_the_mean_and_gamma_the_spread_of_every_row",
    covers="gamma_beta_swapped",
    read="F4 §1.5.1, eq. 22",
    suggest="print the row means of Z_tilde beside beta",
)
def forward_swaps_gamma_and_beta(Z, gamma, beta, eps=1e-8):
    """gamma is added and beta multiplied; it should be the other way round."""
    mu = Z.mean(axis=1, keepdims=True)
    var = Z.var(axis=1, keepdims=True)
    Z_norm = (Z - mu) / np.sqrt(var + eps)
    return beta * Z_norm + gamma, (Z, mu, var, Z_norm, gamma, eps)


@mistake(
    "batchnorm_forward",
    caught_by="a_row_without_spread_comes_out_as_beta",
    read="F4 §1.5.1, the line under eq. 21",
    suggest="what is (7 - 7) / sqrt(0)?",
)
def forward_without_eps(Z, gamma, beta, eps=1e-8):
    """eps is left out, so a unit that gives the same score for every example becomes 0/0."""
    mu = Z.mean(axis=1, keepdims=True)
    var = Z.var(axis=1, keepdims=True)
    Z_norm = (Z - mu) / np.sqrt(var)
    return gamma * Z_norm + beta, (Z, mu, var, Z_norm, gamma, eps)


@mistake(
    "batchnorm_forward",
    caught_by="eps_sits_inside_the_root",
    suggest="call it with eps = 1 and with eps = 1e-8: do the results differ?",
)
def forward_with_fixed_eps(Z, gamma, beta, eps=1e-8):
    """eps is always 1e-8, whatever is passed."""
    mu = Z.mean(axis=1, keepdims=True)
    var = Z.var(axis=1, keepdims=True)
    Z_norm = (Z - mu) / np.sqrt(var + 1e-8)
    return gamma * Z_norm + beta, (Z, mu, var, Z_norm, gamma, eps)


@mistake(
    "batchnorm_forward",
    caught_by="the_statistics_of_the_units_are_columns",
    suggest="print Z.mean(axis=1).shape, then the same with keepdims=True",
)
def forward_flat_statistics(Z, gamma, beta, eps=1e-8):
    """The cache holds mu and var with shape (n,); the backward pass would broadcast them along the wrong axis."""
    mu = Z.mean(axis=1)
    var = Z.var(axis=1)
    Z_norm = (Z - mu[:, None]) / np.sqrt(var[:, None] + eps)
    return gamma * Z_norm + beta, (Z, mu, var, Z_norm, gamma, eps)


@mistake(
    "batchnorm_forward",
    caught_by="the_cache_remembers_what_came_in",
    suggest="print cache.Z beside the Z that you passed",
)
def forward_caches_centred_scores(Z, gamma, beta, eps=1e-8):
    """Z is replaced by its centred copy on the way, and the cache gets that one."""
    mu = Z.mean(axis=1, keepdims=True)
    var = Z.var(axis=1, keepdims=True)
    Z = Z - mu
    Z_norm = Z / np.sqrt(var + eps)
    return gamma * Z_norm + beta, (Z, mu, var, Z_norm, gamma, eps)


@mistake(
    "batchnorm_forward",
    caught_by="the_cache_remembers_what_came_in",
    suggest="what is the variance of 0, 0, 4, 4, and what does your cache say?",
)
def forward_caches_deviation(Z, gamma, beta, eps=1e-8):
    """The cache holds the standard deviation where the variance is promised."""
    mu = Z.mean(axis=1, keepdims=True)
    sd = np.sqrt(Z.var(axis=1, keepdims=True) + eps)
    Z_norm = (Z - mu) / sd
    return gamma * Z_norm + beta, (Z, mu, sd, Z_norm, gamma, eps)


@mistake(
    "batchnorm_forward",
    caught_by="the_cache_remembers_what_came_in",
    read="convention 'purity': no argument is modified",
    suggest="write Z - mu into a new array",
)
def forward_in_place(Z, gamma, beta, eps=1e-8):
    """The mean is subtracted from Z in place, which would change the scores of the caller."""
    mu = Z.mean(axis=1, keepdims=True)
    var = Z.var(axis=1, keepdims=True)
    Z -= mu
    Z_norm = Z / np.sqrt(var + eps)
    return gamma * Z_norm + beta, (Z, mu, var, Z_norm, gamma, eps)


@mistake(
    "batchnorm_backward",
    caught_by="dZ_agrees_with_central_differences",
    covers=("ignores_mu_and_var", "batchnorm/bwd-constant-stats"),
    read="F4 §1.5.2, the equation for x_i: three terms",
    suggest="print the row sums of dZ and the products with Z_norm: which of the two is not 0?",
)
def backward_direct_road_only(dZ_tilde, cache):
    """Mean and variance are treated as constants: of the three roads to Z only the direct one is taken."""
    Z, mu, var, Z_norm, gamma, eps = cache
    sd = np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@mistake(
    "batchnorm_backward",
    caught_by="dZ_is_orthogonal_to_Z_norm_in_every_row",
    covers=("ignores_var", "batchnorm/bwd-no-variance-term"),
    read="F4 §1.5.2, the equation for x_i: three terms",
    suggest="add the terms one at a time and watch the two invariants",
)
def backward_no_variance_road(dZ_tilde, cache):
    """The term that comes through the variance is missing in dZ."""
    Z, mu, var, Z_norm, gamma, eps = cache
    m, sd = Z.shape[1], np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dmu / m
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@mistake(
    "batchnorm_backward",
    caught_by="rows_of_dZ_sum_to_zero",
    covers="ignores_mu",
    read="F4 §1.5.2, the equation for x_i: three terms",
    suggest="add the terms one at a time and watch the two invariants",
)
def backward_no_mean_road(dZ_tilde, cache):
    """The term that comes through the mean is missing in dZ."""
    Z, mu, var, Z_norm, gamma, eps = cache
    m, sd = Z.shape[1], np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dvar * 2 * (Z - mu) / m
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@mistake(
    "batchnorm_backward",
    caught_by="dZ_is_orthogonal_to_Z_norm_in_every_row",
    covers="ddof1",
    read="convention 'variance': population",
    suggest="what is the derivative of the variance with respect to one score, if the variance divides by m?",
)
def backward_ddof1(dZ_tilde, cache):
    """The road through the variance divides by m - 1, but the forward pass divided by m."""
    Z, mu, var, Z_norm, gamma, eps = cache
    m, sd = Z.shape[1], np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dvar * 2 * (Z - mu) / (m - 1) + dmu / m
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@mistake(
    "batchnorm_backward",
    caught_by="every_line_of_the_derivation_is_right",
    covers="forgets_gamma",
    read="F4 §1.5.2, the first equation of the way back",
    suggest="Z_tilde = gamma * Z_norm + beta: what is its derivative with respect to Z_norm?",
)
def backward_forgets_gamma(dZ_tilde, cache):
    """dZ_norm lacks the factor gamma, and everything below inherits it."""
    Z, mu, var, Z_norm, _gamma, eps = cache
    m, sd = Z.shape[1], np.sqrt(var + eps)
    dZ_norm = dZ_tilde
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dvar * 2 * (Z - mu) / m + dmu / m
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@mistake(
    "batchnorm_backward",
    caught_by="every_line_of_the_derivation_is_right",
    covers="var_power_-1/2",
    read="F4 §1.5.2, the second equation of the way back",
    suggest="differentiate (var + eps)^(-1/2) with respect to var",
)
def backward_wrong_power(dZ_tilde, cache):
    """The power of (var + eps) in dvar is -1/2 instead of -3/2."""
    Z, mu, var, Z_norm, gamma, eps = cache
    m, sd = Z.shape[1], np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dvar * 2 * (Z - mu) / m + dmu / m
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@mistake(
    "batchnorm_backward",
    caught_by="every_line_of_the_derivation_is_right",
    covers="batchnorm/bwd-product-of-sums",
    suggest="compare 1*3 + 2*4 with (1+2) * (3+4)",
)
def backward_product_of_sums(dZ_tilde, cache):
    """The sum of products is taken apart into a product of sums, and the second sum is always zero."""
    Z, mu, var, Z_norm, gamma, eps = cache
    m, sd = Z.shape[1], np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm, axis=1, keepdims=True) * np.sum(Z - mu, axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dvar * 2 * (Z - mu) / m + dmu / m
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@mistake(
    "batchnorm_backward",
    caught_by="dgamma_and_dbeta_are_the_slopes_of_gamma_and_beta",
    covers="dgamma_uses_Z",
    read="F4 §1.5.2, the equation for γ",
    suggest="what does gamma multiply in the forward pass?",
)
def backward_dgamma_uses_scores(dZ_tilde, cache):
    """dgamma multiplies with Z instead of the normalised scores."""
    Z, mu, var, _Z_norm, gamma, eps = cache
    m, sd = Z.shape[1], np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dvar * 2 * (Z - mu) / m + dmu / m
    dgamma = np.sum(dZ_tilde * Z, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@mistake(
    "batchnorm_backward",
    caught_by="dgamma_and_dbeta_are_the_slopes_of_gamma_and_beta",
    covers="batchnorm/dgamma-no-xhat",
    read="F4 §1.5.2, the equation for γ",
    suggest="what does gamma multiply in the forward pass?",
)
def backward_dgamma_without_scores(dZ_tilde, cache):
    """dgamma is the plain sum of dZ_tilde, which is dbeta."""
    Z, mu, var, _Z_norm, gamma, eps = cache
    m, sd = Z.shape[1], np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dvar * 2 * (Z - mu) / m + dmu / m
    dgamma = np.sum(dZ_tilde, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@mistake(
    "batchnorm_backward",
    caught_by="dgamma_and_dbeta_are_the_slopes_of_gamma_and_beta",
    covers="batchnorm/grad-shape-1xD",
    suggest="print (gamma - dgamma).shape: is it still (n, 1)?",
)
def backward_flat_parameters(dZ_tilde, cache):
    """dgamma and dbeta have shape (n,), but gamma and beta are columns, (n, 1)."""
    Z, mu, var, Z_norm, gamma, eps = cache
    m, sd = Z.shape[1], np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dvar * 2 * (Z - mu) / m + dmu / m
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1)
    dbeta = np.sum(dZ_tilde, axis=1)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@mistake(
    "batchnorm_backward",
    caught_by="dgamma_and_dbeta_are_the_slopes_of_gamma_and_beta",
    read="convention 'where 1/m lives': the code of the network divides them by m",
    suggest="repeat every example twice: should dgamma double?",
)
def backward_averages_parameters(dZ_tilde, cache):
    """dgamma and dbeta are means over the examples; in this course they are sums."""
    Z, mu, var, Z_norm, gamma, eps = cache
    m, sd = Z.shape[1], np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dvar * 2 * (Z - mu) / m + dmu / m
    dgamma = np.mean(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.mean(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@mistake(
    "batchnorm_backward",
    caught_by="rows_of_dZ_sum_to_zero",
    read="F4 §1.5.2, the equation for x_i: 2(x_i - mu)/m and 1/m",
    suggest="how much does the mean of a row move when one of its m scores moves by 1?",
)
def backward_shares_not_divided(dZ_tilde, cache):
    """What comes through the variance and the mean is not divided by m, as if one score alone made the statistics."""
    Z, mu, var, Z_norm, gamma, eps = cache
    sd = np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dvar * 2 * (Z - mu) + dmu
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@equivalent("batchnorm_backward", covers="dmu_without_the_zero_term")
def backward_without_the_zero_term(dZ_tilde, cache):
    """The second term of dmu, dvar * mean(-2 (Z - mu)), is left out.

    Proof: mu is the mean of the row, so Z - mu sums to zero in every row, and the term is zero for every Z.
    For the same reason, summing it over the whole matrix instead of each row changes nothing either.
    """
    Z, mu, var, Z_norm, gamma, eps = cache
    m = Z.shape[1]
    dZ_norm = gamma * dZ_tilde
    dvar = np.sum(dZ_norm * (Z - mu) * -0.5 * (var + eps) ** -1.5, axis=1, keepdims=True)
    dmu = np.sum(dZ_norm * -1 / np.sqrt(var + eps), axis=1, keepdims=True)
    dZ = dZ_norm / np.sqrt(var + eps) + dvar * 2 * (Z - mu) / m + dmu / m
    dgamma, dbeta = (np.sum(d, axis=1, keepdims=True) for d in (dZ_tilde * Z_norm, dZ_tilde))
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


@mistake(
    "batchnorm_backward_compact",
    caught_by="the_closed_form_agrees_with_central_differences",
    covers=("ignores_mu_and_var", "batchnorm/bwd-constant-stats"),
    read="F4 §1.5.2, the equation for x_i: three terms",
    suggest="print the row sums of dZ and the products with Z_norm: which of the two is not 0?",
)
def compact_direct_road_only(dZ_tilde, cache):
    """Mean and variance are treated as constants: dZ_tilde is scaled, and no projection is taken away."""
    _, _, var, Z_norm, gamma, eps = cache
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / np.sqrt(var + eps) * dZ_tilde
    return dZ, dgamma, dbeta


@mistake(
    "batchnorm_backward_compact",
    caught_by="the_closed_form_is_orthogonal_to_Z_norm",
    covers=("ignores_var", "batchnorm/bwd-no-variance-term", "batchnorm/bwd-product-of-sums"),
    read="F4 §1.5.2, the equation for x_i: three terms",
    suggest="multiply dZ with Z_norm and sum over each row: 0?",
)
def compact_no_variance_road(dZ_tilde, cache):
    """The share along Z_norm is not taken away, or is zero because a product of sums stands for a sum of products."""
    _, _, var, Z_norm, gamma, eps = cache
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / np.sqrt(var + eps) * (dZ_tilde - dbeta / m)
    return dZ, dgamma, dbeta


@mistake(
    "batchnorm_backward_compact",
    caught_by="rows_of_the_closed_form_sum_to_zero",
    covers="ignores_mu",
    read="F4 §1.5.2, the equation for x_i: three terms",
    suggest="print the row sums of dZ: 0?",
)
def compact_no_mean_road(dZ_tilde, cache):
    """The mean of dZ_tilde is not taken away."""
    _, _, var, Z_norm, gamma, eps = cache
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / np.sqrt(var + eps) * (dZ_tilde - Z_norm * dgamma / m)
    return dZ, dgamma, dbeta


@mistake(
    "batchnorm_backward_compact",
    caught_by="the_closed_form_equals_the_staged_form",
    covers="ddof1",
    read="convention 'variance': population",
    suggest="is dbeta / (m - 1) the mean of dZ_tilde?",
)
def compact_ddof1(dZ_tilde, cache):
    """Both projections divide by m - 1, but the forward pass divided by m."""
    _, _, var, Z_norm, gamma, eps = cache
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / np.sqrt(var + eps) * (dZ_tilde - dbeta / (m - 1) - Z_norm * dgamma / (m - 1))
    return dZ, dgamma, dbeta


@mistake(
    "batchnorm_backward_compact",
    caught_by="the_closed_form_equals_the_staged_form",
    covers="forgets_gamma",
    read="F4 §1.5.2, the first equation of the way back",
    suggest="double gamma: should dZ double?",
)
def compact_forgets_gamma(dZ_tilde, cache):
    """dZ lacks the factor gamma."""
    _, _, var, Z_norm, _, eps = cache
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = (dZ_tilde - dbeta / m - Z_norm * dgamma / m) / np.sqrt(var + eps)
    return dZ, dgamma, dbeta


@mistake(
    "batchnorm_backward_compact",
    caught_by="the_closed_form_equals_the_staged_form",
    covers="var_power_-1/2",
    suggest="stretch Z by 3: dZ should shrink by 3, not by 9",
)
def compact_divides_by_variance(dZ_tilde, cache):
    """The root is missing: dZ is divided by the variance, not by the standard deviation."""
    _, _, var, Z_norm, gamma, eps = cache
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / (var + eps) * (dZ_tilde - dbeta / m - Z_norm * dgamma / m)
    return dZ, dgamma, dbeta


@mistake(
    "batchnorm_backward_compact",
    caught_by="the_closed_form_equals_the_staged_form",
    covers="dgamma_uses_Z",
    read="F4 §1.5.2, the equation for γ",
    suggest="what does gamma multiply in the forward pass?",
)
def compact_dgamma_uses_scores(dZ_tilde, cache):
    """dgamma multiplies with Z instead of the normalised scores, and dZ inherits it."""
    Z, _, var, Z_norm, gamma, eps = cache
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * Z, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / np.sqrt(var + eps) * (dZ_tilde - dbeta / m - Z_norm * dgamma / m)
    return dZ, dgamma, dbeta


@mistake(
    "batchnorm_backward_compact",
    caught_by="the_closed_form_equals_the_staged_form",
    covers="batchnorm/dgamma-no-xhat",
    read="F4 §1.5.2, the equation for γ",
    suggest="what does gamma multiply in the forward pass?",
)
def compact_dgamma_without_scores(dZ_tilde, cache):
    """dgamma is the plain sum of dZ_tilde, which is dbeta."""
    _, _, var, Z_norm, gamma, eps = cache
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / np.sqrt(var + eps) * (dZ_tilde - dbeta / m - Z_norm * dgamma / m)
    return dZ, dbeta, dbeta


@mistake(
    "batchnorm_backward_compact",
    caught_by="the_closed_form_equals_the_staged_form",
    covers="batchnorm/grad-shape-1xD",
    suggest="print (gamma - dgamma).shape: is it still (n, 1)?",
)
def compact_flat_parameters(dZ_tilde, cache):
    """dgamma and dbeta have shape (n,), but gamma and beta are columns, (n, 1)."""
    _, _, var, Z_norm, gamma, eps = cache
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / np.sqrt(var + eps) * (dZ_tilde - dbeta / m - Z_norm * dgamma / m)
    return dZ, dgamma.ravel(), dbeta.ravel()


@mistake(
    "batchnorm_backward_compact",
    caught_by="the_closed_form_equals_the_staged_form",
    read="convention 'where 1/m lives': the code of the network divides them by m",
    suggest="repeat every example twice: should dgamma double?",
)
def compact_averages_parameters(dZ_tilde, cache):
    """dgamma and dbeta are means over the examples; in this course they are sums."""
    _, _, var, Z_norm, gamma, eps = cache
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / np.sqrt(var + eps) * (dZ_tilde - dbeta / m - Z_norm * dgamma / m)
    return dZ, dgamma / m, dbeta / m


@mistake(
    "batchnorm_backward_compact",
    caught_by="the_closed_form_gives_the_worked_example",
    suggest="which of the two is the plain sum of dZ_tilde?",
)
def compact_swaps_parameters(dZ_tilde, cache):
    """dbeta comes back before dgamma; the order is dZ, dgamma, dbeta."""
    _, _, var, Z_norm, gamma, eps = cache
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / np.sqrt(var + eps) * (dZ_tilde - dbeta / m - Z_norm * dgamma / m)
    return dZ, dbeta, dgamma


@mistake(
    "update_running_stats",
    caught_by="nine_tenths_of_the_old_and_one_tenth_of_the_new",
    covers=("momentum_reversed", "batchnorm/running-momentum-swapped"),
    read="convention 'BN running': r = momentum r + (1 - momentum) batch",
    suggest="with momentum 0.9, should one batch change the average a little or almost entirely?",
)
def running_momentum_reversed(running, mu, var, momentum=0.9):
    """momentum weighs the new batch, as in torch; here it is the weight of the old value."""
    if running is None:
        return {"mu": np.array(mu), "var": np.array(var)}
    return {
        "mu": (1 - momentum) * running["mu"] + momentum * mu,
        "var": (1 - momentum) * running["var"] + momentum * var,
    }


@mistake(
    "update_running_stats",
    caught_by="nine_tenths_of_the_old_and_one_tenth_of_the_new",
    covers="overwrite",
    read="F4 §1.5.4",
    suggest="what is left of the first batch after the second?",
)
def running_overwritten(running, mu, var, momentum=0.9):
    """The last batch replaces the average; nothing is remembered."""
    return {"mu": np.array(mu), "var": np.array(var)}


@mistake(
    "update_running_stats",
    caught_by="batches_like_the_average_leave_it_where_it_is",
    covers="std_instead_of_var",
    read="F4 §1.5.4: σ² is averaged",
    suggest="average the variance 4 with the variance 4: is the result 4?",
)
def running_averages_deviations(running, mu, var, momentum=0.9):
    """The standard deviation of the batch is averaged into the variance."""
    if running is None:
        return {"mu": np.array(mu), "var": np.array(var)}
    return {
        "mu": momentum * running["mu"] + (1 - momentum) * mu,
        "var": momentum * running["var"] + (1 - momentum) * np.sqrt(var),
    }


@mistake(
    "update_running_stats",
    caught_by="the_first_batch_is_taken_as_it_is",
    read="F4 §1.2.1, eq. 6, case t = 1",
    suggest="call it with None: do you get the values of the batch?",
)
def running_starts_at_zero(running, mu, var, momentum=0.9):
    """Before the first batch the average is taken to be zero, so the first estimates are ten times too small."""
    running = running or {"mu": 0.0, "var": 0.0}
    return {
        "mu": momentum * running["mu"] + (1 - momentum) * mu,
        "var": momentum * running["var"] + (1 - momentum) * var,
    }


@mistake(
    "update_running_stats",
    caught_by="the_momentum_that_is_passed_is_the_one_that_counts",
    suggest="call it with momentum 1: the average must not move",
)
def running_fixed_momentum(running, mu, var, momentum=0.9):
    """momentum is always 0.9, whatever is passed."""
    if running is None:
        return {"mu": np.array(mu), "var": np.array(var)}
    return {"mu": 0.9 * running["mu"] + 0.1 * mu, "var": 0.9 * running["var"] + 0.1 * var}


@mistake(
    "update_running_stats",
    caught_by="a_new_dict_comes_back",
    suggest="print the result of the call",
)
def running_returns_nothing(running, mu, var, momentum=0.9):
    """The dict that was passed is edited, and nothing comes back."""
    if running is None:
        return {"mu": np.array(mu), "var": np.array(var)}
    running["mu"] = momentum * running["mu"] + (1 - momentum) * mu
    running["var"] = momentum * running["var"] + (1 - momentum) * var
    return None


@mistake(
    "update_running_stats",
    caught_by="a_new_dict_comes_back",
    read="convention 'purity': no argument is modified",
    suggest="build new arrays with * and +, not with *= and +=",
)
def running_arrays_in_place(running, mu, var, momentum=0.9):
    """The arrays of the old averages are edited in place; whoever still holds them would see them change."""
    if running is None:
        return {"mu": np.array(mu), "var": np.array(var)}
    for key, batch in (("mu", mu), ("var", var)):
        running[key] *= momentum
        running[key] += (1 - momentum) * batch
    return running


@mistake(
    "batchnorm_inference",
    caught_by="a_single_example_is_more_than_beta",
    covers=("uses_batch_stats", "batchnorm/test-uses-batch-stats"),
    read="F4 §1.5.4",
    suggest="pass one example twice in different batches: is the result the same?",
)
def inference_with_batch_statistics(Z, gamma, beta, running, eps=1e-8):
    """The test batch is normalised with its own mean and variance; a single example always becomes beta."""
    mu, var = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
    return gamma * (Z - mu) / np.sqrt(var + eps) + beta


@mistake(
    "batchnorm_inference",
    caught_by="the_remembered_statistics_are_used",
    covers="batchnorm/test-double-normalised",
    suggest="evaluate 3 - 1 / 2 and (3 - 1) / 2",
)
def inference_lost_parentheses(Z, gamma, beta, running, eps=1e-8):
    """Parentheses are missing: only mu is divided by the standard deviation, not Z - mu."""
    return gamma * (Z - running["mu"] / np.sqrt(running["var"] + eps)) + beta


@mistake(
    "batchnorm_inference",
    caught_by="the_remembered_statistics_are_used",
    covers="batchnorm/test-double-normalised",
    suggest="what comes out for an example that is equal to the running mean? It should be beta",
)
def inference_normalises_twice(Z, gamma, beta, running, eps=1e-8):
    """The scores are normalised twice: what is normalised already has mu subtracted and is divided once more."""
    Z_norm = (Z - running["mu"]) / np.sqrt(running["var"] + eps)
    return gamma * (Z_norm - running["mu"]) / np.sqrt(running["var"] + eps) + beta


@mistake(
    "batchnorm_inference",
    caught_by="a_unit_that_never_varied_stays_finite",
    covers="batchnorm/test-omits-eps",
    suggest="what is the result for a remembered variance of 0?",
)
def inference_without_eps(Z, gamma, beta, running, eps=1e-8):
    """eps is left out of the root; a unit that never varied becomes infinite."""
    return gamma * (Z - running["mu"]) / np.sqrt(running["var"]) + beta


@mistake(
    "batchnorm_inference",
    caught_by="every_example_is_treated_by_itself",
    covers="batchnorm/running-unbiased",
    read="convention 'variance': population, at test time too",
    suggest="pass the examples in batches of 2 and of 5: are the results the same?",
)
def inference_unbiased_by_this_batch(Z, gamma, beta, running, eps=1e-8):
    """The remembered variance is multiplied by m/(m-1), with the m of the batch at hand."""
    m = Z.shape[1]
    var = running["var"] * m / max(m - 1, 1)
    return gamma * (Z - running["mu"]) / np.sqrt(var + eps) + beta


@mistake(
    "batchnorm_inference",
    caught_by="the_remembered_statistics_are_used",
    suggest="in which unit is Z - mu, and in which the variance?",
)
def inference_divides_by_variance(Z, gamma, beta, running, eps=1e-8):
    """The root is missing: the distance from the mean is divided by the variance."""
    return gamma * (Z - running["mu"]) / (running["var"] + eps) + beta


@mistake(
    "batchnorm_inference",
    caught_by="a_unit_that_never_varied_stays_finite",
    covers="batchnorm/eps-outside",
    read="F4 §1.5.1, eq. 21",
    suggest="for variance 1e-4 and eps 1e-5, is the factor 95.3 or 99.9?",
)
def inference_eps_outside(Z, gamma, beta, running, eps=1e-8):
    """eps is added to the standard deviation, outside the root, not to the variance."""
    return gamma * (Z - running["mu"]) / (np.sqrt(running["var"]) + eps) + beta


@mistake(
    "batchnorm_inference",
    caught_by="the_remembered_statistics_are_used",
    read="F4 §1.5.1, eq. 22",
    suggest="what comes out for an example that is equal to the running mean? It should be beta",
)
def inference_swaps_gamma_and_beta(Z, gamma, beta, running, eps=1e-8):
    """gamma is added and beta multiplied; it should be the other way round."""
    return beta * (Z - running["mu"]) / np.sqrt(running["var"] + eps) + gamma


@mistake(
    "identity_gamma_beta",
    caught_by="the_identity_holds_for_a_large_eps",
    covers="forgets_eps",
    read="F4 §1.5.1, last paragraph",
    suggest="try it with eps = 0.3",
)
def identity_forgets_eps(mu, var, eps=1e-8):
    """gamma is the root of the variance alone, but batch norm divides by the root of var + eps."""
    return np.sqrt(var), np.array(mu)


@mistake(
    "identity_gamma_beta",
    caught_by="batch_norm_with_them_gives_back_what_came_in",
    covers="gamma_is_var",
    suggest="by which number does batch norm divide?",
)
def identity_gamma_is_variance(mu, var, eps=1e-8):
    """gamma is the variance; batch norm divides by its root."""
    return var + eps, np.array(mu)


@mistake(
    "identity_gamma_beta",
    caught_by="batch_norm_with_them_gives_back_what_came_in",
    suggest="which of the two restores the mean?",
)
def identity_swapped(mu, var, eps=1e-8):
    """beta comes back before gamma; the order is gamma, beta."""
    return np.array(mu), np.sqrt(var + eps)


@mistake(
    "identity_gamma_beta",
    caught_by="batch_norm_with_them_gives_back_what_came_in",
    suggest="by which number does batch norm divide, and what undoes a division?",
)
def identity_inverse(mu, var, eps=1e-8):
    """gamma divides once more, instead of undoing the division."""
    return 1 / np.sqrt(var + eps), np.array(mu)


@mistake(
    "identity_gamma_beta",
    caught_by="the_identity_holds_for_a_large_eps",
    suggest="compare sqrt(4 + 0.3) with sqrt(4) + 0.3",
)
def identity_eps_outside(mu, var, eps=1e-8):
    """eps is added outside the root, but batch norm has it inside."""
    return np.sqrt(var) + eps, np.array(mu)
