"""The benefits workbook: every Figure in its cell, every formula alive, and no text taken for a formula."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.workbook import Workbook

from bizcase.appraisal.figure import Unit
from bizcase.case import Built, build
from bizcase.errors import WorkbookDisagrees
from bizcase.specification.characters import escaped
from bizcase.workbook.book import Book, Sheet, defined_name
from bizcase.workbook.recalculate import recalculated
from bizcase.workbook.write import ORDER
from tests.building import built_sample, case_of, is_free_text, project_of, put, sample_data, values_in
from tests.conftest import sample_names

TOLERANCE = 1e-9


def opened(content: bytes, *, values: bool) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def cells(workbook: Workbook) -> Iterator[tuple[str, Cell]]:
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.value is not None:
                    yield sheet.title, cell


def cell_under(workbook: Workbook, title: str, heading: str, first: str) -> str:
    """The address of the cell under a heading of row 4, in the row that begins with that id."""
    sheet = workbook[title]
    column = next(cell.column_letter for cell in sheet[4] if cell.value == heading)
    return f"{column}{next(row[0].row for row in sheet.iter_rows(min_row=5) if row[0].value == first)}"


def same(one: object, other: object) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) <= TOLERANCE * max(1.0, abs(float(one)))
    return one == other


@pytest.mark.parametrize("name", sample_names())
def test_every_figure_equals_its_cell(name: str) -> None:
    built = built_sample(name)
    workbook = opened(built.workbook, values=True)
    assert len(built.figures) > 300
    assert set(built.cells) == set(built.figures)
    for figure_id, figure in built.figures.items():
        sheet, address = built.cells[figure_id]
        value = workbook[sheet][address].value
        assert same(value, figure.text if figure.value is None else figure.value), f"{figure_id} in {sheet}!{address}: {value}"


@pytest.mark.parametrize("name", sample_names())
def test_every_formula_has_a_value_and_none_is_an_error(name: str) -> None:
    formulas = list(cells(opened(built_sample(name).workbook, values=False)))
    values = opened(built_sample(name).workbook, values=True)
    seen = 0
    for sheet, cell in formulas:
        if cell.data_type == "f":
            value = values[sheet][cell.coordinate].value
            assert value is not None, f"{sheet}!{cell.coordinate}"
            assert not str(value).startswith("#"), f"{sheet}!{cell.coordinate} gives {value}"
            seen += 1
    assert seen > 400


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", sample_names())
def test_libreoffice_works_out_the_same_values(name: str, office: Callable[[Path, str], Path], tmp_path: Path) -> None:
    """The cached values are taken out first, so that LibreOffice must compute every one of them itself."""
    bare = tmp_path / f"{name}.xlsx"
    opened(built_sample(name).workbook, values=False).save(bare)
    assert all(cell.value is None for sheet, cell in cells(opened(bare.read_bytes(), values=True)) if cell.data_type == "f")
    theirs = openpyxl.load_workbook(office(bare, "xlsx"), data_only=True)
    ours = opened(built_sample(name).workbook, values=True)
    seen = 0
    for sheet, cell in cells(opened(built_sample(name).workbook, values=False)):
        if cell.data_type == "f":
            one, other = ours[sheet][cell.coordinate].value, theirs[sheet][cell.coordinate].value
            assert same(one, other), f"{sheet}!{cell.coordinate} {cell.value}: {one!r}, LibreOffice {other!r}"
            seen += 1
    assert seen > 400


def test_text_that_looks_like_a_formula_stays_text() -> None:
    data = sample_data("remote-monitoring")
    hard = ("=2+3", "+44 20", "-5 a week", "@here", "#N/A", "_x0041_", "R&D <10%", "😀 مرحبا", "=HYPERLINK(\"http://x\")")
    texts = [(path, value) for path, field, value in list(values_in(data)) if is_free_text(field) and path[0] == "benefits"]
    for number, (path, _) in enumerate(texts):
        put(data, path, hard[number % len(hard)])
    put(data, ("document", "title"), "=1+1")
    built = build(case_of(data))
    formulas, values = opened(built.workbook, values=False), opened(built.workbook, values=True)
    found = {cell.value for _, cell in cells(values)}
    assert {escaped(text) for text in hard} <= found
    for sheet, cell in cells(formulas):
        if cell.data_type == "f":
            assert isinstance(cell.value, str)
            assert cell.value not in hard, f"{sheet}!{cell.coordinate}"
        elif isinstance(cell.value, str):
            assert cell.data_type == "s", f"{sheet}!{cell.coordinate} is {cell.data_type}"
            assert cell.quotePrefix or not cell.value.startswith("="), f"{sheet}!{cell.coordinate}"


def test_no_number_from_the_specification_is_typed_into_a_formula() -> None:
    data = sample_data("remote-monitoring")
    data["benefits"]["register"][0]["value"]["volume"] = {"value": 619.25}
    data["benefits"]["register"][0]["value"]["deadweight"] = 0.123456
    case = case_of(data)
    seen = 0
    for sheet, cell in cells(opened(build(case).workbook, values=False)):
        if cell.data_type == "f":
            seen += 1
            assert "619.25" not in str(cell.value) and "0.123456" not in str(cell.value), f"{sheet}!{cell.coordinate}"
    assert seen > 400


CHANGES: tuple[tuple[str, tuple[str, str], float | str, Callable[[dict[str, Any]], None]], ...] = (
    ("a volume", ("Benefit calculation", "benefits.register.B1.value.volume"), 500,
     lambda data: data["benefits"]["register"][0]["value"].update(volume={**data["benefits"]["register"][0]["value"]["volume"],
                                                                      "value": 500, "low": 400})),
    ("a deadweight", ("Benefit calculation", "benefits.register.B1.value.deadweight"), 0.4,
     lambda data: data["benefits"]["register"][0]["value"].update(deadweight=0.4)),
    ("a yearly amount", ("Benefits by year", "benefits.register.B4.value.by_year.2028/29"), 40000,
     lambda data: data["benefits"]["register"][3]["value"]["by_year"].update({"2028/29": 40000})),
)


@pytest.mark.parametrize(("cell", "value", "change"), [change[1:] for change in CHANGES], ids=[change[0] for change in CHANGES])
def test_a_changed_input_gives_what_the_changed_specification_gives(
        cell: tuple[str, str], value: float, change: Callable[[dict[str, Any]], None]) -> None:
    built = built_sample("remote-monitoring")
    sheet, address = built.cells[cell[1]]
    assert sheet == cell[0]
    _assert_follows(built, lambda workbook: workbook[sheet].__setitem__(address, value), change)


def _assert_follows(built: Built, edit: Callable[[Workbook], None], change: Callable[[dict[str, Any]], None]) -> None:
    """Editing the workbook and recalculating gives the measures of the specification with the same change."""
    workbook = opened(built.workbook, values=False)
    edit(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    after = opened(recalculated(buffer.getvalue()), values=True)
    data = sample_data("remote-monitoring")
    change(data)
    wanted = build(case_of(data)).figures
    moved = 0
    for figure_id, figure in wanted.items():
        if figure_id.split(".")[0] in ("npsv", "pvb", "pvc", "bcr", "payback", "roi", "roi_cash", "flow", "total"):
            place, address = built.cells[figure_id]
            assert same(after[place][address].value, figure.text if figure.value is None else figure.value), figure_id
            moved += figure.value != built.figures[figure_id].value
    assert moved > 5


def _measure(after: Workbook, built: Built, figure_id: str) -> float:
    sheet, address = built.cells[figure_id]
    found = after[sheet][address].value
    assert isinstance(found, (int, float)), (figure_id, found)
    return float(found)


def _recalculated(built: Built, edit: Callable[[Workbook], None]) -> Workbook:
    workbook = opened(built.workbook, values=False)
    edit(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return opened(recalculated(buffer.getvalue()), values=True)


AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""Every sheet as text, each cell as it is shown."""

