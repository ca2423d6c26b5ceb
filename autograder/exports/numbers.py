"""Numbers as people's spreadsheets write them: with a decimal point or a decimal comma."""

import math
import re
from collections.abc import Iterable
from typing import Literal, TypeAlias

Sign: TypeAlias = Literal[".", ","]
_SIGNS: tuple[Sign, Sign] = (".", ",")
_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,15})?")


def number_of(text: str) -> float | None:
    """Return the number that a cell holds, with a decimal point or comma; None when it holds none."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not _NUMBER.fullmatch(bare):
        return None
    value = float(bare.replace(",", "."))
    return value if math.isfinite(value) else None


def decimal_signs(cells: Iterable[str]) -> set[Sign]:
    """Return the decimal signs of the numbers in these cells."""
    found = (_NUMBER.fullmatch(cell.strip()) for cell in cells)
    return {sign for match in found if match for sign in _SIGNS if sign in match[0]}


def with_sign(text: str, sign: Sign) -> str:
    """Return a plain decimal with that decimal sign."""
    return text.replace(".", sign)
