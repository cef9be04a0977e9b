"""What the manual calls a blocker."""

from __future__ import annotations

from tests.completeness.lacking import lack
from tests.completeness.spoiling import Data, in_rows, with_value, without, without_rows


def no_meetings(data: Data) -> None:
    for commissioner in data["commissioner_plan"]["commissioners"]:
        commissioner.pop("meetings")


def no_money_in_2028(row: Data) -> None:
    row["amount"].pop("2028/29")


only_one_step = (without_rows("scale_up.steps", id="X1"), without_rows("scale_up.steps", id="X3"),
                 in_rows("resources.costs", lambda row: row.pop("scale_step"), id="C11"))
late_decision = (without("sustainability.payer"), with_value("sustainability.decision_date", "2029-06-01"))

LACKS = [
    lack("C05.1", "finance is not on the map", without_rows("stakeholders.map", group="finance"),
         says="stakeholders.map has no row for finance"),
    lack("C05.1", "nothing is said of the regulator", without("stakeholders.not_applicable"),
         says="stakeholders.map has no row for regulator"),
    lack("C05.1", "three groups", *(without_rows("stakeholders.map", group=group) for group in ("IT", "finance", "public")),
         says="stakeholders.map has no row for public, IT, finance"),
    lack("C06.1", "nobody else is committed", in_rows("clinical_engagement.coleads", lambda row: row.pop("commitment")),
         says="clinical_engagement.coleads has no row with commitment filled in"),
    lack("C06.1", "no co-lead", without("clinical_engagement.coleads"),
         says="clinical_engagement.coleads has no row with commitment filled in"),
    lack("C09.1", "no local commissioner", in_rows("commissioner_plan.commissioners", lambda row: row.update(type="national")),
         says="commissioner_plan.commissioners has no row with type: local or ICS"),
    lack("C09.2", "no meeting", no_meetings, says="no meeting with a commissioner is recorded"),
    lack("C09.3", "no position", without("commissioner_plan.post_pilot.position"),
         says="commissioner_plan.post_pilot.position is not filled in"),
    lack("C09.3", "no status", without("commissioner_plan.post_pilot.status"),
         says="commissioner_plan.post_pilot.status is not filled in"),
    lack("C10.1", "no commercial lead", without("partnerships.commercial_lead.name"),
         says="partnerships.commercial_lead.name is not filled in"),
    lack("C10.3", "a year without flow", in_rows("partnerships.funds_flow", no_money_in_2028),
         says="partnerships.funds_flow says nothing of 2028/29"),
    lack("C10.3", "no flow", without("partnerships.funds_flow"),
         says="partnerships.funds_flow says nothing of 2026/27, 2027/28, 2028/29"),
    lack("C11.1", "IT is not confirmed", in_rows("readiness.capabilities", lambda row: row.update(confirmed=False), id="G1"),
         says="readiness.capabilities has no row with domain: IT architecture and interfacing and confirmed: true"),
    lack("C11.2", "no commercial capability", without_rows("readiness.capabilities", id="G3"),
         says="readiness.capabilities has no row with domain: commercial and IP"),
    lack("C11.3", "words alone", in_rows("readiness.executive_commitment", lambda row: row.pop("period")),
         says="readiness.executive_commitment has no row with resource and period filled in"),
    lack("C12.3", "the nurse has no later payer", in_rows("resources.costs", lambda row: row.pop("payer_after_grant"), id="C8"),
         says="nobody is named to pay C8 (Monitoring nurse) after 2029-03-31"),
    lack("C12.3", "the end of the funding is open", without("sustainability.funding_end"),
         says="sustainability.funding_end is not filled in, so costs after it cannot be told"),
    lack("C15.1", "no risk of a partner's money", without_rows("risks.register", id="R4"),
         says="risks.register has no row with category: partner funding"),
    lack("C15.1", "two kinds of risk", without_rows("risks.register", id="R1"), without_rows("risks.register", id="R3"),
         says="risks.register has no row with category: technical delivery; risks.register has no row with category: exclusion"),
    lack("C16.1", "no group", without("inclusion.groups"), says="inclusion.groups has no row"),
    lack("C16.2", "no other route", without("inclusion.alternative_route"), says="inclusion.alternative_route is not filled in"),
    lack("C17.3", "no position on withdrawal", without("assurance.withdrawal_position"),
         says="assurance.withdrawal_position is not filled in"),
    lack("C18.1", "no step outside", in_rows("scale_up.steps", lambda row: row.update(outside_host=False)),
         says="scale_up.steps has no row with outside_host: true"),
    lack("C18.1", "one step", *only_one_step, says="scale_up.steps has 1 of the 2 rows needed"),
    lack("C18.2", "no buyer of a step", in_rows("scale_up.steps", lambda row: row.pop("commissioner"), id="X3"),
         says="X3 has no commissioner"),
    lack("C18.2", "no start and no owner", in_rows("scale_up.steps", lambda row: (row.pop("start"), row.pop("owner")), id="X1"),
         says="X1 has no start; X1 has no owner"),
    lack("C19.1", "no payer, and a decision too late", *late_decision,
         says="sustainability.payer is not filled in, and the decision on 2029-06-01 comes after the funding ends on 2029-03-31"),
    lack("C19.1", "no payer and no decision", without("sustainability.payer"), without("sustainability.decision_date"),
         says="sustainability.payer is not filled in, and no decision is dated before the funding ends"),
    lack("C19.2", "no exit plan", without("sustainability.exit_plan"), says="sustainability.exit_plan is not filled in"),
]
