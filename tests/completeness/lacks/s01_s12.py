"""Sections 1 to 12 of the manual's digest: what is major or advice."""

from __future__ import annotations

from tests.completeness.lacking import lack
from tests.completeness.spoiling import Change, Data, in_rows, with_value, without, without_rows


def dropped(*names: str) -> Change:
    """For `in_rows`: takes fields out of a row, where they are."""
    def change(row: Data) -> None:
        for name in names:
            row.pop(name, None)

    return change


def set_to(**values: object) -> Change:
    """For `in_rows`: writes other values into a row."""
    return lambda row: row.update(values)


def one_figure_without_anything(data: Data) -> None:
    data["problem"]["local_data"] = [{"id": "D1", "metric": "Needless attendances", "value": 0.3},
                                     {"id": "D2", "metric": "Calls", "value": 0.7, "period": "January", "denominator": 40}]


def no_benefit_answers(data: Data) -> None:
    del data["problem"]["benefits"]
    for row in data["benefits"]["register"]:
        row.pop("problem_data", None)


def the_same_share_of_other_people(data: Data) -> None:
    first, second = data["problem"]["local_data"]
    second |= {"metric": first["metric"].upper(), "period": first["period"], "denominator": 1240}


def a_group_in_other_words(data: Data) -> None:
    first, second = data["problem"]["local_data"]
    second |= {"metric": first["metric"], "period": first["period"]}


def an_audit_of_another_size(data: Data) -> None:
    data["evidence"]["items"][0] |= {"metric": data["problem"]["local_data"][0]["metric"], "sample_size": 280}


def a_gap_without_a_plan(data: Data) -> None:
    data["resources"]["funding"][-1]["amount"]["2028/29"] = 50000
    data["resources"]["gap"] = {"2028/29": 12000}


def no_other_way_was_compared(data: Data) -> None:
    del data["innovation"]["make_or_buy"]
    data["options"]["items"] = [row for row in data["options"]["items"] if row.get("kind") != "other"]


def not_shared(*names: str) -> str:
    return "; ".join(f"commissioner_plan.shared_ask.{name} is not filled in" for name in names)


DENOMINATORS = ("All attendances of chemotherapy patients with suspected febrile neutropenia", "All calls in the week")
EVENTS = "clinical_engagement.events"
MAP = "stakeholders.map"
PARTNERS = "partnerships.partners"

