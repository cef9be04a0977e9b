"""Scale-up by steps: the host's own case, what each step adds, and the sites that have joined by each year."""

from __future__ import annotations

import pytest
from hypothesis import given

from bizcase.appraisal.appraise import appraise
from bizcase.appraisal.inputs import BenefitClass, Inputs, Status, Step
from bizcase.appraisal.money import Timeframe
from bizcase.appraisal.scale_up import adoption, joined, scale_up
from bizcase.appraisal.scenario import Scenario
from tests.appraisal.generating import some_inputs
from tests.appraisal.making import FIRST_YEAR, GREEN_BOOK, appraised, benefit, cost, often

NEAR = Step("X1", "Next door", 2, FIRST_YEAR + 1)
FAR = Step("X2", "Across the region", 8, FIRST_YEAR + 2, (0.25, 0.5, 1), outside_host=True)


def test_stages_by_hand() -> None:
    found = scale_up(appraised(
        cost(100), cost(0, 20, name="C2", step="X1"), cost(0, 0, 40, name="C3", step="X2", status=Status.DISPUTED),
        benefit(0, 60, 60), benefit(0, 31.05, name="B2", kind=BenefitClass.NCRB, steps=("X1",)),
        benefit(0, 0, 90, name="B3", kind=BenefitClass.SB, steps=("X2",)), years=2, steps=(NEAR, FAR)))
    host, near, far = found.added
    assert (host.step, near.step, far.step) == (None, NEAR, FAR)
    assert (host.pvc, host.pvb) == pytest.approx((100, 60 / 1.035 + 60 / 1.035**2))
    assert (near.pvc, near.pvb, near.npsv) == pytest.approx((20 / 1.035, 30, 30 - 20 / 1.035))
    assert (far.pvc, far.pvb) == pytest.approx((40 / 1.035**2, 90 / 1.035**2))
    assert [stage.pvc for stage in found.reached] == pytest.approx([100, 100 + 20 / 1.035, 100 + 20 / 1.035 + 40 / 1.035**2])
    # Returns to year 2, undiscounted: (120 − 100) ÷ 100, then (120 − 120) ÷ 120 in cash and (151.05 − 120) ÷ 120 in all,
    # then 160 spent; the social benefit is in no return.
    assert [stage.roi_cash for stage in found.reached] == pytest.approx([0.2, 0, -0.25])
    assert [stage.roi for stage in found.reached] == pytest.approx([0.2, 31.05 / 120, (151.05 - 160) / 160])
    assert [stage.status for stage in found.reached] == [Status.KNOWN, Status.KNOWN, Status.DISPUTED]
    assert found.host == found.reached[0] == found.added[0]


def test_a_benefit_that_depends_on_two_steps_counts_with_the_later_of_them() -> None:
    rows = (cost(10), benefit(0, 0, 90, steps=("X2", "X1")))
    found = scale_up(appraised(*rows, years=2, steps=(NEAR, FAR)))
    assert [stage.pvb for stage in found.added] == pytest.approx([0, 0, 90 / 1.035**2])
    turned = scale_up(appraised(*rows, years=2, steps=(FAR, NEAR)))     # now X1 is the later one
    assert [stage.pvb for stage in turned.added] == pytest.approx([0, 0, 90 / 1.035**2])
    assert [stage.step for stage in turned.added] == [None, FAR, NEAR]


def test_a_line_of_a_step_that_is_not_there_is_the_hosts_own() -> None:
    found = scale_up(appraised(benefit(7, steps=("X9",)), steps=(NEAR,)))
    assert [stage.pvb for stage in found.added] == [7, 0]


def test_without_steps_the_host_is_all_there_is() -> None:
    made = appraised(cost(10), benefit(0, 30))
    found = scale_up(made)
    assert found.added == found.reached
    assert [stage.npsv for stage in found.added] == [pytest.approx(made.measures.npsv)]
    assert (found.adoption, found.sites) == ((), ())


def test_a_stage_that_spends_nothing_has_no_return() -> None:
    host, near = scale_up(appraised(benefit(5), cost(5, name="C2", step="X1"), steps=(NEAR,))).reached
    assert (host.roi, host.roi_cash) == (None, None)
    assert (near.roi, near.roi_cash) == (0, 0)


def test_the_return_looks_no_further_than_the_headline_year() -> None:
    [host] = scale_up(appraised(cost(100, 0, 0, 0, 900), benefit(0, 0, 0, 150, 900), years=5)).reached
    assert (host.spent, host.gained, host.roi) == (100, 150, 0.5)


SIX_YEARS = Timeframe(FIRST_YEAR, FIRST_YEAR, 5)


@pytest.mark.parametrize(("step", "sites"), [
    (NEAR, (0, 2, 2, 2, 2, 2)),
    (FAR, (0, 0, 2, 4, 8, 8)),                                          # the last share lasts
    (Step("X3", "A", 4, FIRST_YEAR - 1, (0.25, 0.5, 1)), (2, 4, 4, 4, 4, 4)),   # begun before year 0
    (Step("X4", "A", 4, None), (0, 0, 0, 0, 0, 0)),                     # nobody has said when
    (Step("X5", "A", 4, FIRST_YEAR + 9), (0, 0, 0, 0, 0, 0)),
])
def test_sites_join_from_the_start_as_fast_as_the_ramp_says(step: Step, sites: tuple[float, ...]) -> None:
    assert adoption(step, SIX_YEARS) == sites


def test_the_sites_of_all_steps_are_added_up() -> None:
    found = scale_up(appraised(cost(1), years=4, steps=(NEAR, FAR)))
    assert found.adoption == ((0, 2, 2, 2, 2), (0, 0, 2, 4, 8))
    assert found.sites == (0, 2, 4, 6, 10)
    assert joined(FAR, FIRST_YEAR + 3) == 0.5


@given(some_inputs())
@often
def test_the_host_and_all_steps_together_are_the_central_case(inputs: Inputs) -> None:
    made = appraise(inputs, GREEN_BOOK)
    found = scale_up(made)
    assert sum(stage.npsv for stage in found.added) == pytest.approx(made.measures.npsv, rel=1e-9, abs=1e-6)
    assert found.reached[-1].pvc == pytest.approx(made.measures.pvc, rel=1e-9, abs=1e-6)
    assert found.reached[-1].pvb == pytest.approx(made.measures.pvb, rel=1e-9, abs=1e-6)
    last, year = found.reached[-1], made.headline_year
    for ours, theirs in ((last.roi, made.measures.roi[year]), (last.roi_cash, made.measures.roi_cash[year])):
        if abs(last.spent) > 1:
            assert ours == pytest.approx(theirs, rel=1e-6, abs=1e-6)
    for earlier, later, added in zip(found.reached, found.reached[1:], found.added[1:], strict=False):
        assert later.npsv == pytest.approx(earlier.npsv + added.npsv, rel=1e-9, abs=1e-6)


@given(some_inputs())
@often
def test_the_host_alone_is_the_case_without_scale_up(inputs: Inputs) -> None:
    without = appraise(inputs, GREEN_BOOK, Scenario("x", "X", scale_up=False))
    assert scale_up(appraise(inputs, GREEN_BOOK)).host.npsv == pytest.approx(without.measures.npsv, rel=1e-9, abs=1e-6)