LIVE: dict[str, tuple[str, float, str, float]] = {
    # The Figure whose cell is changed, what is typed there, a Figure that follows, and its value by hand.
    "a yearly cost": ("resources.costs.C1.amount.per_year", 70000, "line.C1", 5 * 70000),
    "a cost spelled out": ("resources.costs.C4.amount.2028/29", 50000, "line.C4", 45000 + 50000),
    "a mitigation": ("resources.costs.C2.optimism_bias.mitigation", 0.5, "line.C2.adjusted", 115000 * (1 + 2 * 0.5)),
    "a ramp": ("benefits.register.B3.value.ramp.1", 0.25, "line.B3", (0.25 + 4) * 700 * 0.3 * 300 * 0.9),
    "the last of a ramp, which lasts": ("benefits.register.B3.value.ramp.2", 0.8, "line.B3",
                                        (0.5 + 4 * 0.8) * 700 * 0.3 * 300 * 0.9),
    "funding spelled out": ("resources.funding.F1.amount.2028/29", 200000, "flow.gap.2028/29", 5000),
    "yearly funding": ("resources.funding.F2.amount.per_year", 100000, "flow.gap.2030/31", 14000),
}


@pytest.mark.parametrize(("changed", "typed", "follows", "wanted"), LIVE.values(), ids=LIVE)
def test_every_kind_of_input_is_live_in_its_figure_s_own_cell(
        changed: str, typed: float, follows: str, wanted: float) -> None:
    built = built_sample("remote-monitoring")
    sheet, address = built.cells[changed]
    assert sheet != "Numbers"
    after = _recalculated(built, lambda workbook: workbook[sheet].__setitem__(address, typed))
    assert _measure(after, built, follows) == pytest.approx(wanted)
    before = built.figures[follows].value
    assert before is not None and before != pytest.approx(wanted)


