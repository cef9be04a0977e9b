"""What people type for numbers and days is read where it can mean one thing, and refused where it can mean two."""

from __future__ import annotations

from datetime import date

import pytest

from bizcase.hub.years.typed import day_of, number_of

DAYS = ["2026-10-03", "3/10/2026", "03.10.2026", "3-10-26", "3 Oct 2026", "3rd October 2026", " 3  oct  2026 ", "03-Oct-26",
        "2026-10-03 00:00:00", "3/10/2026 00:00"]


@pytest.mark.parametrize("text", DAYS)
def test_one_day_is_read_however_it_is_written(text: str) -> None:
    assert day_of(text) == date(2026, 10, 3)


@pytest.mark.parametrize("text", ["", "soon", "10/13/2026", "31 Feb 2026", "2026-13-01", "Oct 2026", "3 Okt 2026", "2026",
                                  "0/1/2026", "3/10/2026 and later", "99999999999999999999-01-01",
                                  "0202-03-01", "9999-12-31"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        day_of(text)


@pytest.mark.parametrize(("text", "unit", "beside", "number"), [
    ("1,200", "visits a year", (1300.0,), 1200), ("1,234,567.5", "people", (), 1_234_567.5), ("40", "points", (), 40),
    ("12%", "%", (30.0, 20.0), 12), ("12 %", "per cent of patients", (30.0,), 12), ("12%", "share of patients", (0.3, 0.2), 0.12),
    ("12 per cent", "share of patients", (0.3,), 0.12), ("£12k", "£ a year", (), 12_000), ("£1.5m", "pounds", (), 1_500_000),
    ("50 days", "days a person", (46.0,), 50),
    ("1 day", "days a person", (46.0,), 1), ("−3", "points", (), -3), ("-3.5", "points", (), -3.5), ("+4", "", (), 4),
    ("0.125", "", (), 0.125), ("12k", "visits", (), 12_000),
])
def test_a_number_with_a_sign_that_fits_is_read(text: str, unit: str, beside: tuple[float, ...], number: float) -> None:
    assert number_of(text, unit, beside) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(("text", "unit", "beside"), [
    ("about 40", "points", ()), ("n/a", "points", ()), ("40-50", "points", ()), ("12%", "points", (31.0, 34.0)), ("12%", "", ()),
    ("12%", "%", (0.3, 0.2)), ("£12k", "visits", ()), ("1.200", "visits", ()), ("12,5", "visits", ()), ("50 weeks", "days", ()),
    ("", "", ()), ("1,20", "", ()), ("3 of 12", "patients", ()), ("9" * 400, "", ()), ("(5)", "", ()), ("٣", "", ()),
    ("12m", "months", ()), ("50 d", "days", ()), ("12 !", "", ()), ("0.00000000000001", "", ()),
])
def test_what_can_mean_two_things_or_none_is_refused(text: str, unit: str, beside: tuple[float, ...]) -> None:
    with pytest.raises(ValueError):
        number_of(text, unit, beside)
