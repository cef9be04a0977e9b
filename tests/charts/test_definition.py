"""What charts show: Figures alone, in words too, and nothing where there is nothing."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.figure import Figure, Unit, figure
from bizcase.appraisal.inputs import Benefit, BenefitClass, Cost, Funding, Range, Status, Step
from bizcase.charts import look
from bizcase.charts.definition import Chart, Kind, charts_of
from bizcase.charts.look import Look, stacked, tint
from bizcase.charts.words import LONGEST_NAME, above_zero, highest, listed, lowest, shortened
from tests.appraisal.making import FIRST_YEAR, analysed, benefit, cost, funding
from tests.building import built_sample
from tests.charts.making import NAMES, by_id, by_name, full_case
from tests.conftest import sample_case, sample_names


def sample_analysis(name: str) -> Analysis:
    found = sample_case(name).analysis
    assert found is not None
    return found


@pytest.mark.parametrize("name", sample_names())
def test_every_number_that_is_plotted_is_a_figure_on_the_sheet_that_is_named(name: str) -> None:
    analysis, cells = sample_analysis(name), built_sample(name).cells
    known, charts = by_id(analysis), charts_of(analysis)
    assert len(charts) >= 6
    for chart in charts:
        assert chart.series, chart.name
        for series in chart.series:
            assert len(series.figures) == len(chart.categories), (chart.name, series.label)
        for figure_id in (*chart.figures, *chart.names):
            assert known[figure_id].value is not None, figure_id
            assert cells[figure_id][0] == chart.sheet, figure_id


def test_a_case_with_everything_has_every_chart_in_reading_order_and_the_simulation_is_not_for_the_bid() -> None:
    charts = charts_of(full_case())
    assert tuple(chart.name for chart in charts) == NAMES
    assert [chart.name for chart in charts if not chart.in_bid] == ["simulation"]
    assert charts_of(full_case(), by_id(full_case())) == charts


RECURRENT = cost(0, 10, 10, recurrent=True, payer="F1")
BARE: dict[str, tuple[tuple[Cost | Benefit | Funding, ...], tuple[Step, ...], set[str]]] = {
    "nothing": ((), (), set()),
    "a cost": ((cost(100),), (), {"cash_flow", "cumulative", "tornado"}),
    "a cost of nothing": ((cost(0),), (), set()),
    "a benefit": ((benefit(100),), (), {"cash_flow", "cumulative", "classes", "tornado"}),
    "a benefit that is not put in pounds": ((benefit(0, kind=BenefitClass.UB),), (), set()),
    "a source of money": ((funding(100, kind="host"),), (), {"funding"}),
    "a grant that lasts": ((RECURRENT, funding(1, 1, 1)), (), {"cash_flow", "cumulative", "tornado", "funding"}),
    "a grant that ends": ((RECURRENT, funding(1)), (), {"cash_flow", "cumulative", "tornado", "funding", "cliff"}),
    "money that ends": ((RECURRENT, funding(1, kind="host")), (), {"cash_flow", "cumulative", "tornado", "funding"}),
    "a step": ((), (Step("X1", "Eastfield", 4, FIRST_YEAR, ()),), {"adoption"}),
    "a step without a start": ((), (Step("X1", "Eastfield", 4, None, ()),), set()),
    "a range": ((cost(100, spread=Range(0.9, 1.2)),), (), {"cash_flow", "cumulative", "tornado", "simulation"}),
}


@pytest.mark.parametrize("bare", BARE)
def test_a_chart_with_nothing_to_draw_does_not_exist(bare: str) -> None:
    rows, steps, wanted = BARE[bare]
    assert {chart.name for chart in charts_of(analysed(*rows, years=2, steps=steps))} == wanted


def test_a_class_without_benefits_has_no_series() -> None:
    chart = by_name(analysed(benefit(100), benefit(5, name="B2", kind=BenefitClass.SB)))["classes"]
    assert [series.label for series in chart.series] == ["Cash-releasing (CRB)", "Societal (SB)"]


def test_what_each_chart_shows_is_said_in_words_by_hand() -> None:
    # net −250,000, then 140,000 (200,000 − 60,000), then 190,000 and 140,000: back to zero 1 + 110 ÷ 190 years after year 0
    charts = by_name(full_case())
    flagged = " Some of the figures are illustrative."
    assert charts["cash_flow"].alt == (
        "Columns by year: costs are highest in 2026/27 at £250,000, benefits highest in 2028/29 at £250,000. The net benefit is "
        "−£250,000 in 2026/27 and £140,000 in 2029/30." + flagged)
    assert charts["cumulative"].caption == "Cumulative net benefit. Payback: 1.6 years after year 0; discounted: 1.6 years"
    assert charts["cumulative"].alt.startswith(
        "Cumulative net benefit by year: lowest in 2026/27 at −£250,000; above zero from 2028/29; £220,000 in 2029/30. Disc")
    assert charts["classes"].alt == ("Stacked columns by year. Benefits of all years together: cash-releasing £600,000 and "
                                     "non-cash-releasing £50,000." + flagged)
    assert charts["funding"].alt == (
        "Stacked columns by year, with a line for the cost to be met. Of all years together: Source F1 £310,000 and Source F2 "
        "£50,000; cost to be met £430,000, not funded £70,000.")
    assert charts["cliff"].alt == (
        "Stacked columns by year. The grants end in 2027/28; of the £120,000 of recurrent cost after that, confirmed funding "
        "pays £0, funding not yet confirmed would pay £50,000, and nobody pays £70,000.")
    assert charts["adoption"].alt == (
        "Stacked columns by year. Sites that have joined beside the pilot's own: 0 in 2026/27 and 4 in 2029/30, of which "
        "Eastfield 4.")
    assert charts["tornado"].alt.startswith(
        "Bars to either side of zero, the longest first. The NPSV moves most with B1 Gain B1: effect (")
    assert "of draws are above zero; the middle nine tenths lie between" in charts["simulation"].alt


def test_a_case_that_never_pays_back_says_so() -> None:
    chart = by_name(analysed(cost(100), benefit(0, 10), years=1))["cumulative"]
    assert chart.caption == "Cumulative net benefit. Payback: not within the years appraised"
    assert "−£90 in 2027/28; " not in chart.alt
    assert "not above zero in 2027/28" in chart.alt


@pytest.mark.parametrize("name", sample_names())
def test_every_number_in_the_words_of_a_chart_is_printed_as_its_figure(name: str) -> None:
    analysis = sample_analysis(name)
    texts = {found.text for found in by_id(analysis).values()}
    seen = 0
    for chart in charts_of(analysis):
        for number in re.findall(r"−?£\d{1,3}(?:,\d{3})*(?:\.\d+)?|[\d.]+ years|[\d.]+%", f"{chart.alt} {chart.caption}"):
            assert number in texts, (chart.name, number)
            seen += 1
        assert len(chart.alt) < 500, chart.name
    assert seen > 20


@pytest.mark.parametrize(("status", "told"), [
    (Status.KNOWN, ""), (Status.ESTIMATE, ""), (Status.ILLUSTRATIVE, "illustrative"), (Status.DISPUTED, "disputed")])
def test_who_must_not_rely_on_a_chart_is_told(status: Status, told: str) -> None:
    chart = by_name(analysed(cost(100, status=status), benefit(0, 300, status=Status.KNOWN)))["cash_flow"]
    assert chart.status is status
    assert chart.alt.endswith(f"Some of the figures are {told}.") == bool(told)
    assert ("Some of the figures" in chart.alt) == bool(told)


def test_money_that_is_not_confirmed_is_named_so_and_hatched() -> None:
    first, second, need = by_name(full_case())["funding"].series
    assert (first.label, second.label, need.label) == ("Source F1", "Source F2 (not confirmed)", "Cost to be met")
    assert (bool(first.look.pattern), bool(second.look.pattern)) == (False, True)
    assert need.as_line


def test_titles_hold_whatever_is_typed_and_fit_on_a_line() -> None:
    there, elsewhere = by_name(full_case()), by_name(sample_analysis("remote-monitoring"))
    assert len(there) == len(elsewhere) == len(NAMES)
    for name, chart in there.items():
        assert chart.title == elsewhere[name].title
        assert len(chart.title) <= 50, chart.title


def luminance(colour: str) -> float:
    """Relative luminance, as the accessibility guidelines (WCAG 2.2) define it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def looks_of(chart: Chart, *, as_line: bool) -> list[Look]:
    return [series.look for series in chart.series if series.as_line == as_line]


