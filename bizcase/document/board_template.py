"""Makes the Word template of a benefits-realisation report: what came of it in short, then its tables.

An ordinary .docx with docxtpl tags in the style of the bids, which a hub can open and restyle in Word. Its words come from
`schemas/board_report.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.archive import packed
from bizcase.document import markup as m
from bizcase.document.den_styles import PACK_HEADING
from bizcase.document.package_parts import Kind, package_parts
from bizcase.document.stylesheet import House
from bizcase.specification.source import load_data

FILE = "board_report.yaml"


@cache
def report_words() -> Mapping[str, Any]:
    """What the report says and shows."""
    return load_data((resources.folder("schemas") / FILE).read_text("utf-8"), FILE)


def make_board_template(house: House) -> bytes:
    """The template's bytes; the same house gives the same bytes."""
    words = report_words()
    kind = Kind("Benefits realisation template", words["kind"], "{{ report.title }}", "{{ report.name }}", (PACK_HEADING,))
    opening = (m.line(words["kind"], "MastheadKind") + m.line("{{ report.name }}", "MastheadTitle")
               + m.when("report.name != report.title", m.line("{{ report.title }}", "CoverFact"))
               + m.heading(words["in_short"]["heading"], PACK_HEADING.id)
               + m.for_each("sentence", "report.sentences", m.line("{{ sentence }}", "BodyText")))
    picture = m.when("picture.realised", m.block_tag("picture.realised") + m.caption(words["picture"]["title"], "Figure"))
    money, *others = map(_table, words["tables"])
    body = opening + money + picture + "".join(others) + m.line(words["closing"], "Note")
    return packed(package_parts(body, house, "upright", kind))


def _table(told: Mapping[str, Any]) -> str:
    """A table under its heading, where it has rows; below it its note, and how many rows more there are."""
    name, columns = f"table.{told['name']}", told["columns"]
    widths = m.shared_widths([column["weight"] for column in columns])
    header = "".join(m.header_cell(column["label"], width, bool(column.get("number")))
                     for column, width in zip(columns, widths, strict=True))
    cells = "".join(m.cell(m.line(f"{{{{ row.{column['key']} }}}}", _style(position, column)), width)
                    for position, (column, width) in enumerate(zip(columns, widths, strict=True)))
    table = m.table(widths, header, m.each_row("row", f"{name}.rows", m.table_row(cells), widths), told["heading"])
    notes = "".join(m.when(f"{name}.{part}", m.line(f"{{{{ {name}.{part} }}}}", "Note")) for part in ("more", "note"))
    return m.when(f"{name}.rows", m.heading(told["heading"], PACK_HEADING.id) + table + notes)


def _style(position: int, column: Mapping[str, Any]) -> str:
    return "TableLead" if position == 0 else "TableNumber" if column.get("number") else "TableText"
