"""What a file may hold at most, and files and characters that are no specification: one clear line each, and soon."""

from __future__ import annotations

import json
import pickle
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from bizcase.cli.main import main
from bizcase.errors import UnreadableFile
from bizcase.report.text import finding_text
from bizcase.specification.check import check_text
from bizcase.specification.file_text import MAX_BYTES, decode
from bizcase.specification.source import MAX_DEPTH, MAX_VALUES, read
from tests.specification.checking import data_of, errors_of, findings_of, places_of, refusal_of, sound, told

SOON = 1.0
"""Seconds of the processor within which even a hostile file gets its answer; most take a hundredth of it."""


def nested(depth: int) -> str:
    """A text whose deepest list lies within `depth` others, the file itself counted."""
    return "problem: {triggers: " + "[" * (depth - 2) + "x" + "]" * (depth - 2) + "}\n"


def zipped() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return content.getvalue()


@pytest.mark.parametrize(("raw", "refusal"), [
    (b"", "bid.yaml: E02 the file is empty"),
    (b" \n\t\r\n", "bid.yaml: E02 the file is empty"),
    (b"\xef\xbb\xbf", "bid.yaml: E02 the file is empty"),
    (b"# only\n# comments\n", "bid.yaml: E02 the file holds no fields, only comments or blank lines"),
    (b"---\n...\n", "bid.yaml: E02 the file holds no fields, only comments or blank lines"),
    (b"{}", "bid.yaml: E02 the file holds no fields, only comments or blank lines"),
    (zipped(), "bid.yaml: E03 this is a Word, Excel or zip file, not the text of a specification"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "bid.yaml: E03 this is an old Word or Excel file, not the text of a specification"),
    (b"%PDF-1.7\n", "bid.yaml: E03 this is a PDF, not the text of a specification"),
    (b"document: \x00", "bid.yaml: E03 the file holds binary data, not the text of a specification"),
    ("document: {title: A}".encode("utf-16-le"), "bid.yaml: E03 the file holds binary data, not the text of a specification"),
    ("document: {title: A}".encode("utf-16"), "bid.yaml: E04 the text is saved as UTF-16, not as UTF-8"),
    ("document: {title: A}".encode("utf-32"), "bid.yaml: E04 the text is saved as UTF-16, not as UTF-8"),
    (b"\xfe\xff\x00d", "bid.yaml: E04 the text is saved as UTF-16, not as UTF-8"),
    (b"document:\n  author: Zo\xeb\n", "bid.yaml:2:13: E04 the byte 0xEB is not UTF-8 text"),
    (b"\xef\xbb\xbfdocument:\n  author: Zo\xeb\n", "bid.yaml:2:13: E04 the byte 0xEB is not UTF-8 text"),
    (b"\xef\xbb\xbf\xeb", "bid.yaml:1:1: E04 the byte 0xEB is not UTF-8 text"),
    ("title: Zoë costs ".encode() + b"\xa3 5", "bid.yaml:1:18: E04 the byte 0xA3 is not UTF-8 text"),
    (b"a: 1\rb: \xa3", "bid.yaml:2:4: E04 the byte 0xA3 is not UTF-8 text"),
    (b"a: 1\r\nb: \xa3", "bid.yaml:2:4: E04 the byte 0xA3 is not UTF-8 text"),
    (b"title: \xed\xa0\x80", "bid.yaml:1:8: E04 the byte 0xED is not UTF-8 text"),
    (b"title: \xe2\x82", "bid.yaml:1:8: E04 the byte 0xE2 is not UTF-8 text"),
    (b"x" * (MAX_BYTES + 1), "bid.yaml: E05 the file holds 1,000,001 bytes; a specification holds at most 1,000,000"),
    (nested(MAX_DEPTH + 1).encode(), "bid.yaml:1:49: E06 fields are nested more than 30 deep"),
    (("problem: " + "[" * 30_000).encode(), "bid.yaml:1:1009: E06 fields are nested more than 30 deep"),
    (("problem: " + "{a: " * 30_000).encode(), "bid.yaml:1:126: E06 fields are nested more than 30 deep"),
    (("- " * 30_000).encode(), "bid.yaml:1:61: E06 fields are nested more than 30 deep"),
    (("? " * 30_000).encode(), "bid.yaml:1:61: E06 fields are nested more than 30 deep"),
    (b'{"problem": ' + b"[" * 30_000, "bid.yaml:1:42: E06 fields are nested more than 30 deep"),
    (b'{"problem": ' + b'{"a": ' * 30_000, "bid.yaml:1:187: E06 fields are nested more than 30 deep"),
    (b"problem: [" + b"1," * (MAX_VALUES + 1) + b"]", "bid.yaml:1:100009: E07 the file holds more than 50,000 values"),
])
def test_what_is_no_specification_is_refused_in_one_line_and_soon(raw: bytes, refusal: str) -> None:
    begun = time.process_time()
    assert refusal_of(raw) == refusal
    assert time.process_time() - begun < SOON


