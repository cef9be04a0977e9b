"""Makes small bids of strangers for the tests: `made("Risks", "Some text.", table([...]))`."""

from __future__ import annotations

from collections.abc import Sequence

from bizcase.review.submission import Kind, Passage, Submission, Table

Rows = Sequence[Sequence[str]]


def made(*content: str | Rows) -> Submission:
    """A bid of paragraphs and tables under one heading; a text that begins with # is a heading."""
    passages: list[Passage] = []
    tables: list[Table] = []
    headings: tuple[str, ...] = ()
    for each in content:
        number = len(passages)
        if isinstance(each, str):
            if each.startswith("# "):
                passages.append(Passage(each[2:], Kind.HEADING, (), f"heading “{each[2:]}”", number, level=1))
                headings = (each[2:],)
            else:
                passages.append(Passage(each, Kind.PARAGRAPH, headings, f"paragraph {number + 1}", number))
        else:
            tables.append(Table(len(tables) + 1, headings, f"table {len(tables) + 1}", tuple(tuple(row) for row in each)))
    return Submission("bid.docx", "", tuple(passages), tuple(tables))
