"""How a text becomes data: the rules of YAML that matter to a bid, the place of everything, and going on after an error."""

from __future__ import annotations

import math
from typing import Any

import pytest

from bizcase.errors import Place, UnreadableFile
from bizcase.specification.scalars import resolve
from bizcase.specification.source import Source, dotted, load_data, read
from tests.specification.checking import data_of, errors_of, places_of, refusal_of, told


def source_of(text: str) -> Source:
    return read(text, "bid.yaml")[0]


@pytest.mark.parametrize(("written", "meant"), [
    ("no", "no"), ("Yes", "Yes"), ("on", "on"), ("y", "y"),
    ("true", True), ("True", True), ("FALSE", False), ("tRUE", "tRUE"),
    ("", None), ("~", None), ("null", None), ("Null", None), ("nULL", "nULL"), ("None", "None"),
    ("12:30", "12:30"), ("2026/27", "2026/27"), ("2026-03-12", "2026-03-12"), ("2026-03-12 10:00:00", "2026-03-12 10:00:00"),
    ("010", 10), ("-7", -7), ("+7", 7), ("0", 0), ("007", 7), ("1_000", "1_000"), ("0x1F", "0x1F"), ("0o17", "0o17"),
    ("1e3", 1000.0), ("1E-3", 0.001), (".5", 0.5), ("5.", 5.0), ("-1.5e+2", -150.0), ("1.2.3", "1.2.3"), ("1e", "1e"), (".", "."),
    ("£5", "£5"), ("5%", "5%"), ("nan", "nan"), ("inf", "inf"), ("Infinity", "Infinity"), ("NaN", "NaN"),
    ("=1+1", "=1+1"), ("a # b", "a"), ("a#b", "a#b"), ("a:b", "a:b"), ("http://a.b/c", "http://a.b/c"),
    ("'010'", "010"), ('"1e3"', "1e3"), ('"no"', "no"), ("'it''s'", "it's"), ('"a\\tb\\u00e9"', "a\tbé"), ("１２", "１２"),
    ("123456789012345678901234567890", 123456789012345678901234567890),
])
def test_a_plain_word_means_what_a_reader_would_think(written: str, meant: Any) -> None:
    value = data_of(f"document:\n  title: {written}\n")["document"]["title"]
    assert value == meant
    assert type(value) is type(meant)


@pytest.mark.parametrize("written", [".inf", "-.INF", "+.Inf", ".nan", ".NaN", "1e999", "-1e400", "9" * 400])
def test_no_infinity_and_no_number_that_is_none_gets_in(written: str) -> None:
    source, findings = read(f"summary: {{ask: {written}}}", "bid.yaml")
    assert [found.code for found in findings] == ["E72"]
    assert source.data == {"summary": {"ask": None}}


def test_an_integer_of_thousands_of_digits_is_read_without_a_crash() -> None:
    assert resolve("1" * 40) == int("1" * 40)
    assert resolve("1" * 41) == pytest.approx(1.1111111111111111e40)
    assert resolve("1" * 5_000) == math.inf


@pytest.mark.parametrize(("text", "data"), [
    ("problem:\n  summary: |\n    One.\n\n    Two.\n", "One.\n\nTwo.\n"),
    ("problem:\n  summary: |-\n    One.\n      Indented.\n", "One.\n  Indented."),
    ("problem:\n  summary: >\n    Folded\n    over.\n\n    Two.\n", "Folded over.\nTwo.\n"),
    ("problem:\n  summary: Plain text\n    over two lines\n", "Plain text over two lines"),
    ('problem:\n  summary: "Quoted\n\n    over lines"\n', "Quoted\nover lines"),
    ("problem:\n  summary: |\n    # not a comment\n    - not a list\n    a: b\n", "# not a comment\n- not a list\na: b\n"),
])
def test_text_of_several_lines_keeps_its_paragraphs(text: str, data: str) -> None:
    assert data_of(text) == {"problem": {"summary": data}}


TEXT = """\
# a comment
document:
  title: Walking aids
  approvers:
    - {name: Ada, date: 2026-01-02}
    - name: Bo
      role: >-
        Finance
        and more

innovation: {components: [App, "A telephone"], digital: true}
"""


