"""The months after launch at which benefits are measured (manual §5.4)."""

from __future__ import annotations

import pytest

from bizcase.appraisal.measurement import measurement_months


def test_benefits_are_measured_6_monthly_in_year_1_and_yearly_to_year_5_by_default() -> None:
    assert measurement_months({}) == [6, 12, 24, 36, 48, 60]


@pytest.mark.parametrize(("schedule", "months"), [
    ({"year1_months": 6, "later_months": 12, "end_year": 5}, [6, 12, 24, 36, 48, 60]),
    ({"year1_months": 3, "later_months": 6, "end_year": 2}, [3, 6, 9, 12, 18, 24]),
    ({"year1_months": 12, "end_year": 3}, [12, 24, 36]),
    ({"end_year": 1}, [6, 12]),
    ({"later_months": 24}, [6, 12, 36, 60]),
    ({"year1_months": 0}, [24, 36, 48, 60]),
    ({"later_months": 0}, [6, 12]),
    ({"start": "2027-07-01"}, [6, 12, 24, 36, 48, 60]),
])
def test_a_schedule_changes_what_it_names_and_leaves_the_rest(schedule: dict[str, object], months: list[int]) -> None:
    assert measurement_months(schedule) == months


def test_a_target_of_its_own_is_measured_in_its_month_too() -> None:
    assert measurement_months({}, also=[18, 12, 3]) == [3, 6, 12, 18, 24, 36, 48, 60]
