"""What a reader meets on the first page, and words still to come anywhere in the bid."""

from __future__ import annotations

from bizcase.completeness.sections.looking import told
from bizcase.specification.given import named
from bizcase.specification.left_in import placeholders_in, texts_in
from bizcase.specification.project import Project
from bizcase.specification.words import shown

MOST_TOLD = 8


def nothing_stands_for_words_to_come(project: Project) -> str | None:
    """No field holds a placeholder (N14)."""
    found = [f"{named(project.data, path)} says {shown(placeholders_in(text)[0]).strip('[]<>')}"
             for path, text in texts_in(dict(project.data)) if placeholders_in(text)]
    more = [f"and {len(found) - MOST_TOLD} more"] if len(found) > MOST_TOLD else []
    return told([*found[:MOST_TOLD], *more])


FUNCTIONS = (nothing_stands_for_words_to_come,)
