"""What the tests of lenses share: lenses by name, samples seen through them, and verdicts made by hand."""

from __future__ import annotations

from collections.abc import Mapping

from bizcase.completeness.criterion import Criterion
from bizcase.completeness.lens import Lens, LensResult, Score, load_lenses, look
from bizcase.completeness.verdict import Degree, Evidence, Verdict
from bizcase.errors import Finding, Place, Severity
from tests.conftest import sample_case

LENSES: Mapping[str, Lens] = {lens.name: lens for lens in load_lenses()}
CODES = sorted({code for lens in LENSES.values() for item in lens.items for code in item.criteria})


def seen(sample: str, lens: str) -> LensResult:
    """A sample through a lens."""
    case = sample_case(sample)
    doubts = {finding.code: finding for finding in case.findings if finding.code.startswith("A")}
    return look(LENSES[lens], case.verdicts, doubts)


def scores_of(result: LensResult) -> dict[str, Score]:
    return {score.item.code: score for score in result.scores}


def criterion(code: str, severity: Severity = Severity.MAJOR) -> Criterion:
    return Criterion(code, f"section_of_{code}", f"{code} is asked.", severity, "Because.", f"Do {code}.", "", {}, None, ())


def verdict(code: str, degree: Degree, severity: Severity = Severity.MAJOR, waived: str = "") -> Verdict:
    """A verdict made by hand; what is there in any part has a place."""
    evidence = (Evidence(Place("bid.docx", where=f"under “{code}”"), f"words on {code}"),) \
        if degree in (Degree.FULLY, Degree.PARTLY) else ()
    return Verdict(criterion(code, severity), severity, degree, f"no {code}" if degree is Degree.ABSENT else "", evidence, waived)


def doubt(code: str) -> Finding:
    return Finding(Place("bid.yaml", 7, 1), code, Severity.MAJOR, f"{code} is hard to believe")
