"""What would act or reach out when a file is opened is named with its target, and ordinary links are not."""

from __future__ import annotations

import pytest

from bizcase.document.ooxml import parts_of
from bizcase.review.active import active_content
from tests.document.writing import line, word_file
from tests.review.sealing import sealed_sample

TYPES, LINKS = "[Content_Types].xml", "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def told(links: str = "", types: bytes = b"") -> list[str]:
    parts = parts_of(word_file(line("Words.")))
    parts[LINKS] = parts[LINKS].replace(b"</Relationships>", links.encode() + b"</Relationships>")
    parts[TYPES] = parts[TYPES].replace(b"</Types>", types + b"</Types>")
    return [found.message for found in active_content(parts, "bid.docx")]


def link(kind: str, target: str) -> str:
    return f'<Relationship Id="x" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'


def test_macros_are_told() -> None:
    kind = b'<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    assert told(types=kind) == ["it holds macros; they were neither run nor read"]


@pytest.mark.parametrize(("kind", "target", "words"), [
    ("attachedTemplate", "file://server/x.dotm", "a template outside of it: file://server/x.dotm"),
    ("image", "http://example.org/x.png", "a picture outside of it: http://example.org/x.png"),
    ("hyperlink", "javascript:alert(1)", "a link outside of it: javascript:alert(1)"),
    ("strange", "x", "something outside of it: x"),
])
def test_what_reaches_out_is_told_with_its_target(kind: str, target: str, words: str) -> None:
    assert told(link(kind, target)) == [f"it reaches for {words}"]


@pytest.mark.parametrize("target", ["https://example.org", "mailto:a@example.org", "HTTP://example.org"])
def test_an_ordinary_link_is_none_of_these(target: str) -> None:
    assert told(link("hyperlink", target)) == []


def test_our_own_files_neither_act_nor_reach_out() -> None:
    sealed = sealed_sample("exercise-medicine")
    for content in (sealed.bid, sealed.workbook):
        assert list(active_content(parts_of(content), "x")) == []
