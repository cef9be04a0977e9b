"""The samples: one idea as it was refused, and the same idea with every reason of the panel answered."""

from __future__ import annotations

import pytest

from bizcase.appraisal.inputs import Status
from bizcase.errors import Severity
from tests.building import built_sample, project_of, values_in
from tests.conftest import sample_case, sample_names

REASONS = {
    "no plan to spread beyond the host": {"C18.1", "C18.2"},
    "no organised engagement of the commissioner": {"C09.1", "C09.2", "C21.2"},
    "sustaining after the grant doubted": {"C09.3", "C12.3", "C19.1"},
    "withdrawing a proven service": {"C17.3", "C19.2"},
    "weak commercial capability": {"C10.1", "C11.2"},
    "technical risk without people": {"C11.1"},
    "no support of peers": {"C06.1"},
    "the wider network absent": {"C05.1"},
    "funds between partners unclear": {"C10.3", "C15.1"},
    "endorsed without resources": {"C11.3"},
}
"""Why the panel refused (manual §5.6 to §5.8, §7.1), and the criteria that say so."""


def test_the_refused_bid_is_refused_for_the_reasons_its_panel_gave() -> None:
    case = sample_case("remote-monitoring-as-submitted")
    assert not case.errors
    unmet = {verdict.criterion.code for verdict in case.verdicts if not verdict.met}
    assert unmet == set().union(*REASONS.values())
    assert {finding.code for finding in case.blockers} - unmet == {"E21"}


def test_what_the_panel_liked_in_the_refused_bid_is_recognised() -> None:
    case = sample_case("remote-monitoring-as-submitted")
    met = {verdict.criterion.code for verdict in case.verdicts if verdict.met}
    assert met == {"C16.1", "C16.2"}
    data = project_of(case).data
    assert len(data["ppi"]["events"]) == 2
    register = data["benefits"]["register"]
    of_the_host = [row["id"] for row in register if "depends_on_scale" not in row]
    assert len(of_the_host) == 11, "eleven benefits of the first bid; of the last, what depends on spread has a row of its own"
    assert [(row["id"], row["depends_on_scale"]) for row in register if row["id"] not in of_the_host] == [("B12", ["X1"])]
    assert len(data["evaluation"]["objectives_end_user"]) == 9
    assert len(data["evaluation"]["objectives_implementation"]) == 11


def test_the_refused_bid_claims_twenty_per_cent_at_year_three() -> None:
    figures = built_sample("remote-monitoring-as-submitted").figures
    assert figures["roi.3"].text == "20.0%"
    roi_cash = figures["roi_cash.3"].value
    assert roi_cash is not None and roi_cash < 0


def test_without_spread_the_refused_bid_does_not_pay_back() -> None:
    case = sample_case("remote-monitoring-as-submitted")
    assert case.analysis is not None
    host = case.analysis.scale_up.host
    assert host.roi is not None and host.roi < 0
    assert {finding.code for finding in case.findings if finding.severity is Severity.MAJOR} >= {"A10", "A11"}


def test_the_answered_bid_has_nothing_left_to_fix() -> None:
    assert sample_case("remote-monitoring").findings == ()


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_has_no_errors_and_builds(name: str) -> None:
    assert [finding.message for finding in sample_case(name).findings if finding.severity is Severity.ERROR] == []
    assert built_sample(name).bid


@pytest.mark.parametrize("name", sample_names())
def test_money_in_a_sample_is_marked_unless_it_is_known(name: str) -> None:
    """The manual gives no amount in pounds: every unit value, and every cost, is illustrative or an estimate with its source."""
    seen = 0
    for cost in project_of(sample_case(name)).inputs.costs:
        assert cost.status in (Status.ILLUSTRATIVE, Status.ESTIMATE) and cost.source, cost.id
        seen += 1
    for path, field, value in values_in(project_of(sample_case(name)).data):
        if field.name == "unit_value":
            assert value["status"] == "illustrative" and value["source"], path
            seen += 1
    assert seen > 8


@pytest.mark.parametrize("name", sample_names())
def test_what_is_disputed_is_marked_disputed(name: str) -> None:
    """The study of 2011 in both; in the refused bid also the vendor's claim about the record."""
    items = project_of(sample_case(name)).data["evidence"]["items"]
    disputed = [item for item in items if item["status"] == "disputed"]
    wanted = {"remote-monitoring": [2011], "remote-monitoring-as-submitted": [2011, 2018]}
    assert [item["year"] for item in disputed] == wanted[name]
    assert all(item["value"]["status"] == "disputed" for item in disputed)