def test_every_colour_stands_out_from_the_page() -> None:
    colours = {series.look.colour for chart in charts_of(full_case()) for series in chart.series} | {look.INK}
    colours |= {stacked(position, hatched=hatched).colour for position in range(8) for hatched in (False, True)}
    assert len(colours) == 5
    for colour in colours:
        assert contrast(colour, "FFFFFF") >= 3, colour
    for position in range(4):
        hatched = stacked(position, hatched=True).colour
        assert contrast(hatched, tint(hatched)) >= 2, "hatching stands out from its own ground"


@pytest.mark.parametrize("name", NAMES)
def test_series_are_told_apart_without_their_colours(name: str) -> None:
    chart = by_name(sample_analysis("remote-monitoring"))[name]
    for one, other in combinations(looks_of(chart, as_line=True), 2):
        assert one.dash != other.dash
        assert one.marker != other.marker
    for one, other in pairwise(looks_of(chart, as_line=False)):
        assert one.pattern != other.pattern or contrast(one.colour, other.colour) >= 1.25, (one, other)
    assert len(set(looks_of(chart, as_line=False))) == len(looks_of(chart, as_line=False))


def test_sixteen_parts_of_a_stack_look_different() -> None:
    for hatched in (False, True):
        looks = [stacked(position, hatched=hatched) for position in range(16 if not hatched else 8)]
        assert len(set(looks)) == len(looks)
    assert not {stacked(place).pattern for place in range(16)} & {stacked(place, hatched=True).pattern for place in range(8)}


