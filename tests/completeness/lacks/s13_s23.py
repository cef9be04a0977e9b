"""What the manual asks of benefits, evaluation, risks, inclusion, assurance, spread, leadership, dates, lessons and change."""

from __future__ import annotations

from copy import deepcopy

from tests.completeness.lacking import lack
from tests.completeness.spoiling import Change, Data, in_rows, with_value, without, without_rows


def each_benefit(**fields: object) -> Change:
    return in_rows("benefits.register", lambda row: row.update(fields))


def nobody_clinical(data: Data) -> None:
    for row in data["benefits"]["register"]:
        row.update(owner="Owen Pritchard", owner_role="Deputy Director of Finance")


def without_gate(row: Data) -> None:
    del row["gate"]


def a_gate_of_its_own(row: Data) -> None:
    row["gate"] = [{"criterion": "The team is content", "measure": "Mood at the team's meeting", "threshold": "Good"}]


def late_second_commissioner(data: Data) -> None:
    data["commissioner_plan"]["commissioners"].append({
        **deepcopy(data["commissioner_plan"]["commissioners"][0]), "id": "M9", "body": "Harbourside Integrated Care Board",
        "meetings": [{"date": "2026-10-20", "topic": "Spread", "outcome": "Will read the bid"}]})


def early_contact_withheld(data: Data) -> None:
    """The bid goes in on the day of the first meeting and contact, and an earlier one is with a body that buys elsewhere."""
    data["document"]["submission_date"] = "2026-04-14"
    data["commissioner_plan"]["commissioners"][1]["meetings"][0]["date"] = "2026-04-02"


def swapped_milestones(data: Data) -> None:
    rows = data["timeline"]["milestones"]
    rows[8], rows[9] = rows[9], rows[8]


def one_leader(data: Data) -> None:
    for row in data["governance"]["stages"]:
        row["leads"] = ["Dr Nadia Farouk, Clinical Director for Cancer"]


def one_person_in_every_role(data: Data) -> None:
    person = "Dr Miriam Adeyemi"
    data["governance"].update(sro=person, sponsors=[f"{person}, Consultant"], meso_leader=person, clinical_lead=person,
                              project_manager=person)
    for row in data["clinical_engagement"]["coleads"]:
        row["name"] = person


def one_way_at_every_stage(row: Data) -> None:
    row.update(direction="mixed", style="agile", leads=["Executive committee", "Reference group"])


def no_patient_decides(data: Data) -> None:
    del data["governance"]["patient_voice"]
    data["governance"]["committee"] = [row for row in data["governance"]["committee"] if "atient" not in row["role"]]
    del data["ppi"]["board_representation"]


def nobody_recalls_the_app(data: Data) -> None:
    for row in data["risks"]["register"]:
        if row["id"] == "R7":
            row.update(title="Too few use it", cause="Habit", mitigation="Monthly results by team", trigger="Use under half")
    data["risks"]["resistance"][0].update(cause="Fear of more calls", response="Monthly results")


def not_asked(*groups: str) -> Change:
    def change(data: Data) -> None:
        for group in groups:
            del data["evaluation"]["user_roles"][group]
        data["evaluation"]["data"] = [row for row in data["evaluation"]["data"] if row["method"] != "Interviews"]

    return change


