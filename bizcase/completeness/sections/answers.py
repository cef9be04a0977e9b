"""Reads short answers: whether one says that work rises, and who is counted."""

from __future__ import annotations

from bizcase.specification.signs import begins_with, shows


def says_no_rise(effect: str) -> bool:
    """Whether an effect on work, soon, is said to be none or a relief."""
    return begins_with("no rise", effect)


def says_rise(effect: str) -> bool:
    """Whether a lasting effect on work is said to be a burden; such effects are mostly told as a relief."""
    return not says_no_rise(effect) and shows("rise", effect)


def counts_others_only(group: str) -> bool:
    """Whether a group holds no doctors. Of `Nurse consultants` the profession counts, not the grade."""
    return shows("other professions", group)


def counts_doctors_only(group: str) -> bool:
    return shows("doctors", group) and not counts_others_only(group)