def test_what_just_passes_the_bounds_is_read() -> None:
    raw = b"problem: {summary: " + b"x" * (MAX_BYTES - 20) + b"}"
    assert len(raw) == MAX_BYTES
    assert len(data_of(decode(raw, "bid.yaml"))["problem"]["summary"]) == MAX_BYTES - 20
    assert errors_of(nested(MAX_DEPTH)) == ["1:22 E22 row 1 of triggers is a list; it should be one line of text"]
    values = len(data_of("problem: [" + "1, " * (MAX_VALUES - 1) + "]")["problem"])
    assert values + 1 == MAX_VALUES


def test_a_folder_is_not_a_specification(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert result.exit_code == 2
    assert result.output.startswith(f"{tmp_path}: E01 this is a folder, not a file")


@pytest.mark.parametrize("text", [
    "".join(f"k{number}ey: 1\n" for number in range(3_000)),
    "stakeholders:\n  map:\n" + "".join(f"    - {{id: S{number}, nme: x}}\n" for number in range(3_000)),
    "benefits:\n  register:\n" + "".join(f"    - {{id: B{number}}}\n" for number in range(1_000))
    + "problem: {benefits: [" + "".join(f"C{number}, " for number in range(1_000)) + "]}\n",
    "".join(f"k{number}: a: b\n" for number in range(60_000)),
    "".join(f'k{number}: "b\n' for number in range(60_000)),
    "problem: {summary: '" + "\x07\n" * 100_000 + "'}",
    "problem: {" + "a, " * 40_000 + "}",
    "problem: [" + "a: b, " * 20_000 + "]",
    '{"problem": {"' + "k" * 900_000 + '": 1}}',
    "problem: &" + "a" * 900_000,
    "summary: {ask: " + "9" * 900_000 + "}",
    "#\n" * 450_000 + "problem: {summary: x}",
])
def test_a_hostile_text_gets_its_answer_soon(text: str) -> None:
    read("bizcase: 1", "warm")
    begun = time.process_time()
    assert findings_of(text)
    assert time.process_time() - begun < 5 * SOON


@pytest.mark.parametrize(("text", "errors"), [
    ("document:\n  title: Walking\x07aids\n",
     ["2:17 E70 the character U+0007 after 'title: Walking' cannot be kept in a Word or Excel file"]),
    ("document:\n  title: 'Zoë \x0b\x0c'\n  author: \x1bA\n",
     ["2:15 E70 the character U+000B after 'title: 'Zoë' cannot be kept in a Word or Excel file",
      "3:11 E70 the character U+001B after 'author:' cannot be kept in a Word or Excel file"]),
    ("\x1fdocument: {title: A}\n", ["1:1 E70 the character U+001F at the beginning cannot be kept in a Word or Excel file"]),
    ("document: {title: A\x7f}\n",
     ["1:20 E70 the character U+007F after 'document: {title: A' cannot be kept in a Word or Excel file"]),
    ("document: {title: \x93A\x94}\n",
     ["1:19 E70 the character U+0093 after 'document: {title:' cannot be kept in a Word or Excel file"]),
    ("document: {title: A\x85B}\n",
     ["1:20 E70 the character U+0085 after 'document: {title: A' cannot be kept in a Word or Excel file"]),
    ("document: {title: \ufffe}\n",
     ["1:19 E70 the character U+FFFE after 'document: {title:' cannot be kept in a Word or Excel file"]),
    ("document: {title: \ud800}\n",
     ["1:19 E70 the character U+D800 after 'document: {title:' cannot be kept in a Word or Excel file"]),
    ('document: {title: "A\\x07B"}\n', ["1:19 E70 the character U+0007 after 'A' cannot be kept in a Word or Excel file"]),
    ('document: {title: "A\\rB"}\n', ["1:19 E70 the character U+000D after 'A' cannot be kept in a Word or Excel file"]),
    ('document: {title: "A\\fB"}\n', ["1:19 E70 the character U+000C after 'A' cannot be kept in a Word or Excel file"]),
    ('document: {title: "A\\x9fB"}\n', ["1:19 E70 the character U+009F after 'A' cannot be kept in a Word or Excel file"]),
    ('{"document": {"title": "A \\ud800"}}', ["1:24 E70 the character U+D800 after 'A' cannot be kept in a Word or Excel file"]),
    ('{"document": {"title": "\\u0001"}}',
     ["1:24 E70 the character U+0001 at the beginning cannot be kept in a Word or Excel file"]),
    ('{"document": {"title": "A\x01"}}',
     ["1:26 E70 the character U+0001 after 'ument\": {\"title\": \"A' cannot be kept in a Word or Excel file"]),
    ('document: {title: "\\ud800"}\n',
     ["1:19 E10 the text cannot be read here: the escape after the backslash stands for no character"]),
    ('innovation: {users: [A, "B\\x08"]}\n', ["1:25 E70 the character U+0008 after 'B' cannot be kept in a Word or Excel file"]),
    ('summary: {ask: {value: 1, source: "B\\x08"}}\n',
     ["1:35 E70 the character U+0008 after 'B' cannot be kept in a Word or Excel file"]),
    ("problem:\n  summary: |\n    Fine.\n    Not \x02 fine.\n",
     ["4:9 E70 the character U+0002 after 'Not' cannot be kept in a Word or Excel file"]),
])
def test_a_character_that_no_bid_can_hold_is_refused_at_its_place(text: str, errors: list[str]) -> None:
    assert errors_of(text) == errors


def test_of_a_hundred_lines_with_such_characters_the_first_hundred_are_told() -> None:
    assert len(errors_of("problem:\n  summary: |\n" + "    \x02\x03\n" * 150)) == 100


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200f", "\u061c", "\x1b", "\x07", "\x9b", "\ufeff", "\u2028"])
def test_what_would_turn_or_colour_a_message_is_made_visible_in_it(character: str) -> None:
    escape = f"\\u{ord(character):04x}"
    for text in ('{"document": {"ti%stle": 1}}', '{"document": {"version": 1}, "a%sb": 2}', '{"summary": {"ask": "%s5"}}',
                 '{"document": {"date": "5%s"}}', '{"timeline": {"milestones": [{"id": "T%s"}]}}', '{"profile": "a%s"}',
                 '{"ppi": {"roles": [{"stage": "a%s"}]}}', '{"resources": {"gap": {"%s": 5}}}',
                 '{"resources": {"gap": {"per_year": 5, "%s": 6}}}', '{"ppi": {"%s": 1, "%s": 2}}'):
        lines = [finding_text(found) for found in findings_of(text.replace("%s", escape))]
        assert all(line.isprintable() for found in lines for line in found.split("\n"))
        assert any(escape in found for found in lines), text


@pytest.mark.parametrize("text", [
    "An emoji 🙂 and a family 👨‍👩‍👧", "مستشار علاج الأورام", "עברית with English", "日本語", "e\u0301 combining",
    "Łódź, Đà Nẵng, ﬁ",
    "=1+1", "+44 113 496", "-5", "@home", "#N/A", "_x0041_", "{{ problem.summary }}", "{% raw %}", "<w:p/>", "R&D",
    "a\u00a0b", "soft\u00adhyphen", "tab\tinside", "two\nlines", "\U0001f1ec\U0001f1e7", "𝒳",
])
def test_text_of_any_language_and_text_that_trips_other_programs_is_kept(text: str) -> None:
    checked = sound(json.dumps({"document": {"title": text}}, ensure_ascii=False))
    assert checked.source.data["document"]["title"] == text


def test_a_paragraph_of_five_thousand_words_is_fine() -> None:
    paragraph = " ".join(["chemotherapy"] * 5_000)
    assert errors_of(f"problem:\n  summary: {paragraph}\n") == []


@pytest.mark.parametrize(("field", "longest"), [("title", 255), ("organisation", 255), ("author", 255), ("reference", 32_767)])
def test_a_text_is_as_long_as_its_place_in_word_and_excel_allows(field: str, longest: int) -> None:
    assert errors_of(f"document: {{{field}: {'x' * longest}}}") == []
    assert places_of(f"document: {{{field}: {'x' * (longest + 1)}}}") == [f"1:{len(field) + 14} E71"]


def test_the_length_of_a_cell_counts_as_excel_counts() -> None:
    assert errors_of(f"document: {{contact: {'🙂' * 16_383}}}") == []
    assert places_of(f"document: {{contact: {'🙂' * 16_384}}}") == ["1:21 E71"]


def test_a_refusal_survives_the_way_to_another_process() -> None:
    with pytest.raises(UnreadableFile) as caught:
        check_text("# nothing", "bid.yaml")
    again = pickle.loads(pickle.dumps(caught.value))
    assert told(again.findings) == told(caught.value.findings)
    assert str(again) == "bid.yaml: E02 the file holds no fields, only comments or blank lines"