@pytest.mark.parametrize(("path", "key", "value"), [
    (("document",), "2:1", "3:3"),
    (("document", "title"), "3:3", "3:10"),
    (("document", "approvers"), "4:3", "5:5"),
    (("document", "approvers", 0), "5:7", "5:7"),
    (("document", "approvers", 0, "date"), "5:19", "5:25"),
    (("document", "approvers", 1), "6:7", "6:7"),
    (("document", "approvers", 1, "role"), "7:7", "7:13"),
    (("innovation",), "11:1", "11:13"),
    (("innovation", "components"), "11:14", "11:26"),
    (("innovation", "components", 1), "11:32", "11:32"),
    (("innovation", "digital"), "11:48", "11:57"),
    (("document", "author"), "2:1", "3:3"),
    (("document", "approvers", 1, "date"), "6:7", "6:7"),
    (("summary", "ask"), "1:1", "1:1"),
])
def test_everything_has_its_place_and_what_is_missing_has_its_parents(path: tuple[str | int, ...], key: str, value: str) -> None:
    source = source_of(TEXT)
    assert str(source.key_place(path)) == f"bid.yaml:{key}"
    assert str(source.place(path)) == f"bid.yaml:{value}"
    assert source.place(path).path == dotted(path)


def test_a_path_is_written_with_rows_from_one() -> None:
    assert dotted(("benefits", "register", 1, "targets", 0, "month")) == "benefits.register[2].targets[1].month"
    assert dotted(()) == ""
    assert str(Place("bid.yaml")) == "bid.yaml"


@pytest.mark.parametrize(("text", "errors"), [
    ("document: {title: A}\ndocument: {author: B}\n", ["2:1 E11 the field 'document' is given twice; the first is on line 1"]),
    ("document:\n  title: A\n  author: B\n  title: C\n", ["4:3 E11 the field 'title' is given twice; the first is on line 2"]),
    ("document: {title: A, title: B}\n", ["1:22 E11 the field 'title' is given twice; the first is on line 1"]),
    ("ppi:\n  roles:\n    - {stage: pilot, role: A}\n    - {stage: pilot, role: A, role: B}\n",
     ["4:31 E11 the field 'role' is given twice; the first is on line 4"]),
    ("document: {title: &t A}\nsummary: {fund: *t}\n",
     ["1:19 E12 the anchor &t is not allowed", "2:17 E12 the alias *t stands for a value written elsewhere"]),
    ("*t : A\ndocument: {title: A}\n", ["1:1 E12 the alias *t stands for a value written elsewhere"]),
    ("*t", ["1:1 E12 the alias *t stands for a value written elsewhere"]),
    ("document: {*t : A, title: B}\n", ["1:12 E12 the alias *t stands for a value written elsewhere"]),
    ("ppi: {events: [*t]}\n", ["1:16 E12 the alias *t stands for a value written elsewhere"]),
    ("document: {~: A}\n", ["1:12 E13 ~ cannot be the name of a field"]),
    ("document: {true: A}\n", ["1:12 E13 true cannot be the name of a field"]),
    ("document: {<<: {title: A}}\n", ["1:12 E13 << cannot be the name of a field"]),
    ("document: {'': A}\n", ["1:12 E13 a field has no name"]),
    ("document: {[a]: A, {b: c}: B, title: D}\n", ["1:12 E13 a field name must be text; this is a list or a mapping",
                                                  "1:20 E13 a field name must be text; this is a list or a mapping"]),
    ("document: {title: !!str A}\n", ["1:19 E14 the tag tag:yaml.org,2002:str is not allowed"]),
    ("document: {title: ! A}\n", ["1:19 E14 the tag ! is not allowed"]),
    ("document: !!map {title: A}\n", ["1:11 E14 the tag tag:yaml.org,2002:map is not allowed"]),
    ("document: {title: A}\n---\nsummary: {fund: B}\n", ["2:1 E15 a second document begins here (---)"]),
    ("- document\n", ["1:1 E16 the file begins with a list; a specification begins with `section:` lines"]),
    ("just text\n", ["1:1 E16 the file holds a single text; a specification begins with `section:` lines"]),
])
def test_what_would_hide_or_lose_a_value_is_refused_at_its_place(text: str, errors: list[str]) -> None:
    assert errors_of(text) == errors


def test_the_first_of_two_values_is_kept_where_a_key_is_given_twice() -> None:
    source = source_of("document: {title: A, title: {deep: [B]}, author: C}\n")
    assert source.data == {"document": {"title": "A", "author": "C"}}
    assert not source.whole


def test_a_refused_name_does_not_shift_the_names_and_values_that_follow() -> None:
    assert source_of("document: {*x : A, title: B}\n").data == {"document": {"title": "B"}}
    assert source_of("document: {[a, {b: c}]: A, title: B}\n").data == {"document": {"title": "B"}}
    assert source_of("document:\n  ? {a: b}\n  : {c: d}\n  title: B\n").data == {"document": {"title": "B"}}


def test_numbers_as_field_names_are_text() -> None:
    assert data_of("resources: {gap: {2026/27: 5, 2026: 6}}") == {"resources": {"gap": {"2026/27": 5, "2026": 6}}}


