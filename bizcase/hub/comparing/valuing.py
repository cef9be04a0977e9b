"""What a hub keeps of a submission that was built: its Figures with their cells, and how it stands on what it is compared by.

Nothing is judged here that was not judged before: criteria are counted, the panel's lens is looked through, and outcomes
are counted as they are named (manual §5.3: an Ideas Den ranks by clinical and organisational value).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bizcase.case import Built, Case
from bizcase.completeness.assess import weighted
from bizcase.completeness.lens import SHARES, LensResult, load_lenses, look
from bizcase.completeness.lens_panel import Decision, Word
from bizcase.completeness.verdict import Verdict
from bizcase.errors import Finding, UnsoundSpecification
from bizcase.hub.comparing.asking import questions_of
from bizcase.hub.comparing.outcomes import clinical_value, gains_of, societal_value
from bizcase.hub.comparing.resourcing import resource_of
from bizcase.hub.entry import Axis, Entry, Measured, Number, Outcome, SectionScore
from bizcase.hub.rules import load_rules
from bizcase.specification.project import Project
from bizcase.specification.shape import load_shape
from bizcase.specification.terms import in_terms

NOT_READY = "not ready"
"""What stands for a panel's word where blockers stop a bid for which the panel would find no reason to refuse it."""
COMPLETE, PART, ABSENT, NOTHING_ASKED = "complete", "part", "absent", "nothing asked"

KEPT = ("npsv", "pvb", "pvc", "bcr", "eanb", "npsv.after_risk", "pvb.CRB", "pvb.NCRB", "pvb.SB", "payback", "payback.cash",
        "payback.discounted", "total.cost", "total.benefit", "total.benefit.CRB", "total.benefit.NCRB", "total.benefit.SB",
        "total.net", "total.cash_cost", "total.in_kind", "total.confirmed", "total.unconfirmed", "total.funding", "total.gap",
        "total.cliff.recurrent", "total.cliff.confirmed", "total.cliff.unconfirmed", "total.cliff.nobody", "cliff.grant_ends",
        "cliff.first_year", "stage.host.npsv", "stage.host.roi", "stage.host.roi_cash", "summary.ask",
        "problem.population.size", "sustainability.annual_cost", "sustainability.annual_saving")
KEPT_BY_YEAR = ("cost", "benefit", "benefit.CRB", "benefit.NCRB", "benefit.SB", "net", "cash_cost", "confirmed", "unconfirmed",
                "gap", "cliff.recurrent", "cliff.nobody")
"""The Figures that a hub compares, and those of which it compares every year."""


def entry_of(name: str, key: str, case: Case, built: Built, bid: str, workbook: str) -> Entry:
    """The entry of a submission that was built. Its findings are those that stop it from being more than a draft.

    `name` is its file within the folder, `key` identifies all that went into it, `bid` and `workbook` are the files written.
    Raises UnsoundSpecification for a case with errors, of which nothing can have been built.
    """
    project, analysis = case.project, case.analysis
    if project is None or analysis is None:
        raise UnsoundSpecification(*case.errors)
    panel = _panel(case, project)
    assert panel.decision is not None
    numbers = dict(_numbers(case, built))
    document = project.section("document")
    return Entry(
        name, key, Outcome.DRAFT if case.blockers else Outcome.BUILT, case.blockers, project.title,
        str(document.get("organisation", "")), str(document.get("author", "")), project.profile.name, project.profile.currency,
        str(project.section("appraisal").get("price_base_year", "")), str(project.section("summary").get("proposition", "")),
        population_of(project), bid, workbook, project.digest, tuple(analysis.appraisal.timeframe.labels), numbers,
        tuple(_sections(case, project)), *_panels_word(panel.decision, case.blockers), clinical_value(project),
        societal_value(project), _readiness(case), resource_of(project, numbers, analysis.appraisal.timeframe.labels),
        _completeness(case, project), questions_of(case.verdicts, panel), tuple(_measured(project)))


