"""Codes: each one that can be given is explained, and each that is explained can be given."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import bizcase
from bizcase import resources
from bizcase.codes import GROUPS, Explanation, explanations
from bizcase.completeness.criterion import load_criteria
from bizcase.errors import Severity
from bizcase.specification.source import load_data
from tests.completeness.spoiling import spoiled, without

CODE = re.compile(r"[ABEFGHT]\d\d")
PACKAGE = Path(bizcase.__file__).parent
REGISTERS = [resources.folder("schemas") / "faults.yaml", *resources.files("schemas", "criteria", ".yaml")]


def codes_given() -> dict[str, set[str]]:
    """Each fault code that stands as a text of its own in the package, with the modules it stands in."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.setdefault(node.value, set()).add(path.name)
    return found


def test_the_search_for_codes_finds_them() -> None:
    found = codes_given()
    assert len(found) > 50
    assert found["E80"] == {"package.py", "kept.py"}
    assert found["E83"] == {"recalculate.py"}
    assert found["A10"] == {"doubts.py"}
    assert found["H14"] == {"contrast_rules.py"}
    assert found["T20"] == {"names.py"}


def test_every_fault_that_can_be_found_is_explained_and_every_explained_one_can_be_found() -> None:
    explained = {code for code in explanations() if CODE.fullmatch(code)}
    assert codes_given().keys() == explained


def test_every_criterion_is_explained_by_itself() -> None:
    for criterion in load_criteria():
        found = explanations()[criterion.code]
        assert (found.title, found.severity, found.why, found.remedy, found.example) == (
            criterion.requirement, criterion.severity, criterion.why, criterion.remedy, criterion.example)


def test_nothing_else_is_explained_and_all_stand_in_order() -> None:
    codes = list(explanations())
    assert codes == sorted(codes)
    assert {code for code in codes if not CODE.fullmatch(code)} == {criterion.code for criterion in load_criteria()}


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.name)
def test_a_row_of_a_register_holds_its_fields_and_no_half_of_a_sentence_cut_at_a_comma(path: Path) -> None:
    """Inside { } a comma ends an unquoted text, and what follows becomes a field that nobody reads."""
    content = load_data(path.read_text("utf-8"), path.name)
    faults = "faults" in content
    of_a_fault, of_a_doubt, of_a_criterion = {"title"}, {"title", "severity"}, {"code", "severity", "requirement", "test"}
    groups = ([(content["faults"].values(), of_a_fault),
               *((content[name].values(), of_a_doubt) for name in GROUPS if name != "faults")]
              if faults else [(content["criteria"], of_a_criterion)])
    for rows, own in groups:
        assert rows
        assert [row for row in rows if row.keys() - {"fields", "when", "section"} != {"why", "remedy", "example"} | own] == []


@pytest.mark.parametrize("found", explanations().values(), ids=lambda found: found.code)
def test_an_explanation_has_a_title_a_reason_a_remedy_and_an_example(found: Explanation) -> None:
    assert all(text and text == text.strip() for text in (found.title, found.why, found.remedy, found.example))
    assert found.why.endswith(".")
    assert found.remedy.endswith(".")


@pytest.mark.parametrize("found", [found for found in explanations().values() if CODE.fullmatch(found.code)],
                         ids=lambda found: found.code)
def test_a_fault_is_an_error_and_a_doubt_is_none_and_each_has_a_title_of_one_line(found: Explanation) -> None:
    """A template may hold anything from an error to advice, and so may a bid that arrives; only that may also be blocked."""
    of_a_kind = {"E": {Severity.ERROR}, "A": {Severity.MAJOR, Severity.ADVISORY}, "H": {Severity.MAJOR, Severity.ADVISORY},
                 "T": {Severity.ERROR, Severity.MAJOR, Severity.ADVISORY}, "B": set(Severity),
                 "F": set(Severity), "G": set(Severity)}
    assert found.severity in of_a_kind[found.code[0]]
    assert re.fullmatch(r"[^\n.]{10,60}", found.title)


def test_an_unmet_criterion_is_given_under_the_code_that_explains_it() -> None:
    codes = {finding.code for finding in spoiled(without("sustainability.exit_plan")).findings}
    assert codes == {"C19.2"}, "the criterion says why; the missing field need not be told twice"
    assert codes <= explanations().keys()
