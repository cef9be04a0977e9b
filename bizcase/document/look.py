"""How text looks in the end: its colour, size and weight, and the colour behind it, through all styles that have a say.

The nearest that says something counts: the run itself, its character style, its paragraph's style, what the table's style
says of this row and column, the table's style as a whole, the document's defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bizcase.document.ooxml import W, child, is_on, val

WHITE = "FFFFFF"
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "00008B", "darkCyan": "008B8B", "darkGray": "A9A9A9",
    "darkGreen": "006400", "darkMagenta": "8B008B", "darkRed": "8B0000", "darkYellow": "808000", "green": "00FF00",
    "lightGray": "D3D3D3", "magenta": "FF00FF", "red": "FF0000", "white": WHITE, "yellow": "FFFF00",
}
_CONDITIONS = {
    "nwCell": ("firstRow", "firstColumn"), "neCell": ("firstRow", "lastColumn"), "swCell": ("lastRow", "firstColumn"),
    "seCell": ("lastRow", "lastColumn"), "firstCol": ("firstColumn",), "lastCol": ("lastColumn",), "firstRow": ("firstRow",),
    "lastRow": ("lastRow",),
}
"""The parts of a table that its style may treat in its own way, from the one that has most say, and what each asks for."""
_BITS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200, "noVBand": 0x400}
LOOKS = tuple(_BITS)
_BUILT_IN = re.compile(r"heading ([1-9])", re.I)
"""The names of Word's own styles of headings, in any language of Word; LibreOffice leaves the level of some out."""
_DRESS = {W + name for name in ("rStyle", "color", "sz", "b", "i", "u", "caps", "vanish", "highlight", "shd", "pStyle")}


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text is printed. A colour is RGB in hexadecimal; "" where Word chooses one that can be read."""

    color: str
    points: float
    bold: bool
    hidden: bool
    background: str
    italic: bool = False
    underlined: bool = False
    capitals: bool = False

    @property
    def is_large(self) -> bool:
        return self.points >= 18 or (self.bold and self.points >= 14)


class Styles:
    """The styles of a document, and what they make of its elements."""

    def __init__(self, root: Any) -> None:
        self._styles = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")} if root is not None else {}
        self._defaults = {style.get(f"{W}type"): name for name, style in self._styles.items()
                          if style.get(f"{W}default") in ("1", "true", "on")}
        self._document = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._chains: dict[str, list[Any]] = {}
        self._levels: dict[str, int] = {}
        self._names: dict[str, list[str]] = {}
        self._own: dict[Any, str] = {}
        self._tables: set[Any] = set()
        self._cells: dict[Any, tuple[str, ...]] = {}
        self._holders: dict[Any, object] = {}
        self._looks: dict[object, Look] = {}
        self._shades: dict[Any, str] = {}

    @property
    def can_hide(self) -> bool:
        """Whether any style hides text."""
        return any(next(style.iter(f"{W}vanish"), None) is not None for style in self._styles.values())

    def heading_level(self, paragraph: Any) -> int:
        """The level of a heading, from 1; 0 for a paragraph that is none."""
        properties = child(paragraph, "pPr")
        own = val(properties, "outlineLvl")
        return _level(own) if own else self._level_of_style(self._style_in(properties))

    def _level_of_style(self, name: str) -> int:
        if name not in self._levels:
            chain = self._chain(name)
            said = next(filter(None, (val(style, "pPr/outlineLvl") for style in chain)), "")
            built_in = next(filter(None, (_BUILT_IN.fullmatch(val(style, "name")) for style in chain)), None)
            self._levels[name] = _level(said) if said or built_in is None else int(built_in[1])
        return self._levels[name]

    def style_names(self, paragraph: Any) -> list[str]:
        """The names of a paragraph's style and of those that it builds on, in small letters."""
        own = self._paragraph_style(paragraph)
        if own not in self._names:
            self._names[own] = [val(style, "name").casefold() for style in self._chain(own)]
        return self._names[own]

    def language(self) -> str:
        """The language of text that names none."""
        default = self._chain(self._defaults.get("paragraph", ""))
        return next(filter(None, (val(properties, "lang") for properties in
                                  (*(child(style, "rPr") for style in default), self._document))), "")

    def look(self, run: Any, paragraph: Any) -> Look:
        """How a run of a paragraph is printed; worked out once for all runs that are dressed and placed alike."""
        key = (_signature(child(run, "rPr")), _signature(child(paragraph, "pPr")), self._holder(paragraph))
        if key not in self._looks:
            self._looks[key] = self._worked_out(run, paragraph)
        return self._looks[key]

    def _holder(self, node: Any) -> object:
        """What is the same for all elements in the same kind of cell; a text box is like no other."""
        holder = next(node.iterancestors(f"{W}tc", f"{W}txbxContent"), None)
        if holder is None or holder.tag == f"{W}txbxContent":
            return holder
        if holder not in self._holders:
            table = _above(holder, "tbl")
            self._of_table(holder)
            self._holders[holder] = (val(table, "tblPr/tblStyle"), self._cells.get(holder, ()), self.cell_shade(holder),
                                     self._holder(holder))
        return self._holders[holder]

    def _worked_out(self, run: Any, paragraph: Any) -> Look:
        says = list(self._says(run, paragraph))
        color = next((found.get(f"{W}val", "") for properties in says if (found := child(properties, "color")) is not None), "")
        size = next(filter(None, (val(properties, "sz") for properties in says)), "20")
        return Look("" if color == "auto" else color.upper(), int(size) / 2 if size.isdecimal() else 10, _says_yes(says, "b"),
                    _says_yes(says, "vanish"), self._background(run, paragraph, says), _says_yes(says, "i"),
                    next(filter(None, (val(properties, "u") for properties in says)), "none") != "none",
                    _says_yes(says, "caps"))

    def cell_shade(self, cell: Any) -> str:
        """The colour behind a table cell; "" where it has none of its own."""
        if cell not in self._shades:
            self._shades[cell] = self._cell_shade(cell)
        return self._shades[cell]

    def _cell_shade(self, cell: Any) -> str:
        table = _above(cell, "tbl")
        conditional = (child(found, "tcPr") for found in self._of_table(cell))
        whole = (child(style, name) for style in self._chain(val(table, "tblPr/tblStyle")) for name in ("tcPr", "tblPr"))
        own = child(table, "tblPr") if table is not None else None
        return _first_shade(child(cell, "tcPr"), *conditional, own, *whole)

    def _says(self, run: Any, paragraph: Any) -> Iterator[Any]:
        """The run properties that have a say over a run, the nearest first."""
        own = child(run, "rPr")
        cell = _above(paragraph, "tc")
        of_table = [] if cell is None else [*self._of_table(cell), *self._chain(val(_above(cell, "tbl"), "tblPr/tblStyle"))]
        found = (own, *(child(style, "rPr") for style in self._chain(val(own, "rStyle"))),
                 *self._of_paragraph(paragraph, "rPr"), *(child(style, "rPr") for style in of_table), self._document)
        return (properties for properties in found if properties is not None)

    def _background(self, run: Any, paragraph: Any, says: list[Any]) -> str:
        """The colour behind a run; "" where it cannot be told."""
        highlight = val(child(run, "rPr"), "highlight")
        if highlight in _HIGHLIGHTS:
            return _HIGHLIGHTS[highlight]
        shade = _first_shade(*says) or _first_shade(child(paragraph, "pPr"), *self._of_paragraph(paragraph, "pPr"))
        if shade:
            return shade
        for above in paragraph.iterancestors(f"{W}tc", f"{W}txbxContent"):
            found = self.cell_shade(above) if above.tag == f"{W}tc" else _box_shade(above)
            if found != "":
                return "" if found == _UNKNOWN else found
        return WHITE

    def _of_paragraph(self, paragraph: Any, kind: str) -> list[Any]:
        return [found for style in self._chain(self._paragraph_style(paragraph)) if (found := child(style, kind)) is not None]

    def _paragraph_style(self, paragraph: Any) -> str:
        if paragraph not in self._own:
            self._own[paragraph] = self._style_in(child(paragraph, "pPr"))
        return self._own[paragraph]

    def _style_in(self, properties: Any) -> str:
        return val(properties, "pStyle") or self._defaults.get("paragraph", "")

    def _chain(self, name: str) -> list[Any]:
        """A style and those that it builds on, the nearest first."""
        if name not in self._chains:
            chain: dict[str, Any] = {}
            step = name
            while step in self._styles and step not in chain:
                chain[step] = self._styles[step]
                step = val(chain[step], "basedOn")
            self._chains[name] = list(chain.values())
        return self._chains[name]

    def _of_table(self, cell: Any) -> list[Any]:
        """What the style of a cell's table says of the part of the table that the cell stands in, the nearest first."""
        table = _above(cell, "tbl")
        styles = self._chain(val(table, "tblPr/tblStyle"))
        if table is None or not styles:
            return []
        if table not in self._tables:
            self._tables.add(table)
            self._cells.update(_parts_of_cells(table))
        return [found for part in self._cells.get(cell, ()) for style in styles for found in style.findall(f"{W}tblStylePr")
                if found.get(f"{W}type") == part]


