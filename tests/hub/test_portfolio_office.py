"""The portfolio as LibreOffice works it out, beside the submissions' own workbooks: two programs, one answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bizcase.hub.comparing.ranking import ranked
from bizcase.hub.portfolio.rows import FLOWS, numbers_of
from bizcase.hub.portfolio.workbook import portfolio_workbook
from tests.building import built_sample
from tests.hub.making import sample_entry
from tests.hub.test_portfolio import SAMPLES, edited, typed
from tests.workbook.recalculating import Sheets, bare, worked_out

ALIKE = ("breast-transformation", "remote-monitoring-as-submitted")
"""The samples in prices of one year: they alone are added up."""


def column(sheets: Sheets, sheet: str, head: int, title: str) -> list[str]:
    lines = sheets.texts[sheet]
    place = lines[head - 1].index(title)
    return [line[place] for line in lines[head:] if line and line[0]]


def labelled(sheets: Sheets, sheet: str, label: str, place: int = 1) -> str:
    return next(line[place] for line in sheets.texts[sheet] if label in line[:1])


@pytest.mark.needs("soffice")
def test_the_portfolio_is_what_the_submissions_own_workbooks_add_up_to_and_follows_what_is_typed(tmp_path: Path) -> None:
    entries = [sample_entry(name) for name in SAMPLES]
    content = portfolio_workbook(entries)
    cells, weights = typed()
    files = {f"own{number}": bare(built_sample(name).workbook) for number, name in enumerate(SAMPLES)}
    found = worked_out({**files, "all": bare(content), "typed": bare(edited(content, cells))}, tmp_path)
    assert found["all"].errors == found["typed"].errors == []
    own = {name: found[f"own{number}"] for number, name in enumerate(SAMPLES)}

    def added(figure: str) -> float:
        places = [(own[name], sample_entry(name).numbers[figure]) for name in ALIKE if figure in sample_entry(name).numbers]
        assert places, figure
        return sum(float(sheets.text(number.sheet, number.cell)) for sheets, number in places)

    assert float(labelled(found["all"], "Summary", "Net present social value (NPSV)")) == pytest.approx(added("npsv"))
    assert float(labelled(found["all"], "Summary", "Amount asked for")) == pytest.approx(added("summary.ask"))
    years = found["all"].texts["By year"][3]
    for flow, label in FLOWS.items():
        assert float(labelled(found["all"], "By year", label, 2)) == pytest.approx(added(f"total.{flow}"))
        for year in ("2018/19", "2020/21", "2022/23"):
            shown = float(labelled(found["all"], "By year", label, years.index(year)))
            assert shown == pytest.approx(added(f"flow.{flow}.{year}"))
    _shows_each_number(found["all"], own)
    _is_ranked(found["all"], [each.entry.title for each in ranked(entries)])
    marks = {SAMPLES[0]: 5.0, SAMPLES[2]: 2.0}
    _is_ranked(found["typed"], [each.entry.title for each in ranked(entries, weights, {f"{name}.yaml": mark for name, mark
                                                                                      in marks.items()})])
    flags = dict(zip(column(found["typed"], "Decisions", 6, "Submission"), column(found["typed"], "Decisions", 6, "Flag"),
                     strict=True))
    assert list(flags.values()) == ["endorsed without resource", "endorsed and resourced", "–"]


def _shows_each_number(portfolio: Sheets, own: dict[str, Sheets]) -> None:
    """Every number on Figures is what LibreOffice makes of the cell that it names, and the comparison shows it."""
    values = {(title, figure): value for title, figure, value in zip(
        *(column(portfolio, "Figures", 4, title) for title in ("Submission", "Id", "Value")), strict=True)}
    seen = 0
    for name, sheets in own.items():
        entry = sample_entry(name)
        for figure, number in numbers_of(entry).items():
            if number.sheet and number.status != "counted":
                text, shown = sheets.text(number.sheet, number.cell), values[entry.title, figure]
                assert shown == text if number.value is None else float(shown) == pytest.approx(float(text)), (name, figure)
                seen += 1
    assert seen > 100
    npsv = [float(text) for text in column(portfolio, "Comparison", 4, "NPSV")]
    assert npsv == pytest.approx([float(sheets.text(number.sheet, number.cell)) for name, sheets in own.items()
                                  for number in [sample_entry(name).numbers["npsv"]]])


def _is_ranked(portfolio: Sheets, titles: list[str]) -> None:
    assert [line[1] for line in portfolio.texts["Ranking"][9:] if line[0]] == titles
