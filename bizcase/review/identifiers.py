"""Numbers in a text that name a patient."""

from __future__ import annotations

import re

_TEN_DIGITS = re.compile(r"(?<![\w./@£$€+-])(\d{3})([ \u00a0-]?)(\d{3})\2(\d{4})(?![\w@/%-]|[.,]\d)")
_FIRST = "34679"
"""Of numbers in use: Northern Ireland 3, England and Wales 4, 6 and 7, and 9, which is kept for tests and examples."""


def nhs_numbers(text: str) -> list[str]:
    """What in a text can be an NHS number: ten digits, together or as 3-3-4, whose last is the right check digit.

    Source: NHS Data Dictionary, NHS number: modulus 11, with weights 10 to 2. One in eleven numbers passes by chance.
    """
    found = ("".join((match[1], match[3], match[4])) for match in _TEN_DIGITS.finditer(text))
    return [number for number in found if number[0] in _FIRST and len(set(number)) > 1 and _checks(number)]


def _checks(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(number[-1])
