"""Tells which paragraphs of a document are headings: by their style, or, where nobody used styles, because they look like it.

A line is taken for a heading if it is short, stands out, does not end like a sentence, and plain text follows it. A line that
looks like others which are headings is one too, so that a section left empty is seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bizcase.document.look import Styles
from bizcase.document.reading import Paragraph
from bizcase.review.dress import Dress, dress_of, lead_in, usual_size
from bizcase.specification.left_in import placeholders_in

MOST_WORDS = 12
_MOST_WORDS_OF_A_QUESTION = 60
_MOST_WORDS_OF_A_PLAIN_LINE = 6
_MOST_WORDS_OF_A_LEAD = 8
_ANSWER = 12
"""Words; less than that after a line without any dress does not make it a heading."""
_DEEPEST, _NEAR, _TOP = 6, 50, 3

_NUMBER = re.compile(r"(?:(?:section|part|chapter|annex|appendix)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})(?:[.):]|\s*[-–:])?\s+(?=\D)",
                     re.I)
_LETTER = re.compile(r"(?:[A-Z]|[ivxIVX]{1,4})[.)]\s+(?=[A-Z])")
_QUESTION = re.compile(r"(?:question|section|part|criterion|annex|appendix)\s+(?:\d{1,2}|[a-z])\b|q\s?\d{1,2}\b", re.I)
PROMPT = re.compile(r"(?:please\s+)?(?:describe|explain|outline|provide|give|set out|list|state|summari[sz]e|tell us|"
                    r"say|identify|demonstrate|detail|indicate|specify|confirm|attach|what|how|who|whose|why|when|where|"
                    r"which)\b", re.I)
WORD_LIMIT = re.compile(r"\b(?:max(?:imum|\.)?|up to|no more than|limit\w*|within)\b[^.]{0,25}\b\d[\d,]*\s*"
                        r"(?:words|characters)|\(\s*\d[\d,]*\s*(?:words|characters)[^)]{0,20}\)", re.I)
DRAFT = re.compile(r"Missing(?: \([A-Z]\d[\d.]*\))?: |Draft: what is still missing is marked")
"""What our own drafts say where something is still missing (`bizcase.case`, `bizcase.document.front`)."""
_STYLES_OF_A_DRAFT = ("guidance", "limit")
CAPTION = re.compile(r"(?:table|figure|chart|exhibit|box|diagram|graph|image|photo)\s+[A-Z]?\d{1,3}(?:\.\d+)?\b", re.I)
_LETTER_WORDS = re.compile(r"(?:dear|yours|kind regards|best wishes|regards|to the|from|date|re:)\b", re.I)
_ENDS_A_SENTENCE = (".", ",", ";", "…")
_NO_HEADING_STYLES = ("title", "subtitle", "caption", "list bullet", "header", "footer", "quote", "footnote", "endnote")
_ENDS_A_LEAD = (":", ".", "–", "-", "?")
_PLAIN_LEAD = re.compile(r"([A-Z][\w’'&/ -]{2,40}):\s+\S")


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph that is a heading: its level, from 1, and its text."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph that may be a heading: how it looks and how deep its number is, 0 without one."""

    position: int
    words: int
    dress: Dress
    depth: int
    style_level: int
    is_question: bool

    @property
    def kind(self) -> tuple[Dress, bool]:
        """What headings of one kind have in common."""
        return replace(self.dress, shaded=False, italic=False), bool(self.depth)


def is_caption(paragraph: Paragraph, styles: Styles) -> bool:
    names = styles.style_names(paragraph.node)
    return (bool(names) and names[0].startswith("caption")) or (
        bool(CAPTION.match(paragraph.text)) and len(paragraph.text.split()) <= 40 and not paragraph.level)


def headings_among(paragraphs: Sequence[Paragraph], styles: Styles, banners: set[int]) -> dict[int, Heading]:
    """The headings among the paragraphs of a body with text, by their position in the sequence.

    `banners` are the positions of paragraphs that are alone in a table of one cell. Cells of other tables are no headings here.
    """
    usual = usual_size((paragraph for paragraph in paragraphs if not paragraph.level), styles)
    lines = _lines(paragraphs, styles, banners)
    _drop_the_cover(lines, paragraphs)
    certain = {line.position for line in lines.values()
               if line.style_level or _is_heading(line, paragraphs, lines, usual)}
    kinds = Counter(lines[position].kind for position in certain if not lines[position].style_level)
    for position, line in lines.items():
        if kinds[line.kind] > 1 and line.dress.stands_out(usual):
            certain.add(position)
    _drop_the_title(certain, lines, usual)
    if not certain:
        certain = _plain_headings(paragraphs, lines)
    return _levelled(sorted(certain), lines, paragraphs, usual)


