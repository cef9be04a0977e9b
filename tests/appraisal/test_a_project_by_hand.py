"""A small project, every number of which is worked out by hand beside it, against the appraisal of its specification."""

from __future__ import annotations

from functools import cache

import pytest

from bizcase.appraisal.analysis import Analysis
from bizcase.appraisal.appraise import Appraisal
from bizcase.appraisal.figure import Figure
from bizcase.appraisal.figures import analysis_figures
from bizcase.appraisal.inputs import BenefitClass, CostType, Status
from bizcase.case import open_case

SPECIFICATION = """
bizcase: 1
profile: ideas-den
document: {title: A small project, organisation: Northmoor, author: Dr A. Example}
appraisal: {price_base_year: 2026/27, years: 3}
resources:
  costs:
    # A kind of project that starts with 200 % optimism bias, of which 90 % is dealt with: 1 + 2.00 × (1 − 0.90) = 1.20
    - {id: C1, item: Portal, category: integration, type: capital, recurrent: false, amount: {once: 100000, in: 2026/27},
       optimism_bias: {category: equipment and development, mitigation: 0.9, reason: Fixed price},
       status: known, source: Quotation}
    - {id: C2, item: Licence, category: licence, type: revenue, recurrent: true,
       amount: {per_year: 20000, from: 2027/28, to: 2029/30}, payer_after_grant: F2, status: estimate, source: Price list}
    # A rate of our own, none of it dealt with: 1.10
    - {id: C3, item: Training, category: training, type: in kind, recurrent: false, amount: {2026/27: 5000},
       optimism_bias: {rate: 0.1}, status: estimate, source: Pay scale}
  funding:
    - {id: F1, source: Fund, kind: grant, amount: {2026/27: 100000, 2027/28: 20000}, status: applied for}
    - {id: F2, source: Board, kind: commissioner, amount: {per_year: 20000, from: 2028/29, to: 2029/30}, status: expected}
  gap: {once: 5000, in: 2026/27}
benefits:
  register:
    # 400 × 0.5 × £1,000 = £200,000; × 0.9 = £180,000; × (1 − 0.1) = £162,000; × 0.8 = £129,600; × (1 − 0.25) = £97,200
    - {id: B1, title: Admissions spared, class: cash-releasing, measure: Admissions, status: illustrative,
       value: {volume: 400, effect: {value: 0.5, status: estimate}, unit_value: 1000, attribution: 0.9, deadweight: 0.1,
               take_up: 0.8, confidence_adjustment: -0.25, from: 2027/28, ramp: [0.5, 1]}}
    - {id: B2, title: Nursing time, class: non-cash-releasing, measure: Hours, status: known,
       value: {by_year: {2028/29: 30000, 2029/30: 30000}}}
    # Two life years at £10,000 each, in the last year alone, on the health schedule
    - {id: B3, title: Life gained, class: societal, measure: Life years, status: estimate,
       value: {volume: 2, unit_value: 10000, health: true, from: 2029/30}}
    - {id: B4, title: More calls at first, class: non-cash-releasing, measure: Calls, status: known, disbenefit: true,
       value: {by_year: {2027/28: 4000}}}
    - {id: B5, title: Peace of mind, class: unmonetisable, measure: A score}
"""

#                2026/27   2027/28   2028/29   2029/30      all
# C1 × 1.20      120,000         0         0         0  120,000   capital
# C2                   0    20,000    20,000    20,000   60,000   revenue
# C3 × 1.10        5,500         0         0         0    5,500   in kind
COST = (125_500, 20_000, 20_000, 20_000)              # 185,500
# B1 ramp 0.5, 1       0    48,600    97,200    97,200  243,000   cash-releasing
CASH = (0, 48_600, 97_200, 97_200)
# B2                   0         0    30,000    30,000   60,000   non-cash-releasing
# B4                   0    −4,000         0         0   −4,000   non-cash-releasing
CAPACITY = (0, -4_000, 30_000, 30_000)                #  56,000
# B3                   0         0         0    20,000   20,000   societal
SOCIAL = (0, 0, 0, 20_000)
BENEFIT = (0, 44_600, 127_200, 147_200)               # 319,000
NET = (-125_500, 24_600, 107_200, 127_200)            # 133,500
CUMULATIVE = (-125_500, -100_900, 6_300, 133_500)


@cache
def analysis() -> Analysis:
    found = open_case(SPECIFICATION, "by-hand.yaml").analysis
    assert found is not None
    return found