def test_funding_that_recurs_stands_below_the_sums_under_one_heading() -> None:
    data = sample_data("remote-monitoring")
    data["resources"]["funding"][4] = {**data["resources"]["funding"][4], "amount": {"once": 62000, "in": "2028/29"}}
    sheet = opened(build(case_of(data)).workbook, values=True)["Funding"]
    first = [row[0].value for row in sheet.iter_rows()]
    heading = first.index("Amounts that recur, and the share of them in each year of running")
    assert first[heading + 1 : heading + 4] == ["ID", "F2", "F5"]
    assert first.count("ID") == 2, "of the sheet, and of the block"


def test_the_last_year_of_a_cost_can_be_chosen_and_nothing_but_a_year_of_the_appraisal() -> None:
    built = built_sample("remote-monitoring")
    written = opened(built.workbook, values=False)
    first, last = (cell_under(written, "Costs", heading, "C1") for heading in ("From", "To"))
    after = _recalculated(built, lambda workbook: workbook["Costs"].__setitem__(last, "2029/30"))
    assert _measure(after, built, "line.C1") == 3 * 60000
    lists = [rule for rule in written["Costs"].data_validations.dataValidation if rule.type == "list"]
    assert [rule.formula1 for rule in lists] == ["'Cash flow'!$G$5:$L$5"]
    assert last in lists[0].sqref and first in lists[0].sqref
    labels = opened(built.workbook, values=True)["Cash flow"]["G5:L5"][0]
    assert [cell.value for cell in labels] == ["2026/27", "2027/28", "2028/29", "2029/30", "2030/31", "2031/32"]


def test_words_are_refused_where_a_number_belongs() -> None:
    workbook = opened(built_sample("remote-monitoring").workbook, values=False)
    seen = 0
    for sheet in workbook.worksheets:
        guarded = [rule for rule in sheet.data_validations.dataValidation if rule.type in ("decimal", "whole", "list")]
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.style == "bc input" and not cell.is_date and sheet.title != "Read me":
                    assert any(cell.coordinate in rule.sqref for rule in guarded), f"{sheet.title}!{cell.coordinate}"
                    seen += 1
    assert seen > 200


def test_a_cell_takes_only_what_makes_sense_there() -> None:
    built = built_sample("remote-monitoring")
    written = opened(built.workbook, values=False)

    def bounds(title: str, address: str) -> tuple[str, str, str]:
        [rule] = [rule for rule in written[title].data_validations.dataValidation if address in rule.sqref]
        return str(rule.type), str(rule.formula1), str(rule.formula2)

    delay = next(f"E{row[0].row}" for row in written["Scenarios"].iter_rows(min_row=8) if row[0].value == "Benefits a year late")
    assert bounds("Scenarios", delay) == ("whole", "0", "60")
    assert bounds(*built.cells["resources.costs.C2.optimism_bias.mitigation"]) == ("decimal", "0", "1")
    assert bounds(*built.cells["benefits.register.B1.value.take_up"]) == ("decimal", "0", "1")
    assert bounds(*built.cells["benefits.register.B1.value.confidence_adjustment"]) == ("decimal", "-1", "0")
    assert bounds(*built.cells["risks.register.R1.likelihood"]) == ("whole", "1", "5")
    assert bounds(*built.cells["benefits.register.B1.value.volume"])[0] == "decimal"


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", sample_names())
def test_every_cell_reads_as_the_bid_prints_it(name: str, tmp_path: Path) -> None:
    """LibreOffice writes each sheet as it shows it; a Figure must read there as in the bid."""
    book = tmp_path / "book.xlsx"
    book.write_bytes(built_sample(name).workbook)
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to",
                    AS_SHOWN, "--outdir", str(tmp_path),
                    str(book)], check=True, timeout=180, capture_output=True)
    shown = {path.stem.removeprefix("book-"): list(csv.reader(path.read_text("utf-8").splitlines()))
             for path in tmp_path.glob("book-*.csv")}
    assert set(shown) == set(ORDER)
    seen = 0
    for figure_id, figure in built_sample(name).figures.items():
        sheet, address = built_sample(name).cells[figure_id]
        column, row = coordinate_from_string(address)
        text = shown[sheet][row - 1][column_index_from_string(column) - 1]
        assert text.replace("-", "−") == figure.text.replace("-", "−"), f"{figure_id} in {sheet}!{address}"
        seen += 1
    assert seen > 300


