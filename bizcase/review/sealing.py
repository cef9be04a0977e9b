"""Puts into a finished bid and its workbook where they come from and how they were built, so that a review knows every change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from bizcase import __version__
from bizcase.appraisal.figures import analysis_figures
from bizcase.archive import packed
from bizcase.case import Built, Case
from bizcase.document import embedded as in_bid
from bizcase.document.ooxml import parts_of
from bizcase.errors import UnsoundSpecification
from bizcase.provenance import Facts, Printed, Provenance, SheetAsBuilt, as_texts, section_digests
from bizcase.review.cells import read_book
from bizcase.review.sheet_moves import as_built
from bizcase.review.story import read_story
from bizcase.workbook import embedded as in_workbook
from bizcase.workbook.scenarios_sheet import SELECTOR


class Sealed(NamedTuple):
    """Both files as they are handed out."""

    bid: bytes
    workbook: bytes


def sealed(case: Case, built: Built, bid: bytes, *, draft: bool = False, embed: bool = True) -> Sealed:
    """The bid, finished, and the workbook with their provenance; without the specification and how they were built where
    `embed` is false. The same input gives the same bytes. Raises UnsoundSpecification for a case with errors."""
    facts = facts_of(case, built.template, draft=draft)
    bid_parts, workbook_parts = parts_of(bid), parts_of(built.workbook)
    of_bid = of_workbook = Provenance(facts)
    if embed:
        project = case.project
        assert project is not None
        specification = json.dumps(project.data, ensure_ascii=False, separators=(",", ":"))
        figures = _figures(case, built)
        story = read_story(bid_parts, "bid")
        printed = {span.tag for passage in story.passages for span in passage.spans}
        of_bid = Provenance(facts, specification, story.passages, story.drawn,
                            {name: found for name, found in figures.items() if name in printed})
        of_workbook = Provenance(facts, specification, figures=figures, sheets=_sheets(workbook_parts), selector=SELECTOR)
    return Sealed(packed(in_bid.with_texts(bid_parts, as_texts(of_bid))),
                  packed(in_workbook.with_sheet(workbook_parts, as_texts(of_workbook))))


def facts_of(case: Case, template: str, *, draft: bool) -> Facts:
    """The facts about a build. `template` is the digest of the Word template."""
    project = case.project
    if project is None:
        raise UnsoundSpecification(*case.errors)
    return Facts(__version__, project.digest, template, project.profile.name, project.parameters.name,
                 str(project.parameters.checked), str(project.section("document").get("date", "")), draft,
                 section_digests(project.data), project.profile.text)


def _sheets(parts: Mapping[str, bytes]) -> dict[str, SheetAsBuilt]:
    book = read_book(parts)
    return {title: SheetAsBuilt({at: content for at, cell in cells.items() if (content := as_built(cell)) is not None},
                                {at: book.look(cell).sign for at, cell in cells.items() if book.look(cell).is_input})
            for title, cells in book.sheets.items()}


def _figures(case: Case, built: Built) -> dict[str, Printed]:
    """Every Figure with its cell; those that are not of the analysis are given by the specification."""
    project, analysis = case.project, case.analysis
    assert project is not None and analysis is not None
    computed = {found.id for found in analysis_figures(analysis, project.profile.currency)}
    return {name: Printed(found.label, *built.cells[name], found.value, found.unit.value, found.text, name not in computed)
            for name, found in built.figures.items()}