def made() -> Appraisal:
    return analysis().appraisal


@cache
def figures() -> dict[str, Figure]:
    return {found.id: found for found in analysis_figures(analysis())}


def near(*amounts: float) -> object:
    return pytest.approx(amounts, rel=1e-12)


def test_the_specification_has_no_errors() -> None:
    assert open_case(SPECIFICATION, "by-hand.yaml").errors == ()


def test_the_years_follow_the_price_base_year() -> None:
    assert made().timeframe.labels == ("2026/27", "2027/28", "2028/29", "2029/30")


def test_costs_carry_their_optimism_bias() -> None:
    portal, licence, training = (line.adjusted for line in made().costs)
    assert portal == near(120_000, 0, 0, 0)
    assert licence == near(0, 20_000, 20_000, 20_000)
    assert training == near(5_500, 0, 0, 0)
    assert made().flow.costs[CostType.CAPITAL] == near(120_000, 0, 0, 0)
    assert made().flow.costs[CostType.IN_KIND] == near(5_500, 0, 0, 0)
    assert made().flow.total_cost == near(*COST)


def test_the_chain_gives_the_full_year_and_the_ramp_the_years() -> None:
    assert figures()["line.B1.full_year"].value == pytest.approx(97_200, rel=1e-12)
    assert made().benefits[0].amounts == near(*CASH)


def test_benefits_run_by_class() -> None:
    assert made().flow.benefits[BenefitClass.CRB] == near(*CASH)
    assert made().flow.benefits[BenefitClass.NCRB] == near(*CAPACITY)
    assert made().flow.benefits[BenefitClass.SB] == near(*SOCIAL)
    assert made().flow.total_benefit == near(*BENEFIT)


def test_net_benefit_and_its_running_total() -> None:
    assert made().flow.net == near(*NET)
    assert made().flow.cumulative == near(*CUMULATIVE)


def test_present_values() -> None:
    # Factors at 3.5 %: 1, 0.966183575, 0.933510700, 0.901942706; at 1.5 % for year 3: 0.956316994
    # PVC   125,500 + 19,323.67 + 18,670.21 + 18,038.85                   = 181,532.74
    # CRB             46,956.52 + 90,737.24 + 87,668.83                   = 225,362.59
    # NCRB            −3,864.73 + 28,005.32 + 27,058.28                   =  51,198.87
    # SB                                      20,000 × 0.956316994        =  19,126.34
    # PVB   225,362.59 + 51,198.87 + 19,126.34                            = 295,687.80
    measures = made().measures
    assert measures.pvc == pytest.approx(181_532.74, abs=0.005)
    assert measures.pvb_by_class == {BenefitClass.CRB: pytest.approx(225_362.59, abs=0.005),
                                     BenefitClass.NCRB: pytest.approx(51_198.87, abs=0.005),
                                     BenefitClass.SB: pytest.approx(19_126.34, abs=0.005)}
    assert measures.pvb == pytest.approx(295_687.80, abs=0.005)
    assert measures.npsv == pytest.approx(114_155.06, abs=0.005)  # 295,687.80 − 181,532.74
    assert measures.bcr == pytest.approx(1.62884, abs=5e-6)       # 295,687.80 ÷ 181,532.74


def test_returns_to_date() -> None:
    # To date   costs    125,500   145,500   165,500   185,500
    #           cash           0    48,600   145,800   243,000
    #           with capacity  0    44,600   171,800   299,000
    assert made().measures.roi_cash == pytest.approx((-1, -0.665979, -0.119033, 0.309973), abs=5e-7)
    assert made().measures.roi == pytest.approx((-1, -0.693471, 0.038066, 0.611860), abs=5e-7)


def test_payback_both_ways() -> None:
    # After year 1 100,900 are missing, and year 2 brings 107,200: 1 + 100,900 ÷ 107,200
    assert made().measures.payback == pytest.approx(1.941231, abs=5e-7)
    # Discounted: −125,500 + 23,768.12 + 100,072.35 = −1,659.54 after year 2, and year 3 brings 115,814.60
    assert made().measures.discounted_payback == pytest.approx(2.014329, abs=5e-7)


def test_funding_meets_the_costs_before_bias_but_for_the_gap() -> None:
    assert analysis().affordability.cash_cost == (105_000, 20_000, 20_000, 20_000)
    assert analysis().affordability.funded == (100_000, 20_000, 20_000, 20_000)
    assert analysis().affordability.gap == (5_000, 0, 0, 0)


