"""The currency of a bid. Within the program amounts are pounds; where they are printed, the bid's own sign takes their place."""

from __future__ import annotations

import re

POUND = "£"

_POUNDS = re.compile(r"£|\bpounds?\b", re.IGNORECASE)


def in_currency(text: str, currency: str) -> str:
    """A text of ours with the bid's sign for £, "pound" and "pounds". Never for what a user typed."""
    return text if currency == POUND else _POUNDS.sub(lambda _: currency, text)
