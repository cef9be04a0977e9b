"""A bid in another currency: the sign of its profile stands in the workbook, in figures and in messages, and £ nowhere."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bizcase.case import Built, Case, build, open_case
from bizcase.report.overview import overview
from bizcase.specification.profile import load_profile
from tests.specification.checking import valid_examples

QALY = "£ per QALY"
"""The unit of a value from guidance, which is in pounds wherever the bid is made."""


def text_of(name: str) -> str:
    return next(path for path in valid_examples() if path.stem == name).read_text("utf-8")


def case_in(currency: str, name: str, text: str = "") -> Case:
    return open_case(text or text_of(name), "bid.yaml", replace(load_profile(name), currency=currency))


@pytest.fixture(scope="module", params=["€", "US$"])
def currency(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def built(currency: str) -> Built:
    return build(case_in(currency, "five-case"), draft=True)


@pytest.fixture(scope="module")
def workbook(built: Built) -> Workbook:
    return load_workbook(io.BytesIO(built.workbook))


def test_no_cell_speaks_of_pounds(workbook: Workbook, currency: str) -> None:
    texts = [cell.value for sheet in workbook for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert sum(currency in text for text in texts) > 25
    assert [text for text in texts if ("£" in text or "pound" in text.lower()) and text != QALY] == []


def test_every_amount_has_a_format_with_the_sign(workbook: Workbook, built: Built, currency: str) -> None:
    formats = [cell.number_format for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert not any("£" in form for form in formats)
    assert sum(f'"{currency}"' in form for form in formats) > 300
    amounts = [figure for figure in built.figures.values() if figure.value is not None and figure.unit == "£"]
    assert len(amounts) > 50
    for figure in amounts:
        assert figure.text.removeprefix("−").startswith(currency), figure.id
        sheet, address = built.cells[figure.id]
        assert workbook[sheet][address].number_format.startswith(f'"{currency}"#,##0'), figure.id


def test_what_excel_refuses_is_told_in_the_currency(workbook: Workbook, currency: str) -> None:
    advice = {rule.error for sheet in workbook for rule in sheet.data_validations.dataValidation if rule.error}
    assert any(f"without {currency}," in text for text in advice)
    assert not any("£" in text for text in advice)


def test_the_same_bid_in_pounds_says_the_same_with_another_sign() -> None:
    in_pounds, in_euros = case_in("£", "ideas-den"), case_in("€", "ideas-den")
    assert str(overview(in_pounds)["npsv"]).replace("£", "€") == overview(in_euros)["npsv"]
    one, other = build(in_pounds), build(in_euros)
    for name, figure in one.figures.items():
        assert other.figures[name].value == figure.value
        assert other.figures[name].text == (figure.text.replace("£", "€") if figure.unit == "£" else figure.text)


def test_messages_about_sums_name_the_currency() -> None:
    text = text_of("ideas-den").replace("ask: 9000", "ask: 8000")
    [finding] = [found for found in case_in("CHF ", "ideas-den", text).findings if found.code == "E62"]
    assert finding.message == "the ask is CHF 8,000, but the grant rows under resources.funding make CHF 9,000"
