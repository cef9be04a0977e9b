"""Bids that are right in another way than the sample: nobody may be blamed for that."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.completeness.spoiling import Change, Data, in_rows, spoiled, unmet, with_value, without, without_rows


def in_benefit(name: str, **fields: Any) -> Change:
    return in_rows("benefits.register", lambda row: row.update(fields), id=name)


def no_ai(data: Data) -> None:
    data["assurance"]["ai"] = {"used": False}
    del data["assurance"]["ethics"]
    data["evaluation"]["objectives_end_user"] = [row for row in data["evaluation"]["objectives_end_user"]
                                                 if row["code"] not in ("E7", "E8")]


def academic_by_name_alone(data: Data) -> None:
    del data["evaluation"]["independent"]
    data["evaluation"]["lead"] = "Anne Tully"


def asked_instead_of_given_a_role(data: Data) -> None:
    del data["evaluation"]["user_roles"]


def a_second_commissioner_on_the_map(data: Data) -> None:
    """Met after submission, and spoken to long before; the map writes the short form of its name."""
    data["commissioner_plan"]["commissioners"][0].update(body="Harbourside Integrated Care Board")
    for meeting in data["commissioner_plan"]["commissioners"][0]["meetings"]:
        meeting["date"] = "2026-11-02"
    for row in data["stakeholders"]["map"]:
        if row["id"] == "S5":
            row["organisation"] = "Harbourside ICB"


def spoken_to_and_not_yet_met(data: Data) -> None:
    """The plan records no meeting with a second commissioner; the map, under another name, a contact in time."""
    commissioners = data["commissioner_plan"]["commissioners"]
    commissioners.append({**deepcopy(commissioners[0]), "id": "M9", "body": "Harbourside Integrated Care Board"})
    del commissioners[-1]["meetings"]
    row = next(row for row in data["stakeholders"]["map"] if row["id"] == "S5")
    row["organisation"], row["name"] = "Cancer team", "Buyers of cancer care"


def only_the_host_and_it_confirmed(data: Data) -> None:
    for row in data["resources"]["funding"]:
        if row["id"] == "F2":
            row.update(kind="host", status="confirmed")


def shared_with_one_other(data: Data) -> None:
    for row in data["resources"]["funding"]:
        if row["id"] == "F2":
            row.update(kind="charity", status="under discussion")


def led_from_below_with_a_director(row: Data) -> None:
    row.update(direction="bottom-up", leads=["Ward team", "Medical Director"])


def led_by_a_name_that_the_roles_know(row: Data) -> None:
    row.update(direction="bottom-up", leads=["Helen Marsh"])


def one_direction_and_many_leads(row: Data) -> None:
    row.update(direction="mixed", style="agile")


def a_licence_that_takes_over(data: Data) -> None:
    """The first licence ends with the grant, and another runs on."""
    licence = next(row for row in data["resources"]["costs"] if row["id"] == "C1")
    licence["amount"]["to"] = "2028/29"
    data["resources"]["costs"].append({**licence, "id": "C99", "payer": "F2",
                                       "amount": {"per_year": 60000, "from": "2029/30", "to": "2031/32"},
                                       "range": {"low": 0.9, "high": 1.1}})


def a_gap_that_waits(data: Data) -> None:
    """A cost without a payer stands beside a declared gap and its plan."""
    for row in data["resources"]["costs"]:
        if row["id"] == "C11":
            del row["payer"]
    data["resources"]["funding"] = [row for row in data["resources"]["funding"] if row["id"] != "F5"]
    data["resources"].update(gap={"2028/29": 62000}, gap_plan="The spread fund decides in January 2028.")


def a_baseline_elsewhere_taken_later(data: Data) -> None:
    """Partner trusts measure their baseline after the launch at the host, before they join."""
    row = next(row for row in data["benefits"]["register"] if row["id"] == "B8")
    row["baseline"]["date"] = "2028-09-30"


def an_option_half_told(data: Data) -> None:
    """What another option would bring needs neither an objective nor evidence, problem and deadweight."""
    row = next(row for row in data["benefits"]["register"] if row["id"] == "B9")
    for name in ("objectives", "evidence", "problem_data"):
        del row[name]
    del row["value"]["deadweight"]


FAIR: dict[str, tuple[Change, ...]] = {
    "no artificial intelligence": (no_ai,),
    "an academic lead who is not said to be independent": (academic_by_name_alone,),
    "users are asked and have no role": (asked_instead_of_given_a_role,),
    "an earlier attempt named by its year": (in_rows("risks.register", lambda row: row.update(
        title="Too few use it", cause="As in 2021", mitigation="Monthly results", trigger="Use under half"), id="R7"),
        in_rows("risks.resistance", lambda row: row.update(cause="More calls", response="Monthly results"))),
    "scope is a risk and not a note": (without("timeline.capacity_note"), in_rows(
        "risks.register", lambda row: row.update(category="scope"), id="R8")),
    "equity is a benefit and not a paragraph": (without("inclusion.core20plus5"),
                                                without("commissioner_plan.population_outcomes"),
                                                without("alignment.triple_aim.population"),
                                                in_benefit("B5", dimension="equity")),
    "the gate names the measure in words": (in_rows("scale_up.steps", lambda row: row["gate"][0].pop("benefit"), id="X1"),
                                            in_rows("scale_up.steps", lambda row: row["gate"][0].update(
                                                measure="emergency  attendances of people on chemotherapy"), id="X1")),
    "no drawback was found": (without_rows("benefits.register", id="B7"),
                              with_value("benefits.disbenefits_none", "Asked at two forums; none was named.")),
    "bottom-up adoption with a director": (in_rows("governance.stages", led_from_below_with_a_director, stage="adoption"),),
    "bottom-up adoption by a sponsor's name": (in_rows("governance.stages", led_by_a_name_that_the_roles_know,
                                                       stage="adoption"),),
    "one direction and style, with other leads": (in_rows("governance.stages", one_direction_and_many_leads),),
    "patients only in the committee": (without("governance.patient_voice"), without("ppi.board_representation")),
    "a baseline taken elsewhere later": (a_baseline_elsewhere_taken_later,),
    "the host alone and confirmed": (only_the_host_and_it_confirmed,),
    "the host and one other who is not sure": (shared_with_one_other,),
    "a licence that takes over from another": (a_licence_that_takes_over,),
    "a gap with its plan": (a_gap_that_waits,),
    "a benefit of another option told in brief": (an_option_half_told,),
    "a commissioner's contact under a shorter name": (a_second_commissioner_on_the_map,),
    "a commissioner spoken to and not yet met": (spoken_to_and_not_yet_met,),
    "told through the public": (in_rows("dissemination.plan", lambda row: row.update(audience="public"), audience="patients"),),
    "nothing digital": (with_value("innovation.digital", False), in_rows(
        "assurance.approvals", lambda row: row.update(name="Other"), name="Digital technology assessment criteria")),
    "the launch is open": (without("timeline.pilot"), without("benefits.schedule.start")),
    "words of a date still open, and by whom": (with_value("innovation.maturity", "Start to be confirmed by the board in May"),),
}

@pytest.mark.parametrize("name", FAIR)
def test_what_is_right_in_another_way_is_not_blamed(name: str) -> None:
    assert unmet(spoiled(*FAIR[name])) == {}


def test_each_of_them_changes_the_sample() -> None:
    whole = spoiled().checked.source.data
    assert len(FAIR) > 20
    assert [name for name, changes in FAIR.items() if spoiled(*changes).checked.source.data == whole] == []


def test_a_name_of_any_length_and_on_two_lines_makes_one_line_that_can_be_read() -> None:
    case = spoiled(in_rows("resources.costs", lambda row: (row.pop("payer"), row.update(item="Long\nname " * 900)), id="C5"))
    [finding] = [finding for finding in case.findings if finding.code == "X1"]
    assert "\n" not in finding.message
    assert len(finding.message) < 1_200


def test_doctors_whom_nobody_has_spoken_to_do_not_hide_behind_the_nurses() -> None:
    def untouched(row: Data) -> None:
        for name in ("engagement_method", "contacts", "contact_due"):
            row.pop(name, None)

    found = unmet(spoiled(in_rows("stakeholders.map", untouched, group="peer doctors")))
    assert found["X6"] == "S6 (Oncology consultants) has no engagement of its own"


def test_a_late_decision_is_told_once_by_the_dates_with_a_payer_and_by_the_payer_without_one() -> None:
    late = with_value("sustainability.decision_date", "2029-06-01")
    assert unmet(spoiled(late)).keys() == {"X3"}
    assert unmet(spoiled(late, without("sustainability.payer"))).keys() == {"C19.1"}


def test_not_one_tie_to_the_problem_is_told_by_the_problem_and_not_of_each_benefit() -> None:
    untied = in_rows("benefits.register", lambda row: row.pop("problem_data", None))
    assert "X2" not in unmet(spoiled(untied, without("problem.benefits")))


def test_a_commissioner_without_a_meeting_is_judged_by_the_contacts_on_the_map() -> None:
    def reached_by_the_map_alone(data: Data) -> None:
        spoken_to_and_not_yet_met(data)
        for row in data["stakeholders"]["map"]:
            if row["id"] == "S5":
                row["contacts"] = [{"date": "2026-10-05", "what": "Letter", "outcome": "Read"}]

    assert unmet(spoiled(reached_by_the_map_alone))["C21.2"] == (
        "Harbourside Integrated Care Board is first contacted on 2026-10-05, not before submission on 2026-09-30")
