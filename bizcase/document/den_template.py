"""Makes the Word template of an Ideas Den pack: a front page, the ranked list, one page a submission, and what was not built.

The result is an ordinary .docx with docxtpl tags, in the style of the bids, which a hub can open and restyle in Word. Its
words come from `schemas/den_pack.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from bizcase import resources
from bizcase.archive import packed
from bizcase.document import den_styles as styles
from bizcase.document import markup as m
from bizcase.document.den_styles import Text
from bizcase.document.package_parts import Kind, package_parts
from bizcase.document.stylesheet import House
from bizcase.specification.source import load_data

FILE = "den_pack.yaml"
FIGURE_WIDTHS = m.shared_widths([1, *[1.24] * 7])
_HEADING = "PackHeading"
_BOOKMARK = "{{s.bookmark}}"
"""Without blanks, which LibreOffice turns into underscores in the name of a bookmark."""


@cache
def pack_words() -> Mapping[str, Any]:
    """What the pack says and shows, and the room that its texts may take."""
    return load_data((resources.folder("schemas") / FILE).read_text("utf-8"), FILE)


def make_den_template(house: House) -> bytes:
    """The template's bytes; the same house gives the same bytes."""
    words = pack_words()
    kind = Kind("Den pack template", "{{ pack.short_title }}", words["kind"], "{{ pack.counts }}", styles.PACK_STYLES)
    body = _front(words) + m.for_each("s", "submissions", _submission(words)) + m.when("failed", _failed(words))
    return packed(package_parts(body + _line(words["closing"], styles.NOTE), house, "upright", kind))


def _line(text: str, style: Text) -> str:
    return m.line(text, style.id)


def _front(words: Mapping[str, Any]) -> str:
    headings = words["headings"]
    rows = "".join(m.fact(row["label"], m.line(row["text"], "TableText")) for row in words["how_to_read"])
    return (m.line(words["kind"], "MastheadKind") + m.line("{{ pack.title }}", "MastheadTitle")
            + m.line("{{ pack.counts }}", "CoverFact") + m.heading(headings["how_to_read"], _HEADING)
            + m.facts(rows, headings["how_to_read"]) + m.heading(headings["ranked"], _HEADING) + _ranked(words))


def _ranked(words: Mapping[str, Any]) -> str:
    """The list: a place leads to its page."""
    listed = words["ranked"]
    widths = m.shared_widths([row["weight"] for row in listed["columns"]])
    numeric = (2, 3, 4)
    header = "".join(m.header_cell(row["label"], width, position in numeric)
                     for position, (row, width) in enumerate(zip(listed["columns"], widths, strict=True)))
    title = (f'<w:hyperlink w:anchor="{_BOOKMARK}" w:history="1">{m.run("{{ s.listed }}", "Label")}</w:hyperlink>'
             + m.run("{{ s.draft }}", "Flag"))
    named = m.paragraph(title, "TableText") + m.when("s.where", _line("{{ s.where }}", styles.ORGANISATION))
    returns = "".join(m.paragraph(m.run(f"{label} ") + _figure(name), "TableNumber")
                      for name, label in (("roi_cash", listed["roi"]["cash"]), ("roi", listed["roi"]["all"])))
    cells = (m.line("{{ s.place }}", "TableLead"), named, _sized("ask", "TableNumber", styles.SMALL_NUMBER.id),
             _sized("npsv", "TableNumber", styles.SMALL_NUMBER.id), returns, m.line("{{ s.word }}", "TableText"),
             m.line("{{ s.resource_word }}", "TableText"))
    row = m.table_row("".join(m.cell(cell, width) for cell, width in zip(cells, widths, strict=True)))
    table = m.table(widths, header, m.each_row("s", "submissions", row, widths), words["headings"]["ranked"])
    return (m.when("submissions", table + _line(listed["note"], styles.NOTE))
            + m.when("not submissions", m.line(listed["empty"], "BodyText")))


