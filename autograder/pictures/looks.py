"""How pictures look: size, colours, letters. matplotlib is imported here and nowhere else, and only when drawing."""

import contextlib
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.errors import AutograderError
from autograder.language import ENGLISH, language, say
from autograder.pictures.marks import wrap

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, DOTS_PER_INCH = 8.0, 150
# Okabe and Ito's colours, which are told apart by everybody; without their yellow, which is too light for lines.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
# Fonts with the characters of Simplified Chinese, as systems and packages name them.
CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Hiragino Sans GB",
    "Microsoft YaHei", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Heiti SC", "STHeiti", "Sarasa Gothic SC",
    "Droid Sans Fallback", "Noto Sans CJK JP", "Noto Serif CJK SC", "Songti SC", "SimSun", "AR PL UMing CN",
    "Arial Unicode MS",
)  # fmt: skip
# A column of letters is narrower on average than half a Chinese character.
_LINE_COLUMNS = {"en": 106, "zh": 108}


def require_matplotlib() -> None:
    """Raise `AutograderError`, which says how to get it, where matplotlib cannot be imported."""
    try:
        import matplotlib.figure  # noqa: F401
    except ImportError as error:
        raise AutograderError(
            say("pictures need matplotlib; to get it: {command}", command="pip install 'deepnet-autograder[pictures]'")
        ) from error


def chinese_font() -> str:
    """Return the name of an installed font with Chinese characters, or "" where there is none."""
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE_FONTS if name in known), "")


def language_of_pictures() -> str:
    """Return the language of this process where there are letters for it, and English elsewhere."""
    return language() if language() == ENGLISH or chinese_font() else ENGLISH


@contextlib.contextmanager
def styled() -> Iterator[None]:
    """Draw in our style; numbers that cannot be drawn are left out without a word."""
    import matplotlib as mpl
    import numpy as np

    settings: Any = _style()
    with mpl.rc_context(settings), np.errstate(all="ignore"), warnings.catch_warnings(), _no_word_of_fonts():
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _no_word_of_fonts() -> Iterator[None]:
    """Keep matplotlib from telling a student that a font has no bold letters."""
    speaker = logging.getLogger("matplotlib.font_manager")
    before, speaker.disabled = speaker.disabled, True
    try:
        yield
    finally:
        speaker.disabled = before


def _style() -> dict[str, Any]:
    from cycler import cycler

    chinese = [chinese_font()] if language() != ENGLISH else []
    return {
        "font.family": ["DejaVu Sans", *filter(None, chinese)],
        "font.size": 10.5,
        "axes.prop_cycle": cycler(color=COLOURS),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlesize": 11,
        "axes.labelsize": 10.5,
        "axes.grid": True,
        "grid.color": "#dddddd",
        "grid.linewidth": 0.6,
        "axes.axisbelow": True,
        "legend.frameon": False,
        "legend.fontsize": 9.5,
        "lines.linewidth": 1.8,
        "image.cmap": "cividis",
        "figure.facecolor": "white",
        "savefig.dpi": DOTS_PER_INCH,
        # The same picture is the same file.
        "svg.hashsalt": "deepnet",
    }


def new_figure(height: float) -> "Figure":
    """Return an empty figure that makes room for all that is written around its panels."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), dpi=DOTS_PER_INCH, layout="constrained")
    engine: Any = figure.get_layout_engine()
    engine.set(w_pad=0.1, h_pad=0.08)
    return figure


def frame(figure: "Figure", title: str, caption: str) -> None:
    """Write the title above the panels, and the caption below them."""
    figure.suptitle(title, fontsize=14, fontweight="bold", x=0.012, ha="left")
    lines = wrap(caption, _LINE_COLUMNS[language()])
    figure.supxlabel(lines, fontsize=10, color="#333333", x=0.012, ha="left", multialignment="left")


def save(figure: "Figure", file: Path) -> None:
    """Write a figure as PNG or SVG, after the file's suffix."""
    file.parent.mkdir(parents=True, exist_ok=True)
    undated = {"Date": None} if file.suffix == ".svg" else {"Software": None}
    figure.savefig(file, metadata=undated)
