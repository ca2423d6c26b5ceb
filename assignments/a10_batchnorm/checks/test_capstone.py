"""Capstone: a deep sigmoid network that learns nothing, until batch norm stands in it; then it reads digits."""

import numpy as np

from autograder.checking import (
    assert_bars,
    at_least,
    at_most,
    exercise,
    hidden,
    law,
    points,
    public,
    see,
    spoiled_by,
    suggest,
    trial,
)


def deep_sigmoid_network(lab, *, batchnorm, epochs):
    """Four hidden layers of 32 sigmoids: too deep for them to learn anything by themselves."""
    return lab.Network((64, 32, 32, 32, 32, 10), epochs, lr=0.5, hidden="sigmoid", batchnorm=batchnorm)


@trial(seeds=1, accuracy=at_least(0.90), gain=at_least(0.60), alone=at_least(0.90))
def digits(student, lab, seed):
    """The digits, read after eight epochs by a deep sigmoid network with batch norm.

    accuracy: on the test part, with the running statistics. gain: over the same network without batch norm. alone: the
    accuracy when each example is handed over by itself.
    """
    parts = lab.split(lab.digits(), seed)
    while_training = {
        "batchnorm_forward": student.batchnorm_forward,
        "batchnorm_backward": student.batchnorm_backward,
        "update_running_stats": student.update_running_stats,
    }
    at_test = {"batchnorm_inference": student.batchnorm_inference}
    network = deep_sigmoid_network(lab, batchnorm=True, epochs=8)
    end = lab.train(parts.train, network, seed, **while_training).end
    accuracy = lab.accuracy(end, parts.test, **at_test)
    without = lab.train(parts.train, deep_sigmoid_network(lab, batchnorm=False, epochs=8), seed).end
    alone = [np.argmax(lab.scores(end, X[:, np.newaxis], **at_test)) for X in parts.test.X.T]
    return {
        "accuracy": accuracy,
        "gain": accuracy - lab.accuracy(without, parts.test),
        "alone": np.mean(np.array(alone) == parts.test.y),
    }


@trial(seeds=1, apart=at_most(1e-3))
def both_ways_back(student, lab, seed):
    """The same network, trained for one epoch with each way back. apart: how far its scores are from the true ones."""
    parts = lab.split(lab.digits(), seed)
    network = deep_sigmoid_network(lab, batchnorm=True, epochs=1)

    def compact(dZ, cache):
        return dict(zip(("dZ", "dgamma", "dbeta"), student.batchnorm_backward_compact(dZ, cache), strict=False))

    def scores_after(**way_back):
        return lab.scores(lab.train(parts.train, network, seed, **way_back).end, parts.test.X)

    ways = [scores_after(batchnorm_backward=way) for way in (student.batchnorm_backward, compact)]
    return {"apart": max(np.max(np.abs(scores - scores_after())) for scores in ways)}


@exercise("batchnorm_or_nothing")
@law("with batch norm before every activation, a deep sigmoid network reads nine digits in ten")
@points(4)
@public
@spoiled_by(
    "forward_of_the_whole_matrix",
    "forward_divides_by_variance",
    "forward_swaps_gamma_and_beta",
    "backward_direct_road_only",
    "running_averages_deviations",
    "inference_lost_parentheses",
)
@see("F4 §1.5.2, §1.5.4")
@suggest("print mean and deviation of the rows of Z_tilde in each layer, and the norm of dW in each layer")
def test_a_deep_sigmoid_network_reads_nine_digits_in_ten(measure):
    """Eight epochs with learning rate 0.5; what is tested uses the running statistics."""
    assert_bars(measure(digits), "accuracy", "the accuracy on the test part")


@exercise("batchnorm_or_nothing")
@law("without batch norm the same network stays at one digit in ten")
@points(2)
@public
@spoiled_by("forward_of_the_whole_matrix", "forward_divides_by_variance", "forward_swaps_gamma_and_beta")
@see("F0 §将 Batch Norm 拟合进神经网络")
def test_without_batch_norm_the_same_network_only_guesses(measure):
    """Same start, same steps, same batches: what is gained is gained by the normalisation alone."""
    assert_bars(measure(digits), "gain", "what is gained on the test part")


@exercise("batchnorm_or_nothing")
@law("at test time an example needs no others beside it")
@points(2)
@public
@spoiled_by("inference_with_batch_statistics", "inference_lost_parentheses", "forward_divides_by_variance")
@see("F4 §1.5.4")
@suggest("pass one column, then the same column beside others: are its scores the same?")
def test_digits_are_read_one_at_a_time(measure):
    """Whoever has one image has no batch to take a mean and a variance from; what was remembered serves instead."""
    assert_bars(measure(digits), "alone", "the accuracy on single examples")


@exercise("batchnorm_or_nothing")
@law("the way back in six lines and in closed form are the same function")
@points(1)
@public
@spoiled_by("compact_no_variance_road", "compact_swaps_parameters", "backward_dgamma_uses_scores")
@suggest("compare dZ, dgamma and dbeta of your two ways back on one random batch, and with central differences")
def test_both_ways_back_train_the_same_network(measure):
    """After an epoch with each, the two networks give the scores that the right gradients lead to."""
    assert_bars(measure(both_ways_back), "apart", "the largest difference of a score")


@exercise("batchnorm_or_nothing")
@law("with batch norm before every activation, a deep sigmoid network reads nine digits in ten")
@points(1)
@hidden
@spoiled_by("forward_divides_by_variance", "backward_direct_road_only")
def test_it_learns_from_another_start_and_split_too(measure, rng):
    """The same on a split that you have not seen."""
    assert_bars(measure(digits, seeds=[int(rng.integers(1, 10))]), "accuracy", "the accuracy on the test part")