def test_optimism_bias_a_rate_and_the_years_of_a_benefit_are_live_too() -> None:
    built = built_sample("remote-monitoring")
    written = opened(built.workbook, values=False)
    rate, start = cell_under(written, "Costs", "Optimism bias", "C2"), cell_under(written, "Benefit calculation", "From", "B1")
    first_band = next(cell for row in written["Inputs"].iter_rows(min_col=3, max_col=3) for cell in row if cell.value == 0.035)
    assert (written["Costs"][rate].value, written["Benefit calculation"][start].value) == (2.0, "2027/28")

    def edit(workbook: Workbook) -> None:
        workbook["Costs"][rate], workbook["Benefit calculation"][start] = 0.5, "2028/29"
        workbook["Inputs"][first_band.coordinate] = 0.03

    after = _recalculated(built, edit)

    def value(figure_id: str) -> float:
        return _measure(after, built, figure_id)

    assert value("line.C2.adjusted") == pytest.approx(115000 * (1 + 0.5 * 0.1))
    assert value("factor.standard.2027/28") == pytest.approx(1 / 1.03)
    first_year = built.figures["flow.benefit.NCRB.2027/28"].value
    assert first_year is not None
    assert value("flow.benefit.NCRB.2027/28") < first_year


def test_the_checks_count_a_failure_when_a_formula_is_overwritten() -> None:
    built = built_sample("remote-monitoring")
    workbook = opened(built.workbook, values=False)
    sheet, address = built.cells["flow.cost.2027/28"]
    workbook[sheet][address] = 1
    buffer = io.BytesIO()
    workbook.save(buffer)
    before, after = opened(built.workbook, values=True), opened(recalculated(buffer.getvalue()), values=True)

    def failing(book: Workbook) -> object:
        return next(row[1].value for row in book["Summary"].iter_rows() if str(row[0].value).startswith("Checks that fail"))

    assert failing(before) == 0
    assert [row[0].value for row in after["Checks"].iter_rows() if row[3].value == "fails"] == [
        "All cost lines are in the cash flow",
        "The scenario shown has the NPSV that the comparison of scenarios gives it",
        "The cost of the economic case leads to the cash cost", "What all organisations pay is the PVC"]
    assert failing(after) == 4


def test_the_build_stops_and_names_the_cell_when_a_formula_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    true_figure = Sheet.figure

    def wrong(self: Sheet, row: int, column: int, figure_id: str, formula: str, style: str = "bc calc") -> None:
        true_figure(self, row, column, figure_id, "B5+B6" if figure_id == "npsv" else formula, style)

    monkeypatch.setattr(Sheet, "figure", wrong)
    with pytest.raises(WorkbookDisagrees) as caught:
        build(case_of(sample_data("remote-monitoring")))
    finding = caught.value.findings[0]
    assert finding.place.file == "Appraisal!B7"
    assert "Net present social value" in finding.message


def test_the_build_stops_when_a_formula_gives_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    true_formula = Sheet.formula

    def broken(self: Sheet, row: int, column: int, formula: str, unit: Unit = Unit.NUMBER, style: str = "bc calc") -> None:
        true_formula(self, row, column, "1/0" if (self.title, row, column) == ("Summary", 7, 2) else formula, unit, style)

    monkeypatch.setattr(Sheet, "formula", broken)
    with pytest.raises(WorkbookDisagrees) as caught:
        build(case_of(sample_data("remote-monitoring")))
    assert caught.value.findings[0].place.file == "Summary!B7"


@pytest.mark.parametrize("name", sample_names())
def test_each_figure_s_cell_has_a_defined_name(name: str) -> None:
    built = built_sample(name)
    names = opened(built.workbook, values=False).defined_names
    assert len(names) == len(built.figures)
    for figure_id, (sheet, address) in built.cells.items():
        title, cell = next(iter(names[defined_name(figure_id)].destinations))
        assert (title, cell.replace("$", "")) == (sheet, address)


