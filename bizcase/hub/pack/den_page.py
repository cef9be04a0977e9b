"""One submission as its page in a Den pack prints it, fitted to the page: texts are shortened until everything has room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bizcase.appraisal.inputs import Status, weakest
from bizcase.document import den_styles as styles
from bizcase.document import markup as m
from bizcase.document.den_drawn import QUESTION_WIDTHS, Asked, marks_table, questions_table
from bizcase.document.den_template import FIGURE_WIDTHS, pack_words
from bizcase.document.measured import plain
from bizcase.document.value import MARKS
from bizcase.document.view import marks_of
from bizcase.errors import Severity
from bizcase.hub.comparing.resourcing import HOPED_FOR, NOT_RESOURCED, resource_word
from bizcase.hub.entry import Axis, Entry, Number, Outcome, SectionScore
from bizcase.hub.rules import load_rules
from bizcase.specification.words import listed

HEADLINE_YEAR = 3
"""The year to which a return on investment is quoted where an appraisal reaches so far (manual §5.4)."""
_GRID = tuple(width - styles.IN_GRID for width in FIGURE_WIDTHS)
_ASKED = QUESTION_WIDTHS[1] - styles.IN_GRID
_FACT = m.fact_widths(m.TEXT_WIDTH)[1] - styles.IN_CELL
_WARNING = m.TEXT_WIDTH - 340
"""Beside its bar, and with the space that a bar takes."""
Page = dict[str, Any]


def page_of(entry: Entry, place: str) -> Page:
    """What the template prints of a submission that was built, by name. Nothing of it makes the page longer than one."""
    words = pack_words()
    for fit in words["fits"]:
        page = _page(entry, place, fit)
        spare = styles.PAGE - words["spare"] - _height(page)
        to_write = sum(max(0, fit["least_answer"] - _row_of(question)) for question in page["questions"])
        if spare >= to_write + fit["least_notes"]:
            break
    return _with_room(page, max(spare, 0), fit["least_notes"])


def _page(entry: Entry, place: str, fit: Mapping[str, int]) -> Page:
    words, whole = pack_words(), m.TEXT_WIDTH
    title = plain(entry.title) or plain(entry.name)
    number = plain(place)
    return {
        "place": number,
        "title": styles.HEADING.measure.shortened(title, fit["title"], whole - styles.HEADING.measure.width(f"{number}  ")),
        "who": styles.WHO.measure.shortened(_who(entry), fit["who"], whole),
        "warnings": [styles.WARNING.measure.shortened(text, fit["warning"], _WARNING) for text in _warnings(entry)],
        "proposition": styles.PROPOSITION.measure.shortened(plain(entry.proposition), fit["proposition"], whole),
        "year": _year(entry), "figure": _figures(entry), "note": _note(entry),
        "fact": {name: styles.CELL.measure.shortened(text, fit["fact"], _FACT) for name, text in _facts(entry).items()},
        "sections": list(_sections(entry.sections, fit["sections"])),
        "questions": _questions(entry, fit["question"]),
        "word": words["words"]["panel"].get(entry.panel, entry.panel), "resource_word": plain(resource_word(entry.resource)),
    }


def _who(entry: Entry) -> str:
    return " · ".join(filter(None, map(plain, (entry.organisation, entry.author, entry.name))))


def _warnings(entry: Entry) -> Iterator[str]:
    """What must not be overheard: that it is a draft, and that money or people are not there."""
    words = pack_words()["words"]
    if entry.outcome is Outcome.DRAFT:
        stopping = [found for found in entry.findings if found.severity in (Severity.BLOCKER, Severity.ERROR)]
        count = words["blockers"]["one"] if len(stopping) == 1 else words["blockers"]["many"].format(len(stopping))
        yield words["draft"].format(count, plain("; ".join(found.message for found in stopping)))
    if entry.resource.score is None:
        yield words["no_resource"]["none"]
    elif resource_word(entry.resource) in (HOPED_FOR, NOT_RESOURCED):
        yield words["no_resource"]["hoped" if entry.resource.score else "lowest"]


def _year(entry: Entry) -> int:
    return max(0, min(HEADLINE_YEAR, len(entry.years) - 1))


def _figures(entry: Entry) -> dict[str, dict[str, Any]]:
    found = {}
    for row, room in zip(pack_words()["figures"], _GRID[1:], strict=True):
        number = entry.number(row["figure"].format(year=_year(entry)))
        found[row["name"]] = _figure(number, room)
    return found


def _figure(number: Number | None, room: float) -> dict[str, Any]:
    text = plain(number.text) if number is not None else pack_words()["words"]["missing"]
    mark = _mark(number)
    return {"text": text, "mark": mark, "cell": _cell(number) if number is not None else "–",
            "large": int(styles.FIGURE.measure.width(text + mark) <= room)}


def _mark(number: Number | None) -> str:
    return MARKS.get(Status(number.status), "") if number is not None else ""


def _cell(number: Number) -> str:
    return f"{number.sheet} {number.cell}"


def _note(entry: Entry) -> str:
    """Where the cells are, in what prices, and what the signs beside figures mean."""
    words = pack_words()["words"]
    shown = [found for row in pack_words()["figures"] if (found := entry.number(row["figure"].format(year=_year(entry))))]
    signs = marks_of(weakest([Status(found.status) for found in shown])) if shown else ""
    prices = words["prices"].format(plain(entry.price_base_year)) if entry.price_base_year else ""
    end = " ".join(filter(None, (prices, signs)))
    room = 2 * m.TEXT_WIDTH - styles.NOTE.measure.width(end) - 300
    file = styles.NOTE.measure.shortened(plain(entry.workbook), 1, min(room, m.TEXT_WIDTH) - 1800)
    return " ".join(filter(None, (words["workbook"].format(file) if file else "", end)))


def _facts(entry: Entry) -> dict[str, str]:
    nothing = pack_words()["words"]["nothing"]
    axes = {"clinical": entry.clinical, "societal": entry.societal, "readiness": entry.readiness}
    facts = {name: _capital(plain(axis.text)) or _capital(nothing) for name, axis in axes.items()}
    facts["panel"] = plain(entry.panel_says) or _capital(nothing)
    facts["resource"] = _resource(entry.resource) or _capital(nothing)
    facts["organisational"] = _capital(_gains(entry, "organisational"))
    facts["societal"] = f"{facts['societal']}; {_gains(entry, 'societal')}"
    return facts


def _resource(found: Axis) -> str:
    """The resource check, its word put plainly."""
    if not found.text:
        return ""
    word = resource_word(found)
    put = str(pack_words()["words"]["resource"].get(word, _capital(plain(word))))
    return put + plain(found.text[len(word):])


def _gains(entry: Entry, name: str) -> str:
    """What is gained in money, each amount with its cell."""
    gained = []
    for figure, pattern in pack_words()["gains"][name].items():
        number = entry.number(figure)
        if number is not None and number.value:
            gained.append(f"{pattern.format(plain(number.text) + _mark(number))} ({_cell(number)})")
    return "; ".join(gained) or pack_words()["no_gain"]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sections(scores: Sequence[SectionScore], lines: int) -> Iterator[Page]:
    """The sections by the word for them, the least complete first; what nothing is asked of is left out."""
    groups: dict[str, list[SectionScore]] = defaultdict(list)
    for score in scores:
        if score.of:
            groups[plain(score.word)].append(score)
    labels = pack_words()["words"]["sections"]
    in_order = sorted(groups.items(), key=lambda pair: sum(score.met / score.of for score in pair[1]) / len(pair[1]))
    for word, group in in_order[:pack_words()["most_words"]]:
        label = styles.LABEL.measure.shortened(labels.get(word, _capital(word)), 1, m.LABEL_WIDTH - styles.IN_CELL)
        yield {"label": label, "text": styles.CELL.measure.listed([_section(score) for score in group], lines, _FACT)}


def _section(score: SectionScore) -> str:
    """A section, with how many of its criteria are met where that is some of them."""
    title = styles.CELL.measure.shortened(plain(score.title), 1, pack_words()["section_title"])
    return title if score.met in (0, score.of) else f"{title} ({score.met:g} of {score.of})"


def _questions(entry: Entry, lines: int) -> list[str]:
    words = pack_words()
    asked = [plain(question.asks) for question in entry.questions[:words["most_questions"]]]
    return [styles.CELL.measure.shortened(text, lines, _ASKED) for text in asked or [words["questions"]["none"]]]


def _height(page: Page) -> int:
    """The height of a page in twips, without room to write."""
    whole = m.TEXT_WIDTH
    texts = [(styles.HEADING, f"{page['place']}  {page['title']}", whole), (styles.WHO, page["who"], whole),
             (styles.NOTE, page["note"], whole), *((styles.WARNING, text, _WARNING) for text in page["warnings"])]
    if page["proposition"]:
        texts.append((styles.PROPOSITION, page["proposition"], whole))
    parts = 3 * styles.PART.height(1) + 4 * styles.AFTER_TABLE
    facts = [*page["fact"].values(), *(group["text"] for group in page["sections"])]
    return (sum(style.height(style.measure.lines(text, room)) for style, text, room in texts) + parts + _grid(page)
            + sum(styles.CELL.row(styles.CELL.measure.lines(text, _FACT)) for text in facts)
            + sum(map(_row_of, page["questions"])) + styles.COLUMN.row(1) + styles.COLUMN.row(3))


def _grid(page: Page) -> int:
    """The height of the row of figures, with its heading and the row of cells."""
    found = list(zip(page["figure"].values(), _GRID[1:], strict=True))
    large = styles.FIGURE.row(1)
    small = [styles.SMALL_FIGURE.row(styles.SMALL_FIGURE.measure.lines(figure["text"] + figure["mark"], room))
             for figure, room in found if not figure["large"]]
    cells = [styles.PLACE_OF_FIGURE.measure.lines(figure["cell"], room) for figure, room in found]
    return styles.FIGURE_LABEL.row(2) + max([large, *small]) + styles.PLACE_OF_FIGURE.row(max(cells))


def _row_of(question: str) -> int:
    return styles.CELL.row(styles.CELL.measure.lines(question, _ASKED))


def _with_room(page: Page, spare: int, for_notes: int) -> Page:
    """The page with what is left of it given to the answers, but for what the notes need, and the rest to the notes."""
    words, rows = pack_words(), [(question, _row_of(question)) for question in page["questions"]]
    each = max(0, spare - for_notes) // len(rows)
    asked = [Asked(question, max(row, min(words["most_answer"], row + each))) for question, row in rows]
    left = spare - sum(found.height - row for found, (_, row) in zip(asked, rows, strict=True))
    return {**page, "questions": questions_table(asked), "notes": marks_table(_allowed(), max(1, min(words["most_notes"], left)))}


def _allowed() -> dict[str, object]:
    """What a panel may give, as the hub's rules have it."""
    rules = load_rules()
    return {"lowest": rules.marks[0], "highest": rules.marks[-1], "given": ", ".join(rules.resource_given),
            "decisions": _capital(listed(rules.decisions))}
