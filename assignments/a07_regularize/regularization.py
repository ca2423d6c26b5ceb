"""Regularisation: keep a network from learning its examples by heart.

A network with more weights than examples can push its training cost as low as it likes and still be wrong about
everything it has not seen: high variance. There are four cures in this unit: one makes large weights expensive
(in two ways), one makes the units unreliable, one stops in time, and one invents more examples.

1. `l2_penalty` and `l1_penalty` add to the cost what the weights themselves cost. With sums over all entries of
   all weight matrices, and never over a bias:

       L2    J += lambda/(2m) sum W^2         and the derivative of that is added to dW
       L1    J += lambda/(2m) sum |W|         likewise

2. `weight_decay_step` is a step of gradient descent with the L2 term, rearranged: shrink W by a factor
   slightly below 1, then follow the gradient of the data.

       W := (1 - alpha lambda/m) W - alpha dW_data

3. `forward_dropout` tosses a coin for every entry of A, that is for each unit and each example. With D = 1
   where the coin says keep (probability keep_prob) and D = 0 elsewhere:

       training    A_out = A ∘ D / keep_prob        (∘: entry by entry)
       test        A_out = A

   The division makes this *inverted* dropout. On average over the coins A_out equals A, so the next layer
   sees signals of the same size in training and at test time, and at test time nothing is left to do.
   `backward_dropout` is the chain rule. Once the coins have fallen, each output is its own input times a
   constant, and so is each gradient:

       dA = dA_out ∘ D / keep_prob                  (the same D)

4. `early_stopping` watches the cost on the dev set, which falls and then rises again, and gives up when it has
   not improved for a while.
5. `augment_images` flips and shifts what is there already, and adds noise: a cat in a mirror is a cat.

What to look at. L2 pulls in proportion to the weight, so it lets go of small ones and hardly any becomes zero; L1
pulls all of them with the same force, and many do. keep_prob is the probability to *keep*; papers and frameworks
often name the probability to drop. The number of survivors is random too: of 50 units at keep_prob 0.8 about 40
stay, give or take 2.8, and a method that always keeps 40 is not this one. The way back must meet the coins of the
way forward; new coins would give the gradient of a different network. And what early stopping returns is the epoch
with the best weights, which lies before the epoch at which it stopped.

Axes
----
m : examples of the mini-batch, one per column.
n : units of the layer, one per row; W[l] is (n_l, n_{l-1}).
n_x : features, here the pixels of an image read row by row.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Params: TypeAlias = dict[str, Array]
Rng: TypeAlias = np.random.Generator


def l2_penalty(params: Params, lambd: float, m: int) -> tuple[float, Params]:
    """What the squares of the weights add to the cost, and to the gradients.

    Parameters
    ----------
    params : dict of arrays (float64, float32 or int): "W1" (n_1, n_0), "b1" (n_1, 1), "W2", "b2", … A network
        with batch norm has "gamma1", "beta1", … as well. Every key that begins with "W" is a weight matrix, and
        nothing else is regularised.
    lambd : Strength lambda of the regularisation, at least 0, dimensionless.
    m : Number of examples that the cost is a mean over.

    Returns
    -------
    cost : float. (lambda / 2m) times the sum of the squares of all weights of all layers.
    grads : dict with "dW1", "dW2", … float64, each of the shape of its weight matrix: the gradient of `cost`,
        to be added to the gradient of the data. No entry for a bias, nor for gamma and beta.

    Notes
    -----
    1. Find the weight matrices among the parameters.
    2. The cost has one sum that runs through all layers.
    3. Differentiate w^2 to see what becomes of the 2 in 2m.

    The sum of the squares is the *square* of the Frobenius norm (E39). `params` stays as it was.

    Examples
    --------
    A single weight 3 with lambda 0.5 and m = 10 costs 0.225, and its gradient is 0.15.

    References
    ----------
    Lecture notes F0, section "正则化（Regularization）"; F2, section 4.
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 7.1.1 (without the 1/m).
    """
    raise NotImplementedError("a07_regularize.l2_penalty")


def l1_penalty(params: Params, lambd: float, m: int) -> tuple[float, Params]:
    """What the sizes of the weights add to the cost, and to the gradients.

    Parameters
    ----------
    params : dict of arrays, as for `l2_penalty`. Every key that begins with "W" is a weight matrix, and nothing
        else is regularised.
    lambd : Strength lambda of the regularisation, at least 0, dimensionless.
    m : Number of examples that the cost is a mean over.

    Returns
    -------
    cost : float. (lambda / 2m) times the sum of the absolute values of all weights of all layers.
    grads : dict with "dW1", "dW2", … float64, each of the shape of its weight matrix: the gradient of `cost`.
        Where a weight is 0 the gradient is 0. No entry for a bias, nor for gamma and beta.

    Notes
    -----
    The slope of |w| does not depend on how large w is; it has no slope at 0, where 0 is the convention.

    The factor is lambda/(2m), as in F2 and as for L2. F0 prints lambda/m, which is the same penalty with another
    lambda; one check depends on it.

    Examples
    --------
    Weights 3 and -1 with lambda 0.5 and m = 10 cost 0.1, and their gradients are 0.025 and -0.025.

    References
    ----------
    Lecture notes F2, section 4; F3, section 3.2.1; F0, section "正则化（Regularization）" (there with lambda/m: E04).
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 7.1.2.
    """
    raise NotImplementedError("a07_regularize.l1_penalty")


def weight_decay_step(W: Array, dW_data: Array, lr: float, lambd: float, m: int) -> Array:
    """One step of gradient descent with L2 regularisation, written as weight decay.

    Parameters
    ----------
    W : (n_l, n_{l-1}) float64, float32 or int. Weights of a layer.
    dW_data : (n_l, n_{l-1}) float64, float32 or int. Gradient of the cost *without* the regularisation term.
    lr : Learning rate alpha, greater than 0.
    lambd : Strength lambda of the regularisation, at least 0.
    m : Number of examples that the cost is a mean over.

    Returns
    -------
    (n_l, n_{l-1}) float64. The new weights; `W` stays as it was.

    Notes
    -----
    1. Write down the step W - alpha dW with the dW of the regularised cost.
    2. Collect what is proportional to W: a single factor, slightly less than 1.

    The factor belongs to W alone; the gradient of the data enters as in plain gradient descent.

    References
    ----------
    Lecture notes F2, section 4, the last formulae; F0, section "正则化（Regularization）" (whose sentence about the
    step loses the brackets: alpha multiplies both terms, E48).
    """
    raise NotImplementedError("a07_regularize.weight_decay_step")


def forward_dropout(A: Array, keep_prob: float, rng: Rng, train: bool = True) -> tuple[Array, Array | None]:
    """Silence random entries of A, and raise the others so that the average stays.

    Parameters
    ----------
    A : (n, m) float64, float32 or int. Activations of a layer, one column per example.
    keep_prob : Probability to *keep* an entry, greater than 0 and at most 1.
    rng : np.random.Generator. The only source of random numbers. The recipe: call `rng.random(A.shape)` exactly once;
        an entry is kept where its random number is less than `keep_prob`. Other ways to toss the same coins will do.
    train : False at test time. Then nothing is dropped, nothing is scaled and nothing is drawn.

    Returns
    -------
    A_out : (n, m) float64, in the unit of A. Kept entries divided by `keep_prob`, all others 0. At test time
        `A`, itself or a copy.
    mask : (n, m) bool. True where an entry was kept. At test time None.

    Raises
    ------
    ValueError : `keep_prob` is not a probability that leaves anything: not in (0, 1].

    Notes
    -----
    1. At test time there is nothing to do.
    2. One random number per entry, compared with `keep_prob`, gives the mask.
    3. Silence what the mask leaves out, then scale.

    The mask tells what the coins said, also where `A` was 0 before. `A` itself stays as it was.

    Examples
    --------
    Activations 3, -1, 2 with keep_prob 0.5 and random numbers 0.2, 0.9, 0.4 give 6, 0, 4 and the mask True,
    False, True.

    References
    ----------
    Lecture notes F0, section "dropout 正则化" (its first code line draws the numbers but forgets to compare
    them with keep_prob: E02); F2, section 6.
    Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov, *Dropout* (2014), sections 4 and 10.
    """
    raise NotImplementedError("a07_regularize.forward_dropout")


def backward_dropout(dA_out: Array, mask: Array | None, keep_prob: float) -> Array:
    """Gradient with respect to the input of dropout, for the coins that have already fallen.

    Parameters
    ----------
    dA_out : (n, m) float64, float32 or int. Gradient of the sum of the losses with respect to `A_out`.
    mask : (n, m) bool, or None. The D of the module's text: what `forward_dropout` returned along with `A_out`.
    keep_prob : The one that `forward_dropout` was given, greater than 0 and at most 1.

    Returns
    -------
    dA : (n, m) float64, in the unit of dA_out. Gradient with respect to `A`; no 1/m.

    Notes
    -----
    Write down A_out for a single entry, once for a kept one and once for a silenced one, and differentiate.
    A mask of None means that the forward pass changed nothing; what does the gradient do then?

    Nothing is drawn here. `dA_out` and `mask` stay as they were.

    References
    ----------
    The notes print no formula for the way back (E45); it follows from F0, section "dropout 正则化".
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 7.12.
    """
    raise NotImplementedError("a07_regularize.backward_dropout")


def early_stopping(dev_costs: list[float], patience: int, min_delta: float = 0.0) -> tuple[int, int]:
    """Find the epoch whose weights to keep, and the epoch after which training stops.

    Parameters
    ----------
    dev_costs : Cost on the dev set after each epoch, the first one being epoch 0. One number or more.
    patience : Number of epochs without an improvement after which to give up, 1 or more.
    min_delta : An epoch improves if its cost is *less than the best so far minus min_delta*, at least 0, in the
        unit of the costs.

    Returns
    -------
    best_epoch : int. The last epoch that improved, counted from 0. Epoch 0 improves on nothing and counts as the
        best until another one does.
    stop_epoch : int. The first epoch that is `patience` epochs after the best one so far; if there is none, the
        last epoch of the curve.

    Raises
    ------
    ValueError : There is no epoch at all.

    Notes
    -----
    1. Walk through the epochs in order, as the training does: what comes later is not known yet.
    2. An epoch that improves becomes the best one, and the waiting begins anew.
    3. An epoch that does not may be the one to stop at.

    An equal cost is no improvement. The best so far is the cost of `best_epoch`; small gains below min_delta leave it
    where it is, so they may add up to an improvement.

    Examples
    --------
    Costs 0.9, 0.6, 0.7, 0.8, 0.1 with patience 2: best epoch 1, stop at epoch 3. The 0.1 is never seen.

    References
    ----------
    Lecture notes F2, section 8; F0, section "其他正则化方法"; F3, section 3.2.4.1 (which watches the test set: take
    the dev set, E30).
    Prechelt, *Early Stopping - But When?* (1998), section 2.
    """
    raise NotImplementedError("a07_regularize.early_stopping")


def augment_images(
    X: Array,
    image_shape: tuple[int, int],
    flip: str = "none",
    shift: tuple[int, int] = (0, 0),
    noise: float = 0.0,
    rng: Rng | None = None,
) -> Array:
    """Make new images from old ones: flip them, shift them, add noise, in this order.

    Parameters
    ----------
    X : (n_x, m) float64, float32 or integers, uint8 among them. One image per column, its pixels row by row: pixel
        (r, c) of an image of height h and width w stands in row r w + c of X. 0 is the background.
    image_shape : (h, w), with h w = n_x.
    flip : "none", "horizontal" (left and right change places) or "vertical" (top and bottom do).
    shift : (down, right) in pixels; negative numbers move up and left. What leaves the image is lost, and what
        becomes free is 0. A shift may be larger than the image.
    noise : Standard deviation of what is added to every pixel, at least 0, in the unit of X. The result is not cut
        off at any largest or smallest value.
    rng : np.random.Generator, or None where noise is 0. The recipe: with noise, call `rng.standard_normal(X.shape)`
        exactly once and multiply it by `noise`; without noise it is not used. Other draws of the same law will do.

    Returns
    -------
    (n_x, m) float64, in the unit of X. Column j comes from column j of `X`; `X` stays as it was.

    Raises
    ------
    ValueError : `flip` is none of the three words, or there is noise and no `rng`.

    Notes
    -----
    1. Give X the axes row, column, example. Which of them runs fastest in the memory of X?
    2. Reverse one axis.
    3. Copy the part that stays visible into an image of zeros.
    4. Back to columns, then the noise, on all pixels.

    The labels stay those of the old images, so use only what does not change the meaning: a 6 that is flipped
    vertically is no 6.

    Examples
    --------
    The image [[1, 2, 3], [4, 5, 6]] is the column 1, 2, 3, 4, 5, 6. Flipped horizontally it is 3, 2, 1, 6, 5, 4;
    shifted by (0, 1), 0, 1, 2, 0, 4, 5; both, 0, 3, 2, 0, 6, 5.

    References
    ----------
    Lecture notes F0, section "其他正则化方法"; F2, section 8; F3, section 3.2.4.2.
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 7.4.
    """
    raise NotImplementedError("a07_regularize.augment_images")
