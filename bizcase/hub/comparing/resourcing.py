"""Whether money and people are there: an idea that is endorsed and not resourced comes to nothing (manual §5.4, §5.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bizcase.appraisal.measures import HALF_A_PENNY
from bizcase.hub.entry import Axis, Number
from bizcase.hub.rules import load_rules
from bizcase.specification.project import Project

RESOURCED, ASKED_FOR, HOPED_FOR, NOT_RESOURCED, CANNOT_TELL = (
    "resourced", "asked for", "hoped for", "not resourced", "cannot tell")
SCORES = {RESOURCED: 1.0, ASKED_FOR: 0.5, HOPED_FOR: 0.25, NOT_RESOURCED: 0.0, CANNOT_TELL: None}
GRANT, CONFIRMED, APPLIED_FOR = "grant", "confirmed", "applied for"


def resource_of(project: Project, numbers: Mapping[str, Number], years: Sequence[str]) -> Axis:
    """The word for it, and what is missing: `hoped for: funding of £120,000 is not confirmed, none is; no people are named`.

    Money is there where confirmed funding meets the cost of every year. It is asked for where nothing is open but the grant that
    was applied for: that is what a panel decides on. It is hoped for where others would have to pay who have not said so, and
    so are people who are not confirmed: that was the trap of the manual's first Den. Where money is missing, no people make up
    for it.
    """
    money, of_money = _money(project, numbers, years)
    people, of_people = _people(project)
    word = people if money == RESOURCED or (money == ASKED_FOR and people == HOPED_FOR) else money
    return Axis(SCORES[word], f"{word}: {of_money}; {of_people}")


def resource_word(axis: Axis) -> str:
    """The word with which the text begins."""
    return axis.text.split(":")[0] if axis.text else CANNOT_TELL


def _money(project: Project, numbers: Mapping[str, Number], years: Sequence[str]) -> tuple[str, str]:
    def of(figure: str) -> float:
        found = numbers.get(figure)
        return found.value if found is not None and found.value is not None else 0.0

    def text(figure: str) -> str:
        return numbers[figure].text

    if of("total.cash_cost") < HALF_A_PENNY:
        return CANNOT_TELL, "no cost is stated"
    short = [year for year in years if of(f"flow.gap.{year}") >= HALF_A_PENNY]
    if short:
        word = NOT_RESOURCED if of("total.gap") > load_rules().small_gap * of("total.cash_cost") else HOPED_FOR
        return word, f"{text('total.gap')} of {text('total.cash_cost')} has no funding ({', '.join(short)})"
    if all(of(f"flow.confirmed.{year}") > of(f"flow.cash_cost.{year}") - HALF_A_PENNY for year in years):
        return RESOURCED, f"funding for {text('total.cash_cost')} is confirmed"
    firm = f"{text('total.confirmed')} is" if of("total.confirmed") >= HALF_A_PENNY else "none is"
    others = [row["source"] for row in project.section("resources").get("funding", []) if _is_hoped_for(row)]
    from_whom = f", of which {', '.join(others)} beside the grant" if others else ""
    word = HOPED_FOR if others else ASKED_FOR
    return word, f"funding of {text('total.unconfirmed')} is not confirmed{from_whom}, {firm}"


def _is_hoped_for(row: Mapping[str, Any]) -> bool:
    """Whether a source of funding is neither confirmed nor the grant that was applied for."""
    return row["status"] != CONFIRMED and not (row["kind"] == GRANT and row["status"] == APPLIED_FOR)


def _people(project: Project) -> tuple[str, str]:
    named = list(_named(project))
    if not named:
        return CANNOT_TELL, "no people are named"
    missing = [who for who, confirmed in named if not confirmed]
    if not missing:
        return RESOURCED, f"confirmed: {', '.join(who for who, _ in named)}"
    return HOPED_FOR, f"not confirmed: {', '.join(missing)}"


def _named(project: Project) -> Iterator[tuple[str, bool]]:
    """Posts, skills and what executives commit, each with whether somebody stands by it."""
    readiness = project.section("readiness")
    for row in project.section("resources").get("team", []):
        yield str(row.get("role", "a post")), bool(row.get("confirmed"))
    for row in readiness.get("capabilities", []):
        yield str(row.get("needed") or row.get("domain", "a skill")), bool(row.get("confirmed"))
    for row in readiness.get("executive_commitment", []):
        yield str(row.get("resource", "a commitment")), _is_dated(row)


def _is_dated(row: Mapping[str, Any]) -> bool:
    """Whether a commitment was made on a day, and not only spoken of."""
    return bool(row.get("date"))
