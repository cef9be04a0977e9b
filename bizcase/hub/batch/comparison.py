"""The files about all submissions of a hub, made anew whenever one of them has changed."""

from __future__ import annotations

from collections.abc import Sequence

from bizcase.hub.comparing.judgement import Judgement
from bizcase.hub.entry import Entry

PORTFOLIO, TABLE, PACK = "portfolio.xlsx", "portfolio.csv", "ideas-den-pack.docx"


def comparison_files(entries: Sequence[Entry], title: str, judgement: Judgement) -> dict[str, bytes]:
    """The files by their names within the hub's folder; `title` is that of the pack, `judgement` what the hub typed into the
    last portfolio. Raises BizcaseError where one of them cannot be made."""
    from bizcase.hub.pack.den_pack import ranked_pack
    from bizcase.hub.portfolio.as_csv import portfolio_csv
    from bizcase.hub.portfolio.workbook import portfolio_workbook

    return {PORTFOLIO: portfolio_workbook(entries, judgement), TABLE: portfolio_csv(entries),
            PACK: ranked_pack(entries, title, judgement)}
