"""The blocks of a section as a template holds them: fields, tables over rows, computed tables and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bizcase.document import markup as m
from bizcase.document.generated import GENERATED, PICTURES, Drawn, GeneratedTable
from bizcase.specification.layout import Column, Layout, RowTable
from bizcase.specification.shape import Field, Section

INTRODUCTIONS = ("overview", "summary", "proposition", "vision", "requirement", "note")
"""Texts that need no heading of their own: they open their section."""
_NUMERIC = {"number", "integer"}
_WIDTH = {"text": 3.4, "string": 2.6, "list": 2.4, "money": 2.2, "date": 1.8, "boolean": 1.2, "integer": 1.0, "number": 1.0,
          "quantity": 2.0, "year": 1.0, "identifier": 2.2, "dict": 2.2}
HEADINGS = {False: ("Heading1", "Heading2", "Heading3", "Heading4"),
            True: ("AnnexHeading1", "AnnexHeading2", "Heading3", "Heading4")}
"""The styles of headings by level, in the body and in an annex."""


@dataclass(frozen=True, slots=True)
class BlockMaker:
    """Makes the blocks of one section. `level` is that of the headings under the section's own; `width` in twips."""

    section: Section
    layout: Layout
    level: int
    annex: bool
    width: int
    alone: bool = False
    """Whether one block is all there is, so that the heading above it has said what it is."""
    unless: frozenset[str] = frozenset()
    """Groups that are left to an annex where their answer is yes."""

    def blocks(self, names: Sequence[str]) -> Iterator[str]:
        """The blocks in order; neighbours that are short share one table of facts."""
        for short, group in groupby(names, key=self._is_short):
            members = list(group)
            if short:
                yield self._facts(self.section.title, [(f"{self.section.name}.{name}", self._field(name)) for name in members])
            else:
                yield from map(self._block, members)

    def condition(self, name: str) -> str:
        """The template's expression for whether a block has anything to print."""
        if name in PICTURES:
            return f"picture.{name}"
        if self._is_computed(name):
            return f"appraised.{name}"
        path = f"{self.section.name}.{name}"
        if not self._is_group(name):
            return path
        needed = self.layout.annexed_if.get(path, "") if self.annex or name in self.unless else ""
        return f"{path}.filled" + (f' and {path}.{needed} {"==" if self.annex else "!="} "Yes"' if needed else "")

    def _is_computed(self, name: str) -> bool:
        return name in GENERATED and not any(field.name == name for field in self.section.fields)

    def _is_group(self, name: str) -> bool:
        return any(field.name == name and field.is_group for field in self.section.fields)

    def _field(self, name: str) -> Field | None:
        return next((field for field in self.section.fields if field.name == name), None)

    def _is_short(self, name: str) -> bool:
        found = self._field(name)
        return found is not None and not found.fields and (found.brief or not found.is_narrative)

    def _block(self, name: str) -> str:
        if name in PICTURES:
            return picture(PICTURES[name])
        if self._is_computed(name):
            return generated_table(GENERATED[name], self.width)
        table = self.layout.table(self.section.name, name)
        if table is not None:
            return self._cards(table) if table.cards else self._rows_table(table)
        item, path = self._field(name), f"{self.section.name}.{name}"
        assert item is not None, f"{path} is no block"
        if item.is_group:
            head = "" if self.alone else self._heading(item.label)
            facts = self._facts(item.label, [(f"{path}.{child.name}", child) for child in item.fields])
            return m.when(self.condition(name), head + facts)
        head = "" if name in INTRODUCTIONS else self._heading(item.label)
        return m.when(path, head + m.narrative(path))

    def _heading(self, text: str) -> str:
        return m.heading(text, self._style(self.level))

    def _style(self, level: int) -> str:
        return HEADINGS[self.annex][level - 1]

    def _facts(self, title: str, items: Sequence[tuple[str, Field | None]]) -> str:
        rows = "".join(fact(path, item, self.width) for path, item in items if item is not None)
        return m.when(" or ".join(path for path, _ in items), m.facts(rows, title, self.width))

    def _rows_table(self, table: RowTable) -> str:
        """Rows as one table, a column for each heading."""
        name = f"{table.section}.{table.name}"
        widths = m.shared_widths(table.widths or [_weight(column) for column in table.columns], self.width)
        pairs = list(zip(table.columns, widths, strict=True))
        header = "".join(m.header_cell(column.heading, width, _is_numeric(column)) for column, width in pairs)
        cells = "".join(m.cell(_cell(f"row.cells.{column.key}",
                                     "TableNumber" if _is_numeric(column) else "TableText"), width) for column, width in pairs)
        rows = m.each_row("row", name, m.table_row(cells), widths)
        return m.when(name, m.caption(table.caption) + m.table(widths, header, rows, f"{self.section.title}: {table.caption}"))

    def _cards(self, table: RowTable) -> str:
        """Rows with too much in them for the columns of a table: each has a heading and a table of facts of its own."""
        name = f"{table.section}.{table.name}"
        first = table.columns[0].key
        title = m.paragraph(m.parts(f"row.cells.{first}.lead"), self._style(self.level + (0 if self.annex else 1)))
        rows = "".join(self._card_row(column) for column in table.columns)
        card = title + m.facts(rows, (table.rows.row or table.caption).capitalize(), self.width)
        head = "" if self.annex else self._heading(table.caption)
        return m.when(name, head + m.for_each("row", name, card))

    def _card_row(self, column: Column) -> str:
        name = f"row.cells.{column.key}"
        content = m.for_each("block", f"{name}.blocks", m.paragraph(m.parts("block"), "TableText"))
        return m.row_when(f"{name}.blocks", m.fact(column.heading, content, self.width), m.fact_widths(self.width))


