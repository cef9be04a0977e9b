"""The Options sheet: the options side by side as increments on business as usual, and which line belongs to which."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figures import NO_COST, NOT_APPRAISED
from bizcase.appraisal.inputs import Benefit, Cost, Inputs
from bizcase.appraisal.measures import HALF_A_PENNY
from bizcase.appraisal.options import life
from bizcase.workbook.book import Book, Bounds, Sheet, at

FIRST_OPTION_COLUMN = 5
LIFE = Bounds(1, 60, whole=True)
FIRST_ROW = 5
FACTS = ("Option", "Kind", "Decision", "Reason", "Lasts, years", "PVC", "PVB", "NPSV", "BCR", "Net benefit a year (EANB)",
         "Cost a year (EAC)")
NOTE = ("Central case. Each option is counted as the increment on business as usual; its net benefit and cost a year are "
        "spread over its own life.")


@dataclass(frozen=True, slots=True)
class Membership:
    """Which line belongs to which option, as 1 or 0; from it, what a line counts for in the case (1, 0 or −1)."""

    sheet: Sheet
    first: int
    lines: int
    options: int

    @property
    def counts_column(self) -> int:
        return FIRST_OPTION_COLUMN - 2

    def counts(self, position: int) -> str:
        """The weight of a line in the case: 1 if the preferred option has it, less 1 if business as usual has it."""
        return self.sheet.at(self.first + position, self.counts_column)

    def borne(self, position: int) -> str:
        """Whether the preferred option bears a line: 1 or 0."""
        return self.sheet.at(self.first + position, self.counts_column + 1)

    def column(self, option: int, first: int, count: int) -> str:
        """The membership of some lines in an option."""
        return self.sheet.down(FIRST_OPTION_COLUMN + option, self.first + first, self.first + first + max(1, count) - 1)


def add_options(book: Book, analysis: Analysis) -> Membership:
    """The options and the membership of every line; what each option comes to follows once the lines stand."""
    inputs = analysis.appraisal.inputs
    options = [value.option for value in analysis.options]
    sheet = book.sheet("Options", "Options", NOTE, (36, 20, 14, 36, 14, 16, 16, 16, 24, 18, 18, *[14] * max(0, len(options) - 7)))
    sheet.columns(FIRST_ROW - 1, FACTS, numbers=FACTS[4:])
    for row, option in enumerate(options, FIRST_ROW):
        for column, text in enumerate((f"{option.id} {option.name}", option.kind, option.decision, option.reason), 1):
            sheet.text(row, column, text)
        given = f"options.items.{option.id}.life"
        if given in book.figures:
            sheet.given(row, 5, given, LIFE)
        else:
            sheet.input(row, 5, life(option, analysis.appraisal.timeframe.years), within=LIFE)
    if not options:
        sheet.text(FIRST_ROW, 1, "The bid compares no options: all lines are those of the case.")
    top = FIRST_ROW + max(1, len(options)) + 1
    lines: list[Cost | Benefit] = [line.cost for line in analysis.appraisal.costs]
    lines += [line.benefit for line in analysis.appraisal.benefits]
    membership = Membership(sheet, top + 2, len(lines), max(1, len(options)))
    _matrix(membership, inputs, lines, [option.id for option in options])
    sheet.freeze(FIRST_ROW, 2)
    return membership


def _matrix(membership: Membership, inputs: Inputs, lines: list[Cost | Benefit], names: list[str]) -> None:
    sheet, first = membership.sheet, membership.first
    sheet.text(first - 2, 1, "Which line belongs to which option (1: it does, 0: it does not)", "bc heading")
    numbers = ("Difference from business as usual", "Preferred option has it", *(names or ["The case"]))
    sheet.headings(first - 1, ("Line", "", *numbers), numbers=numbers)
    options = inputs.options if names else (None,)
    preferred, usual = (options.index(found) if found in options else None
                        for found in ((inputs.preferred, inputs.business_as_usual) if names else (None, object())))
    for position, line in enumerate(lines):
        row = first + position
        sheet.text(row, 1, f"{line.id} {line.item if isinstance(line, Cost) else line.title}")
        sheet.text(row, 2, "cost" if isinstance(line, Cost) else "benefit")
        for column, option in enumerate(options, FIRST_OPTION_COLUMN):
            sheet.choice_of_number(row, column, int(inputs.bears(line, option)), (1, 0))
        own, other = (f"{get_column_letter(FIRST_OPTION_COLUMN + found)}{row}" if found is not None else "0"
                      for found in (preferred, usual))
        sheet.formula(row, membership.counts_column, f"{own}-{other}")
        sheet.formula(row, membership.counts_column + 1, own)


def fill_options(membership: Membership, analysis: Analysis, costs: str, benefits: str, factors: str) -> None:
    """What each option comes to. `costs` and `benefits` are present values of all lines, whichever option has them."""
    sheet, inputs = membership.sheet, analysis.appraisal.inputs
    count = len(analysis.appraisal.costs)
    others = len(analysis.appraisal.benefits)
    ids = [value.option for value in analysis.options]
    usual = ids.index(inputs.business_as_usual) if inputs.business_as_usual in ids else None
    for position, value in enumerate(analysis.options):
        row, name = FIRST_ROW + position, f"option.{value.option.id}"

        def increment(values: str, first: int, lines: int, position: int = position) -> str:
            own = membership.column(position, first, lines)
            base = f"-{membership.column(usual, first, lines)}" if usual is not None else ""
            return f"SUMPRODUCT({own}{base},{values})" if lines else "0"

        known = f"SUM({membership.column(position, 0, count + others)})>0"
        pvc, pvb, npsv = (at(row, column) for column in (6, 7, 8))
        years = f"(SUM(INDEX({factors},1):INDEX({factors},MAX(1,MIN({at(row, 5)},COLUMNS({factors})-1))+1))-1)"
        formulas = (("pvc", 6, increment(costs, 0, count)), ("pvb", 7, increment(benefits, count, others)),
                    ("npsv", 8, f"{pvb}-{pvc}"), ("bcr", 9, f'IF(ABS({pvc})<{HALF_A_PENNY},"{NO_COST}",{pvb}/{pvc})'),
                    ("eanb", 10, f"{npsv}/{years}"), ("eac", 11, f"{pvc}/{years}"))
        for key, column, formula in formulas:
            answer = formula if position == usual else f'IF({known},{formula},"{NOT_APPRAISED}")'
            sheet.figure(row, column, f"{name}.{key}", answer, "bc headline" if key == "npsv" else "bc calc")

