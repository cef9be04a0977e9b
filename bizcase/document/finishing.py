"""What a rendered body still needs: ids that occur once, captions that count, pictures that stand where they can."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from bizcase.document.fitting import fit_columns
from bizcase.document.keeping import keep_together
from bizcase.document.picture import Picture

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
CONTROL_ORDER = ("rPr", "alias", "tag", "id")
"""The properties of a content control that stand before all others."""
_FIRST_DRAWING = 1001
_EMPTY_RUNS = "//w:p/w:r[not(*[not(self::w:rPr or self::w:t[not(node())])])]"
_COUNTS = re.compile(r"\s*SEQ\s+(\w+)(\s+\\\*\s+(ARABIC|MERGEFORMAT))*\s*")


def last_paragraph(element: Any) -> Any:
    """The paragraph that begins last within an element, or None."""
    for child in element.iterchildren(reversed=True):
        found = last_paragraph(child)
        if found is not None or child.tag == f"{W}p":
            return child if found is None else found
    return None


def text_of(element: Any) -> str:
    return "" if element is None else "".join(element.itertext())


def finish(roots: list[Any]) -> None:
    """Drops runs without text, keeps together what is read together, fits columns, makes ids that loops have copied unique
    across parts, and counts the captions of each kind."""
    controls, drawings, marks = count(1), count(_FIRST_DRAWING), count(1)
    captions: Counter[str] = Counter()
    for root in roots:
        _drop_empty_runs(root)
        keep_together(root)
        fit_columns(root)
        open_marks: dict[str, list[str]] = defaultdict(list)
        for element in root.iter(f"{W}sdt", DRAWING, f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}instrText"):
            if element.tag == f"{W}sdt":
                _identity(element).set(f"{W}val", str(next(controls)))
            elif element.tag == DRAWING:
                element.set("id", str(next(drawings)))
            elif element.tag == f"{W}instrText":
                _count(element, captions)
            else:
                _mark(element, open_marks, marks)


def _drop_empty_runs(root: Any) -> None:
    """Values without a unit, a warning or a label leave runs without a letter; a control keeps the one that it holds."""
    for run in root.xpath(_EMPTY_RUNS, namespaces={"w": W[1:-1]}):
        run.getparent().remove(run)


def _identity(control: Any) -> Any:
    """The id element of a control, made where there is none."""
    properties = control.find(f"{W}sdtPr")
    if properties is None:
        properties = control.makeelement(f"{W}sdtPr")
        control.insert(0, properties)
    found = properties.find(f"{W}id")
    if found is None:
        found = properties.makeelement(f"{W}id")
        place(properties, found)
    return found


def place(properties: Any, element: Any) -> None:
    """Puts a property of a content control where the schema wants it."""
    order = [f"{W}{name}" for name in CONTROL_ORDER]
    before = order[:order.index(element.tag)]
    properties.insert(sum(child.tag in before for child in properties), element)


def _mark(element: Any, open_marks: dict[str, list[str]], numbers: Iterator[int]) -> None:
    """A new id for a bookmark's start, and the same for the end that closes it."""
    old = element.get(f"{W}id", "")
    if element.tag == f"{W}bookmarkStart":
        open_marks[old].append(str(next(numbers)))
        element.set(f"{W}id", open_marks[old][-1])
    else:
        element.set(f"{W}id", open_marks[old].pop() if open_marks[old] else str(next(numbers)))


def _count(instruction: Any, captions: Counter[str]) -> None:
    """Sets the result of a field that counts: SEQ Table, SEQ Figure."""
    counted = _COUNTS.fullmatch(instruction.text or "")
    if counted:
        captions[counted[1]] += 1
        _set_result(instruction, str(captions[counted[1]]))


def _set_result(instruction: Any, result: str) -> None:
    paragraph = next(instruction.iterancestors(f"{W}p"), None)
    after = False
    for element in () if paragraph is None else paragraph.iter(f"{W}instrText", f"{W}fldChar", f"{W}t"):
        if element is instruction or after:
            after = True
            if element.tag == f"{W}fldChar" and element.get(f"{W}fldCharType") == "end":
                return
            if element.tag == f"{W}t":
                element.text = result
                return


def shown(root: Any, pictures: Mapping[str, Picture]) -> list[Picture]:
    """The pictures that a body points to, by name, each as often as it stands there: once more is a copy of its parts."""
    pointers = _pointers(root)
    found: list[Picture] = []
    for _, picture in sorted(pictures.items()):
        uses = max((len(pointers[name]) for name, _, _ in picture.relationships), default=0)
        for number in range(uses):
            copy = picture if number == 0 else picture.copy(number + 1)
            found.append(copy)
            for (old, _, _), (new, _, _) in zip(picture.relationships, copy.relationships, strict=True):
                for element, attribute in pointers[old][number:number + 1]:
                    element.set(attribute, new)
    return found


def points_to(root: Any, pictures: Mapping[str, Picture]) -> bool:
    """Whether a part shows any of these pictures."""
    pointers = _pointers(root)
    return any(name in pointers for picture in pictures.values() for name, _, _ in picture.relationships)


def _pointers(root: Any) -> dict[str, list[tuple[Any, str]]]:
    """Where a part names each relationship: the element and its attribute, in the order of the text."""
    found: dict[str, list[tuple[Any, str]]] = defaultdict(list)
    for value in root.xpath("//@r:*", namespaces={"r": R[1:-1]}):
        found[str(value)].append((value.getparent(), value.attrname))
    return found


def inside_text(root: Any) -> bool:
    """Whether whole paragraphs stand inside a line of text, where Word cannot read them."""
    return any(len(text) for text in root.iter(f"{W}t"))