def fact(name: str, item: Field, width: int = m.TEXT_WIDTH) -> str:
    """A row of label and value, left out where there is no value."""
    content = m.items(name) if item.type == "list" else m.printed(name)
    return m.row_when(name, m.fact(item.label, m.paragraph(content, "TableText"), width), m.fact_widths(width))


def picture(drawn: Drawn) -> str:
    """A picture with its caption: below it, or above where it is a table of figures."""
    name = f"picture.{drawn.name}"
    note = m.paragraph(m.run(f"{drawn.note} ") + m.run("{{ bid.marks }}" if "workbook" in drawn.note else ""), "Note")
    drawing, caption = m.block_tag(name), f"{{{{ caption.{drawn.name} }}}}" if drawn.chart else drawn.caption
    shown = m.caption(caption) + drawing if drawn.above else drawing + m.caption(caption, "Figure")
    return m.when(name, shown + (note if drawn.note else ""))


def generated_table(table: GeneratedTable, width: int) -> str:
    widths = m.shared_widths(table.weights, width)
    header = "".join(m.header_cell(label, cell, numeric=position > 0)
                     for position, ((_, label), cell) in enumerate(zip(table.columns, widths, strict=True)))
    first = m.cell(m.line("{{ row.label }}", "TableText"), widths[0])
    cells = first + "".join(m.cell(m.paragraph(m.marked(f"row.{key}"), "TableNumber"), cell)
                            for (key, _), cell in zip(table.columns[1:], widths[1:], strict=True))
    rows = m.each_row("row", f"appraised.{table.name}", m.table_row(cells), widths)
    note = m.paragraph(m.run(f"{table.note} ") + m.run("{{ bid.marks }}"), "Note")
    return m.when(f"appraised.{table.name}", m.caption(table.caption) + m.table(widths, header, rows, table.caption) + note)


def _cell(name: str, style: str) -> str:
    """The paragraphs of a cell; a dash where there are none, so that nobody wonders whether something was lost."""
    return (m.when(f"{name}.lead", m.paragraph(m.parts(f"{name}.lead"), "TableLead"))
            + m.for_each("block", f"{name}.blocks", m.paragraph(m.parts("block"), style))
            + m.when(f"{name}.empty", m.line("–", style)))


def _is_numeric(column: Column) -> bool:
    return not column.phrase and all(item.type in _NUMERIC for item in column.fields)


def _weight(column: Column) -> float:
    """How wide a column wants to be: as its widest field, and a little more for each that shares it; never narrower than the
    longest word of its heading."""
    widths = sorted(map(_wanted_width, column.fields), reverse=True)
    longest = 0.19 * max(map(len, column.heading.split()))
    return max(min(max(widths[0], 1.2) + 0.15 * sum(widths[1:]), 5.5), longest)


def _wanted_width(item: Field) -> float:
    """By what it holds; a choice is as wide as its longest word, which cannot be broken, or a code as the words behind it."""
    if item.choices:
        return _WIDTH["text"]
    words = [word for choice in item.allowed for word in choice.split()]
    return max(1.2, 0.14 * max(map(len, words))) if words else _WIDTH[item.type]