LACKS = [
    lack("C01.1", "no local figure", without("problem.local_data"), in_rows("benefits.register", dropped("problem_data")),
         says="problem.local_data has no row", also="X2"),
    lack("C01.1", "figures that nobody can check", one_figure_without_anything,
         says="D1 has no period and no source and no denominator; D2 has no source"),
    lack("C01.2", "nothing on the present pathway", without("problem.current_process"),
         says="problem.current_process is not filled in"),
    lack("C01.3", "no benefit answers the problem", no_benefit_answers,
         says="problem.benefits is not filled in; benefits.register has no row with problem_data filled in"),
    lack("C01.4", "one share of two numbers", the_same_share_of_other_people,
         says="D1 and D2 have the same metric and different denominators: 310 and 1,240"),
    lack("C01.4", "one share of two groups", a_group_in_other_words,
         says=f"D1 and D2 have the same metric and different denominators: {DENOMINATORS[0]} and {DENOMINATORS[1]}"),
    lack("C01.4", "an audit that counted other people", an_audit_of_another_size,
         says="D1 and E1 have the same metric and different denominators: 310 and 280"),
    lack("C02.1", "nothing of our own", in_rows("evidence.items", set_to(level="national"), level="local"),
         says="evidence.items has no row with level: local"),
    lack("C02.1", "nothing from elsewhere", in_rows("evidence.items", set_to(level="local"), level="international"),
         says="evidence.items has no row with level: national or international"),
    lack("C02.2", "numbers alone", in_rows("evidence.items", set_to(type="quantitative")),
         says="evidence.items has no row with type: qualitative"),
    lack("C02.2", "words alone", in_rows("evidence.items", set_to(type="qualitative")),
         says="evidence.items has no row with type: quantitative"),
    lack("C02.3", "no source and no year", in_rows("evidence.items", dropped("source", "year"), id="E2"),
         says="E2 has no source; E2 has no year"),
    lack("C02.4", "nothing on whether the trial fits", in_rows("evidence.items", dropped("transferability"), id="E3"),
         says="E3 has no transferability"),
    lack("C02.5", "no guideline", without("evidence.standards"), says="evidence.standards has no row"),
    lack("C02.5", "no plan where there is none", in_rows("evidence.standards", dropped("plan"), status="none"),
         says="row 2 of evidence.standards has no plan"),
    lack("C02.6", "nobody says who read the originals", in_rows("evidence.items", dropped("verified"), verified=False),
         says="E2 has no verified; E3 has no verified; E4 has no verified; E6 has no verified"),
    lack("C03.1", "nothing unique", without("innovation.unique_proposition"),
         says="innovation.unique_proposition is not filled in"),
    lack("C03.1", "no single sentence", with_value("innovation.unique_proposition", "It does this and that. " * 20),
         says="innovation.unique_proposition has 100 words, and 3 to 75 are asked"),
    lack("C03.2", "two questions left open", without("innovation.rogers.trialability"), without("innovation.rogers.complexity"),
         says="innovation.rogers.complexity is not filled in; innovation.rogers.trialability is not filled in"),
    lack("C03.3", "nothing on earlier attempts", without("innovation.prior_attempts"),
         says="innovation.prior_attempts has no row; innovation.no_prior_attempts is not filled in"),
    lack("C03.4", "no other way", no_other_way_was_compared,
         says="options.items has no row with kind: other; innovation.make_or_buy.reason is not filled in"),
    lack("C03.5", "no person", without("innovation.human_fallback"), says="innovation.human_fallback is not filled in"),
    *(lack(code, f"no link to the {level} level", without_rows("alignment.links", level=level),
           says=f"alignment.links has no row with level: {level}")
      for code, level in (("C04.1", "organisation"), ("C04.2", "ICS"), ("C04.4", "digital"))),
    lack("C04.3", "nothing on conflicts", without("alignment.conflicts"),
         says="alignment.conflicts has no row; alignment.no_conflicts is not filled in"),
    lack("C04.3", "a conflict without an answer", in_rows("alignment.conflicts", dropped("mitigation")),
         says="row 1 of alignment.conflicts has no mitigation; alignment.no_conflicts is not filled in"),
    lack("C04.5", "of worth to the trust alone", without("alignment.triple_aim.population"), without("alignment.triple_aim.cost"),
         says="alignment.triple_aim.population is not filled in; alignment.triple_aim.cost is not filled in"),
    lack("C05.2", "no owner and no method", in_rows(MAP, dropped("owner", "engagement_method"), id="S13"),
         says="S13 has no owner; S13 has no engagement_method"),
    lack("C05.2", "no contact", in_rows(MAP, dropped("contacts", "contact_due"), id="S6"),
         says="S6 has neither contacts nor contact_due"),
    lack("C05.2", "nobody has power", in_rows(MAP, dropped("power")),
         says="stakeholders.map has no row with power filled in, so those who decide cannot be told from the others"),
    lack("C05.3", "no answer to the doctors", in_rows(MAP, dropped("response", "concern"), id="S6"),
         says="S6 has no concern; S6 has no response"),
    lack("C05.4", "nobody gains", in_rows("benefits.register", dropped("beneficiaries"), id="B7"),
         says="B7 has no beneficiaries"),
    lack("C05.5", "no date", without("stakeholders.map_date"), says="stakeholders.map_date is not filled in"),
    lack("C05.5", "mapped once", without("stakeholders.reviews"), says="stakeholders.reviews has no row"),
    lack("C05.5", "two stages unseen", without_rows("stakeholders.reviews", stage="diffusion"),
         without_rows("stakeholders.reviews", stage="sustainability"),
         says="stakeholders.reviews has no row for the stage of diffusion or sustainability"),
    lack("C05.6", "users and the powerful gain nothing", in_rows(MAP, dropped("gain"), id="S3"),
         in_rows(MAP, dropped("gain"), id="S5"), in_rows(MAP, dropped("gain"), id="S9"), says="S3 has no gain; S5 has no gain"),
    lack("C06.2", "they come late", in_rows("clinical_engagement.kols", set_to(stage_from="diffusion")),
         says="clinical_engagement.kols has no row with stage_from: ideation or adoption"),
    lack("C06.3", "nobody from outside", in_rows("clinical_engagement.kols", set_to(peer=True)),
         says="clinical_engagement.kols has no row with peer: false"),
    lack("C06.4", "no event", without(EVENTS), says="clinical_engagement.events has no row"),
    lack("C06.4", "two events", without_rows(EVENTS, id="K9"), without_rows(EVENTS, id="K10"),
         says="clinical_engagement.events has 2 of the 3 events needed"),
    lack("C06.4", "one event a year", without_rows(EVENTS, id="K9"), in_rows(EVENTS, set_to(date="2025-02-24"), id="K7"),
         says="no 3 events under clinical_engagement.events fall within 12 months"),
    lack("C06.5", "no pay", without("clinical_engagement.network.pay"), says="clinical_engagement.network.pay is not filled in"),
    lack("C06.6", "doctors left out", in_rows("clinical_engagement.engaged", set_to(discipline="Therapeutic radiographers"),
                                              discipline="Oncology consultants"),
         says="clinical_engagement.engaged has no row for doctors"),
    lack("C06.6", "doctors alone", in_rows("clinical_engagement.engaged", set_to(discipline="Breast surgeons"),
                                           discipline="Acute oncology nurses"),
         says="clinical_engagement.engaged has no row for nurses or other professions"),
    lack("C06.6", "all in one", with_value("clinical_engagement.engaged", [{"discipline": "Clinical staff", "engaged": 20}]),
         says="clinical_engagement.engaged has only Clinical staff"),
    lack("C07.1", "nothing for the nurses", without_rows("incentives.rows", group="S7"),
         without_rows("incentives.workload", group="S7"),
         says="S7 (Acute oncology nurses) has no row under incentives.rows; "
              "S7 (Acute oncology nurses) has no row under incentives.workload"),
    lack("C07.2", "no relief", in_rows("incentives.workload", dropped("relief")),
         says="the work of S6 rises, and relief is not filled in; the work of S7 rises, and relief is not filled in"),
    lack("C07.3", "agreed by nobody", in_rows("incentives.protected_time", dropped("agreed_by"), role="Nursing lead"),
         says="row 2 of incentives.protected_time has no agreed_by"),
    lack("C07.3", "no time", without("incentives.protected_time"), says="incentives.protected_time has no row"),
    lack("C07.4", "pay that costs nothing", in_rows("incentives.rows", dropped("cost"), id="N4"), says="N4 has no cost"),
    lack("C08.1", "heard too late", in_rows("ppi.events", set_to(date="2026-09-30"), id="Y1"),
         in_rows("ppi.events", set_to(date="2026-11-19"), id="Y2"),
         says="the first event under ppi.events is on 2026-09-30, not before submission on 2026-09-30"),
    lack("C08.2", "heard and not followed", in_rows("ppi.events", dropped("changes_made"), id="Y1"),
         in_rows("ppi.events", dropped("findings"), id="Y2"),
         says="ppi.events has no row with findings and changes_made filled in"),
    lack("C08.3", "no part in evaluation", without_rows("ppi.roles", stage="evaluation"),
         says="ppi.roles has no row with stage: evaluation"),
    lack("C08.4", "no carers, and only the digital", without("ppi.carer_role"), in_rows("ppi.events", dropped("digital_mix")),
         says="ppi.carer_role is not filled in; ppi.events has no row with digital_mix filled in"),
    lack("C08.5", "no numbers", in_rows("ppi.events", dropped("participants", "age_range"), id="Y2"),
         says="Y2 has no participants; Y2 has no age_range"),
    lack("C09.4", "priorities without benefits", in_rows("commissioner_plan.commissioners", dropped("benefits")),
         says="commissioner_plan.commissioners has no row with priorities_met and benefits filled in"),
    lack("C09.5", "no shared ask", without("commissioner_plan.shared_ask"),
         says=not_shared("total", "commissioner", "host", "other")),
    lack("C09.5", "a grant and nobody else", with_value("commissioner_plan.shared_ask", {"total": 598000, "grant": 598000}),
         says=not_shared("commissioner", "host", "other")),
    lack("C09.6", "commissioners come last", in_rows("commissioner_plan.commissioners", set_to(stage_engaged="implementation")),
         says="commissioner_plan.commissioners has no row with stage_engaged: ideation or adoption"),
    lack("C09.7", "nothing in writing", in_rows("commissioner_plan.commissioners", dropped("written_support")),
         says="commissioner_plan.commissioners has no row with written_support filled in"),
    lack("C10.2", "ownership and shares open",
         in_rows(PARTNERS, dropped("foreground_ip_owner", "risk_share", "reward_share"), id="P2"),
         says="P2 has no foreground_ip_owner; P2 has no risk_share; P2 has no reward_share"),
    lack("C10.4", "an unknown firm", in_rows(PARTNERS, dropped("due_diligence", "due_diligence_date"), id="P1"),
         says="P1 has no due_diligence"),
    lack("C10.5", "no university", in_rows(PARTNERS, set_to(sector="charity"), id="P3"),
         says="partnerships.partners has no row with sector: academia"),
    lack("C10.6", "a partner who leaves", in_rows(PARTNERS, dropped("after_pilot"), id="P4"), says="P4 has no after_pilot"),
    lack("C10.7", "contracts of all with all", without("partnerships.contract_structure"),
         says="partnerships.contract_structure is not filled in"),
    lack("C11.4", "a gap left open", in_rows("readiness.capabilities", dropped("action", "owner"), id="G4"),
         says="G4 has no action; G4 has no owner"),
    lack("C11.5", "no rival named", without("readiness.competing_demands"),
         says="readiness.competing_demands is not filled in; readiness.no_competing_demands is not filled in"),
    lack("C11.6", "hub and research apart", without("readiness.hub.rd_link"), without_rows("readiness.capabilities", id="G7"),
         says="readiness.hub.rd_link is not filled in; "
              "readiness.capabilities has no row with domain: research and innovation link"),
    lack("C12.1", "a gap without a plan", a_gap_without_a_plan,
         says="resources.gap leaves 2028/29 short of money, and resources.gap_plan is not filled in"),
    lack("C12.2", "three heads of cost forgotten", in_rows("resources.costs", set_to(category="other"), category="evaluation"),
         in_rows("resources.costs", set_to(category="other"), category="integration"),
         in_rows("resources.costs", set_to(category="staff"), category="clinician time"),
         says="neither resources.costs nor resources.zero_costs has a row for integration, evaluation, clinician time"),
    lack("C12.4", "an assumption marked known", in_rows("resources.costs", set_to(status="known"), id="C1"),
         says="C1 (Portal licence) is marked known, and its source speaks of an assumption"),
    lack("C12.5", "nowhere else to turn", without("resources.alternatives"), says="resources.alternatives has no row"),
]
