"""The weighted share of criteria that are met: what a hub ranks bids by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bizcase.case import open_case
from bizcase.completeness.assess import weighted
from bizcase.completeness.criterion import load_criteria
from bizcase.completeness.verdict import Degree, Verdict
from bizcase.errors import Severity
from bizcase.report.overview import overview
from bizcase.specification.profile import load_profile
from tests.completeness.spoiling import spoiled_text, with_value, without

CRITERIA = {criterion.code: criterion for criterion in load_criteria()}


def verdicts(**met: bool) -> tuple[Verdict, ...]:
    return tuple(Verdict(CRITERIA[code.replace("_", ".")], Severity.MAJOR, Degree.FULLY if is_met else Degree.ABSENT)
                 for code, is_met in met.items())


@pytest.mark.parametrize(("weights", "share"), [
    ({}, 2 / 3), ({"C09.1": 2}, 3 / 4), ({"C09.2": 2}, 2 / 4), ({"commissioner_plan": 3}, 4 / 7), ({"scale_up": 0}, 1 / 2),
    ({"commissioner_plan": 3, "C09.2": 0}, 1.0), ({"commissioner_plan": 0, "scale_up": 0}, None), ({"problem": 9}, 2 / 3),
])
def test_a_criterion_counts_what_its_code_says_else_its_section_else_one(weights: dict[str, float], share: float | None) -> None:
    assert weighted(verdicts(C09_1=True, C09_2=False, C18_1=True), weights) == (None if share is None else pytest.approx(share))


def test_no_criteria_have_no_share() -> None:
    assert weighted((), {"scale_up": 2}) is None


def test_the_share_is_told_where_a_profile_weighs_and_never_rounded_up() -> None:
    text = spoiled_text(without("inclusion.alternative_route"), with_value("readiness.capabilities", []))
    profile = load_profile("innovation-fund")
    case = open_case(text, "bid.yaml", profile)
    counted = {verdict.criterion.code: verdict for verdict in case.verdicts
               if (verdict.met or verdict.failed) and not verdict.criterion.sums}
    assert {code for code, verdict in counted.items() if verdict.to_tell} == {"C11.1", "C11.2", "C16.2"}
    assert counted.keys() >= {criterion.code for criterion in load_criteria() if criterion.when is None and not criterion.sums}
    assert "C11.4" not in counted, "without a capability there is no gap, so whether gaps are closed does not arise"
    met = f"{len(counted) - 3} of {len(counted)}"
    assert overview(case)["criteria_met"] == met
    heavy = replace(profile, weights={"scale_up": 1000})
    assert overview(open_case(text, "bid.yaml", heavy))["criteria_met"] == f"{met} (weighted 99%)"
    other = replace(profile, weights={"readiness": 20, "inclusion": 0})
    sections = [verdict.criterion.section for verdict in counted.values()]
    readiness, whole = sections.count("readiness"), len(sections) - sections.count("inclusion")
    share = 100 * (whole + 19 * readiness - 2 * 20) // (whole + 19 * readiness)
    assert overview(open_case(text, "bid.yaml", other))["criteria_met"] == f"{met} (weighted {share}%)"