@pytest.mark.parametrize(("text", "errors"), [
    ("inclusion: {groups: [{id: Q1, group: Old, reason: Far, mitigation: A lift, and a bus}]}\n",
     ["1:76 E20 'and a bus' stands after a comma inside { }, without a value"]),
    ("inclusion: {groups: [{id: Q1, group: Old, reason: Far, mitigation: A lift, owner }]}\n",
     ["1:76 E20 'owner' stands after a comma inside { }, without a value"]),
    ("inclusion: {groups: [{id: Q1, group: Old, reason: Far, mitigation: A lift, \"and a bus\"}]}\n",
     ["1:76 E20 'and a bus' stands after a comma inside { }, without a value"]),
    ("document: {title: A, organisation}\n", ["1:22 E20 'organisation' stands after a comma inside { }, without a value"]),
    ("document: {title}\n", ["1:12 E20 'title' stands after a comma inside { }, without a value"]),
    ("problem: {population: {size: {value: 2, 400}}}\n", ["1:41 E20 '400' stands after a comma inside { }, without a value"]),
    ("resources: {gap: {2026/27: 108,000}}\n", ["1:32 E27 000 stands without an amount"]),
    ("resources: {gap: {2026/27: 108,000, 2027/28: 9,500}}\n",
     ["1:32 E27 000 stands without an amount", "1:48 E27 500 stands without an amount"]),
    ("resources: {gap: {per_year: 12,500}}\n", ["1:32 E27 500 stands without an amount"]),
    ("document: {title: A, organisation: }\n", []),
    ("document:\n  title: A\n  organisation:\n", []),
])
def test_what_stands_after_a_comma_in_brackets_is_told_and_not_lost(text: str, errors: list[str]) -> None:
    assert errors_of(text) == errors


@pytest.mark.parametrize(("text", "places"), [
    ("document:\n  title: a: b\n  auther: x\nsummary:\n  aks: 1\n", ["2:11 E10", "5:3 E20"]),
    ("document:\n  auther: x\n  title: \"a\nsummary:\n  aks: 1\n", ["2:3 E20", "3:10 E10", "5:3 E20"]),
    ("summary:\n  offer: [{policy: a\ndocument:\n  auther: x\n", ["3:9 E10", "4:3 E20"]),
    ("summary:\n  offer: {a: [b\ndocument: {auther: x}\nppi:\n  evnts: []\n", ["3:9 E10", "3:12 E20", "5:3 E20"]),
    ("document:\n\ttitle: x\nsummary:\n  fund: a: b\nproblem:\n  fund: x\n", ["2:1 E10", "4:10 E10", "6:3 E20"]),
    ("document: a: b\ndocument: c: d\n", ["1:11 E22", "1:12 E10", "2:1 E11", "2:12 E10"]),
    ("document:\n  title: A\n...\nsummary:\n  aks: 1\n", ["4:1 E10", "5:3 E20"]),
    ("document:title: @A\n", ["1:17 E10"]),
])
def test_after_a_syntax_error_reading_goes_on_at_the_next_section(text: str, places: list[str]) -> None:
    assert places_of(text) == places


def test_after_a_syntax_error_nothing_is_called_missing_or_unknown() -> None:
    text = "evidence:\n  items:\n    - {id: E1, claim: a: b}\nincentives:\n  workload: [{group: S1, long_term: None}]\n"
    assert places_of(text) == ["3:24 E10"]
    assert places_of(text.replace("a: b", "a")) == ["3:7 E21", "3:7 E21", "5:14 E21", "5:22 E41"]


def test_what_stands_in_an_open_bracket_is_not_judged() -> None:
    assert places_of("resources:\n  costs: [a, b\nppi:\n  evnts: []\n") == ["3:4 E10", "4:3 E20"]
    assert source_of("resources:\n  costs:\n    - {id: C1}\n    - {id: C2, item: a: b}\n").data == {
        "resources": {"costs": [{"id": "C1"}]}}


def test_of_a_hundred_syntax_errors_the_first_hundred_are_told() -> None:
    text = "".join(f"section{number}: a: b\n" for number in range(150))
    assert sum(" E10 " in line for line in errors_of(text)) == 100


