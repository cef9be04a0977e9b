"""What must hold between the sections of a bid."""

from __future__ import annotations

from copy import deepcopy

from tests.completeness.lacking import lack
from tests.completeness.spoiling import Data, in_rows, with_value, without


def a_bystander(row: Data) -> None:
    for name in ("engagement_method", "frequency", "gain", "owner"):
        del row[name]


def an_idle_partner(data: Data) -> None:
    partners = data["partnerships"]["partners"]
    partners.append({**deepcopy(partners[0]), "id": "P9", "name": "Idle Works Ltd"})


def the_licence_ends(data: Data) -> None:
    rows = {row["id"]: row for name in ("costs", "funding") for row in data["resources"][name]}
    rows["C1"]["amount"]["to"] = "2028/29"
    rows["F2"]["amount"]["per_year"] = 54000


def not_the_host(row: Data) -> None:
    row["kind"] = "charity"



LACKS = [
    lack("X1", "a stakeholder nobody speaks to", in_rows("stakeholders.map", a_bystander, id="S2"),
         says="S2 (Citizens' panel) has neither a role nor any engagement"),
    lack("X1", "a partner without a part", an_idle_partner, says="P9 (Idle Works Ltd) has no part outside the list of partners"),
    lack("X1", "evidence for nothing", in_rows("benefits.register", lambda row: row.update(evidence=["E1", "E2"]), id="B1"),
         says="nothing rests on E6 (Mobile phones are used by most people on chemotherapy up to the age of 75)"),
    lack("X1", "a cost nobody pays", in_rows("resources.costs", lambda row: row.pop("payer"), id="C5"),
         says="nobody pays C5 (Independent evaluation)"),
    lack("X2", "a benefit out of nowhere",
         in_rows("benefits.register", lambda row: (row.pop("problem_data"), row.pop("evidence")), id="B3"),
         says="B3 names no data of the problem and no evidence"),
    lack("X3", "the grant outlasts the funding, and the decisions too", with_value("sustainability.funding_end", "2028-03-31"),
         in_rows("timeline.milestones", lambda row: row.update(date="2028-03-20"), id="T8"),
         says="the funding ends on 2028-03-31, and the grant still pays in 2028/29; commissioner_plan.post_pilot.decision_date "
              "is 2028-09-12, after the funding ends on 2028-03-31; sustainability.decision_date is 2028-09-12, "
              "after the funding ends on 2028-03-31"),
    lack("X3", "a step before the launch", in_rows("scale_up.steps", lambda row: row.update(start="2026/27"), id="X1"),
         says="X1 starts in 2026/27, before the launch on 2027-07-01"),
    lack("X3", "benefits without a licence", the_licence_ends,
         says="the licence (C1) ends in 2028/29, and benefits run to 2031/32"),
    lack("X4", "the host alone, unconfirmed", in_rows("resources.funding", lambda row: row.update(kind="host"), id="F2"),
         says="after the grant only the host pays, and its money is not confirmed: F2 (expected)"),
    lack("X5", "words alone", in_rows("resources.funding", not_the_host, id="F4"),
         in_rows("readiness.executive_commitment", lambda row: row.pop("amount")),
         says="Executive team support it, and neither an amount nor confirmed funding of the host stands beside their word"),
    lack("X6", "nobody knows where the doctors stand", in_rows("stakeholders.map", lambda row: row.pop("stance"), id="S6"),
         says="S6 (Oncology consultants) has no known stance"),
    lack("X7", "one blocker is left", without("sustainability.exit_plan"),
         says="not ready to submit while C19.2 is not met", also="C19.2"),
    lack("X8", "a figure out of the air", in_rows("inclusion.groups", lambda row: row["size"].pop("source"), id="Q2"),
         says="no source for inclusion.groups.Q2.size"),
]
