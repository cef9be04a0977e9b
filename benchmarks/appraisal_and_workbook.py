"""How long the analysis and the workbook take, beside the same sheets written by plain openpyxl, as cases grow.

Run by hand, from the top of a checkout: `.venv-test/bin/python benchmarks/appraisal_and_workbook.py`. Each case runs in
processes of its own, so that the memory of one is not counted for another. See README.md here for what is measured.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import pickle
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SIZES = ((5, 5), (20, 10), (50, 20), (100, 30), (200, 40))
"""Benefits and years after year 0. Costs, funding, options and steps of scale-up are as many in every case."""
FIRST_YEAR = 2026


@dataclass(frozen=True, slots=True)
class Plain:
    """What a finished workbook holds: for each sheet its cells, widths and heights, and the defined names."""

    sheets: list[tuple[str, list[tuple[Any, ...]], dict[str, float], dict[int, float]]]
    names: list[tuple[str, str, bool]]

    @property
    def cells(self) -> int:
        return sum(len(cells) for _, cells, *_ in self.sheets)


def year(t: int) -> str:
    return f"{FIRST_YEAR + t}/{(FIRST_YEAR + t + 1) % 100:02d}"


def specification(benefits: int, years: int) -> dict[str, Any]:
    """A case of so many benefits over so many years: half of them factor by factor with ranges, half spelled out by year."""
    return {
        "bizcase": 1, "profile": "ideas-den",
        "document": {"title": "A case of its size", "organisation": "Northmoor", "author": "Dr A. Example"},
        "appraisal": {"price_base_year": year(0), "years": years},
        "options": {"items": [
            {"id": "A1", "name": "As now", "kind": "business as usual", "description": "Nothing changes"},
            {"id": "A2", "name": "Lesser", "kind": "do minimum", "description": "A part of it", "reason": "Too little"},
            {"id": "A3", "name": "Chosen", "kind": "preferred", "description": "All of it", "decision": "preferred"}]},
        "resources": {
            "costs": [{
                "id": f"C{n}", "item": f"Cost {n}", "category": "other", "type": "revenue", "recurrent": True,
                "amount": {"per_year": 1000 * n, "from": year(0)}, "options": ["A3"] if n > 2 else ["A2", "A3"],
                "range": {"low": 0.9, "high": 1.2}, "optimism_bias": {"rate": 0.2, "mitigation": 0.5, "reason": "Fixed price"},
                "payer": "F1", "payer_after_grant": "F2", "status": "estimate", "source": "Price list"} for n in range(1, 6)],
            "funding": [
                {"id": "F1", "source": "Fund", "kind": "grant", "amount": {year(t): 15_000 for t in range(2)},
                 "status": "confirmed"},
                {"id": "F2", "source": "Board", "kind": "host",
                 "amount": {"per_year": 15_000, "from": year(2)}, "status": "expected"}]},
        "scale_up": {"steps": [
            {"id": "X1", "order": 1, "setting": "Near", "sites": 3, "start": year(1), "ramp": [0.5, 1], "outside_host": False},
            {"id": "X2", "order": 2, "setting": "Far", "sites": 5, "start": year(2), "outside_host": True}]},
        "benefits": {"register": [benefit(n, years) for n in range(1, benefits + 1)]}}


def benefit(n: int, years: int) -> dict[str, Any]:
    kind = ("cash-releasing", "non-cash-releasing", "societal")[n % 3]
    row: dict[str, Any] = {"id": f"B{n}", "title": f"Benefit {n}", "class": kind, "measure": "Hours", "status": "estimate"}
    if n % 5 == 0:
        row["depends_on_scale"] = ["X1"] if n % 2 else ["X1", "X2"]
    if n % 2:
        row["value"] = {"volume": {"value": 100 + n, "low": 90, "high": 120 + n}, "unit_value": 40, "deadweight": 0.1,
                        "effect": {"value": 0.3, "low": 0.2, "high": 0.4}, "take_up": 0.8, "ramp": [0.5, 1]}
    else:
        row["value"] = {"by_year": {year(t): 500 + n for t in range(years + 1)}}
    return row


def timed(work: Callable[[], Any], runs: int) -> float:
    """The median of several runs, in seconds, after one that is not counted."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def peak() -> float:
    """The most memory that this process has held at any time, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def of_product(benefits: int, years: int, runs: int, path: Path) -> dict[str, float]:
    """Times the analysis and the workbook of the product, and leaves what the workbook holds for the plain side."""
    from bizcase.appraisal.analysis import analyse
    from bizcase.case import open_case
    from bizcase.specification.given import given_figures
    from bizcase.specification.shape import load_shape
    from bizcase.workbook.write import write_workbook

    case = open_case(json.dumps(specification(benefits, years)), "case.json")
    project, analysis = case.project, case.analysis
    assert project is not None, [finding.message for finding in case.errors]
    assert analysis is not None
    given = given_figures(project, load_shape())
    found = {"before": peak(), "analyse": timed(lambda: analyse(project.inputs, project.parameters), runs),
             "analyse_peak": peak(), "write": timed(lambda: write_workbook(project, analysis, given), runs), "write_peak": peak()}
    path.write_bytes(pickle.dumps(contents(write_workbook(project, analysis, given).content)))
    return found


def contents(workbook: bytes) -> Plain:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook))
    sheets = [(sheet.title,
               [(cell.row, cell.column, cell.value, cell.data_type, cell.style, cell.number_format)
                for row in sheet.iter_rows() for cell in row if cell.has_style or cell.value is not None],
               {letter: column.width for letter, column in sheet.column_dimensions.items()},
               {number: row.height for number, row in sheet.row_dimensions.items() if row.height})
              for sheet in book.worksheets]
    return Plain(sheets, [(name, found.attr_text, bool(found.hidden)) for name, found in book.defined_names.items()])


def of_plain(runs: int, path: Path) -> dict[str, float]:
    """Times plain openpyxl as it writes the same cells."""
    found: Plain = pickle.loads(path.read_bytes())
    before = peak()
    return {"before": before, "plain": timed(lambda: write_plainly(found), runs), "plain_peak": peak(), "cells": found.cells,
            "formulas": sum(cell[3] == "f" for _, cells, *_ in found.sheets for cell in cells)}


def write_plainly(found: Plain) -> bytes:
    """A new workbook with these cells in the product's named styles: no checks, no recalculation, no charts."""
    from openpyxl import Workbook
    from openpyxl.workbook.defined_name import DefinedName

    from bizcase.workbook.style import add_styles

    book = Workbook()
    book.remove(book.worksheets[0])
    add_styles(book)
    for title, cells, widths, heights in found.sheets:
        sheet = book.create_sheet(title)
        for letter, width in widths.items():
            sheet.column_dimensions[letter].width = width
        for row, height in heights.items():
            sheet.row_dimensions[row].height = height
        for row, column, value, data_type, style, number_format in cells:
            cell: Any = sheet.cell(row, column)
            cell.style = style
            if value is not None:
                cell.value = value
                cell.data_type = data_type
            if number_format != "General":
                cell.number_format = number_format
    for name, text, hidden in found.names:
        book.defined_names[name] = DefinedName(name, attr_text=text, hidden=hidden)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def child(*words: str) -> dict[str, float]:
    """Runs one side in a process of its own."""
    done = subprocess.run([sys.executable, __file__, "--child", *words], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measured(sizes: list[tuple[int, int]], runs: int) -> Iterator[tuple[int, int, dict[str, float]]]:
    with tempfile.TemporaryDirectory() as folder:
        for benefits, years in sizes:
            path = str(Path(folder) / "plain")
            product = child("product", str(benefits), str(years), str(runs), path)
            plain = child("plain", str(benefits), str(years), str(runs), path)
            yield benefits, years, {**plain, **product}


def report(rows: list[tuple[int, int, dict[str, float]]], runs: int) -> Iterator[str]:
    """The tables, in Markdown."""
    yield f"Medians of {runs} runs; Python {platform.python_version()}; memory is the highest resident size of a process."
    yield ""
    yield ("| benefits x years | cells | formulas | analyse, ms | workbook, ms | plain openpyxl, ms | workbook / plain "
           "| analyse, MB | workbook, MB | plain, MB |")
    yield "|" + "---|" * 10
    for benefits, years, found in rows:
        yield (f"| {benefits} x {years} | {found['cells']:,.0f} | {found['formulas']:,.0f} | {found['analyse'] * 1000:,.0f} "
               f"| {found['write'] * 1000:,.0f} | {found['plain'] * 1000:,.0f} | {found['write'] / found['plain']:.1f} "
               f"| {found['analyse_peak']:.0f} | {found['write_peak']:.0f} | {found['plain_peak']:.0f} |")
    yield ""
    yield ("| from | to | benefits x years grow | cells grow | analyse grows | workbook grows | plain grows "
           "| workbook, power of cells |")
    yield "|" + "---|" * 8
    for (b1, y1, first), (b2, y2, second) in pairwise(rows):
        by = {name: second[name] / first[name] for name in ("cells", "analyse", "write", "plain")}
        yield (f"| {b1} x {y1} | {b2} x {y2} | {b2 * y2 / (b1 * y1):.1f} | {by['cells']:.1f} | {by['analyse']:.1f} "
               f"| {by['write']:.1f} | {by['plain']:.1f} | {math.log(by['write']) / math.log(by['cells']):.2f} |")
    yield ""
    yield "| benefits x years | analyse, ms each | workbook, ms each | plain, ms each | workbook, ms per 1,000 cells |"
    yield "|" + "---|" * 5
    for benefits, years, found in rows:
        each = benefits * years / 1000
        yield (f"| {benefits} x {years} | {found['analyse'] / each:.2f} | {found['write'] / each:.2f} "
               f"| {found['plain'] / each:.2f} | {found['write'] / found['cells'] * 1e6:.0f} |")


def size(text: str) -> tuple[int, int]:
    benefits, years = text.split("x")
    return int(benefits), int(years)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often each is timed")
    parser.add_argument("--sizes", type=size, nargs="+", default=list(SIZES), help="benefits x years, such as 5x5 20x10")
    parser.add_argument("--child", nargs=5, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        side, benefits, years, runs, path = given.child
        found = (of_product(int(benefits), int(years), int(runs), Path(path)) if side == "product"
                 else of_plain(int(runs), Path(path)))
        print(json.dumps(found))
    else:
        for line in report(list(measured(given.sizes, given.runs)), given.runs):
            print(line)


if __name__ == "__main__":
    main()
