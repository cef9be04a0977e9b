"""Words as people type them into a form: yes and no, one of several choices, ids or names of rows, lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from bizcase.hub.form.answers import Answer, CellValue, Known, Unread, folded, word_set, words
from bizcase.specification.shape import Field
from bizcase.specification.words import listed, shown

CLOSE, CLEARLY = 0.8, 0.08
"""How alike a misspelt choice is to the one that was meant, and by how much more than to the next."""
LONGEST = 60
"""Characters; what is longer is no misspelt choice."""

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,19}")
_THEN_MORE = re.compile(r"\s*(?:[-,:;(–]|\bbut\b|\band\b|\bfrom\b|\bonce\b|\bif\b)")
_MARK = re.compile(r"^(?:[-*•·▪–]|\(?\d{1,2}[.)])\s+")


def yes_or_no(value: CellValue) -> Answer | Unread:
    """The answer to a field of type boolean."""
    if isinstance(value, bool):
        return Answer(value)
    text = str(int(value)) if isinstance(value, float) and value in (0, 1) else str(value)
    plain = folded(text)
    for truth, known in ((True, word_set("yes")), (False, word_set("no"))):
        if plain in known:
            return Answer(truth)
    begins = re.match(r"(yes|no)\b[\s,.:;(–-]*", text, re.IGNORECASE)
    if begins:
        truth = begins[1].casefold() == "yes"
        return Answer(truth, f"it is taken as {begins[1].lower()}; the rest has no place there", text)
    return Unread(f"“{shown(text)}” is neither yes nor no", "write yes or no")


def choice_of(value: CellValue, field: Field) -> Answer | Unread:
    """The answer to a field with allowed values, alone or as one of several."""
    text = str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
    plain = _even(text)
    by_word = {**{_even(word): choice for word, choice in words("choices").get(field.path, {}).items()},
               **{_even(told): choice for choice, told in field.choices.items()},
               **{_even(choice): choice for choice in field.allowed}}
    if plain in by_word:
        return Answer(by_word[plain])
    begun = [word for word in by_word if word and plain.startswith(f"{word} ")]
    longest = max(begun, key=len, default="")
    if longest and (_THEN_MORE.match(folded(text)[len(longest):]) or by_word[longest] not in map(_even, field.allowed)):
        return Answer(by_word[longest], f"“{shown(text)}” is taken as {by_word[longest]}", text)
    near = _near(plain, by_word)
    if near:
        return Answer(near, f"“{shown(text)}” is taken as {near}")
    return Unread(f"“{shown(text)}” is not one of the choices", f"choose {listed(field.allowed)}")


def _even(text: str) -> str:
    """A choice for comparing: dashes as blanks, without plurals and signs."""
    return " ".join(word if len(word) < 4 or word.endswith("ss") else word.removesuffix("s")
                    for word in re.sub(r"[^\w&]+", " ", folded(text)).split())


def _near(plain: str, by_word: Mapping[str, str]) -> str:
    """The choice that was probably meant; empty where none is close, or two are."""
    if not 3 < len(plain) <= LONGEST:
        return ""
    scores: dict[str, float] = {}
    for word, choice in by_word.items():
        scores[choice] = max(scores.get(choice, 0), SequenceMatcher(None, plain, word, autojunk=False).ratio())
    ranked = sorted(scores.items(), key=lambda found: -found[1])
    clear = len(ranked) < 2 or ranked[0][1] - ranked[1][1] >= CLEARLY
    return ranked[0][0] if ranked and ranked[0][1] >= CLOSE and clear else ""


def row_of(text: str, field: Field, known: Known | None) -> Answer | Unread:
    """The id of the row that a text names, by its id or its name. Where nothing is known, any id will do."""
    if known is None:
        return Answer(text) if _IDENTIFIER.fullmatch(text) else Unread(f"“{shown(text)}” is not an id", "write an id like S1")
    rows = known.get(field.refers_to, {})
    found = _id_in(text, rows)
    if found is not None:
        return found
    where = f"the rows there are {listed(rows, 30)}" if rows else "there are no rows there yet"
    return Unread(f"“{shown(text)}” is not the id or the name of a row in {field.refers_to}; {where}",
                  "write an id from that table")


def _id_in(text: str, rows: Mapping[str, str]) -> Answer | None:
    if text in rows:
        return Answer(text)
    plain = folded(text)
    same = [name for name in rows if name.casefold() == plain.replace(" ", "")]
    if len(same) == 1:
        return Answer(same[0])
    named = [name for name, told in rows.items() if told and _even(told) == _even(text)]
    if len(named) == 1:
        return Answer(named[0])
    both = [name for name in rows if _begins_with(text, name) and _even(rows[name]) and _even(text).endswith(_even(rows[name]))]
    return Answer(both[0]) if len(both) == 1 else None


def _begins_with(text: str, name: str) -> bool:
    """Whether a text is an id with more behind it: F1 – Host trust."""
    rest = text[len(name):].lstrip()
    return text.casefold().startswith(name.casefold()) and rest[:1] in tuple("-–—,:;(.")


def rows_of(text: str, field: Field, known: Known | None) -> Answer | Unread:
    """The ids of the rows that a text names, between semicolons, commas, lines or `and`."""
    if known is not None:
        whole = row_of(text, field, known)
        if isinstance(whole, Answer):
            return Answer([whole.value])
    parts = [part for part in re.split(r"\s*(?:[;\n,&+/]|\band\b)\s*", text) if part]
    found, lost = [], []
    for part in parts:
        answer = row_of(part, field, known)
        if isinstance(answer, Answer):
            found.append(answer.value)
        elif known is not None and (inner := re.fullmatch(r"([A-Za-z]+)(\d+)\s*(?:-|–|to)\s*(?:[A-Za-z]+)?(\d+)", part)):
            span = [f"{inner[1]}{number}" for number in range(int(inner[2]), min(int(inner[3]), int(inner[2]) + 99) + 1)]
            ids = [row_of(name, field, known) for name in span]
            found += [each.value for each in ids if isinstance(each, Answer)]
            lost += [each for each in ids if isinstance(each, Unread)]
        else:
            lost.append(answer)
    if not found or not parts:
        return lost[0] if len(lost) == 1 else row_of(text, field, known)
    note = "; ".join(each.message for each in lost if isinstance(each, Unread))
    return Answer(list(dict.fromkeys(found)), note, text if lost else "")


def items_of(text: str) -> list[str]:
    """The items of a list: between semicolons or on lines, or else between commas. Signs of a list before them are dropped."""
    if ";" in text or "\n" in text:
        parts: Sequence[str] = re.split(r"[;\n]", text)
    else:
        parts = re.split(r",(?!\d{3}\b)", text)
    return [item for item in (_MARK.sub("", part.strip()) for part in parts) if item]


def written_items(items: Sequence[str]) -> str:
    """The items of a list in one cell, as the reader takes them."""
    text = "; ".join(items)
    return f"{text};" if len(items) == 1 and "," in text else text
