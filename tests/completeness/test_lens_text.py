"""What a lens prints: short lines, the verdict word first, and nothing that a tired reader must look up."""

from __future__ import annotations

import pytest

from bizcase.completeness.lens import look
from bizcase.completeness.lens_text import WIDTH, lens_lines
from bizcase.completeness.verdict import Degree
from bizcase.errors import Severity
from tests.completeness.lenses import CODES, LENSES, doubt, seen, verdict

CRITERIA = [code for code in CODES if not code.startswith("A")]


def lines_of(name: str, degree: Degree, severity: Severity = Severity.MAJOR) -> list[str]:
    verdicts = [verdict(code, degree, severity) for code in CRITERIA]
    return lens_lines(look(LENSES[name], verdicts, {"A10": doubt("A10")} if degree is Degree.ABSENT else {}))


@pytest.mark.parametrize("name", LENSES)
@pytest.mark.parametrize("degree", Degree)
def test_no_line_is_longer_than_the_screen_or_ends_in_a_blank(name: str, degree: Degree) -> None:
    lines = lines_of(name, degree)
    assert len(lines) > len(LENSES[name].items)
    assert [line for line in lines if len(line) > WIDTH or line != line.rstrip() or "\n" in line] == []


@pytest.mark.parametrize("name", LENSES)
def test_every_item_begins_with_its_word(name: str) -> None:
    result = look(LENSES[name], [verdict(code, Degree.PARTLY) for code in CRITERIA], {})
    lines = lens_lines(result)
    starts = [line.split(maxsplit=1)[0] for line in lines if line and not line.startswith(" ")]
    for score in result.scores:
        title = next(line for line in lines if f" {score.item.code}" in line and score.item.title in line)
        assert title.startswith(score.word) and title.endswith(f"{score.met} of {score.of}")
        assert score.word.split()[0] in starts


def test_an_item_of_the_panel_is_told_with_place_lack_remedy_and_case() -> None:
    verdicts = [verdict("C18.1", Degree.ABSENT, Severity.BLOCKER), verdict("C18.2", Degree.FULLY, Severity.BLOCKER),
                verdict("C18.3", Degree.PARTLY), verdict("C18.5", Degree.CANNOT_TELL)]
    lines = lens_lines(look(LENSES["panel"], verdicts))
    start = next(number for number, line in enumerate(lines) if line.startswith("refuse"))
    told = lines[start:lines.index("", start)]
    assert " ".join(told[0].split()) == "refuse R1 A plan to spread beyond the host (main reason) 1 of 3"
    assert [line.strip() for line in told[1:]] == [
        "found: bid.docx, under “C18.2” “words on C18.2”",
        "lacks: C18.1 (blocker), C18.3",
        "cannot tell: C18.5",
        "to do: Do C18.1.",
        "to do: Do C18.3.",
        "nearest: Case 1: a vision of other specialties and trusts, and no plan (§5.3, §5.6)",
    ]


def test_the_panel_ends_with_its_word_and_its_questions() -> None:
    lines = lens_lines(seen("remote-monitoring-as-submitted", "panel"))
    assert lines[1].startswith("Refuse: 12 to refuse for")
    asked = lines[lines.index("Refuse. Questions at interview") + 1:]
    assert sum(line.strip().startswith("not answered: belongs under ") for line in asked) == 12
    answered = [line for line in asked if line.strip().startswith("answered: ")]
    assert answered and all("remote-monitoring-as-submitted.yaml:" in line for line in answered)
    after = asked[[line.startswith("R9 ") for line in asked].index(True) + 1]
    assert after in answered


def test_the_stages_show_every_view_and_score_no_style() -> None:
    lines = lines_of("stages", Degree.ABSENT)
    for who in ("literature", "Case 2", "final model"):
        assert sum(line.strip().startswith(f"{who}: ") for line in lines) == 6
    assert "No style is right by itself" in " ".join(lines)


def test_more_than_three_remedies_are_counted_and_not_listed() -> None:
    lines = [line.strip() for line in lines_of("nhs-quality", Degree.ABSENT)]
    assert "to do: and 3 more" in lines
    assert max(sum(line.startswith("to do: Do") for line in chunk) for chunk in _chunks(lines)) == 3


def _chunks(lines: list[str]) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    for line in lines:
        chunks.append([]) if not line else chunks[-1].append(line)
    return chunks


def test_what_nothing_was_seen_of_is_not_scored() -> None:
    assert "Nothing here is asked of this bid" in lines_of("spread", Degree.DOES_NOT_ARISE)
    assert "Nothing here can be told" in lines_of("spread", Degree.CANNOT_TELL)
