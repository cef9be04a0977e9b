"""Who pays and who gains: present values by organisation that add up to those of the case."""

from __future__ import annotations

import pytest
from hypothesis import given

from bizcase.appraisal.appraise import appraise
from bizcase.appraisal.inputs import BenefitClass, Inputs, OptimismBias, Status
from bizcase.appraisal.parties import NO_PAYER, parties
from tests.appraisal.generating import some_inputs
from tests.appraisal.making import GREEN_BOOK, appraised, benefit, cost, funding, often

CRB, NCRB, SB = BenefitClass.CRB, BenefitClass.NCRB, BenefitClass.SB


def test_parties_by_hand() -> None:
    fund, host, patients, nobody = parties(appraised(
        cost(100, 60, 60, payer="F1", payer_after_grant="F2", bias=OptimismBias(rate=0.5)),
        cost(0, 0, 8, name="C2", payer="F1", status=Status.DISPUTED),
        benefit(0, 50, accrues_to="Northmoor"), benefit(0, 0, 70, name="B2", kind=NCRB, accrues_to="Northmoor"),
        benefit(0, 20, name="B3", kind=SB, health=True, accrues_to="Patients", status=Status.ILLUSTRATIVE),
        funding(100, 60, organisation="The fund"), funding(0, 0, 60, name="F2", kind="host", organisation="Northmoor"), years=2))
    assert [party.name for party in (fund, host, patients, nobody)] == ["The fund", "Northmoor", "Patients", NO_PAYER]
    assert fund.pays == pytest.approx(150 + 90 / 1.035)         # with optimism bias, as in the value of the case
    assert host.pays == pytest.approx(90 / 1.035**2)
    assert host.gains == pytest.approx({CRB: 50 / 1.035, NCRB: 70 / 1.035**2, SB: 0})
    assert host.net == pytest.approx(50 / 1.035 + 70 / 1.035**2 - 90 / 1.035**2)
    assert patients.gains == pytest.approx({CRB: 0, NCRB: 0, SB: 20 / 1.015})   # health on its own schedule
    assert (patients.pays, sum(fund.gains.values())) == (0, 0)
    assert nobody.pays == pytest.approx(8 / 1.035**2)           # the second cost has nobody after the grant
    assert [party.status for party in (fund, host, patients, nobody)] == [
        Status.DISPUTED, Status.KNOWN, Status.ILLUSTRATIVE, Status.DISPUTED]


def test_two_purses_of_one_organisation_are_one_party() -> None:
    found = parties(appraised(cost(10, payer="F1"), cost(5, name="C2", payer="F2"), funding(10, 1, organisation="Northmoor"),
                              funding(5, 1, name="F2", organisation="Northmoor"), years=1))
    assert [(party.name, party.pays) for party in found] == [("Northmoor", 15)]


def test_funding_without_an_organisation_is_a_party_of_its_own() -> None:
    assert [party.name for party in parties(appraised(cost(1, payer="F1"), funding(1, 1), years=1))] == ["Source F1"]


def test_where_every_cost_has_its_payer_there_is_no_party_of_nobody() -> None:
    assert NO_PAYER not in {party.name for party in parties(appraised(cost(1, payer="F1"), funding(1, 1), years=1))}
    assert NO_PAYER in {party.name for party in parties(appraised(cost(1), funding(1, 1), years=1))}


def test_an_organisation_that_is_called_like_nobody_keeps_its_own_money() -> None:
    [found] = parties(appraised(cost(10, 4, payer="F1"), funding(10, organisation=NO_PAYER), years=1))
    assert found.name == NO_PAYER
    assert found.pays == pytest.approx(10 + 4 / 1.035)


def test_a_disbenefit_is_a_loss_to_whom_it_falls() -> None:
    found = {party.name: party for party in parties(appraised(benefit(30, worse=True, accrues_to="Eastfield")))}
    assert found["Eastfield"].net == -30


@given(some_inputs())
@often
def test_what_the_parties_pay_and_gain_adds_up_to_the_case(inputs: Inputs) -> None:
    made = appraise(inputs, GREEN_BOOK)
    found = parties(made)
    assert len({party.name for party in found}) == len(found)
    assert sum(party.pays for party in found) == pytest.approx(made.measures.pvc, rel=1e-9, abs=0.05)
    for kind in (CRB, NCRB, SB):
        assert sum(party.gains[kind] for party in found) == pytest.approx(made.measures.pvb_by_class[kind], rel=1e-9, abs=1e-6)
    assert sum(party.net for party in found) == pytest.approx(made.measures.npsv, rel=1e-9, abs=0.05)