def _figure(name: str) -> str:
    return m.run(f"{{{{ s.figure.{name}.text }}}}") + m.run(f"{{{{ s.figure.{name}.mark }}}}", "Flag")


def _sized(name: str, large: str, small: str) -> str:
    """A figure in the style for those that have room, or in the one for those that are long, or words."""
    return (m.when(f"s.figure.{name}.large", m.paragraph(_figure(name), large))
            + m.when(f"not s.figure.{name}.large", m.paragraph(_figure(name), small)))


def _submission(words: Mapping[str, Any]) -> str:
    """The page of one submission."""
    headings = words["headings"]
    return (m.heading("{{ s.place }}\u2002{{ s.title }}", styles.HEADING.id, _BOOKMARK, 1)
            + _line("{{ s.who }}", styles.WHO) + m.for_each("warning", "s.warnings", _line("{{ warning }}", styles.WARNING))
            + m.when("s.proposition", _line("{{ s.proposition }}", styles.PROPOSITION))
            + m.heading(headings["case"], styles.PART.id) + _figures(words) + _line("{{ s.note }}", styles.NOTE) + _facts(words)
            + m.heading(headings["questions"], styles.PART.id) + m.block_tag("s.questions")
            + m.heading(headings["notes"], styles.PART.id) + m.block_tag("s.notes"))


def _figures(words: Mapping[str, Any]) -> str:
    """The figures in a row; below each its sheet and cell."""
    labels, shown = words["figure_rows"], words["figures"]
    header = "".join(m.cell(_line(label, styles.FIGURE_LABEL), width)
                     for label, width in zip((labels["corner"], *(row["label"] for row in shown)), FIGURE_WIDTHS, strict=True))
    values, cells = _row_label(labels["value"]), _row_label(labels["cell"])
    for row, width in zip(shown, FIGURE_WIDTHS[1:], strict=True):
        values += m.cell(_sized(row["name"], styles.FIGURE.id, styles.SMALL_FIGURE.id), width)
        cells += m.cell(_line(f"{{{{ s.figure.{row['name']}.cell }}}}", styles.PLACE_OF_FIGURE), width)
    rows = m.table_row(values) + m.table_row(cells)
    return m.figures_table(FIGURE_WIDTHS, header, rows, words["headings"]["case"], "GridTable")


def _row_label(text: str) -> str:
    return m.cell(_line(text, styles.LABEL), FIGURE_WIDTHS[0])


def _facts(words: Mapping[str, Any]) -> str:
    """What it is worth and whether it can be done; then its sections by how complete they are."""
    rows = "".join(_fact(row["label"], f"{{{{ s.fact.{row['name']} }}}}") for row in words["facts"])
    sections = m.each_row("group", "s.sections", _fact("{{ group.label }}", "{{ group.text }}"), m.fact_widths(m.TEXT_WIDTH))
    return m.facts(rows + sections, words["headings"]["case"])


def _fact(label: str, text: str) -> str:
    first, second = m.fact_widths(m.TEXT_WIDTH)
    return m.table_row(m.cell(_line(label, styles.LABEL), first) + m.cell(_line(text, styles.CELL), second))


def _failed(words: Mapping[str, Any]) -> str:
    """The files that nothing could be built of, each with what was found and what to do."""
    told = words["failed"]
    heading = m.paragraph(m.run(words["headings"]["failed"]), _HEADING, "<w:pageBreakBefore/>")
    widths = m.shared_widths([row["weight"] for row in told["columns"]])
    header = "".join(m.header_cell(row["label"], width) for row, width in zip(told["columns"], widths, strict=True))
    names: Sequence[str] = ("file", "found", "hint")
    row = m.table_row("".join(m.cell(m.line(f"{{{{ row.{name} }}}}", "TableLead" if name == "file" else "TableText"), width)
                              for name, width in zip(names, widths, strict=True)))
    return heading + m.table(widths, header, m.each_row("row", "failed", row, widths), words["headings"]["failed"])
