"""The submissions to one Ideas Den: what each of them is there to show, that it does show it, and that a bid comes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bizcase.appraisal.inputs import Status
from bizcase.case import Built, Case, build, open_case
from bizcase.completeness.sections.across import endorsement_comes_with_resource
from bizcase.errors import IncompleteBid, Severity
from bizcase.hub.form.read import read_form
from bizcase.pdf import pages_of
from tests.building import is_free_text, project_of, values_in
from tests.conftest import SAMPLES

FOLDER = SAMPLES / "ideas-den"

LATER_CONFIRMED = "what recurs after the grant is confirmed"
LATER_HOPED_FOR = "what recurs after the grant is hoped for"
LATER_NOBODY = "nobody pays what recurs after the grant"
NOTHING_RECURS = "nothing recurs after the grant"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a submission is there to show. `worth` is the NPSV in pounds; `people` is whether all posts named are confirmed."""

    shows: str
    ask: int
    worth: int
    later: str
    people: bool
    blockers: tuple[str, ...] = ()


EXPECTED = {
    "discharge-medicines": Expected(
        "costs more than it is worth, and says so; its commissioner plan is empty", 88_000, -141_902, LATER_HOPED_FOR, False,
        ("E21",)),
    "falls-a-nurse-in-every-bay": Expected(
        "a small sound bid with its later money confirmed, some of it cash", 38_000, 29_880, LATER_CONFIRMED, True),
    "falls-up-by-lunch": Expected(
        "overlaps with the other bid on falls: the same people and the same measure in other words", 52_000, 12_263,
        LATER_HOPED_FOR, False),
    "breastfeeding-cafe": Expected(
        "the smallest ask, with no benefit in money; nobody owns a benefit and nobody pays afterwards", 4_000, -4_000,
        NOTHING_RECURS, True, ("C19.1", "E21")),
    "green-inhalers": Expected(
        "worth something to others only: the commissioner's cash and everybody's air", 12_000, 41_595, NOTHING_RECURS, True),
    "letters-by-text-again": Expected(
        "nearly the same as the other bid on letters, sent again by a deputy", 31_000, 127_509, LATER_CONFIRMED, True),
    "interpreter-tablets": Expected(
        "cash alone, with a gain in equity beside it", 42_000, 101_714, LATER_CONFIRMED, True),
    "letters-by-text": Expected(
        "mostly cash; the one whose people in IT are confirmed by name and day", 27_500, 131_009, LATER_CONFIRMED, True),
    "patient-initiated-follow-up": Expected(
        "nothing in cash, prices of a later year than all others", 58_000, 142_548, LATER_HOPED_FOR, False),
    "sepsis-screen-at-the-front-door": Expected(
        "unfinished: no risks, nobody who could be left out, no way without the computer", 64_000, 37_015, LATER_HOPED_FOR,
        False, ("C16.1", "C16.2", "E21")),
    "virtual-ward-for-heart-failure": Expected(
        "the largest ask: endorsed by everybody in words, with no money or person confirmed", 180_000, 42_106, LATER_HOPED_FOR,
        False),
    "wound-photographs": Expected(
        "worth doing, and from the third year on nobody pays", 96_500, 73_660, LATER_NOBODY, True),
}
BROKEN = "night-staff-rest"


@cache
def case(name: str) -> Case:
    path = FOLDER / f"{name}.yaml"
    if path.is_file():
        return open_case(path.read_text("utf-8"), path.name)
    form = read_form(path.with_suffix(".xlsx").read_bytes(), f"{name}.xlsx")
    assert form.findings == ()
    return open_case(form.text, form.name)


@cache
def built(name: str) -> Built:
    return build(case(name), draft=bool(case(name).blockers))


def data(name: str) -> Any:
    return project_of(case(name)).data


def test_a_dozen_submissions_lie_there_and_one_that_cannot_be_read() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {*EXPECTED, BROKEN}
    assert len(EXPECTED) == 12
    asks = sorted(expected.ask for expected in EXPECTED.values())
    assert (asks[0], asks[-1]) == (4_000, 180_000)
    assert sum(not expected.blockers for expected in EXPECTED.values()) == 9


@pytest.mark.parametrize("name", EXPECTED)
def test_a_submission_shows_what_it_is_there_for(name: str) -> None:
    expected, found = EXPECTED[name], case(name)
    assert [finding.message for finding in found.errors] == []
    assert Counter(finding.code for finding in found.blockers) == Counter(expected.blockers)
    assert {finding.severity for finding in found.findings} <= {Severity.BLOCKER, Severity.ADVISORY}
    assert found.analysis is not None
    assert found.analysis.appraisal.measures.npsv == pytest.approx(expected.worth, abs=1)
    assert (_later(found), _people_confirmed(name)) == (expected.later, expected.people)


