"""The fields of a part: what each asks Word for, and the result that is shown until Word works it out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bizcase.document.ooxml import W, element


@dataclass(slots=True)
class Field:
    """A field: its instruction, the texts of its result, and what the result stands after or in (nothing if it has none)."""

    instruction: str = ""
    separator: Any = None
    texts: list[Any] = field(default_factory=list)

    @property
    def result(self) -> str:
        return "".join(text.text or "" for text in self.texts)


def fields_of(root: Any) -> Iterator[Field]:
    """Every field of a part, whether written with marks around it or as one element; one may stand inside another."""
    open_fields: list[Field] = []
    for node in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t", f"{W}fldSimple"):
        if node.tag == f"{W}fldSimple":
            yield Field(node.get(f"{W}instr") or "", node, list(node.iter(f"{W}t")))
        elif node.tag == f"{W}fldChar":
            kind = node.get(f"{W}fldCharType")
            if kind == "begin":
                open_fields.append(Field())
            elif kind == "separate" and open_fields:
                open_fields[-1].separator = node
            elif kind == "end" and open_fields:
                yield open_fields.pop()
        elif open_fields:
            current = open_fields[-1]
            if node.tag == f"{W}instrText" and current.separator is None:
                current.instruction += node.text or ""
            elif node.tag == f"{W}t" and current.separator is not None:
                current.texts.append(node)


def write_result(found: Field, result: str) -> None:
    """Puts a result into a field: into its first text, in the look that this has; the others are emptied."""
    if found.separator is None:
        return
    if not found.texts:
        run, text = element("r"), element("t")
        run.append(text)
        if found.separator.tag == f"{W}fldSimple":
            found.separator.append(run)
        else:
            found.separator.getparent().addnext(run)
        found.texts.append(text)
    found.texts[0].text = result
    for rest in found.texts[1:]:
        rest.text = ""