_UNKNOWN = "unknown"


def table_looks(table: Any) -> dict[str, bool]:
    """Which parts of its style a table uses: first row, last row, first column, last column, and no bands."""
    look = table.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return {name: name.startswith("no") for name in LOOKS}
    code = look.get(f"{W}val") or "0"
    bits = int(code, 16) if all(sign in "0123456789abcdefABCDEF" for sign in code) else 0
    return {name: (look.get(W + name) in ("1", "true", "on")) if look.get(W + name) else bool(bits & bit)
            for name, bit in _BITS.items()}


def rows_of(table: Any) -> list[Any]:
    """The rows of a table itself, wherever content controls stand between."""
    return [row for row in table.iter(f"{W}tr") if _above(row, "tbl") is table]


def cells_of(row: Any) -> list[Any]:
    return [cell for cell in row.iter(f"{W}tc") if _above(cell, "tr") is row]


def _parts_of_cells(table: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    looks = table_looks(table)
    rows = rows_of(table)
    for number, row in enumerate(rows):
        cells = cells_of(row)
        for position, cell in enumerate(cells):
            at = {"firstRow": number == 0, "lastRow": number == len(rows) - 1, "firstColumn": position == 0,
                  "lastColumn": position == len(cells) - 1}
            special = [part for part, asked in _CONDITIONS.items() if all(at[name] and looks[name] for name in asked)]
            bands = [f"band{(number - looks['firstRow']) % 2 + 1}Horz"] if not looks["noHBand"] else []
            bands += [f"band{(position - looks['firstColumn']) % 2 + 1}Vert"] if not looks["noVBand"] else []
            yield cell, (*special, *bands, "wholeTable")


def _signature(properties: Any) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """What of an element's own properties has a say over colours and size."""
    if properties is None:
        return ()
    return tuple((own.tag, tuple(own.items())) for own in properties.iterchildren(*_DRESS))


def _level(said: str) -> int:
    return int(said) + 1 if said.isdecimal() and int(said) < 9 else 0


def _says_yes(says: list[Any], switch: str) -> bool:
    """What the nearest properties that say anything of a switch make of it."""
    return next((on for properties in says if (on := is_on(properties, switch)) is not None), False)


def _first_shade(*holders: Any) -> str:
    """The colour that the nearest properties with shading lay behind; "" where that is none."""
    shade = next((found for properties in holders if properties is not None
                  and (found := child(properties, "shd")) is not None), None)
    if shade is None:
        return ""
    color = shade.get(f"{W}color" if shade.get(f"{W}val") == "solid" else f"{W}fill", "auto")
    return color.upper() if is_color(color) else ""


def is_color(text: str) -> bool:
    return len(text) == 6 and all(sign in "0123456789abcdefABCDEF" for sign in text)


def _box_shade(content: Any) -> str:
    """The colour of a text box; "" where it is clear, and `unknown` where its shape takes it from the theme."""
    for above in content.iterancestors():
        local = str(above.tag).rpartition("}")[2]
        if local == "wsp":
            return _shape_shade(above)
        if local in ("shape", "rect", "roundrect", "oval") and "vml" in str(above.tag):
            fill = (above.get("fillcolor") or "#FFFFFF").split()[0].lstrip("#").upper()
            return "" if above.get("filled") in ("f", "false") else fill if is_color(fill) else _UNKNOWN
    return ""


def _shape_shade(shape: Any) -> str:
    children = {str(child.tag).rpartition("}")[2]: child for child in shape}
    fills = {str(child.tag).rpartition("}")[2]: child for child in children["spPr"]} if "spPr" in children else {}
    if "noFill" in fills:
        return ""
    if "solidFill" in fills:
        color = next((found.get("val", "") for found in fills["solidFill"] if str(found.tag).endswith("}srgbClr")), "")
        return color.upper() if is_color(color) else _UNKNOWN
    return _UNKNOWN if "style" in children or any(name.endswith("Fill") for name in fills) else ""


def _above(node: Any, tag: str) -> Any:
    return next(node.iterancestors(W + tag), None)