def _later(found: Case) -> str:
    """Who pays what recurs once the grants have ended."""
    assert found.analysis is not None
    cliff = found.analysis.affordability.cliff
    if not any(cliff.recurrent):
        return NOTHING_RECURS
    if any(cliff.nobody):
        return LATER_NOBODY
    return LATER_HOPED_FOR if any(cliff.unconfirmed) else LATER_CONFIRMED


def _people_confirmed(name: str) -> bool:
    team = data(name)["resources"]["team"]
    assert team, name
    return all(row["confirmed"] for row in team)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bid_and_a_workbook_come_of_it_as_a_draft_where_something_blocks(name: str) -> None:
    expected, files = EXPECTED[name], built(name)
    assert files.bid[:2] == files.workbook[:2] == b"PK"
    assert files.figures["summary.ask"].value == expected.ask
    assert files.figures["npsv"].value == pytest.approx(expected.worth, abs=1)
    if expected.blockers:
        with pytest.raises(IncompleteBid):
            build(case(name))


def test_the_broken_one_is_told_with_its_line_and_the_sign_that_breaks_it() -> None:
    findings = case(BROKEN).findings
    assert [(finding.code, finding.place.file) for finding in findings] == [("E10", f"{BROKEN}.yaml")]
    place = findings[0].place
    line = (FOLDER / f"{BROKEN}.yaml").read_text("utf-8").splitlines()[place.line - 1]
    assert line[:place.column].endswith("awake:")
    assert line[place.column:].startswith(" two of us")
    assert findings[0].message.endswith("text without quotes holds a colon and a space")
    assert findings[0].hint == "put the whole text in quotes"


def test_with_its_quotes_the_broken_one_has_no_other_error() -> None:
    """So that a hub can mend it, and then ask for the much that is missing."""
    text = (FOLDER / f"{BROKEN}.yaml").read_text("utf-8")
    start, end = text.index("We drive home"), text.index("\n  ask:")
    mended = open_case(f'{text[:start]}"{text[start:end]}"{text[end:]}', "mended.yaml")
    assert mended.errors == ()
    assert {finding.code for finding in mended.blockers} >= {"E21", "C16.1", "C19.1"}


def test_the_ward_that_everybody_endorses_has_words_and_nothing_else() -> None:
    found = data("virtual-ward-for-heart-failure")
    assert "in principle" in found["document"]["approvers"][0]["decision"]
    assert [row["stance"] for row in found["stakeholders"]["map"] if row["group"] == "executives"] == ["champion"]
    assert {row["status"] for row in found["resources"]["funding"]} == {"applied for", "expected"}
    assert {row["confirmed"] for row in [*found["resources"]["team"], *found["readiness"]["capabilities"]]} == {False}
    assert [sorted(row) for row in found["readiness"]["executive_commitment"]] == [["resource", "role"]]
    assert [name for name in EXPECTED if endorsement_comes_with_resource(project_of(case(name))) is not None] == [
        "virtual-ward-for-heart-failure"]


def test_the_wounds_have_an_unfunded_cliff_that_is_declared() -> None:
    found = case("wound-photographs")
    assert found.analysis is not None
    funds, labels = found.analysis.affordability, found.analysis.appraisal.timeframe.labels
    assert {label: gap for label, gap in zip(labels, funds.gap, strict=True) if gap} == {
        "2029/30": 49_000, "2030/31": 49_000, "2031/32": 49_000}
    assert funds.cliff.nobody == funds.gap
    assert found.analysis.appraisal.measures.npsv > 0


def test_one_submission_is_in_prices_of_a_later_year() -> None:
    bases = Counter(data(name)["appraisal"]["price_base_year"] for name in EXPECTED)
    assert bases == {"2026/27": 11, "2027/28": 1}
    assert data("patient-initiated-follow-up")["appraisal"]["price_base_year"] == "2027/28"


def test_one_has_no_benefit_in_money_and_one_loses_money_in_spite_of_its_benefits() -> None:
    worth_nothing = {name for name in EXPECTED if not any("value" in row for row in data(name)["benefits"]["register"])}
    losing = {name for name, expected in EXPECTED.items() if expected.worth < 0}
    assert worth_nothing == {"breastfeeding-cafe"}
    assert losing - worth_nothing == {"discharge-medicines"}


