"""Words that stand for words to come: found where a reader would stumble over them, and nowhere else."""

from __future__ import annotations

import pytest

from bizcase.specification.left_in import placeholders_in, texts_in


@pytest.mark.parametrize(("text", "found"), [
    ("TBC", "TBC"), ("Contact: tbc", "tbc"), ("Owner TBA.", "TBA"), ("Project manager: to be confirmed", "to be confirmed"),
    ("The threshold is to be determined.", "to be determined"), ("£xxx", "xxx"), ("[insert name here]", "[insert name here]"),
    ("[Name of trust] will lead", "[Name of trust]"), ("It starts on [date].", "[date]"), ("Our lead is […].", ""),
    ("[…]", "[…]"), ("Cost: £[...]", "[...]"), ("Lorem ipsum dolor sit amet", "Lorem ipsum"), ("???", "???"),
    ("Click or tap here to enter text.", "Click or tap here to enter text"), ("Signed ________", "________"),
    ("<insert name>", "<insert name>"), ("TODO: ask finance", "TODO"), ("Please insert here.", "insert here"),
])
def test_a_placeholder_is_found(text: str, found: str) -> None:
    assert placeholders_in(text) == ([found] if found else [])


@pytest.mark.parametrize("text", [
    "The date is to be confirmed by the board in May.", "The model is to be determined at the review in 2027.",
    "Data to be added to the record each night.", "“The service […] saved us a day,” said one patient.", "What happens now?",
    "A todo list for the ward.", "Aim: 10 < x > 3", "[number needed to treat 12]", "[dates of visits vary]", "See [1] and [sic].",
    "Insert the cannula here and there.", "Grade XX steel, room XIX.", "An email to name@trust.example", "[add-on therapy]", "",
])
def test_an_honest_sentence_is_left_alone(text: str) -> None:
    assert placeholders_in(text) == []


def test_all_of_several_are_found_in_their_order() -> None:
    assert placeholders_in("Lead: TBC\nDate: [date]\nCost: xxxx") == ["TBC", "[date]", "xxxx"]


def test_texts_are_found_with_their_paths_and_numbers_are_none() -> None:
    data = {"a": {"b": ["one", {"c": "two", "n": 3}]}, "d": True, "e": "three"}
    assert list(texts_in(data)) == [(("a", "b", 0), "one"), (("a", "b", 1, "c"), "two"), (("e",), "three")]