def test_when_the_grant_ends_the_board_pays_if_its_money_comes() -> None:
    # No cost names a payer during the grant: the portal and training have none, the licence has the board from the start.
    found = analysis().affordability
    assert found.no_payer == (105_000, 0, 0, 0)
    assert [line.needed for line in found.funding] == [(0, 0, 0, 0), (0, 20_000, 20_000, 20_000)]
    assert (found.cliff.grant_ends, found.cliff.first_year) == (1, 2)
    assert found.cliff.recurrent == (0, 0, 20_000, 20_000)
    assert (found.cliff.confirmed, found.cliff.unconfirmed) == ((0, 0, 0, 0), (0, 0, 20_000, 20_000))
    assert found.cliff.nobody == (0, 0, 0, 0)


def test_the_yearly_equivalents_and_the_rate_of_return() -> None:
    # Factors of years 1 to 3 at 3.5 %: 0.966183575 + 0.933510700 + 0.901942706 = 2.801636981
    assert made().measures.eanb == pytest.approx(40_745.84, abs=0.01)   # 114,155.06 ÷ 2.801636981
    assert made().measures.eac == pytest.approx(64_795.24, abs=0.01)    # 181,532.74 ÷ 2.801636981
    rate = made().measures.irr
    assert rate is not None
    assert sum(amount / (1 + rate)**year for year, amount in enumerate(NET)) == pytest.approx(0, abs=1e-6)
    assert 0.36 < rate < 0.37   # at 36 % the flow is worth 1,114.09, at 37 % −960.22


def test_the_two_cases_differ_by_optimism_bias_alone() -> None:
    found = analysis().reconciliation
    assert found.economic == pytest.approx(185_500)
    assert found.optimism_bias == pytest.approx(-20_500)     # 20,000 on the portal, 500 on training
    assert (found.set_off, found.inflation, found.vat) == (0, 0, 0)
    assert found.cash == pytest.approx(165_000)


def test_what_would_have_to_be_so_for_the_case_to_break_even() -> None:
    # NPSV 114,155.06. Costs: 1 + 114,155.06 ÷ 181,532.74; benefits: 1 − 114,155.06 ÷ 295,687.80.
    # B1 is worth 225,362.59 at an effect of 0.5: 0.5 × (1 − 114,155.06 ÷ 225,362.59), and so is its unit value.
    found = {driver.id: driver for driver in analysis().drivers}
    for name, value in (("all.costs", 1.628840), ("all.benefits", 0.613934), ("all.CRB", 0.493460), ("B1.effect", 0.246730),
                        ("B1.unit_value", 493.4605), ("B1.deadweight", 0.555886)):   # 1 − 0.9 × 0.493460
        assert found[name].switching_value == pytest.approx(value, rel=1e-6), name


@pytest.mark.parametrize(("name", "text", "status"), [
    ("npsv", "£114,155", Status.ILLUSTRATIVE), ("pvb", "£295,688", Status.ILLUSTRATIVE), ("pvc", "£181,533", Status.ESTIMATE),
    ("bcr", "1.63", Status.ILLUSTRATIVE), ("payback", "1.9 years", Status.ILLUSTRATIVE),
    ("payback.discounted", "2.0 years", Status.ILLUSTRATIVE),
    ("roi_cash.3", "31.0%", Status.ILLUSTRATIVE), ("roi.3", "61.2%", Status.ILLUSTRATIVE),
    ("roi_cash.0", "−100.0%", Status.ILLUSTRATIVE),
    ("total.cost", "£185,500", Status.ESTIMATE), ("total.cost.CAPITAL", "£120,000", Status.KNOWN),
    ("total.benefit.NCRB", "£56,000", Status.KNOWN), ("total.funding", "£160,000", Status.KNOWN),
    ("total.gap", "£5,000", Status.ESTIMATE),
    ("line.B4", "−£4,000", Status.KNOWN), ("line.B1.full_year", "£97,200", Status.ILLUSTRATIVE),
    ("flow.net.2026/27", "−£125,500", Status.ILLUSTRATIVE), ("flow.cumulative.2028/29", "£6,300", Status.ILLUSTRATIVE),
])
def test_the_figures_are_printed_as_worked_out(name: str, text: str, status: Status) -> None:
    assert (figures()[name].text, figures()[name].status) == (text, status)


def test_a_benefit_that_cannot_be_put_in_pounds_has_no_figure() -> None:
    assert "line.B2" in figures()
    assert "line.B5" not in figures()
