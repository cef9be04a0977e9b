"""One answer in one cell: written and read back without loss, and read as people type."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bizcase.appraisal.financial_year import write_year
from bizcase.hub.form.answers import Answer, NoAnswer, Unread
from bizcase.hub.form.cells import from_cell, to_cell
from bizcase.specification.characters import UNHOLDABLE
from bizcase.specification.shape import Field, load_shape
from bizcase.specification.source import read
from bizcase.specification.values import faults_of
from bizcase.specification.walk import fields_with_values
from tests.conftest import SAMPLES, sample_names

SHAPE = load_shape()
KNOWN = {
    "resources.funding": {"F1": "Tamarisk Innovation Fund", "F2": "Host trust", "F3": "Host trust"},
    "stakeholders.map": {"S1": "People on chemotherapy", "S2": "Citizens' panel", "S3": "Nurses and doctors"},
}


def field(path: str) -> Field:
    found = SHAPE.find(path)
    assert isinstance(found, Field)
    return found


def value_of(typed: Any, path: str, look: str = "General") -> Any:
    """The value that is read without any guess."""
    reading = from_cell(typed, field(path), KNOWN, look)
    assert isinstance(reading, Answer), reading
    assert (reading.note, reading.left) == ("", ""), reading
    return reading.value


def same(given: Any, back: Any) -> bool:
    """Equal in value and kind; a text with or without the line end of a YAML block is one text."""
    if isinstance(given, str) and isinstance(back, str):
        return given.removesuffix("\n") == back.removesuffix("\n")
    return bool(given == back) and isinstance(given, bool) == isinstance(back, bool)


@pytest.mark.parametrize("name", sample_names())
def test_every_value_of_every_sample_goes_through_a_cell_without_loss(name: str) -> None:
    data = read((SAMPLES / f"{name}.yaml").read_text("utf-8"), name)[0].data
    seen = in_brackets = 0
    for _, asked, value in fields_with_values(data, SHAPE):
        if not asked.fields:
            cell = to_cell(value, asked)
            reading = from_cell(cell, asked)
            assert isinstance(reading, Answer) and same(value, reading.value), (asked.path, value, cell, reading)
            assert not reading.left, (asked.path, cell)
            seen += 1
            in_brackets += isinstance(cell, str) and cell[:1] in "[{"
    assert seen > 400
    assert in_brackets == 0, "what a person reads on a form is not YAML"


def test_every_example_of_the_schema_goes_through_a_cell_as_a_person_would_write_it() -> None:
    cells = {
        asked.path: to_cell(asked.example, asked) for asked in SHAPE.walk() if not asked.fields and asked.example is not None
    }
    assert len(cells) > 500
    assert [path for path, cell in cells.items() if isinstance(cell, str) and cell[:1] in "[{"] == ["evidence.items[].value"], (
        "27.5 with the unit % would be read as 0.275"
    )


TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(
    lambda text: bool(text.strip()) and not UNHOLDABLE.search(text) and not set(text) & set("\r\x85\u2028\u2029")
)
ODD_TEXT = st.sampled_from(
    [
        "n/a",
        "tbc",
        "-",
        "?",
        "yes",
        "[a]",
        '["a"]',
        "{a: b}",
        "#REF!",
        "=1+1",
        " x",
        "x ",
        "a\nb",
        "a\n\nb\n",
        "_x000D_",
        "_x0041_",
        "0.30",
        "1,200",
        "a; b",
        "a, b",
        "- a",
        "1. a",
        "true",
        "2026/27",
        "“q”",
        "a\u00a0",
        "\ufeffa",
        "soft\u00adhyphen",
        "x" * 300,
    ]
)
NUMBER = st.one_of(st.integers(-(10**12), 10**12), st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: value + 0.0))
AMOUNT = st.one_of(st.integers(0, 10**12), st.floats(0, 1e12, allow_nan=False))
SHARE = st.one_of(st.floats(0, 1), st.sampled_from([0, 1, 0.3, 0.125]))
YEAR = st.integers(2000, 2149).map(write_year)


@st.composite
def money(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["by year", "once", "per year"]))
    if kind == "once":
        return {"once": draw(AMOUNT), "in": draw(YEAR)}
    if kind == "by year":
        return draw(st.dictionaries(YEAR, AMOUNT, min_size=1, max_size=4))
    found: dict[str, Any] = {"per_year": draw(AMOUNT)}
    for name in ("from", "to"):
        if draw(st.booleans()):
            found[name] = draw(YEAR)
    if draw(st.booleans()):
        found["ramp"] = draw(st.lists(SHARE, min_size=1, max_size=4))
    return found


@st.composite
def quantities(draw: st.DrawFn) -> Any:
    if draw(st.booleans()):
        return draw(NUMBER)
    found: dict[str, Any] = {"value": draw(NUMBER)}
    some = {
        "unit": st.one_of(TEXT, ODD_TEXT),
        "status": st.sampled_from(["known", "estimate", "illustrative", "disputed"]),
        "source": st.one_of(TEXT, ODD_TEXT),
        "low": NUMBER,
        "high": NUMBER,
    }
    for name in draw(st.lists(st.sampled_from(list(some)), unique=True)):
        found[name] = draw(some[name])
    return found


def values_for(asked: Field) -> st.SearchStrategy[Any]:
    kind = asked.item_type if asked.type == "list" else asked.type
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "string": st.one_of(TEXT, ODD_TEXT),
        "text": st.one_of(TEXT, ODD_TEXT),
        "boolean": st.booleans(),
        "number": NUMBER,
        "integer": st.integers(-(10**9), 10**9),
        "date": st.dates(date(1901, 1, 1), date(2199, 12, 31)).map(str),
        "year": YEAR,
        "money": money(),
        "quantity": quantities(),
        "identifier": st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,19}", fullmatch=True),
    }
    one = st.sampled_from(asked.allowed) if asked.allowed else kinds[kind]
    return st.lists(one, min_size=1, max_size=4) if asked.type == "list" else one


KINDS = list(
    {
        (asked.type, asked.item_type, bool(asked.allowed), bool(asked.refers_to), asked.maximum == 1): asked
        for asked in SHAPE.walk()
        if not asked.fields
    }.values()
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(KINDS).flatmap(lambda asked: st.tuples(st.just(asked), values_for(asked))))
def test_no_sound_value_is_lost_on_its_way_through_a_cell(found: tuple[Field, Any]) -> None:
    asked, value = found
    cell = to_cell(value, asked)
    reading = from_cell(cell, asked)
    assert isinstance(reading, Answer), (asked.path, cell, reading)
    assert same(value, reading.value), (asked.path, cell, reading)
    if isinstance(value, dict):
        assert list(value) == list(reading.value) or asked.type == "quantity", "years keep their order"
    assert not reading.left


def test_the_kinds_of_fields_are_all_tried() -> None:
    assert {asked.type for asked in KINDS} == {asked.type for asked in SHAPE.walk() if not asked.fields}
    assert len(KINDS) > 15


POPULATION, ASK, AMOUNT_OF_COST = "problem.population.size", "summary.ask", "resources.costs[].amount"
EFFECT, PRICE_YEAR, DAY = "benefits.register[].value.effect", "resources.costs[].price_year", "document.date"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (0.3, 0.3),
        ("0.3", 0.3),
        ("30%", 0.3),
        ("30 per cent", 0.3),
        ("1,200", 1200),
        ("1 200", 1200),
        ("1.2 million", 1_200_000),
        ("12k people", {"value": 12_000, "unit": "people"}),
        (12.0, 12),
        ("about 40", {"value": 40, "status": "estimate"}),
        ("c. 40", {"value": 40, "status": "estimate"}),
        ("~40", {"value": 40, "status": "estimate"}),
        (
            "30% (estimate; low 20%; high 40%; source: audit 2025)",
            {"value": 0.3, "status": "estimate", "low": 0.2, "high": 0.4, "source": "audit 2025"},
        ),
        (
            "380 people a year (illustrative; source: register; pages 3 (and 4))",
            {"value": 380, "unit": "people a year", "status": "illustrative", "source": "register; pages 3 (and 4)"},
        ),
        ("40, estimate", {"value": 40, "status": "estimate"}),
        ("40 (8 to 50)", {"value": 40, "low": 8, "high": 50}),
        ("−5%", -0.05),
        ("nil", 0),
        ("{value: 0.3, status: known}", {"value": 0.3, "status": "known"}),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: Any, value: Any) -> None:
    assert value_of(typed, POPULATION) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("£12k", 12_000),
        ("£248,000", 248_000),
        ("£0.6m", 600_000),
        ("GBP 24k", 24_000),
        ("£598,000 (estimate)", {"value": 598_000, "status": "estimate"}),
    ],
)
def test_pounds_are_read_as_people_write_them(typed: Any, value: Any) -> None:
    assert value_of(typed, ASK) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("24,000 in 2026/27; 5,000 in 2027/28", {"2026/27": 24_000, "2027/28": 5_000}),
        ("2026/27: 24000", {"2026/27": 24_000}),
        ("£24k (26/27), £5k (27/28)", {"2026/27": 24_000, "2027/28": 5_000}),
        ("2026-27: £12k\n2027-28: £13k", {"2026/27": 12_000, "2027/28": 13_000}),
        ("£24,000 in 2026/27 and £5,000 in 2027/28", {"2026/27": 24_000, "2027/28": 5_000}),
        ("FY26/27 £12k", {"2026/27": 12_000}),
        ("56,000 a year from 2026/27 to 2029/30", {"per_year": 56_000, "from": "2026/27", "to": "2029/30"}),
        ("£12k p.a. from 26/27", {"per_year": 12_000, "from": "2026/27"}),
        ("£12k a year", {"per_year": 12_000}),
        ("£12k/year", {"per_year": 12_000}),
        ("2026/27 to 2029/30: 56,000 a year", {"per_year": 56_000, "from": "2026/27", "to": "2029/30"}),
        ("56,000 a year from 2026/27, ramp 50%, 75%, 100%", {"per_year": 56_000, "from": "2026/27", "ramp": [0.5, 0.75, 1]}),
        ("12,000 once in 2026/27", {"once": 12_000, "in": "2026/27"}),
        ("one-off £12k in 2026/27", {"once": 12_000, "in": "2026/27"}),
    ],
)
def test_money_by_year_is_read_as_people_write_it(typed: str, value: Any) -> None:
    assert value_of(typed, AMOUNT_OF_COST) == value


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("£12k", "£12k does not say in which year"),
        (12_000, "12,000 does not say in which year"),
        ("12,000 once", "“12,000 once” does not say in which year"),
        (
            "12,000 from 2026/27 to 2028/29",
            "“12,000 from 2026/27 to 2028/29” does not say whether it is the amount of each year or of all together",
        ),
        (
            "12,000 a year; 3,000 once in 2026/27",
            "“12,000 a year; 3,000 once in 2026/27” joins two kinds of amounts; give each a row of its own",
        ),
        ("5,000 in 2026/27; 6,000 in 2026/27", "“5,000 in 2026/27; 6,000 in 2026/27” gives 2026/27 twice"),
        ("ask finance", "“ask finance” is not an amount of money with its year"),
    ],
)
def test_an_amount_without_its_year_is_not_guessed(typed: Any, why: str) -> None:
    reading = from_cell(typed, field(AMOUNT_OF_COST))
    assert isinstance(reading, Unread)
    assert reading.message == why
    assert "12,000 a year from 2026/27 to 2029/30" in reading.hint


@pytest.mark.parametrize(
    "typed",
    [
        datetime(2026, 10, 3),
        date(2026, 10, 3),
        "3 Oct 2026",
        "3/10/2026",
        "03.10.26",
        "3-10-2026",
        "3rd October 2026",
        "Sat 3 October 2026",
        "October 3, 2026",
        "2026-10-03",
        "2026-10-03 00:00:00",
        " 3/10/2026\u00a0",
    ],
)
def test_days_are_read_as_people_write_them(typed: Any) -> None:
    assert value_of(typed, DAY) == "2026-10-03"


@pytest.mark.parametrize("typed", ["2026/27", "2026-27", "26/27", "FY26/27", "FY 2026–27", "2026/2027"])
def test_financial_years_are_read_as_people_write_them(typed: str) -> None:
    assert value_of(typed, PRICE_YEAR) == "2026/27"


@pytest.mark.parametrize(
    ("typed", "path", "value"),
    [
        (True, "resources.costs[].recurrent", True),
        ("Y", "resources.costs[].recurrent", True),
        ("✓", "resources.costs[].recurrent", True),
        ("No.", "resources.costs[].recurrent", False),
        ("FALSE", "resources.costs[].recurrent", False),
        (0, "resources.costs[].recurrent", False),
        ("Cash Releasing", "benefits.register[].class", "cash-releasing"),
        ("NCRB", "benefits.register[].class", "non-cash-releasing"),
        ("In-Kind", "resources.costs[].type", "in kind"),
        ("Patient", "stakeholders.map[].group", "patients"),
        ("I5", "evaluation.objectives_implementation[].code", "I5"),
        ("How the partners worked together", "evaluation.objectives_implementation[].code", "I4"),
        ("f1", "resources.costs[].payer", "F1"),
        ("Tamarisk innovation fund", "resources.costs[].payer", "F1"),
        ("F1 – Tamarisk Innovation Fund", "resources.costs[].payer", "F1"),
        ("S1, S2", "benefits.register[].beneficiaries", ["S1", "S2"]),
        ("S1 and s2", "benefits.register[].beneficiaries", ["S1", "S2"]),
        ("S1–S3", "benefits.register[].beneficiaries", ["S1", "S2", "S3"]),
        ("Nurses and doctors", "benefits.register[].beneficiaries", ["S3"]),
        ("Citizens’ panel; S1", "benefits.register[].beneficiaries", ["S2", "S1"]),
        ("Nurses; doctors, and others", "innovation.users", ["Nurses", "doctors, and others"]),
        ("• Nurses\n• doctors", "innovation.users", ["Nurses", "doctors"]),
        ("Nurses, doctors", "innovation.users", ["Nurses", "doctors"]),
        ("Technology and policy", "problem.triggers", ["technology", "policy"]),
        ("18 months", "timeline.pilot.months", 18),
        (18.0, "timeline.pilot.months", 18),
        ("none", "document.title", "none"),
        (2.1, "document.version", "2.1"),
        ("a_x000D_\nb\x07 \u00a0", "document.title", "a\nb"),
        ("_x0041_", "document.title", "_x0041_"),
    ],
)
def test_words_and_choices_are_read_as_people_write_them(typed: Any, path: str, value: Any) -> None:
    assert value_of(typed, path) == value


def test_the_format_of_a_cell_is_part_of_what_it_says() -> None:
    assert value_of(0.3, "document.version", "0%") == "30%"
    assert value_of(1200, "document.version", '"£"#,##0') == "£1,200"
    assert value_of(datetime(2026, 1, 1), "assumptions.sources[].date", "mmm\\-yy") == "January 2026"
    assert value_of(datetime(2026, 1, 1), "assumptions.sources[].date", "dd/mm/yyyy") == "1 January 2026"
    assert value_of(0.3, EFFECT, "0%") == 0.3


@pytest.mark.parametrize(
    ("typed", "path", "value", "note"),
    [
        ("revenu", "resources.costs[].type", "revenue", "“revenu” is taken as revenue"),
        ("46298", DAY, "2026-10-03", "the number 46298 is Excel's for 3 October 2026"),
        ("10/13/2026", DAY, "2026-10-13", "“10/13/2026” is taken as 13 October 2026, the month first"),
        (2026, PRICE_YEAR, "2026/27", "the year 2026 is taken as 2026/27"),
        (datetime(2011, 12, 1), PRICE_YEAR, "2011/12", "Excel made a date of 2011/12; it is taken as the year"),
        ("40 (2025 audit)", POPULATION, {"value": 40, "source": "2025 audit"}, "“2025 audit” is taken as the source"),
        ("5m", POPULATION, 5_000_000, "“5m” is taken as 5,000,000"),
        ("nil", AMOUNT_OF_COST, {"per_year": 0}, "nothing is taken as 0 a year"),
    ],
)
def test_a_guess_is_told(typed: Any, path: str, value: Any, note: str) -> None:
    assert from_cell(typed, field(path), KNOWN) == Answer(value, note)


@pytest.mark.parametrize(
    ("typed", "path", "value"),
    [
        ("Yes - from year 2", "resources.costs[].recurrent", True),
        ("Revenue (staff)", "resources.costs[].type", "revenue"),
        ("S1, Bob", "benefits.register[].beneficiaries", ["S1"]),
        ("18 months from launch", "timeline.pilot.months", 18),
        ("technology; foo", "problem.triggers", ["technology"]),
    ],
)
def test_what_has_no_place_beside_an_answer_is_left_over_and_told(typed: str, path: str, value: Any) -> None:
    reading = from_cell(typed, field(path), KNOWN)
    assert isinstance(reading, Answer)
    assert (reading.value, reading.left) == (value, typed)
    assert reading.note


@pytest.mark.parametrize(
    ("typed", "path", "message"),
    [
        ("20-30%", POPULATION, "“20-30%” is a range; one best figure is wanted"),
        ("lots", POPULATION, "“lots” is not a number"),
        ("40+", POPULATION, "“40+” is not a number"),
        ("0,3", POPULATION, "“0,3” is not a number"),
        (datetime(2026, 4, 3), POPULATION, "it holds 3 April 2026, which is not a number"),
        ("18m", "timeline.pilot.months", "“18m” could be months or millions"),
        ("1.5", "timeline.pilot.months", "it says 1.5; a whole number is wanted"),
        ("October 2026", DAY, "“October 2026” does not say which day"),
        ("31/2/2026", DAY, "“31/2/2026” is not a day of the calendar"),
        ("2026/28", PRICE_YEAR, "“2026/28” is not a financial year"),
        ("maybe", "resources.costs[].recurrent", "“maybe” is neither yes nor no"),
        ("kind", "resources.costs[].type", "“kind” is not one of the choices"),
        ("capital/revenue", "resources.costs[].type", "“capital/revenue” is not one of the choices"),
        (
            "host trust",
            "resources.costs[].payer",
            "“host trust” is not the id or the name of a row in resources.funding; the rows there are F1, F2 or F3",
        ),
        ("#REF!", "document.title", "it shows the error #REF!"),
    ],
)
def test_what_cannot_be_understood_is_told_with_what_to_write(typed: Any, path: str, message: str) -> None:
    reading = from_cell(typed, field(path), KNOWN)
    assert isinstance(reading, Unread), reading
    assert reading.message == message
    assert reading.hint


@pytest.mark.parametrize("typed", ["n/a", "N/A", "Not applicable", "-", "–", "tbc", "TBC", "?", "tba", "#N/A"])
@pytest.mark.parametrize(
    "path", [POPULATION, AMOUNT_OF_COST, DAY, "document.title", "summary.proposition", "resources.costs[].type"]
)
def test_words_for_no_answer_are_no_answer(typed: str, path: str) -> None:
    assert from_cell(typed, field(path), KNOWN) == NoAnswer(typed)


def test_a_choice_may_be_a_word_that_elsewhere_is_no_answer() -> None:
    assert value_of("not applicable", "evidence.standards[].status") == "not applicable"


@pytest.mark.parametrize("typed", [None, "", "  ", "\u00a0", "\n", "_x000D_"])
def test_an_empty_cell_says_nothing(typed: Any) -> None:
    assert from_cell(typed, field("document.title")) is None


def test_what_was_typed_as_a_sound_value_is_sound() -> None:
    """A value read from a cell passes the checks of the specification."""
    for typed, path in (
        ("£12k a year from 26/27", AMOUNT_OF_COST),
        ("3/10/26", DAY),
        ("26/27", PRICE_YEAR),
        ("30% (estimate)", POPULATION),
    ):
        assert list(faults_of(value_of(typed, path), field(path))) == []