@pytest.mark.parametrize("name", sample_names())
def test_sheets_are_ready_to_read_and_to_print(name: str) -> None:
    workbook = opened(built_sample(name).workbook, values=False)
    assert tuple(workbook.sheetnames) == ORDER
    for sheet in workbook.worksheets:
        assert sheet["A1"].value, sheet.title
        fit = sheet.sheet_properties.pageSetUpPr
        assert sheet.protection.sheet, sheet.title
        if sheet.title == "Charts":
            charts = len(getattr(sheet, "_charts"))  # noqa: B009 - openpyxl has no public name for them
            assert charts >= 6
            assert len(sheet.row_breaks.brk) == (charts - 1) // 3, "three charts on a page, none cut in two"
            continue
        assert fit is not None and fit.fitToPage, sheet.title
        assert sheet.page_setup.fitToWidth == 1 or sheet.print_title_cols, f"{sheet.title}: its first columns on every page"
        assert sheet.print_title_rows or sheet.title == "Read me" or sheet.max_row < 6, sheet.title
    inputs = [cell for sheet, cell in cells(workbook) if cell.style.startswith("bc input") and sheet != "Read me"]
    assert len(inputs) > 100
    assert all(not cell.protection.locked for cell in inputs)
    locked = [cell for _, cell in cells(workbook) if cell.data_type == "f" and not cell.style.startswith("bc input")]
    assert len(locked) > 400, "all but the targets that are taken over from the month above, which may be typed over"
    assert all(cell.protection.locked for cell in locked)


VARIANTS: dict[str, dict[str, Any]] = {
    "nothing to appraise": {},
    "one cost": {"resources": {"costs": [{"id": "C1", "item": "Licence", "category": "licence", "type": "revenue",
                                          "recurrent": False, "amount": {"once": 1000, "in": "2026/27"}, "status": "known",
                                          "source": "Quote"}]}},
    "sixty years": {"appraisal": {"price_base_year": "2026/27", "years": 60}, "benefits": {"register": [
        {"id": "B1", "title": "Health", "class": "societal", "measure": "QALYs", "status": "estimate",
         "value": {"volume": 2, "unit_value": 70000, "health": True, "from": "2027/28"}}]}},
    "only what cannot be put in pounds": {"benefits": {"register": [
        {"id": "B1", "title": "Dignity", "class": "unmonetisable", "measure": "Survey"}]}},
    "a long title": {"document": {"title": "T" * 255}},
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_small_and_odd_specifications_build_as_drafts(variant: str) -> None:
    case = case_of({"profile": "ideas-den", **VARIANTS[variant]})
    built = build(case, draft=True)
    assert set(built.cells) == set(built.figures)
    assert project_of(case).profile.name == "ideas-den"


def test_user_text_enters_the_workbook_through_one_writer() -> None:
    book = Book({})
    sheet = book.sheet("Sheet", "Heading", "", (10,))
    sheet.text(3, 1, "=SUM(A1)")
    assert (sheet.worksheet["A3"].data_type, sheet.worksheet["A3"].quotePrefix) == ("s", True)


@pytest.mark.parametrize("name", ["remote-monitoring"])
def test_the_cells_of_the_sample_are_as_approved(name: str, golden: Callable[[str, str], None]) -> None:
    formulas, values = (opened(built_sample(name).workbook, values=flag) for flag in (False, True))
    lines = []
    for sheet, cell in cells(formulas):
        value = values[sheet][cell.coordinate].value
        shown = f"{value:.6g}" if isinstance(value, float) else str(value)
        lines.append(f"{sheet}!{cell.coordinate} | {shown}" + (f" | {cell.value}" if cell.data_type == "f" else ""))
    golden(f"{name}-workbook.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("name", sample_names())
def test_words_in_place_of_a_number_fit_their_column(name: str) -> None:
    """A cell cuts what does not fit where its neighbour is filled: "not within the years" must not lose its "not"."""
    built = built_sample(name)
    workbook = opened(built.workbook, values=False)
    values = opened(built.workbook, values=True)
    seen = 0
    for title, cell in cells(workbook):
        shown = values[title][cell.coordinate].value
        if cell.data_type == "f" and isinstance(shown, str) and cell.alignment.horizontal == "right":
            width = workbook[title].column_dimensions[cell.column_letter].width
            assert len(shown) * (cell.font.size or 10) / 10 * 0.95 <= width, f"{title}!{cell.coordinate}: {shown}"
            seen += 1
    assert seen > 10
