"""The functions that criteria name, a module for each section of a bid; `FUNCTIONS` finds them by name.

A function takes a project and says in words what is missing, or None where nothing is.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from bizcase.specification.project import Project

Function = Callable[[Project], str | None]

FUNCTIONS: dict[str, Function] = {
    function.__name__: function for module in iter_modules(__path__)
    for function in getattr(import_module(f"{__name__}.{module.name}"), "FUNCTIONS", ())}
