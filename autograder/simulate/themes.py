"""What a mistake is about, so that a student who forgets something forgets it elsewhere too."""

import re
from collections.abc import Mapping

import numpy as np

from autograder.course.mistakes import Mistake

# A mistake belongs to the first theme that has a word of its name or of what it covers; a long word stands for
# all that begin with it ("averag": averages, averaged).
THEMES: Mapping[str, tuple[str, ...]] = {
    "missing term": ("road", "ignores", "only", "forgotten"),
    "in place": ("place", "overwrit", "edited", "alias", "mutat"),
    "keepdims": ("keepdims", "flat", "broadcast", "1xd", "transpos"),
    "sign": ("sign", "upside", "inverted", "inverse", "reversed", "climbs", "negat"),
    "swapped": ("swap", "switched", "taken"),
    "numerics": ("eps", "shift", "overflow", "log", "clipp", "integer", "truncat"),
    "averaging": ("mean", "sum", "summed", "averag", "divided", "count", "ddof", "unbiased", "deviation", "m"),
    "scale": ("scal", "unscaled", "sqrt", "root", "factor", "gamma", "glorot", "power", "squared", "multipl", "var"),
    "axis": ("axis", "rows", "row", "column", "global", "whole", "each", "fan", "layout"),
    "test time": ("test", "correct", "t", "batch", "momentum", "step"),
    "randomness": ("rand", "mask", "coin", "draw", "seed", "reseeded", "dropped", "generator", "normal"),
    "indices": ("off", "infers", "hot", "argmax", "index", "starts", "last"),
}
OTHER = "other"
LONG = 4
# Log-normal: a few themes are a student's own, and most hardly occur.
SPREAD = 1.2


def theme_of(mistake: Mistake) -> str:
    """Return the theme that `mistake` belongs to."""
    seen = re.findall(r"[a-z0-9]+", " ".join((mistake.name, *mistake.covers)).lower())
    return next((theme for theme, words in THEMES.items() if any(_speaks_of(seen, word) for word in words)), OTHER)


def _speaks_of(seen: list[str], word: str) -> bool:
    return any(one == word or (len(word) >= LONG and one.startswith(word)) for one in seen)


def draw_propensities(rng: np.random.Generator) -> dict[str, float]:
    """Return how likely one student is, relatively, to go wrong in each theme."""
    return {theme: float(np.exp(SPREAD * rng.normal())) for theme in (*THEMES, OTHER)}