def _panel(case: Case, project: Project) -> LensResult:
    lens = next(lens for lens in load_lenses() if lens.name == "panel")
    doubts = {finding.code: finding for finding in reversed(case.findings)}
    return look(lens, case.verdicts, doubts, project.profile.weights)


def _panels_word(decision: Decision, blockers: Sequence[Finding]) -> tuple[str, str]:
    """The panel's word and its reasons; a bid that lacks what its kind cannot do without is not supported, whatever it says."""
    if not blockers or decision.word is Word.REFUSE:
        return decision.word, decision.headline
    many = f"{len(blockers)} blocker{'' if len(blockers) == 1 else 's'}"
    return NOT_READY, f"Not ready: {many} to clear first; otherwise {decision.headline[:1].lower()}{decision.headline[1:]}"


def _numbers(case: Case, built: Built) -> Iterator[tuple[str, Number]]:
    """The Figures kept, with the return on investment of the year that is quoted first."""
    assert case.analysis is not None
    appraisal = case.analysis.appraisal
    year = appraisal.headline_year
    by_year = [f"flow.{flow}.{label}" for label in appraisal.timeframe.labels for flow in KEPT_BY_YEAR]
    for figure_id in (*KEPT, f"roi.{year}", f"roi_cash.{year}", *by_year):
        found = built.figures.get(figure_id)
        if found is not None:
            yield figure_id, Number(found.label, found.value, found.text, found.unit.value, found.status.value,
                                    *built.cells[figure_id])


def _arising(case: Case) -> list[Verdict]:
    return [verdict for verdict in case.verdicts if verdict.degree in SHARES and not verdict.criterion.sums]


def _sections(case: Case, project: Project) -> Iterator[SectionScore]:
    """Each section that the profile prints, with the criteria that arise there."""
    shape, arising = in_terms(load_shape(), project.profile.terms), _arising(case)
    for name in project.profile.sections:
        counts = [SHARES[verdict.degree] for verdict in arising if verdict.criterion.section == name]
        yield SectionScore(name, shape.section(name).title, sum(counts), len(counts), _word(sum(counts), len(counts)))


def _word(met: float, of: int) -> str:
    if not of:
        return NOTHING_ASKED
    return COMPLETE if met == of else PART if met else ABSENT


def _readiness(case: Case) -> Axis:
    """The share of the criteria met, of those that show whether it can be done and will last."""
    counts = [SHARES[verdict.degree] for verdict in _arising(case)
              if verdict.criterion.section in load_rules().readiness_sections]
    if not counts:
        return Axis(None, "its kind of bid asks nothing about readiness")
    met = f"{sum(counts):g} of {len(counts)} criteria"
    return Axis(sum(counts) / len(counts), f"{met} about whether it can be done and will last")


def _completeness(case: Case, project: Project) -> Axis:
    """The share of criteria fully met, weighted as the profile weighs them."""
    arising = _arising(case)
    weights = project.profile.weights
    met = f"{sum(verdict.met for verdict in arising)} of {len(arising)} criteria met"
    return Axis(weighted(case.verdicts, weights), f"{met}, weighted by the profile" if weights else met)


def population_of(project: Project) -> str:
    """Whom the submission is for, in its own words."""
    problem = project.section("problem")
    group = problem.get("population", {}).get("group", "")
    return str(group or problem.get("condition", ""))


def _measured(project: Project) -> Iterator[Measured]:
    """The benefits that have a measure, with those who gain where the submission does not say whom it is for."""
    names = {row.get("id"): str(row.get("name", "")) for row in project.section("stakeholders").get("map", [])}
    for row in gains_of(project):
        if row.get("measure"):
            gaining = ", ".join(filter(None, (names.get(one, "") for one in row.get("beneficiaries", []))))
            yield Measured(str(row["id"]), str(row["measure"]), population_of(project) or gaining)