@pytest.mark.parametrize(("text", "error"), [
    ('{"document": {"title": "A",}}', "1:28 E10 the text cannot be read here: found }; expected a field name in double quotes"),
    ('{"document": {"title": "A" "author": "B"}}', '1:28 E10 the text cannot be read here: found "; expected , or }'),
    ('{"document": {title: "A"}}', "1:15 E10 the text cannot be read here: found t; expected a field name in double quotes"),
    ('{"document": {"title" "A"}}', "1:23 E10 the text cannot be read here: expected a colon after the field name"),
    ('{"document": {"title": "A"}', "1:28 E10 the text cannot be read here: found the end of the file; expected , or }"),
    ('{"document": {"title": A}}', "1:24 E10 the text cannot be read here: found A; expected a value"),
    ('{"document": {"title": }}', "1:24 E10 the text cannot be read here: found }; expected a value"),
    ('{"summary": {"ask": 010}}', "1:21 E10 the text cannot be read here: found 010; expected a value"),
    ('{"summary": {"ask": NaN}}', "1:21 E10 the text cannot be read here: found NaN; expected a value"),
    ('{"summary": {"ask": 1.}}', "1:21 E10 the text cannot be read here: found 1.; expected a value"),
    ('{"ppi": {"roles": [{}, ]}}', "1:24 E10 the text cannot be read here: found ]; expected a value"),
    ('{"ppi": {"roles": [}}', "1:20 E10 the text cannot be read here: found }; expected , or ]"),
    ('{"document": {"title": "A\nB"}}',
     "1:24 E10 the text cannot be read here: this text holds a line end or a tab; write \\n or \\t instead"),
    ('{"document": {"title": "S:\\x"}}',
     "1:24 E10 the text cannot be read here: a backslash in this text begins no known escape; write \\\\"),
    ('{"document": {"title": "A}}', "1:24 E10 the text cannot be read here: this text is never closed with a quotation mark"),
    ('{"document": {}} {}', "1:18 E10 the text cannot be read here: text after the end of the data"),
])
def test_json_is_told_its_own_faults(text: str, error: str) -> None:
    assert errors_of(text) == [error]


@pytest.mark.parametrize(("text", "data"), [
    ('\n\t {"a":\t[1,\r\n -2.5e3, true, null, "x", {}, []]}\n', {"a": [1, -2500.0, True, None, "x", {}, []]}),
    ('{"a": "\\u00e9 \\ud83d\\ude42 \\/ \\" \\\\ \\t"}', {"a": 'é 🙂 / " \\ \t'}),
    ('{"2026/27": "no", "b": "010"}', {"2026/27": "no", "b": "010"}),
])
def test_json_is_read_as_json(text: str, data: dict[str, Any]) -> None:
    assert data_of(text) == data


def test_json_has_the_same_places_as_yaml() -> None:
    text = '{\n  "document": {"title": "A"},\n  "ppi": {"roles": [{"stage": "pilot"}, {"stage": "x"}]}\n}\n'
    as_json, as_yaml = source_of(text), source_of("# YAML\n" + text)

    def lower(places: dict[tuple[str | int, ...], tuple[int, int]]) -> dict[tuple[str | int, ...], tuple[int, int]]:
        return {path: (line + 1, column) for path, (line, column) in places.items()}

    assert as_yaml.data == as_json.data
    assert as_yaml.keys == lower(as_json.keys)
    assert as_yaml.values == lower(as_json.values)


def test_a_file_of_the_product_is_read_by_the_same_rules_and_refused_whole() -> None:
    assert load_data("a: no", "rules.yaml") == {"a": "no"}
    assert refusal_of(b"# nothing") == "bid.yaml: E02 the file holds no fields, only comments or blank lines"
    with pytest.raises(UnreadableFile, match=r"rules\.yaml:2:1: E11 the field 'a' is given twice"):
        load_data("a: 1\na: 2\n", "rules.yaml")


def test_unicode_line_separators_from_a_word_processor_do_not_shift_places() -> None:
    text = "document:\n  title: Walking\u2028aids\u2029again\n  auther: x\n"
    assert errors_of(text) == ["3:3 E20 the field 'auther' is not known in document"]
    assert source_of(text).data["document"]["title"] == "Walking aids again"


def test_the_words_of_a_message_do_not_grow_with_what_was_found() -> None:
    texts = ["document: &" + "a" * 90_000 + " x", "document: !" + "a" * 90_000 + " x", "summary: {ask: " + "1" * 90_000 + "}",
             '{"document": {"' + "k" * 90_000 + '": 1, "' + "k" * 90_000 + '": 2}}', "document: {title: *" + "b" * 90_000 + " }",
             'appraisal: {price_base_year: "' + "x" * 90_000 + '"}', "profile: " + "x" * 90_000,
             "resources: {gap: {per_year: " + "x" * 90_000 + "}}"]
    for text in texts:
        _, findings = read(text, "bid.yaml")
        lines = [*told(findings), *errors_of(text)]
        assert lines
        assert max(map(len, lines)) < 500, text[:40]
