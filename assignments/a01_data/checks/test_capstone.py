"""Capstone: a clinic for data. Wines and tumours are told apart by distances, with and without normalising."""

from dataclasses import replace

import numpy as np

from autograder.checking import (
    SeededRNG,
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

SPLITS = 60  # of each trial: the mean of so many hardly depends on how the examples were dealt out


def dealt(student, table, number):
    """Cut a table in three with the student's split: X and y by the name of the part."""
    draws = SeededRNG(number)
    parts = student.train_dev_test_split(table.X, table.y[np.newaxis], (0.6, 0.2, 0.2), draws)
    return {part: (parts[f"X_{part}"], parts[f"Y_{part}"][0].astype(int)) for part in ("train", "dev", "test")}


def scaled(student, parts):
    """Bring all three parts to the scale of the training part."""
    mu, sigma = student.fit_normalizer(parts["train"][0])[:2]
    return {part: (student.apply_normalizer(X, mu, sigma), y) for part, (X, y) in parts.items()}


def in_pairs(parts):
    """X and y by the name of the part, of a split that the lab has made."""
    return {name: (part.X, part.y) for name, part in (("train", parts.train), ("dev", parts.dev), ("test", parts.test))}


def rate(flags):
    """Return the share of what is True; a part without examples has none."""
    return float(np.mean(flags)) if len(flags) else float("nan")


def by_centres(lab, parts, classes):
    """Return the error rate on each part of a classifier that knows the centres of the training part."""
    middle = lab.centres(*parts["train"], classes)
    return {part: rate(lab.nearest(X, middle) != y) for part, (X, y) in parts.items()}


def by_neighbours(lab, parts):
    """Return the error rate on each part of a classifier that knows the whole training part by heart."""
    known, labels = parts["train"]
    return {part: rate(labels[lab.nearest(X, known)] != y) for part, (X, y) in parts.items()}


def one_by_one(student, lab, parts, middle):
    """Return the accuracy where each example of the test part is brought to scale and judged by itself."""
    mu, sigma = student.fit_normalizer(parts["train"][0])[:2]
    X, y = parts["test"]
    told = [lab.nearest(student.apply_normalizer(X[:, [j]], mu, sigma), middle)[0] for j in range(len(y))]
    return rate(told == y)


def mean_errors(found):
    """Return the mean error rates of many splits: on train, on dev, on test."""
    return [float(np.mean([errors[part] for errors in found])) for part in ("train", "dev", "test")]


@trial(accuracy=at_least(0.92), gain=at_least(0.15), mismatch=at_most(0.04), alone=at_least(0.92))
def wines(student, lab, seed):
    """Wines of three growers by thirteen measurements, on sixty splits.

    accuracy: on the test part. gain: over the same without normalising. mismatch: between dev and test part. alone: the
    accuracy where the wines of the test part come one at a time.
    """
    table = lab.wine()
    raw, normal, alone = [], [], []
    for number in range(seed * SPLITS, (seed + 1) * SPLITS):
        parts = dealt(student, table, number)
        clean = scaled(student, parts)
        raw.append(by_centres(lab, parts, table.classes))
        normal.append(by_centres(lab, clean, table.classes))
        alone.append(one_by_one(student, lab, parts, lab.centres(*clean["train"], table.classes)))
    _, dev, test = mean_errors(normal)
    return {
        "accuracy": 1 - test,
        "gain": mean_errors(raw)[2] - test,
        "mismatch": abs(dev - test),
        "alone": float(np.mean(alone)),
    }


@trial(gain=at_least(0.015))
def tumours(student, lab, seed):
    """Tumours, malignant or benign, on sixty splits. gain: in accuracy on the test part, by normalising."""
    table = lab.breast_cancer()
    raw, normal = [], []
    for number in range(seed * SPLITS, (seed + 1) * SPLITS):
        parts = dealt(student, table, number)
        raw.append(by_centres(lab, parts, table.classes))
        normal.append(by_centres(lab, scaled(student, parts), table.classes))
    return {"gain": mean_errors(raw)[2] - mean_errors(normal)[2]}


def descended(X):
    """Return how many times slower the slowest direction is than the steepest, by walking down the bowl of X."""
    bowl = X @ X.T / X.shape[1]
    step = 1 / np.linalg.norm(bowl, 2)
    w = np.ones((X.shape[0], 1))
    for _ in range(4000):
        before, w = w, w - step * (bowl @ w)
    return 1 / (1 - np.linalg.norm(w) / np.linalg.norm(before))


@trial(flattening=at_least(1e4), misjudged=at_most(0.01))
def bowls(student, lab, seed):
    """The bowl of linear regression on wines, on five splits.

    flattening: how many times rounder it becomes by normalising. misjudged: how far the condition that the student
    reports for the normalised bowl is from the slowness of a true descent, as a fraction.
    """
    found = []
    for number in range(seed * 5, (seed + 1) * 5):
        parts = dealt(student, lab.wine(), number)
        raw, normal = parts["train"][0], scaled(student, parts)["train"][0]
        told = lab.number(student.bowl_condition(normal))
        found.append((lab.number(student.bowl_condition(raw)) / told, abs(told / descended(normal) - 1)))
    return {"flattening": min(f for f, _ in found), "misjudged": max(m for _, m in found)}


# Who comes to the clinic: whether the bias is high, and whether the variance is.
PATIENTS = {
    "centres_of_raw_wines": (True, False),
    "neighbours_of_raw_wines": (False, True),
    "centres_of_six_raw_wines": (True, True),
    "centres_of_normalised_wines": (False, False),
    "centres_of_raw_tumours": (False, False),
}
VERDICTS = {
    (True, False): "high_bias",
    (False, True): "high_variance",
    (True, True): "high_bias_high_variance",
    (False, False): "just_right",
}


def complaints(lab, seed):
    """Return for each patient the error on train and on dev, means over sixty splits, and what nobody gets below.

    Nothing here is the student's, so that whoever normalises wrongly can still tell what is wrong with a model.
    """
    found = {patient: [] for patient in (*PATIENTS, "centres_of_normalised_tumours")}
    for number in range(seed * SPLITS, (seed + 1) * SPLITS):
        wine, tumours = lab.split(lab.wine(), number), lab.split(lab.breast_cancer(), number)
        six = replace(wine, train=wine.train.first(6))
        found["centres_of_raw_wines"].append(by_centres(lab, in_pairs(wine), 3))
        found["neighbours_of_raw_wines"].append(by_neighbours(lab, in_pairs(wine)))
        found["centres_of_six_raw_wines"].append(by_centres(lab, in_pairs(six), 3))
        found["centres_of_normalised_wines"].append(by_centres(lab, in_pairs(lab.normalized(wine)), 3))
        found["centres_of_raw_tumours"].append(by_centres(lab, in_pairs(tumours), 2))
        found["centres_of_normalised_tumours"].append(by_centres(lab, in_pairs(lab.normalized(tumours)), 2))
    # Distances in the right units are the best that this way of judging can do with tumours.
    best = mean_errors(found.pop("centres_of_normalised_tumours"))[0]
    return {patient: (*mean_errors(each)[:2], best if "tumours" in patient else 0.0) for patient, each in found.items()}


@trial(helped=at_least(5))
def clinic(student, lab, seed):
    """Five models come with their errors. helped: how many of them leave with the right verdict and remedies."""
    helped = 0
    for patient, errors in complaints(lab, seed).items():
        bias, variance = PATIENTS[patient]
        told = student.diagnose(*errors)
        remedies = tuple(told["remedies"])
        treated = ("bigger_network" in remedies, "more_data" in remedies) == (bias, variance)
        helped += told["verdict"] == VERDICTS[bias, variance] and treated
    return {"helped": helped}


@exercise("normalisation_clinic")
@law("the nearest centre tells more than nine wines in ten, once every feature has the same scale")
@points(2.5)
@public
@spoiled_by(
    "split_shuffled_apart",
    "split_not_shuffled",
    "split_tears_columns",
    "split_cuts_at_the_sizes",
    "fit_variance",
    "fit_global",
    "apply_backwards",
)
@see("F2 §9; F2 §1")
@suggest("print X_train.std(axis=1) after normalising, and how many wines of each class each part has")
def test_normalised_wines_are_told_apart_on_all_three_parts(measure):
    """Sixty splits; what is right on the dev part is right on the test part, for chance has dealt both."""
    found = measure(wines)
    assert_bars(found, "accuracy", "the mean accuracy on the test part")
    assert_bars(found, "mismatch", "the distance between the accuracies on dev and test part")


@exercise("normalisation_clinic")
@law("a distance is worth what its features are worth: in raw units, the largest numbers decide alone")
@points(2)
@public
@spoiled_by("fit_variance", "fit_as_f2_prints_it", "fit_global", "apply_only_centres", "apply_without_brackets")
@see("F1 §标准化输入 (sigma); F0 §归一化输入 and F2 §9 divide by sigma² and gain nothing (E03)")
@suggest("which of the thirteen features of a wine has the largest numbers, and how far are two wines apart in it?")
def test_normalising_pays_for_wines_and_for_tumours(measure):
    """Same splits, same classifier, with and without: 24 points more for wines, 4 points more for tumours."""
    assert_bars(measure(wines), "gain", "what is gained for wines on the test part")
    assert_bars(measure(tumours), "gain", "what is gained for tumours on the test part")


@exercise("normalisation_clinic")
@law("new examples are measured with the mu and sigma of the training part")
@points(1.5)
@public
@spoiled_by("apply_refits", "apply_recentres", "apply_squeezes")
@see("F0 §归一化输入; F2 §9")
@suggest("normalise a single column: what is its mean, and what is its deviation?")
def test_wines_that_come_one_at_a_time_are_told_apart_as_well(measure):
    """A wine that comes by itself has no company to take a mean from."""
    assert_bars(measure(wines), "alone", "the mean accuracy for wines that come one at a time")


@exercise("normalisation_clinic")
@law("the condition of the bowl is how many times slower descent is along its flattest direction")
@points(1.5)
@public
@spoiled_by("bowl_singular_values", "bowl_of_the_diagonal", "bowl_inverted", "bowl_largest_only", "fit_variance")
@see("F0 §归一化输入; F2 §9")
@suggest("walk down a bowl yourself, with the step 1 / (largest eigenvalue): by which factor does w shrink in the end?")
def test_the_bowl_becomes_round_and_descent_feels_it(measure):
    """Normalising makes the bowl of wines a million times rounder; a true descent feels the condition you report."""
    found = measure(bowls)
    assert_bars(found, "flattening", "the condition before normalising divided by the one after")
    assert_bars(found, "misjudged", "the distance of your condition from what descent feels, as a fraction,")


@exercise("normalisation_clinic")
@law("two differences of error rates tell what is wrong, and what is wrong tells what to try")
@points(1.5)
@public
@spoiled_by(
    "diagnose_ignores_base",
    "diagnose_dev_error_is_variance",
    "diagnose_labels_exchanged",
    "diagnose_one_illness_only",
    "diagnose_remedies_exchanged",
)
@see("F0 §偏差，方差; F2 §2, §3")
@suggest("the README has the errors of the five; call diagnose with them")
def test_five_models_leave_the_clinic_with_the_right_advice(measure):
    """Centres and nearest neighbours, of raw and of normalised data: each of the four verdicts is due at least once."""
    assert_bars(measure(clinic), "helped", "the number of models that are helped")


@exercise("normalisation_clinic")
@law("the nearest centre tells more than nine wines in ten, once every feature has the same scale")
@points(1)
@hidden
@spoiled_by("split_shuffled_apart", "fit_global", "apply_refits")
def test_other_splits_are_told_apart_too(measure, rng):
    """The same on sixty splits that you have not seen."""
    found = measure(wines, seeds=[int(rng.integers(1, 10))])
    assert_bars(found, "accuracy", "the mean accuracy on the test part")
    assert_bars(found, "alone", "the mean accuracy for wines that come one at a time")
