"""Years of many things → a small picture of how many there are in each, whose bars lead to their year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 960
HEIGHT: Final = 112
_BASE: Final = HEIGHT - 22
_TOP: Final = 16
_WIDEST: Final = 40
_LEAST: Final = 2.0
"""Height of a bar for one thing among thousands: small, and seen."""
_MARGIN: Final = 20
"""Room for the number of the last year."""
_LABEL: Final = 44
"""Room that the number of a year takes."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A year that has something: where its bar stands, how many things, the address that shows them."""

    year: int
    count: int
    x: float
    y: float
    width: float
    height: float
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class YearsPicture:
    """Bars over the years from the first to the last."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, float], ...]
    """Years that are written below, and where."""
    end: float
    """Where the last year ends."""
    width: int
    height: int = HEIGHT
    base: int = _BASE


def years_picture(
    years: Iterable[int], address: Callable[[int], str], chosen: int | None
) -> YearsPicture | None:
    """The picture of these years, one for each thing; None where all are of one year."""
    counts = Counter(years)
    if len(counts) < 2:
        return None
    first, last, most = min(counts), max(counts), max(counts.values())
    step = min(_WIDEST, WIDTH / (last - first + 1))
    bars = []
    for year, count in sorted(counts.items()):
        height = max(_LEAST, (_BASE - _TOP) * count / most)
        x = (year - first) * step
        bars.append(
            Bar(
                year, count, round(x, 2), round(_BASE - height, 2), round(0.8 * step, 2), round(height, 2),
                address(year), year == chosen,
            )
        )  # fmt: skip
    every = next((each for each in (1, 2, 5, 10, 20, 50) if each * step >= _LABEL), 100)
    ticks = tuple(
        (year, round((year - first + 0.4) * step, 2)) for year in range(first, last + 1) if year % every == 0
    )
    return YearsPicture(
        tuple(bars), ticks, round((last - first + 1) * step, 2), int((last - first + 1) * step) + _MARGIN
    )