def is_guidance(paragraph: Paragraph, styles: Styles) -> bool:
    """Whether a paragraph just below a heading tells what to write there, instead of being it."""
    if len(paragraph.text.split()) > _MOST_WORDS_OF_A_QUESTION:
        return False
    return bool(WORD_LIMIT.search(paragraph.text)) or (
        bool(PROMPT.match(paragraph.text)) and dress_of(paragraph, styles).italic)


def is_of_a_draft(paragraph: Paragraph, styles: Styles) -> bool:
    """Whether a paragraph says what a draft of ours still lacks, or what its funder asks."""
    if DRAFT.match(paragraph.text):
        return True
    names = styles.style_names(paragraph.node)
    return bool(names) and names[0] in _STYLES_OF_A_DRAFT


def leads_among(paragraphs: Sequence[Paragraph], styles: Styles, headings: dict[int, Heading]) -> dict[int, str]:
    """The words that stand for a heading at the beginning of a paragraph (“**Costs:** we ask for …”), by position."""
    leads = {}
    for position, paragraph in enumerate(paragraphs):
        if position in headings or paragraph.table or paragraph.contents:
            continue
        lead = lead_in(paragraph, styles)
        if lead and len(lead.split()) <= _MOST_WORDS_OF_A_LEAD and (
                lead[-1] in _ENDS_A_LEAD or paragraph.text[len(lead):].lstrip()[:1] in _ENDS_A_LEAD):
            leads[position] = lead.rstrip(" :.–-")
    if not headings and not leads:
        plain = {position: found[1] for position, paragraph in enumerate(paragraphs)
                 if not paragraph.table and (found := _PLAIN_LEAD.match(paragraph.text)) and len(found[1].split()) <= 5}
        leads = plain if len(plain) > 2 else {}
    return {position: lead for position, lead in leads.items() if lead}


def _lines(paragraphs: Sequence[Paragraph], styles: Styles, banners: set[int]) -> dict[int, _Line]:
    """Those that may be headings by their length, style and place."""
    found = {}
    for position, paragraph in enumerate(paragraphs):
        if paragraph.contents or (paragraph.table and position not in banners and not paragraph.level):
            continue
        words = len(paragraph.text.split())
        if paragraph.level:
            found[position] = _Line(position, words, dress_of(paragraph, styles), 0, paragraph.level, False)
            continue
        question = bool(_QUESTION.match(paragraph.text)) or paragraph.text.endswith("?") or bool(PROMPT.match(paragraph.text))
        if words > (_MOST_WORDS_OF_A_QUESTION if question else MOST_WORDS) or is_caption(paragraph, styles):
            continue
        names = styles.style_names(paragraph.node)
        if (names and names[0].startswith(_NO_HEADING_STYLES)) or not any(sign.isalpha() for sign in paragraph.text):
            continue
        number = _NUMBER.match(paragraph.text)
        depth = number[1].count(".") + 1 if number else 1 if _LETTER.match(paragraph.text) else 0
        found[position] = _Line(position, words, dress_of(paragraph, styles), depth, 0, question)
    return found


def _is_heading(line: _Line, paragraphs: Sequence[Paragraph], lines: dict[int, _Line], usual: float) -> bool:
    """Whether a line without a heading's style is surely one: what it looks like, and what follows it."""
    text = paragraphs[line.position].text
    if placeholders_in(text) and not line.depth and not line.is_question:
        return False
    if _LETTER_WORDS.match(text) and not line.dress.stands_out(usual):
        return False
    if text.endswith(_ENDS_A_SENTENCE) and not _QUESTION.match(text) and not (
            line.is_question and (line.dress.bold or line.dress.shaded)):
        return False
    if ": " in text and not line.is_question and not line.depth:
        return False
    if text.endswith(":") and line.words > _MOST_WORDS_OF_A_PLAIN_LINE and not line.is_question:
        return False
    follows = _following(line.position, paragraphs)
    if follows is None:
        return False
    after = lines.get(follows)
    before = lines.get(line.position - 1)
    if before is not None and before.dress == line.dress and before.depth == line.depth and not before.style_level:
        return False
    if line.dress.stands_out(usual):
        return (after is None or bool(after.style_level) or after.dress != line.dress
                or (line.depth != after.depth and bool(after.depth)))
    if _QUESTION.match(text):
        return after is None or not _QUESTION.match(paragraphs[follows].text)
    if line.depth and line.words <= 8:
        return (after is None or not after.depth or after.depth > line.depth) and (
            paragraphs[follows].table > 0 or len(paragraphs[follows].text.split()) > line.words)
    return False


