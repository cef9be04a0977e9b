"""When benefits are measured: by default 6-monthly in year 1 and yearly to year 5 (manual §5.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

DEFAULT_SCHEDULE = {"year1_months": 6, "later_months": 12, "end_year": 5}


def measurement_months(schedule: Mapping[str, object], also: Iterable[int] = ()) -> list[int]:
    """The months after launch at which a benefit is measured: 6, 12, 24, 36, 48, 60 unless the schedule differs.

    `also` are months for which the benefit has a target of its own. An interval of 0 months means no measurement then.
    """
    settings = {**DEFAULT_SCHEDULE, **{key: value for key, value in schedule.items() if isinstance(value, int)}}
    first, later, last = settings["year1_months"], settings["later_months"], 12 * settings["end_year"]
    in_year_1 = range(first, 13, first) if first > 0 else ()
    in_later_years = range(12 + later, last + 1, later) if later > 0 else ()
    return sorted({*in_year_1, *in_later_years, *also})