LACKS = [
    lack("C13.1", "no money and no capacity", each_benefit(**{"class": "societal"}),
         says="benefits.register has no row with class: cash-releasing or non-cash-releasing"),
    lack("C13.2", "no owner and no data source", in_rows("benefits.register", lambda row: row.pop("owner"), id="B4"),
         in_rows("benefits.register", lambda row: row.pop("data_source"), id="B6"),
         says="B4 has no owner; B6 has no data_source"),
    lack("C13.2", "no targets", in_rows("benefits.register", lambda row: row.pop("targets"), id="B3"), says="B3 has no targets"),
    lack("C13.3", "no schedule", without("benefits.schedule"), says="benefits.schedule is not filled in"),
    lack("C13.4", "what comes soon is no better care",
         in_rows("benefits.register", lambda row: row.update(dimension="efficiency"), id="B4"),
         says="of the benefits with horizon: quick there is B2, B3, B4 alone, and none in quality of care"),
    lack("C13.4", "nothing comes soon", each_benefit(horizon="long"), says="of the benefits with horizon: quick there is none"),
    lack("C13.5", "nothing for society", in_rows("benefits.register", lambda row: row.pop("societal", None)),
         in_rows("benefits.register", lambda row: row.update({"class": "non-cash-releasing"}), id="B5"),
         says="benefits.register has no row with societal: true; benefits.register has no row with class: societal"),
    lack("C13.6", "no drawback", without_rows("benefits.register", id="B7"),
         says="benefits.register has no row with disbenefit: true; benefits.disbenefits_none is not filled in"),
    lack("C13.7", "nobody said how many join", in_rows("scale_up.steps", lambda row: row.pop("sites"), id="X2"),
         says="B8 counts on X2, which has no sites"),
    lack("C13.8", "finance owns everything", nobody_clinical, says="no owner of a benefit has a clinical role"),
    lack("C13.9", "a baseline after the launch",
         in_rows("benefits.register", lambda row: row["baseline"].update(date="2027-07-02"), id="B4"),
         says="the baseline of B4 is dated 2027-07-02, and the launch is on 2027-07-01"),
    lack("C13.9", "a baseline without a date", in_rows("benefits.register", lambda row: row["baseline"].pop("date"), id="B1"),
         says="the baseline of B1 has no date"),
    lack("C14.1", "the lead is one of us", with_value("evaluation.independent", False),
         with_value("evaluation.organisation", "Northmoor"), with_value("evaluation.lead", "Lucy Tran"),
         says="the lead is not said to be independent, and evaluation.organisation is no academic partner"),
    lack("C14.1", "no lead", without("evaluation.lead"), says="evaluation.lead is not filled in"),
    lack("C14.2", "evaluation after the launch", with_value("evaluation.start", "2027-09-01"),
         says="the evaluation starts on 2027-09-01, after the launch on 2027-07-01"),
    lack("C14.2", "no start", without("evaluation.start"), says="evaluation.start is not filled in"),
    lack("C14.3", "two objectives are forgotten", without_rows("evaluation.objectives_end_user", code="E8"),
         without_rows("evaluation.objectives_implementation", code="I11"), says="neither an approach nor a waiver for E8, I11"),
    lack("C14.4", "carers are forgotten", not_asked("carers"), says="carers have no role in the evaluation and are not asked"),
    lack("C14.5", "no budget", without("evaluation.budget"), says="evaluation.budget is not filled in"),
    lack("C14.6", "engagement is not looked at", without("evaluation.engagement_evaluated"),
         says="evaluation.engagement_evaluated is not filled in"),
    lack("C15.2", "no resource", in_rows("risks.resistance", lambda row: row.pop("resource")),
         says="the answer to the resistance of S6 names no resource"),
    lack("C15.2", "no answer", in_rows("risks.resistance", lambda row: row.update(stakeholder="S14")),
         says="risks.resistance has no row for S6, who resists"),
    lack("C15.3", "no risk of workload", without_rows("risks.register", id="R6"),
         says="risks.register has no row with category: workload"),
    lack("C15.4", "the earlier app is forgotten", nobody_recalls_the_app,
         says="no risk takes up A9 (Symptom app in the breast team)"),
    lack("C15.5", "nothing on capacity", without("timeline.capacity_note"),
         in_rows("readiness.competing_demands", lambda row: row.pop("response")),
         says="timeline.capacity_note is not filled in; readiness.competing_demands has no row with response filled in; "
              "risks.register has no row with category: scope or competing work"),
    lack("C16.3", "uptake is not measured", without("inclusion.equity_measures"),
         says="inclusion.equity_measures is not filled in"),
    lack("C16.4", "nothing for the population", without("inclusion.core20plus5"),
         without("commissioner_plan.population_outcomes"), without("alignment.triple_aim.population"),
         says="inclusion.core20plus5 is not filled in; commissioner_plan.population_outcomes is not filled in; "
              "alignment.triple_aim.population is not filled in; benefits.register has no row with dimension: equity"),
    lack("C16.5", "hard to read", with_value("inclusion.reading_grade", 12),
         says="inclusion.reading_grade is 12, and 9 is the most"),
    lack("C16.5", "not tested", without("inclusion.reading_grade"), says="inclusion.reading_grade is not filled in"),
    lack("C17.1", "nobody can overrule it", without("assurance.ai.human_override"),
         says="assurance.ai.human_override is not filled in"),
    lack("C17.1", "no comparison and no ethics", without("assurance.ai.comparison_plan"), without("assurance.ethics"),
         says="assurance.ai.comparison_plan is not filled in; assurance.ethics has no row"),
    lack("C17.2", "no basis for sharing", without("assurance.data.sharing_basis"),
         says="assurance.data.sharing_basis is not filled in"),
    lack("C17.4", "an open approval without an owner",
         in_rows("assurance.approvals", lambda row: row.pop("owner"), name="Research ethics"),
         says="row 5 of assurance.approvals has no owner"),
    lack("C18.3", "no gate", in_rows("scale_up.steps", without_gate, id="X1"), says="X1 has no gate"),
    lack("C18.3", "a gate without a measure of ours", in_rows("scale_up.steps", a_gate_of_its_own, id="X2"),
         says="the gate of X2 names no measure of the register"),
    lack("C18.4", "a step without a price", in_rows("scale_up.steps", lambda row: row.pop("costs"), id="X1"),
         in_rows("resources.costs", lambda row: row.pop("scale_step"), id="C11"), says="X1 has no cost"),
    lack("C18.5", "no network", without("scale_up.networks"), says="scale_up.networks is not filled in"),
    lack("C18.5", "no champion", in_rows("scale_up.steps", lambda row: row.pop("champion")),
         says="scale_up.steps has no row with champion filled in"),
    lack("C19.3", "no yearly cost", without("sustainability.annual_cost"), says="sustainability.annual_cost is not filled in"),
    lack("C19.4", "no champions and no feedback", without("sustainability.champions"), without("sustainability.feedback_loop"),
         says="sustainability.champions is not filled in; sustainability.feedback_loop is not filled in"),
    lack("C20.1", "nobody between board and ward", without("governance.meso_leader"),
         says="governance.meso_leader is not filled in"),
    lack("C20.1", "no sponsor", without("governance.sponsors"), without("governance.sro"),
         says="governance.sponsors is not filled in; governance.sro is not filled in"),
    lack("C20.2", "a stage that nobody leads", in_rows("governance.stages", lambda row: row.pop("leads"), stage="diffusion"),
         says="nobody leads diffusion"),
    lack("C20.3", "adoption from below", in_rows("governance.stages", lambda row: row.update(
         direction="bottom-up", leads=["Lucy Tran", "Ward team"]), stage="adoption"),
         says="adoption is bottom-up, and neither an executive nor a commissioner is among its leads"),
    lack("C20.3", "diffusion by managers", in_rows("governance.stages", lambda row: row.update(
         direction="top-down", leads=["Operations manager"]), stage="diffusion"),
         says="diffusion is top-down, and no clinician is among its leads"),
    lack("C20.3", "one way at every stage", in_rows("governance.stages", one_way_at_every_stage),
         says="every stage is mixed and agile, and led by the same people"),
    lack("C20.4", "one leader throughout", one_leader, says="Dr Nadia Farouk alone leads every stage"),
    lack("C20.4", "one person in every role", one_person_in_every_role, says="no two people are named in its roles"),
    lack("C20.5", "no patient decides", no_patient_decides,
         says="governance.patient_voice is not filled in, and no patient or carer is on the committee"),
    lack("C21.1", "evaluation is not in the plan", in_rows("timeline.milestones", lambda row: row.update(
         title="Project begins", date="2027-01-16"), id="T3"),
         says="timeline.milestones has no row about evaluation or its baseline"),
    lack("C21.1", "evaluation comes late in the plan",
         in_rows("timeline.milestones", lambda row: row.update(title="Project begins", date="2027-01-16"), id="T3"),
         in_rows("timeline.milestones", lambda row: row.update(title="Evaluation begins"), id="T6"),
         says="evaluation first stands in the plan on 2027-10-01, after the launch on 2027-07-01"),
    lack("C21.2", "one of two commissioners hears of it afterwards", late_second_commissioner,
         says="Harbourside Integrated Care Board is first contacted on 2026-10-20, not before submission on 2026-09-30"),
    lack("C21.2", "only somebody who buys elsewhere was met", early_contact_withheld,
         says="Northmoor and Vale Integrated Care Board is first contacted on 2026-04-14, not before submission on 2026-04-14"),
    lack("C21.3", "the decision comes after the money", in_rows("timeline.milestones", lambda row: row.pop("stage"), id="T8"),
         says="the first milestone of sustainability is dated 2029-04-01, after the funding ends on 2029-03-31"),
    lack("C21.3", "no decision in the plan", in_rows("timeline.milestones", lambda row: row.update(stage="implementation")),
         says="timeline.milestones has no row with stage: sustainability"),
    lack("C21.4", "no quick win", in_rows("timeline.milestones", lambda row: row.pop("quick_win"), id="T6"),
         says="timeline.milestones has no row with quick_win: true"),
    lack("C21.5", "two milestones changed places", swapped_milestones, says="T9 (2028-12-31) stands after T10 (2029-04-01)"),
    lack("C22.1", "staff and patients are not told", without_rows("dissemination.plan", audience="patients"),
         without_rows("dissemination.plan", audience="staff"),
         says="dissemination.plan has no row with audience: patients or public; "
              "dissemination.plan has no row with audience: staff"),
    lack("C22.2", "a lesson without its circumstances", in_rows("dissemination.lessons", lambda row: row.pop("circumstances"),
         worked=False), says="row 2 of dissemination.lessons has no circumstances"),
    lack("C22.2", "no lesson", without("dissemination.lessons"), says="dissemination.lessons has no row"),
    lack("C23.1", "carers are not trained", without_rows("change_plan.training", audience="S3"),
         says="change_plan.training has no row for S3 (Carers' network)"),
    lack("C23.2", "no coalition", without("change_plan.change_steps.coalition"),
         says="change_plan.change_steps.coalition is not filled in"),
]