def _following(position: int, paragraphs: Sequence[Paragraph]) -> int | None:
    """The next paragraph in the same box or outside of boxes, after the box for its last; nothing at the end."""
    box = paragraphs[position].box
    near = [later for later in range(position + 1, min(position + _NEAR, len(paragraphs))) if not paragraphs[later].contents]
    return next((later for wanted in (box, 0) for later in near if paragraphs[later].box == wanted), None)


def _plain_headings(paragraphs: Sequence[Paragraph], lines: dict[int, _Line]) -> set[int]:
    """Headings of a document in which nothing stands out: lines of a few words, or questions, before a real paragraph."""
    found = set()
    for position, line in lines.items():
        text = paragraphs[position].text
        follows = _following(position, paragraphs)
        if (follows is not None and follows not in lines and text[:1].isupper() and not _LETTER_WORDS.match(text)
                and not text.endswith((*_ENDS_A_SENTENCE, ":"))
                and (line.words <= _MOST_WORDS_OF_A_PLAIN_LINE or text.endswith("?"))
                and len(paragraphs[follows].text.split()) >= _ANSWER):
            found.add(position)
    return found if len(found) > 1 else set()


def _drop_the_cover(lines: dict[int, _Line], paragraphs: Sequence[Paragraph]) -> None:
    """Where headings have styles, the lines of the cover before them are none, unless one stands alone and a table or a real
    paragraph follows."""
    first = min((position for position, line in lines.items() if line.style_level), default=-1)
    cover = [position for position in lines if position < first]
    dropped = []
    for position in cover:
        follows, before = _following(position, paragraphs), lines.get(position - 1)
        is_followed = follows is not None and (paragraphs[follows].table or len(paragraphs[follows].text.split()) > MOST_WORDS)
        if not is_followed or (before is not None and before.dress == lines[position].dress):
            dropped.append(position)
    for position in dropped:
        del lines[position]


def _drop_the_title(certain: set[int], lines: dict[int, _Line], usual: float) -> None:
    """The line in letters of its own size that all else follows is the document's title, and no part of it."""
    first = min(certain, default=-1)
    if not 0 <= first < _TOP or lines[first].style_level or first != min(lines) or lines[first].depth or lines[first].is_question:
        return
    size = lines[first].dress.points
    if size >= usual + 2 and len(certain) != 2 and all(
            lines[other].style_level or lines[other].dress.points < size for other in certain - {first}):
        certain.discard(first)


def _levelled(positions: list[int], lines: dict[int, _Line], paragraphs: Sequence[Paragraph], usual: float
              ) -> dict[int, Heading]:
    """Levels: a style's own; a number's depth; that of a style whose letters are no larger; else the rank of the look, below
    the last heading with a style."""
    depths: dict[Dress, Counter[int]] = {}
    sizes: dict[int, float] = {}
    for position in positions:
        line = lines[position]
        if line.depth:
            depths.setdefault(_rank(line), Counter())[line.depth] += 1
        if line.style_level and line.dress.points > usual:
            sizes[line.style_level] = min(line.dress.points, sizes.get(line.style_level, line.dress.points))
    like_styles = {position: min((level for level, points in sizes.items() if points <= lines[position].dress.points), default=0)
                   for position in positions}
    kinds = sorted({_rank(lines[position]) for position, like in like_styles.items()
                    if not like and not lines[position].style_level}, reverse=True)
    headings, styled = {}, 0
    for position, like in like_styles.items():
        line = lines[position]
        if line.style_level:
            styled = level = line.style_level
        elif line.depth and not styled:
            level = line.depth
        elif not styled and _rank(line) in depths:
            level = depths[_rank(line)].most_common(1)[0][0]
        elif like:
            level = styled = like
        else:
            level = styled + 1 + kinds.index(_rank(line))
        headings[position] = Heading(min(level, _DEEPEST), paragraphs[position].text)
    return headings


def _rank(line: _Line) -> Dress:
    return replace(line.dress, shaded=False, italic=False)
