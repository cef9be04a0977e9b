"""Colours of a house style: whether they can be read."""

from __future__ import annotations

import re

from bizcase.document.stylesheet import House

WHITE = "FFFFFF"
ENOUGH, ENOUGH_FOR_LARGE = 4.5, 3.0
"""The least contrast of text with what is behind it, and of large text: from 18 points, or 14 in bold (WCAG 2.2, 1.4.3)."""

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")


def colour_of(text: str) -> str:
    """The six hexadecimal digits of a colour such as #005EB8. Raises ValueError."""
    found = _COLOUR.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a colour")
    return found[1].upper()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 (none) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def house_of(font: str, colour: str) -> House:
    """The house style with this font and one colour for headings and lines; nothing given leaves it as it is."""
    house = House()
    if font:
        house = House(font, house.heading, house.accent, house.shade)
    if not colour:
        return house
    shade = house.shade if contrast(colour, house.shade) >= ENOUGH else WHITE
    return House(house.font, colour, colour, shade)


def _luminance(colour: str) -> float:
    shares = [int(colour[at:at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