def test_cash_and_other_gains_are_mixed_as_a_hub_sees_them() -> None:
    cash = {name for name in EXPECTED if _has(name, "cash-releasing")}
    capacity = {name for name in EXPECTED if _has(name, "non-cash-releasing")}
    societal = {name for name in EXPECTED if _has(name, "societal")}
    assert cash - capacity == {"green-inhalers", "interpreter-tablets"}
    assert capacity - cash == {"falls-up-by-lunch", "patient-initiated-follow-up", "sepsis-screen-at-the-front-door",
                               "virtual-ward-for-heart-failure"}
    assert societal == {"green-inhalers", "patient-initiated-follow-up", "virtual-ward-for-heart-failure"}


def _has(name: str, kind: str) -> bool:
    return any(row["class"] == kind and "value" in row and not row.get("disbenefit")
               for row in data(name)["benefits"]["register"])


def test_two_wards_measure_the_same_for_the_same_people_in_other_words() -> None:
    one, other = (data(name) for name in ("falls-a-nurse-in-every-bay", "falls-up-by-lunch"))
    people = [found["problem"]["population"]["group"] for found in (one, other)]
    measures = [next(row["measure"] for row in found["benefits"]["register"] if row["title"] == "Fewer falls")
                for found in (one, other)]
    assert len(set(people)) == len(set(measures)) == 2
    assert all({"75", "elderly", "care", "wards"} <= set(text.casefold().split()) for text in people)
    assert all("1,000 occupied bed days" in text and "alls" in text for text in measures)


def test_one_submission_is_another_sent_again_with_little_changed() -> None:
    one, other = (_texts(name) for name in ("letters-by-text", "letters-by-text-again"))
    assert one != other
    assert SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.9
    pairs = {(name, rest) for name in EXPECTED for rest in EXPECTED if name < rest} - {
        ("letters-by-text", "letters-by-text-again")}
    assert len(pairs) == 65
    alike = [len(set(_texts(name)) & set(_texts(rest))) / min(len(_texts(name)), len(_texts(rest))) for name, rest in pairs]
    assert max(alike) < 0.5, "no others are nearly the same"


@cache
def _texts(name: str) -> tuple[str, ...]:
    """All that a submission says, but for what is chosen from a list."""
    return tuple(str(value) for _, field, value in values_in(data(name)) if is_free_text(field))


@pytest.mark.parametrize("name", EXPECTED)
def test_no_amount_passes_for_a_known_one(name: str) -> None:
    """Trust and figures are invented: a cost or a unit value is marked, and says what it stands in for."""
    costs = project_of(case(name)).inputs.costs
    assert costs
    for cost in costs:
        assert cost.status in (Status.ILLUSTRATIVE, Status.ESTIMATE) and cost.source, cost.id
    for path, field, value in values_in(data(name)):
        if field.name == "unit_value":
            assert value["status"] == "illustrative" and value["source"], path
    assert data(name)["document"]["organisation"] == "Northmoor University Hospitals NHS Trust"
    assert data(name)["document"]["reference"].startswith("DEN-2026-")


def test_what_a_submission_promises_to_lower_is_what_it_counts() -> None:
    """The last target, as a share of the baseline, against the effect and the take-up."""
    seen = [row for name in EXPECTED for row in data(name)["benefits"]["register"] if _counts_a_share(row)]
    assert len(seen) >= 13
    for row in seen:
        counted = _number(row["value"]["effect"]) * _number(row["value"].get("take_up", 1))
        assert _number(row["targets"][-1]["value"]) == pytest.approx(
            _number(row["baseline"]["value"]) * (1 - counted), rel=0.01), row["measure"]


def _counts_a_share(row: Any) -> bool:
    effect = row.get("value", {}).get("effect")
    return effect is not None and row["direction"] == "decrease" and "unit" not in effect


def _number(value: Any) -> float:
    return float(value["value"] if isinstance(value, dict) else value)


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", ["virtual-ward-for-heart-failure", "breastfeeding-cafe"])
def test_a_submission_takes_six_pages_or_fewer(name: str, tmp_path: Path, office: Callable[[Path, str], Path]) -> None:
    """The longest of them, and a draft with its notes."""
    path = tmp_path / f"{name}.docx"
    path.write_bytes(built(name).bid)
    pages = pages_of(office(path, "pdf").read_bytes())
    assert 4 <= pages.count <= 6
