"""Every single edit of a workbook of ours is told at its cell, and what was not edited is not cried out."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bizcase.document.ooxml import parts_of
from bizcase.errors import Severity
from bizcase.review.cells import Book, read_book
from bizcase.review.formulas import Moves, followed, plain
from bizcase.review.provenance import of_book
from bizcase.review.workbook_changes import MEASUREMENT, WorkbookChanges, figures_finding, workbook_changes
from bizcase.review.workbook_open import opened
from bizcase.workbook.embedded import TITLE
from tests.conftest import sample_names
from tests.review.sealing import SAMPLE, Parts, sealed_sample, with_cells, workbook_parts

NAME = "benefits.xlsx"


def changes(parts: Parts) -> WorkbookChanges:
    """What is told of a workbook, worked out anew."""
    found = opened(parts)
    assert found is not None
    return workbook_changes(found.provenance, found.book, NAME, found.chosen)


def at_once(parts: Parts) -> WorkbookChanges:
    """What is told of a workbook that is taken as it stands: quicker, where no Figure is looked at."""
    book = read_book(parts)
    was = of_book(book)
    assert was is not None
    return workbook_changes(was, book, NAME)


def wheres(found: WorkbookChanges) -> list[str]:
    return sorted(finding.place.where for finding in found.findings if finding.place.where)


def edits(book: Book, seed: int) -> Iterator[tuple[str, str, Any, str]]:
    """For each sheet a cell, what is written into it, and words of what must be told; another choice with every seed."""
    chance = random.Random(seed)
    for title, cells in book.sheets.items():
        filled = [(at, cell) for at, cell in cells.items()
                  if (cell.formula or cell.value is not None) and (title, at) != ("Scenarios", "A4")]
        if title == TITLE or not filled:
            continue
        at, cell = chance.choice(filled)
        if cell.formula:
            yield chance.choice([(title, at, 12345, "overwritten by 12,345"), (title, at, None, "formula was deleted"),
                                 (title, at, f"{cell.formula}+1", "formula was changed")])
        elif isinstance(cell.value, float):
            yield chance.choice([(title, at, cell.value + 1, "was changed"), (title, at, None, "now empty")])
        else:
            yield title, at, chance.choice(["Something else", f"{cell.value}s"]), "text was changed" if not book.look(
                cell).is_input else "input was changed"


@pytest.mark.parametrize("name", sample_names())
def test_a_workbook_that_nobody_edited_draws_nothing(name: str) -> None:
    found = changes(workbook_parts(name))
    assert (found.findings, found.stale) == ((), ())


@pytest.mark.needs("soffice")
def test_a_trip_through_libreoffice_draws_nothing(office: Callable[[Path, str], Path], tmp_path: Path) -> None:
    path = tmp_path / "trip.xlsx"
    path.write_bytes(sealed_sample().workbook)
    found = changes(parts_of(office(path, "xlsx").read_bytes()))
    assert (found.findings, found.stale) == ((), ())


def test_a_trip_through_openpyxl_draws_nothing() -> None:
    found = changes(parts_of(through_openpyxl(lambda _: None)))
    assert (found.findings, found.stale) == ((), ())


def through_openpyxl(edit: Callable[[openpyxl.Workbook], None]) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(sealed_sample().workbook))
    edit(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def test_hundreds_of_edits_are_each_told_at_their_cell_and_nothing_else_is() -> None:
    """A dozen rounds, each with one edit on every sheet."""
    parts = workbook_parts()
    book = read_book(parts)
    told = 0
    for seed in range(12):
        edited, wanted = parts, {}
        for title, at, content, words in edits(book, seed):
            edited = with_cells(edited, title, {at: content})
            wanted[f"sheet {title}, cell {at}"] = words
        found = {finding.place.where: finding.message for finding in at_once(edited).findings if finding.place.where}
        assert {where: words for where, words in wanted.items() if words not in found.get(where, "")} == {}, "missed"
        assert set(found) - set(wanted) == set(), "wrongly cried"
        told += len(wanted)
    assert told > 300


def test_single_edits_of_every_kind_are_told_one_by_one() -> None:
    parts = workbook_parts()
    kinds = {edit[3]: edit for seed in range(20, 30) for edit in edits(read_book(parts), seed)}
    assert len(kinds) == 7
    for title, at, content, words in kinds.values():
        found = [finding for finding in at_once(with_cells(parts, title, {at: content})).findings if finding.place.where]
        assert [finding.place.where for finding in found] == [f"sheet {title}, cell {at}"]
        assert words in found[0].message


def test_a_formula_that_became_a_number_says_what_it_was_and_which_figures_moved() -> None:
    was = of_book(read_book(workbook_parts()))
    assert was is not None
    npsv = was.figures["npsv"]
    found = changes(with_cells(workbook_parts(), npsv.sheet, {npsv.cell: 1_000_000}))
    formula = str(was.sheets[npsv.sheet].cells[npsv.cell])
    overwritten = found.findings[0]
    assert (overwritten.code, overwritten.severity) == ("B15", Severity.MAJOR)
    assert overwritten.place.where == f"sheet {npsv.sheet}, cell {npsv.cell}"
    assert f"overwritten by 1,000,000; it was {formula}" in overwritten.message
    stale = {one.id: one for one in found.stale}
    assert (stale["npsv"].bid, stale["npsv"].workbook, stale["npsv"].cell) == (npsv.text, "£1,000,000", npsv.cell)


def test_an_input_is_named_by_its_row_and_column_and_moves_its_figures() -> None:
    was = of_book(read_book(workbook_parts()))
    assert was is not None
    name, printed = next((name, printed) for name, printed in was.figures.items()
                         if printed.given and printed.unit == "%" and printed.sheet == "Benefit calculation")
    value = (printed.value or 0) / 2
    found = changes(with_cells(workbook_parts(), printed.sheet, {printed.cell: value}))
    told = next(finding for finding in found.findings if finding.place.where == f"sheet {printed.sheet}, cell {printed.cell}")
    assert told.code == "B16" and told.severity is Severity.ADVISORY
    assert f"an input was changed: was {printed.text}, now " in told.message
    assert not told.message.startswith("an input"), "its label stands before"
    ids = {one.id for one in found.stale}
    assert {name, "npsv"} <= ids
    assert "pvc" not in ids
    summary = figures_finding(NAME, found.stale)
    assert summary.code == "B17" and f"{len(found.stale)} figures of the bid differ" in summary.message


def test_a_change_too_small_to_print_moves_no_figure() -> None:
    was = of_book(read_book(workbook_parts()))
    assert was is not None
    printed = next(printed for printed in was.figures.values() if not printed.given and printed.unit == "£" and printed.value)
    parts = with_cells(workbook_parts(), printed.sheet, {printed.cell: (printed.value or 0) + 1e-5})
    assert [finding.code for finding in at_once(parts).findings] == ["B15"]


def test_another_scenario_is_told_as_such_and_moves_no_figure() -> None:
    book = read_book(workbook_parts())
    other = book.sheets["Scenarios"]["A10"].value
    found = changes(with_cells(workbook_parts(), "Scenarios", {"A4": other}))
    assert [(finding.code, finding.severity) for finding in found.findings] == [("B16", Severity.ADVISORY)]
    assert str(other) in found.findings[0].message
    assert found.stale == ()


def test_what_was_measured_is_meant_to_be_typed_in() -> None:
    book = read_book(workbook_parts())
    empty = [at for at, cell in book.sheets[MEASUREMENT].items()
             if book.look(cell).is_input and cell.value is None and at.startswith("M")]
    assert len(empty) > 10
    found = changes(with_cells(workbook_parts(), MEASUREMENT, dict.fromkeys(empty, 0.5)))
    assert (found.findings, found.stale) == ((), ())


def test_a_deleted_row_is_one_finding() -> None:
    def delete(workbook: openpyxl.Workbook) -> None:
        workbook["Stakeholders"].delete_rows(7)

    found = at_once(parts_of(through_openpyxl(delete)))
    assert wheres(found) == ["sheet Stakeholders, row 7 as it was built"]
    assert str(read_book(workbook_parts()).sheets["Stakeholders"]["B7"].value) in found.findings[0].message


def test_added_rows_columns_and_sheets_are_told_once() -> None:
    def add(workbook: openpyxl.Workbook) -> None:
        workbook["Stakeholders"].insert_rows(8)
        workbook["Stakeholders"]["B8"] = "Somebody new"
        workbook["Milestones"].insert_cols(3)
        workbook["Milestones"]["C6"] = "Remark"
        workbook.create_sheet("My sums")["A1"] = 12

    assert wheres(at_once(parts_of(through_openpyxl(add)))) == [
        "sheet Milestones, column C", "sheet My sums", "sheet Stakeholders, row 8"]


def test_a_deleted_and_a_renamed_sheet_are_told_once() -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        del workbook["Milestones"]
        workbook["Stakeholders"].title = "People"

    found = at_once(parts_of(through_openpyxl(change)))
    assert wheres(found) == ["sheet Milestones", "sheet People"]
    assert {finding.message for finding in found.findings if finding.place.where} == {
        "the sheet was deleted", "the sheet was renamed: was “Stakeholders”, now “People”"}


def test_formulas_follow_a_sheet_that_was_renamed_and_rows_that_moved() -> None:
    """As Excel does it: every formula that led there leads there still."""
    moves = {"Costs": Moves("Costs 2", {1: 1, 2: 2, 4: 3, 5: 4}), "Other": Moves("Other")}
    assert followed("=SUM(Costs!$A$2:A5)+Other!A4", "Other", moves) == "=SUM('Costs 2'!$A$2:A4)+'Other'!A4"
    assert followed("=SUM(A2:A3)&\"Costs!A5\"", "Costs", moves) == "=SUM(A2:A2)&\"Costs!A5\""
    assert followed("=Costs!A3", "Other", moves) == "='Costs 2'!#REF!"
    assert plain("= sum( 'Costs'!A2 , _xlfn.MAX(1e-3))") == plain("=SUM(Costs!A2,MAX(0.001))")
    assert plain("='Cash flow'!A2&\" x\"") != plain("='Cash flow'!A2&\"x\"")


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing() -> None:
    def far(workbook: openpyxl.Workbook) -> None:
        workbook["Risks"]["XFD1048576"] = 1

    assert wheres(at_once(parts_of(through_openpyxl(far)))) == ["sheet Risks, column XFD", "sheet Risks, row 1048576"]


def test_the_sample_is_the_one_that_is_meant() -> None:
    assert len(read_book(workbook_parts(SAMPLE)).sheets) > 25
