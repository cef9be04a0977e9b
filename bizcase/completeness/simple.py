"""The tests that a register can state without code, and the way to the functions for the rest.

{present: path}                               something stands at the path
{is: path, one_of: [value, …]}                what stands there is one of these
{words: path, between: [low, high]}           the free text there has that many words
{number: path, at_most: 9}                    the number there is that or less
{at_least: 2, rows: path, where: {...}}       that many rows fulfil the conditions
{any_row: path, where: {...}}                 one row does
{every: path, has: [field, …], where: {...}}  each row (that fulfils the conditions) has these fields; without conditions
                                              there must be a row
{all_of: [test, …]}  {any_of: [test, …]}      all of these; one of these
{function: name}                              a function of `sections/`
{follows: blockers}                           no test: the verdict follows from the others, see `assess.py`

A condition in `where` is a list of allowed values, `given` for any value, or `missing` for none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bizcase.completeness.criterion import Test
from bizcase.completeness.sections import FUNCTIONS
from bizcase.completeness.sections.looking import Rows, name_of, rows_at, told
from bizcase.specification.amounts import quantity
from bizcase.specification.project import Project
from bizcase.specification.walk import values_at
from bizcase.specification.word_count import count_words
from bizcase.specification.words import listed, shown


def shortfall(test: Test, project: Project) -> str | None:
    """What is missing for a test to be met, in words; None where it is met."""
    return next(kind for name, kind in _KINDS.items() if name in test)(test, project)


def _present(test: Test, project: Project) -> str | None:
    return None if values_at(project.data, test["present"]) else f"{test['present']} is not filled in"


def _is(test: Test, project: Project) -> str | None:
    found = values_at(project.data, test["is"])
    if any(value in test["one_of"] for value in found):
        return None
    return f"{test['is']} is {listed(map(shown, found))}" if found else f"{test['is']} is not filled in"


def _words(test: Test, project: Project) -> str | None:
    low, high = test["between"]
    found = values_at(project.data, test["words"])
    count = sum(count_words(str(text)) for text in found)
    if low <= count <= high:
        return None
    return f"{test['words']} has {count:,} words, and {low:,} to {high:,} are asked" if found else \
        f"{test['words']} is not filled in"


def _number(test: Test, project: Project) -> str | None:
    found = values_at(project.data, test["number"])
    if not found:
        return f"{test['number']} is not filled in"
    most = max(map(quantity, found))
    return f"{test['number']} is {most:g}, and {test['at_most']:g} is the most" if most > test["at_most"] else None


def _at_least(test: Test, project: Project) -> str | None:
    rows, where, needed = rows_at(project, test["rows"]), test.get("where", {}), test["at_least"]
    fitting = len(_fitting(rows, where))
    if fitting >= needed:
        return None
    count = f"{fitting} of the {needed} rows needed" if fitting else "no row"
    return f"{test['rows']} has {count}" + (f" with {_in_words(where)}" if where else "")


def _any_row(test: Test, project: Project) -> str | None:
    return _at_least({"at_least": 1, "rows": test["any_row"], "where": test.get("where", {})}, project)


def _every(test: Test, project: Project) -> str | None:
    rows, where = rows_at(project, test["every"]), test.get("where", {})
    if not rows and not where:
        return f"{test['every']} has no row"
    return told(f"{name_of(row, number, test['every'])} has no {name}" for number, row in enumerate(rows, 1)
                if _fits_all(row, where) for name in test["has"] if not values_at(row, name))


def _all_of(test: Test, project: Project) -> str | None:
    return told(short for inner in test["all_of"] if (short := shortfall(inner, project)))


def _any_of(test: Test, project: Project) -> str | None:
    missing = [shortfall(inner, project) for inner in test["any_of"]]
    return None if None in missing else told(short for short in missing if short)


def _function(test: Test, project: Project) -> str | None:
    return FUNCTIONS[test["function"]](project)


_KINDS: dict[str, Callable[[Test, Project], str | None]] = {
    "present": _present, "is": _is, "words": _words, "number": _number, "at_least": _at_least, "any_row": _any_row,
    "every": _every, "all_of": _all_of, "any_of": _any_of, "function": _function,
}


def _fitting(rows: Rows, where: Mapping[str, Any]) -> Rows:
    return [row for row in rows if _fits_all(row, where)]


def _fits_all(row: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    return all(_fits(row, *condition) for condition in where.items())


def _fits(row: Mapping[str, Any], name: str, wanted: Any) -> bool:
    values = values_at(row, name)
    if wanted in ("given", "missing"):
        return bool(values) is (wanted == "given")
    return any(value in wanted for value in values)


def _in_words(where: Mapping[str, Any]) -> str:
    """The conditions as they are written in a specification: `domain: commercial and IP and confirmed: true`."""
    given = [name for name, wanted in where.items() if wanted == "given"]
    missing = [f"no {name}" for name, wanted in where.items() if wanted == "missing"]
    chosen = [f"{name}: {listed(map(shown, wanted))}" for name, wanted in where.items() if wanted not in ("given", "missing")]
    return " and ".join(chosen + ([f"{' and '.join(given)} filled in"] if given else []) + missing)
