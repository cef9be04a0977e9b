"""A specification written as YAML: read again it is the same, and it reads as one that a person wrote."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bizcase.hub.form.as_yaml import WIDTH, as_yaml
from bizcase.specification.characters import UNHOLDABLE
from bizcase.specification.shape import load_shape
from bizcase.specification.skeleton import modeline
from bizcase.specification.source import read
from tests.conftest import SAMPLES, TOP, sample_names

EXAMPLES = sorted((TOP / "tests" / "examples" / "valid").glob("*.yaml"))


def again(data: dict[str, Any]) -> dict[str, Any]:
    source, findings = read(as_yaml(data), "again.yaml")
    assert findings == [], as_yaml(data)
    return source.data


@pytest.mark.parametrize("path", [*(SAMPLES / f"{name}.yaml" for name in sample_names()), *EXAMPLES], ids=lambda path: path.stem)
def test_every_sample_and_example_is_the_same_when_it_is_written_again(path: Any) -> None:
    data = read(path.read_text("utf-8"), path.name)[0].data
    assert data
    assert again(data) == data


TEXT = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.sampled_from(
        [
            "",
            " ",
            "\n",
            "a\n",
            "a\n\n",
            "\na",
            " a\nb",
            "a \nb ",
            "a: b",
            "- a",
            "# a",
            "a #b",
            "yes",
            "true",
            "null",
            "~",
            "010",
            "1e3",
            "2026-03-12",
            "2026/27",
            "'",
            '"',
            "{",
            "[a",
            "a]",
            "@a",
            "%a",
            "|",
            ">",
            "a, b",
            "a:",
            "?",
            "...",
            "---",
            "=1",
            "<<",
            "a\tb",
            "\u00a0a",
            "é",
            "🙂\nb",
            "x" * 200,
        ]
    ),
).filter(lambda text: not UNHOLDABLE.search(text) and not set(text) & set("\r\u2028\u2029"))
SCALAR = st.one_of(TEXT, st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False), st.booleans())
FLAT = st.dictionaries(
    st.sampled_from(["id", "value", "status", "per_year", "2026/27", "from"]),
    st.one_of(SCALAR, st.lists(SCALAR, max_size=3)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["title", "overview", "register", "costs", "other"]),
        st.one_of(SCALAR, st.lists(SCALAR, max_size=4), FLAT, st.lists(FLAT, min_size=1, max_size=3)),
        min_size=1,
    )
)
def test_any_data_is_the_same_when_it_is_read_again(section: dict[str, Any]) -> None:
    data = {"bizcase": 1, "profile": "ideas-den", "benefits": section}
    assert again(data) == data


def test_sections_and_fields_stand_in_the_order_of_the_schema_under_a_line_for_editors() -> None:
    text = as_yaml(
        {
            "risks": {"overview": "b"},
            "profile": "ideas-den",
            "summary": {"ask": 1, "proposition": "a"},
            "document": {"title": "t"},
            "bizcase": 1,
        },
        "bizcase.schema.json",
    )
    assert text == (
        f"{modeline('bizcase.schema.json')}\nbizcase: 1\nprofile: ideas-den\n\ndocument:\n  title: t\n\n"
        "summary:\n  proposition: a\n  ask: 1\n\n"
        "risks:\n  overview: b\n"
    )


def test_texts_stand_in_blocks_short_rows_on_a_line_and_longer_ones_field_by_field() -> None:
    text = as_yaml(
        {
            "summary": {"proposition": "One.\n\nTwo.\n", "decision": "Approve it, now"},
            "resources": {"costs": [{"item": "Licence", "id": "C1", "amount": {"per_year": 1}}, {"id": "C2", "item": "x" * 100}]},
        }
    )
    assert text == (
        "summary:\n  proposition: |\n    One.\n\n    Two.\n  decision: Approve it, now\n\n"
        "resources:\n  costs:\n    - {id: C1, item: Licence, amount: {per_year: 1}}\n"
        f"    - id: C2\n      item: {'x' * 100}\n"
    )


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_reads_as_one_that_a_person_wrote(name: str) -> None:
    text = as_yaml(read((SAMPLES / f"{name}.yaml").read_text("utf-8"), name)[0].data)
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)
    assert "\\u" not in text and "\\n" not in text
    in_brackets = [line for line in text.splitlines() if re.match(r" *- \{|[ a-z_]*: [{[]", line)]
    assert len(in_brackets) > 20
    assert max(map(len, in_brackets)) <= WIDTH
    order = [found[1] for found in re.finditer(r"^([a-z_]+):$", text, re.MULTILINE)]
    assert order == [name for name in load_shape().names if name in order]
