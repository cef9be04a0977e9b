"""How to use the portfolio: what each sheet is for, and what the scores mean."""

from __future__ import annotations

from bizcase import __version__
from bizcase.hub.portfolio.rows import MARKS_EXPLAINED
from bizcase.workbook.book import Book

TITLE = "Read me"
YELLOW = "are yours to type in. Everything else follows, and is protected without a password, against slips."

SHEETS = (
    ("Ranking", "the submissions in the order of your weights. Change the yellow weights and the order follows."),
    ("Decisions", "type the panel's marks, what the hub decides, and whether money and people were given. What is endorsed "
                  "without them is flagged. To the right: how the places come about."),
    ("Comparison", "the submissions side by side."),
    ("Charts", "value against readiness, the two axes of an Ideas Den, the ranking, and benefits and cash by year."),
    ("Heat map", "how complete each section is."),
    ("By year", "benefits, cost and cash of all submissions together."),
    ("Overlaps, Questions", "what may be counted twice, and what to ask whom."),
    ("Not built", "what could not be read or built, and what to do about it."),
    ("Figures", "every number with the file, sheet and cell that it comes from, and a link that opens it there. Counts come from "
                "the submission's criteria or its register of benefits, and say what was counted."),
    ("Checks", "what must hold; the Summary counts what fails."),
)

TERMS = (
    ("Score", "on each axis, the share of the other submissions that it beats; a tie counts half. 100% beats all, 0% none. So "
              "pounds, counts and shares can be weighed against one another."),
    ("Cannot be told", "what cannot be told beats none and is beaten by all that can be told. An axis on which nothing can be "
                       "told of anybody does not count: so the panel's mark counts as soon as one is typed."),
    ("Total", "the mean of the scores by your weights. Equals share a place; the list shows them in the order of their files."),
    ("Clinical value", "outcomes of care that are named: each counts by its measure, its baseline and a better target. A "
                       "drawback never counts."),
    ("Organisational value", "the return on investment at year 3, or at the last year of a shorter appraisal, with time and "
                             "capacity that are freed. Cash-releasing return alone stands beside it on Comparison."),
    ("Societal value", "the present value of benefits to society."),
    ("Readiness", "the share of criteria met, of those that show whether it can be done and will last."),
    ("Value, in the charts", "the scores on clinical, organisational and societal value together, by your weights."),
    ("Money and people", "resourced: funding for every year is confirmed, and so are all people named. Asked for: nothing is "
                         "open but the grant that was applied for. Hoped for: others would have to pay, or people to be freed, "
                         "and nobody has said so. Not resourced: part of the cost has no funding at all. Cannot tell: no cost, "
                         "or no people, is named."),
    ("In the sums", "money is added up over submissions in one currency and in prices of one year alone: those of most of them. "
                    "The others are named on Summary, and the first check fails."),
)


def add_read_me(book: Book) -> None:
    sheet = book.sheet(TITLE, "How to use this workbook", "", (26, 104), landscape=False)
    rows = (("Yellow cells", YELLOW), *SHEETS, *TERMS, ("Signs", MARKS_EXPLAINED), ("Made with", f"bizcase {__version__}"))
    for row, (label, meaning) in enumerate(rows, 4):
        sheet.text(row, 1, label, "bc total label")
        sheet.text(row, 2, meaning)
    sheet.worksheet.cell(4, 1).style = "bc input"
