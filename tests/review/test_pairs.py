"""Whether a bid and a workbook belong together, how old they are, and the verdicts of a bid as it now is."""

from __future__ import annotations

import json
from dataclasses import replace

from bizcase.archive import packed
from bizcase.case import open_case
from bizcase.document.ooxml import W, parts_of
from bizcase.provenance import Provenance, section_digests
from bizcase.review.changes import OwnBid, own_bid, own_workbook, pair_findings, stale_findings
from bizcase.review.sealing import sealed
from bizcase.review.specification_now import SpecificationNow, specification_now
from tests.building import built_sample, case_of, project_of, sample_data
from tests.conftest import sample_case
from tests.review.editing import Bid, opened_bid, write
from tests.review.sealing import SAMPLE, Parts, bid_parts, with_cells, workbook_parts


def bid_of(parts: Parts) -> OwnBid:
    found = own_bid(parts, "bid.docx")
    assert found is not None
    return found


def pair_of(bid: Parts, workbook: Parts) -> list[tuple[str, str]]:
    one, other = own_bid(bid, "bid.docx"), own_workbook(workbook, "benefits.xlsx")
    assert one is not None and other is not None
    return [(found.code, found.message) for found in pair_findings(one, other)]


def now_of(parts: Parts) -> SpecificationNow:
    own = bid_of(parts)
    found = specification_now(packed(parts), own.provenance, own.changes)
    assert found is not None
    return found


def with_control(bid: Bid, tag: str, text: str) -> Parts:
    for control in bid.root.iter(f"{W}sdt"):
        found = control.find(f"{W}sdtPr/{W}tag")
        if found is not None and found.get(f"{W}val") == tag:
            write(control, text)
    return bid.edited


def test_two_files_of_one_build_belong_together() -> None:
    assert pair_of(bid_parts(), workbook_parts()) == []


def test_files_of_two_specifications_do_not() -> None:
    data = sample_data(SAMPLE)
    data["problem"]["summary"] = "Another problem altogether, told in other words."
    built = built_sample(SAMPLE)
    other = sealed(case_of(data), built, built.bid)
    (code, message), = pair_of(parts_of(other.bid), workbook_parts())
    assert code == "B18" and "they differ in problem" in message


def test_a_figure_that_was_changed_on_one_side_alone_is_told_with_both_texts() -> None:
    edited = with_control(opened_bid(), "npsv", "£1,000,000")
    (code, message), = pair_of(edited, workbook_parts())
    assert code == "B17" and "(npsv): the bid £1,000,000, the workbook £639,727" in message
    own = bid_of(bid_parts()).provenance.figures["npsv"]
    both = with_cells(workbook_parts(), own.sheet, {own.cell: 1_000_000})
    assert not any("(npsv)" in message for _, message in pair_of(edited, both))


def test_a_file_says_how_old_it_is() -> None:
    project, facts = project_of(sample_case(SAMPLE)), bid_of(bid_parts()).provenance.facts
    assert stale_findings(facts, "bid.docx", project.digest, section_digests(project.data)) == ()
    old = replace(facts, version="0.0.1", checked="2020-01-01")
    assert [found.message.split(";")[0][:40] for found in stale_findings(old, "bid.docx")] == [
        "it was built with bizcase 0.0.1", "it was built with the parameter set gree"]
    later = {**project.data, "problem": {**project.data["problem"], "summary": "New"}}
    (found,) = stale_findings(facts, "bid.docx", "another", section_digests(later))
    assert found.code == "B19" and found.message.endswith(": problem")


def test_an_unedited_bid_is_its_specification() -> None:
    found = now_of(bid_parts())
    assert found.data == project_of(sample_case(SAMPLE)).data
    assert (found.read_back, found.left_out, found.as_built) == ((), (), ())


def test_an_edited_text_is_read_back() -> None:
    found = now_of(with_control(opened_bid(), "problem.summary", "It is worse than we thought."))
    assert found.data["problem"]["summary"] == "It is worse than we thought."
    assert found.read_back == ("problem.summary",)


def test_a_section_that_was_deleted_is_left_out_and_its_criteria_fail() -> None:
    bid = opened_bid()
    own = {number for number, passage in enumerate(bid.was.passages)
           if any(span.tag.startswith("inclusion.") for span in passage.spans)}
    assert own
    for number in own:
        node = bid.nodes[number]
        row = next(node.iterancestors(f"{W}tr"), node)
        if row.getparent() is not None:
            row.getparent().remove(row)
    found = now_of(bid.edited)
    assert "inclusion" not in found.data and "inclusion" in found.left_out
    before = {verdict.criterion.code for verdict in sample_case(SAMPLE).verdicts if verdict.to_tell}
    after = open_case(json.dumps(found.data), "now.json")
    assert not after.errors, [finding.message for finding in after.errors]
    lost = {verdict.criterion.section for verdict in after.verdicts
            if verdict.to_tell and verdict.criterion.code not in before}
    assert lost == {"inclusion"}


def test_what_cannot_be_read_back_is_named() -> None:
    found = now_of(with_control(opened_bid(), "summary.ask", "£1"))
    assert found.data == project_of(sample_case(SAMPLE)).data
    assert found.as_built == ("summary",)


def test_an_unsound_specification_is_not_read_back() -> None:
    own = bid_of(bid_parts())
    for text in ("", "[" * 50_000, "x: [", "a: &b 1"):
        assert specification_now(packed(bid_parts()), replace(own.provenance, specification=text), own.changes) is None
    assert Provenance(own.provenance.facts).specification == ""
