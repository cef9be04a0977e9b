"""How what is plotted looks. Colours differ in lightness too, lines in dash and marker: nobody needs to see the colours."""

from __future__ import annotations

from dataclasses import dataclass

INK, GRID = "212B32", "D8DDE0"
"""Words and zero lines; the lines behind the plot."""

NAVY, RUST, TEAL, ORANGE = "003087", "A63D00", "00808A", "D77A00"
"""From dark to light; each is told from white by at least 3 to 1, and from its neighbour by its lightness."""
TINT = 0.2


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one series. `pattern`, `dash` and `marker` are the names that DrawingML has for them; none means plain."""

    colour: str
    pattern: str = ""
    dash: str = ""
    marker: str = "circle"


COST, BENEFIT, NET = Look(ORANGE), Look(NAVY), Look(INK, marker="square")
UNDISCOUNTED, DISCOUNTED = Look(NAVY), Look(RUST, dash="dash", marker="diamond")
CLASSES = {"CRB": Look(NAVY), "NCRB": Look(TEAL), "SB": Look(ORANGE)}
FIRM, HOPED, NOBODY = Look(NAVY), Look(TEAL, pattern="wdUpDiag"), Look(RUST)
TO_BE_MET = Look(INK, marker="square")
LOW_END, HIGH_END = Look(ORANGE), Look(NAVY)
SHARE = Look(TEAL)

_STACK = (NAVY, ORANGE, TEAL, RUST)
"""Dark and light by turns, so that neighbours in a stack differ."""
_DOTS = ("", "pct75", "smCheck", "pct50")
_HATCHES = ("wdUpDiag", "horz", "wdDnDiag", "vert", "trellis", "narHorz", "smGrid", "narVert")


def stacked(position: int, *, hatched: bool = False) -> Look:
    """The look of a part of a stack, by its position; hatched for what is not certain."""
    colour, turn = _STACK[position % len(_STACK)], position // len(_STACK)
    return Look(colour, _HATCHES[position % len(_HATCHES)] if hatched else _DOTS[turn % len(_DOTS)])


def tint(colour: str) -> str:
    """A colour mixed with so much white that its own hatching stands out from it."""
    return "".join(f"{round(255 - (255 - int(colour[place : place + 2], 16)) * TINT):02X}" for place in (0, 2, 4))
