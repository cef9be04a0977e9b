"""Where tags stand: whether each is whole, has its end, and is alone where it stands for a paragraph, a row or a cell.

The only module that knows docxtpl-lint, whose rules know what docxtpl makes of a paragraph.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from docxtpl_lint.core import check_blocks, check_docxtpl_tags, scan_tags
from docxtpl_lint.reader import iter_paragraphs

from bizcase.archive import packed
from bizcase.document.linting.story import Story
from bizcase.document.linting.told import Paragraph, told
from bizcase.errors import Finding

_WHOLE = "delete the tag and type it again in one go"
_ALONE = "put the tag in a paragraph, row or cell of its own"
_RULES: dict[str, tuple[str, str, str]] = {
    "DTL001": ("T10", "{tag} is not closed", "write the closing sign that belongs to it: }}}} or %}}"),
    "DTL002": ("T10", "{tag} begins in this paragraph and ends in another", _WHOLE),
    "DTL101": ("T11", "{tag}, or a block inside it, has no end", "write {{%{letters} end{kw} %}} where it should end"),
    "DTL102": ("T11", "{tag} ends or divides something that was not begun, or an end before it is one too many",
               "delete it, or write its beginning"),
    "DTL201": ("T13", "{tag} holds a sign that breaks it: a tag for a paragraph, row or cell has no % and no }} inside",
               "compare with a name instead"),
    "DTL202": ("T13", "{tag} has a space before {prefix}", "write {{%{prefix} without a space between"),
    "DTL203": ("T13", "{tag} is for a row or a cell, and stands outside a table", "write {{%p … %}}, or move it into a table"),
    "DTL204": ("T13", "{tag} ends {open_raw}, which stands for another piece of the document",
               "begin and end a block with the same letters: both {{%p, or both {{%tr"),
    "DTL205": ("T13", "{tag} ends {open_raw}, which stands in another table", "put both into one table"),
    "DTL206": ("T13", "{tag} stands in the same row as {open_raw}, which it ends", _ALONE),
    "DTL207": ("T13", "{tag} stands in another row than {open_raw}, which it ends", "put both into one row"),
    "DTL208": ("T22", "{tag} is not allowed", "take it out"),
    "DTL209": ("T14", "what stands beside {tag} would be lost: {rest}", _ALONE),
    "DTL210": ("T13", "{tag} stands in the same paragraph as {open_raw}, which it ends", _ALONE),
}


def misplaced(parts: Mapping[str, bytes], stories: list[Story], name: str) -> Iterator[Finding]:
    """What is wrong with where tags stand."""
    seen: set[Paragraph] = set()
    for story in stories:
        for issue in _without_what_follows(_issues(parts[story.part])):
            found = _finding(issue, story, name)
            if found:
                seen.add(story.paragraphs[issue.location.paragraph - 1])
                yield found
        yield from (told(name, paragraph, "T10", "half of a tag stands here", _WHOLE)
                    for paragraph in dict.fromkeys(story.stray) if paragraph not in seen)


def _issues(part: bytes) -> list[Any]:
    """The findings of docxtpl-lint about one part, given to it as a document's body, in reading order.

    Its rules are asked one by one: reading the tags as Jinja does, which `lint` does as well, is done elsewhere.
    """
    paragraphs = list(iter_paragraphs(io.BytesIO(packed({"word/document.xml": part}))))
    issues: list[Any] = []
    tags = scan_tags("", paragraphs, issues)
    issues += check_blocks("", tags)
    for some_tags, some_paragraphs in _stretches(tags, paragraphs):
        issues += check_docxtpl_tags("", some_tags, some_paragraphs)
    return sorted(issues, key=lambda issue: (issue.location.paragraph, issue.location.column))


def _stretches(tags: list[Any], paragraphs: list[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """The tags and paragraphs in stretches between which no block is open: a rule that looks through all paragraphs for each
    tag then looks through a few."""
    depth = first_tag = first_paragraph = 0
    for position, tag in enumerate(tags):
        word = tag.body.split(None, 1)[0] if tag.kind == "stmt" and tag.body else ""
        depth += (word in ("for", "if")) - (word in ("endfor", "endif"))
        if depth == 0 and not tag.para.cells and word in ("endfor", "endif"):
            yield tags[first_tag:position + 1], paragraphs[first_paragraph:tag.para.index]
            first_tag, first_paragraph = position + 1, tag.para.index
    yield tags[first_tag:], paragraphs[first_paragraph:]


def _without_what_follows(issues: list[Any]) -> list[Any]:
    """The findings without those that a misplaced space alone brings about in its paragraph."""
    spaced = {issue.location.paragraph for issue in issues if issue.rule == "DTL202"}
    return [issue for issue in issues if issue.rule == "DTL202" or issue.location.paragraph not in spaced]


def _finding(issue: Any, story: Story, name: str) -> Finding | None:
    rule = _RULES.get(issue.rule)
    if rule is None or not issue.location.paragraph:
        return None
    code, message, hint = rule
    paragraph = story.paragraphs[issue.location.paragraph - 1]
    letters = re.match(r"\{%(p|tr|tc|r)\s", issue.snippet)
    words = {"tag": issue.snippet.strip(), "rest": "", "prefix": "", "kw": "", "open_raw": "",
             "letters": letters[1] if letters else "", **issue.params}
    return told(name, paragraph, code, message.format(**words), hint.format(**words), issue.snippet)
