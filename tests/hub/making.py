"""Entries for tests of the portfolio: of the shipped samples, built for real, and made up by number."""

from __future__ import annotations

import random
from functools import cache

from bizcase.errors import Finding, Place, Severity
from bizcase.hub.comparing.valuing import entry_of
from bizcase.hub.entry import Axis, Entry, Measured, Number, Outcome, Question, SectionScore
from tests.building import built_sample
from tests.conftest import sample_case

CLASSES = ("CRB", "NCRB", "SB")


@cache
def sample_entry(name: str) -> Entry:
    """The entry of a sample, with its workbook in a folder of its own."""
    return entry_of(f"{name}.yaml", name, sample_case(name), built_sample(name), f"{name}/bid.docx", f"{name}/benefits.xlsx")


def failed(name: str, message: str = "The file cannot be read.") -> Entry:
    return Entry(name, "k", Outcome.FAILED, (Finding(Place(name, 3, 1, "title"), "E10", Severity.ERROR, message, "Correct it."),))


def made(number: int, first_year: int = 2026, years: int = 4) -> Entry:
    """An entry as a submission of that number might give it; the same number gives the same entry."""
    chance = random.Random(number)
    labels = tuple(f"{year}/{(year + 1) % 100:02}" for year in range(first_year, first_year + years))
    amounts = {f"flow.{flow}.{label}": round(chance.uniform(0, 90_000), 2) for label in labels
               for flow in (*(f"benefit.{kind}" for kind in CLASSES), "cost", "cash_cost", "cliff.nobody")}
    for flow in (*(f"benefit.{kind}" for kind in CLASSES), "cost", "cash_cost", "cliff.nobody"):
        amounts[f"total.{flow}"] = sum(amounts[f"flow.{flow}.{label}"] for label in labels)
    amounts |= {"npsv": chance.uniform(-2e5, 9e5), "summary.ask": float(chance.randrange(5_000, 250_000, 500)),
                "pvb.SB": chance.choice([0.0, chance.uniform(0, 3e5)])}
    numbers = {name: Number(name, value, f"£{value:,.0f}", "£", "estimate", "Cash flow", f"B{row}")
               for row, (name, value) in enumerate(amounts.items(), 5)}
    for name in ("roi.3", "roi_cash.3"):
        numbers[name] = Number(name, chance.uniform(-1, 4), "1%", "%", "illustrative", "Appraisal", "B9")
    numbers["payback"] = Number("Payback", None, "not within the years appraised", "years", "known", "Appraisal", "B15")
    numbers["cliff.first_year"] = Number("First year", None, labels[-1], "number", "known", "Funding", "B40")
    met = chance.randrange(0, 9)
    return Entry(
        f"ward {number}/idea {number}.yaml", f"key{number}", chance.choice([Outcome.BUILT, Outcome.DRAFT]),
        title=f"Idea {number}", organisation="Aldermoor Hospital", author="A. Author", profile="ideas-den", currency="£",
        price_base_year="2026/27", bid=f"idea-{number}/bid.docx", workbook=f"idea-{number}/benefits.xlsx",
        digest=f"digest{number}", years=labels, numbers=numbers,
        sections=(SectionScore("problem", "Problem", float(met), 9, "part"), SectionScore("risks", "Risks", 4, 4, "complete"),
                  SectionScore("appraisal", "Appraisal", 0, 0, "nothing asked")),
        panel=chance.choice(["refuse", "close", "support"]), panel_says="Close: two to worry about",
        clinical=Axis(float(chance.randrange(0, 6)), "outcomes"), societal=Axis(1.0, "gains for society: B1"),
        readiness=Axis(chance.random(), "criteria"), resource=Axis(0.5, "asked for: nothing confirmed; no people are named"),
        completeness=Axis(chance.random(), "criteria met"), questions=(Question("C15.1", f"Who owns risk {number}?"),),
        measured=(Measured("B1", f"Falls on ward {number} a month", f"People over {number}"),))