def row(*values: float) -> list[Figure]:
    return [figure(f"f{place}", "", value, Unit.POUNDS, Status.KNOWN) for place, value in enumerate(values)]


YEARS = ("2026/27", "2027/28", "2028/29")


@pytest.mark.parametrize(("values", "words"), [
    ((1, 2, 3), "above zero throughout"), ((0, 0, 0), "not above zero in 2028/29"), ((-1, 5, 5), "above zero from 2027/28"),
    ((-1, 5, -1), "not above zero in 2028/29"), ((5, -1, 2), "above zero from 2028/29"),
    ((-1, 0.001, 2), "above zero from 2028/29"),
])
def test_from_when_a_running_total_is_above_zero(values: tuple[float, ...], words: str) -> None:
    assert above_zero(row(*values), YEARS) == words


def test_the_highest_and_lowest_of_a_row_are_named_with_their_year() -> None:
    assert highest(row(1, 900, 3), YEARS) == "highest in 2027/28 at £900"
    assert lowest(row(1, 900, -300), YEARS) == "lowest in 2028/29 at −£300"
    assert highest(row(0, 0, 0), YEARS) == "nothing in any year"


def test_lists_are_read_out_and_long_ones_end_with_a_count() -> None:
    assert [listed(list("abcde"[:count])) for count in (0, 1, 2, 4, 5)] == [
        "", "a", "a and b", "a, b, c and d", "a, b, c and 2 others"]


@pytest.mark.parametrize(("text", "wanted"), [
    ("Short\n name", "Short name"), ("word " * 20, "word word word word word word word word word word word …"),
    ("x" * 90, "x" * 54 + " …"),
    ("B1 " + "very " * 20 + "long: take up", "B1 very very very very very very very very …: take up"),
    ("a: " + "b" * 80, "a …"),
])
def test_a_name_beside_an_axis_keeps_its_beginning_and_its_last_words(text: str, wanted: str) -> None:
    assert shortened(text) == wanted
    assert len(wanted) <= LONGEST_NAME


def test_a_picture_grows_with_what_it_names() -> None:
    few = by_name(analysed(cost(100), funding(50, kind="host")))
    many = by_name(analysed(cost(100), *(funding(10, name=f"F{number}", kind="host") for number in range(9))))
    assert few["funding"].height < many["funding"].height
    assert few["tornado"].height == 5.2
    assert by_name(sample_analysis("remote-monitoring"))["tornado"].height == 7.5
    assert {chart.kind for chart in by_name(full_case()).values()} == set(Kind)
