"""The styles of a Den pack: those of a bid, with lines of a fixed height, so that a page can be reckoned before it is laid out.

They are based on the bid's own styles where those say how a thing looks: a house that restyles its bids restyles its packs.
"""

from __future__ import annotations

from dataclasses import dataclass

from bizcase.document.measured import Measure
from bizcase.document.stylesheet import Style

PAGE = 16838 - 1247 - 1077
"""The height of the text of an upright page, in twips (see `markup.section_properties`)."""
ROW = 28 + 28 + 10
"""What a row of a table adds to its text: its margins and its line."""
AFTER_TABLE = 120
IN_CELL, IN_GRID = 2 * 85, 2 * 57
"""What the margins of a cell take of its width, in tables of text and in the grid of figures."""


@dataclass(frozen=True, slots=True)
class Text:
    """A style of a submission's page: letters in half-points; lines and the space around a paragraph in twips.

    `keeps` and `aligned` are properties in WordprocessingML that stand before and after the spacing; `colour` is RGB.
    """

    id: str
    name: str
    based_on: str
    size: int
    line: int
    before: int = 0
    after: int = 0
    bold: bool = False
    colour: str = ""
    keeps: str = ""
    aligned: str = ""

    @property
    def measure(self) -> Measure:
        return Measure(self.size, self.bold)

    def height(self, lines: int) -> int:
        """The height of a paragraph of so many lines."""
        return self.before + lines * self.line + self.after

    def row(self, lines: int) -> int:
        """The height of a row of a table whose tallest cell has so many lines."""
        return self.height(lines) + ROW


_KEPT, _CENTRED = "<w:keepNext/><w:keepLines/>", '<w:jc w:val="center"/>'
_BAR = ('<w:keepLines/><w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="B35900"/></w:pBdr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="FFF4E5"/>')

HEADING = Text("SubmissionHeading", "Submission Heading", "PackHeading", 28, 340, after=170, bold=True,
               keeps=f"{_KEPT}<w:pageBreakBefore/>")
WHO = Text("SubmissionWho", "Submission Who", "Normal", 18, 225, after=80)
WARNING = Text("SubmissionWarning", "Submission Warning", "Gap", 18, 225, before=30, after=60, keeps=_BAR)
PROPOSITION = Text("SubmissionText", "Submission Text", "BodyText", 19, 245, after=80)
PART = Text("SubmissionPart", "Submission Part", "Heading2", 20, 240, before=50, after=50, bold=True, keeps=_KEPT)
CELL = Text("PackCell", "Pack Cell", "TableText", 17, 205)
LABEL = Text("PackLabel", "Pack Label", "FactLabel", 17, 205, bold=True)
COLUMN = Text("PackColumn", "Pack Column", "TableHeading", 16, 195, bold=True)
FIGURE_LABEL = Text("PackFigureLabel", "Pack Figure Label", "TableHeading", 15, 185, bold=True, aligned=_CENTRED)
FIGURE = Text("PackFigure", "Pack Figure", "StripNumber", 20, 240, bold=True, aligned=_CENTRED)
SMALL_FIGURE = Text("PackSmallFigure", "Pack Small Figure", "StripNumber", 15, 185, bold=True, aligned=_CENTRED)
SMALL_NUMBER = Text("PackSmallNumber", "Pack Small Number", "TableNumber", 15, 195)
PLACE_OF_FIGURE = Text("PackPlace", "Pack Place", "TableText", 14, 170, colour="425563", aligned=_CENTRED)
ORGANISATION = Text("PackOrganisation", "Pack Organisation", "TableText", 15, 180, colour="425563")
NOTE = Text("PackNote", "Pack Note", "Note", 15, 185, before=10, after=60)

_TEXTS = (HEADING, WHO, WARNING, PROPOSITION, PART, CELL, LABEL, COLUMN, FIGURE_LABEL, FIGURE, SMALL_FIGURE, SMALL_NUMBER,
          PLACE_OF_FIGURE, ORGANISATION, NOTE)
_LEVELS = {HEADING.id: 0, PART.id: 1}
UNNUMBERED = (0, 0)
"""The number of no list: a heading based on one that is counted is not."""
PACK_HEADING = Style("PackHeading", "Pack Heading", _KEPT, based_on="Heading1", following="BodyText", outline=0,
                     numbered=UNNUMBERED)
"""A heading of the first level in a document whose headings are not counted."""

PACK_STYLES = (PACK_HEADING, *(
    Style(text.id, text.name,
          f'{text.keeps}<w:spacing w:before="{text.before}" w:after="{text.after}" w:line="{text.line}" w:lineRule="exact"/>'
          f"{text.aligned}",
          ("<w:b/><w:bCs/>" if text.bold else "") + (f'<w:color w:val="{text.colour}"/>' if text.colour else "")
          + f'<w:sz w:val="{text.size}"/><w:szCs w:val="{text.size}"/>',
          text.based_on, outline=_LEVELS.get(text.id), numbered=UNNUMBERED if text is PART else None)
    for text in _TEXTS))
"""The pack's own styles, beside those of a bid."""
