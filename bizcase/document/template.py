"""Makes the Word template of a profile: every heading of the profile, every block of the layout, in the house style.

The result is an ordinary .docx with docxtpl tags, which a hub can open and restyle in Word. The shipped templates are
made here (`make templates`), so shape and layout stay their one source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bizcase.archive import packed
from bizcase.document import front
from bizcase.document import markup as m
from bizcase.document.blocks import HEADINGS, BlockMaker
from bizcase.document.outline import Entry, annexes_of, outline, stands_first
from bizcase.document.package_parts import package_parts
from bizcase.document.stylesheet import House
from bizcase.specification.layout import Layout, layout_of
from bizcase.specification.profile import Profile
from bizcase.specification.shape import Shape
from bizcase.specification.terms import in_terms

CLOSING = "End of the bid. Every figure has its cell in the benefits workbook."


def make_template(profile: Profile, shape: Shape, house: House) -> bytes:
    """The template's bytes, in the terms of the profile; the same input gives the same bytes."""
    shape = in_terms(shape, profile.terms)
    entries = outline(profile, shape)
    maker = _Maker(profile, shape, layout_of(shape, profile.terms), entries)
    body = "".join(maker.headings([entry for entry in entries if not entry.annex]))
    annexes = "".join(maker.headings([entry for entry in entries if entry.annex]))
    closing = m.line(CLOSING, "Note")
    opening = front.masthead() if profile.short else front.cover(shape) + front.contents(entries)
    control = front.control_at_the_end(shape) if profile.short else ""
    if annexes:
        return packed(package_parts(opening + body + m.end_of_section("upright") + annexes + control + closing, house, "wide"))
    return packed(package_parts(opening + body + control + closing, house, "upright"))


@dataclass
class _Maker:
    profile: Profile
    shape: Shape
    layout: Layout
    entries: tuple[Entry, ...]
    _bookmarks: int = field(default=0)

    def headings(self, entries: list[Entry]) -> Iterator[str]:
        """Each heading with what stands under it, where anything does."""
        first = not self.profile.short
        for entry in entries:
            new_page = first and not entry.annex and bool(entry.title)
            first = first and not entry.title
            yield m.when(f"show.{entry.key}", self._heading(entry, new_page) + self._under(entry))

    def _heading(self, entry: Entry, new_page: bool) -> str:
        if not entry.title:
            return ""
        self._bookmarks += 1
        text = m.heading(entry.title, HEADINGS[entry.annex][entry.level - 1], entry.bookmark, self._bookmarks)
        return text.replace("</w:pPr>", "<w:pageBreakBefore/></w:pPr>", 1) if new_page else text

    def _under(self, entry: Entry) -> str:
        asked = m.when("bid.draft", m.line(entry.guidance, "Guidance")) if entry.guidance else ""
        limit = m.when(f"limits.{entry.key}", m.line(f"{{{{ limits.{entry.key} }}}}", "Limit"))
        if not entry.section:
            return asked + limit
        level = min(entry.level + 1, 3) if entry.title else 2
        maker = BlockMaker(self.shape.section(entry.section), self.layout, level, entry.annex,
                           m.WIDE if entry.annex else m.TEXT_WIDTH, entry.annex and len(entry.blocks) == 1, entry.unless)
        return limit + self._gaps(entry) + "".join(maker.blocks(entry.blocks)) + self._elsewhere(entry)

    def _gaps(self, entry: Entry) -> str:
        """What a draft still lacks, where the section first stands."""
        if not stands_first(entry, self.entries):
            return ""
        missing = m.paragraph(m.run("{{ gap.text }} ") + m.run("{{ gap.why }}", "GapReason"), "Gap")
        return m.for_each("gap", f"gaps.{entry.section}", missing)

    def _elsewhere(self, entry: Entry) -> str:
        """A line that leads to the annexes which hold more of the section."""
        if entry.annex:
            return ""
        return "".join(m.when(f"show.{annex.key}", m.paragraph(
            m.run("More in ") + m.field(f"REF {annex.bookmark} \\n \\h", f"{{{{ number.{annex.key} }}}}")
            + m.run(f", {annex.title}, page ") + m.field(f"PAGEREF {annex.bookmark} \\h", "0") + m.run("."), "Note"))
            for annex in annexes_of(entry.section, self.entries))


