"""What an intake form asks: pages of questions and tables, made from the shape of a specification and a profile.

The form in Excel, on which writer and reader agree:

- One sheet a page, named by `Page.title`. Column A is hidden and holds a key on the rows that matter: the path of a question
  on its row (`summary.ask`), `table:` and the path on the row of column heads of a table (`table:stakeholders.map`).
- A question stands on one row: its status in column B, its label in C, its answer in E (D is left empty, so that the label
  may run into it), guidance in F. Nothing is merged.
- A table has its title on the row above the heads, in C. Each column of the table is one of the sheet, under its label, in the
  order of `Table.columns`: an id or `PARENT` in C, the others from D on (where there is no id, C is left empty). Its rows follow
  until the row with `end` in A; rows may be inserted before that. Column B of a row is a status, never an answer.
- A row with nothing but what was prefilled (its own id in the first column) is empty.
- A table within rows (`stakeholders.map[].contacts`) names the row that it belongs to in its first column: that column has the
  path `PARENT`. Where the rows of a table have no id of their own, the first column is simply the first of its fields.
- `document.remarks` is never asked: remarks stand in a block of their own, `table:document.remarks`, at the end of the last
  page; the reader takes them over as they are.
- The very hidden sheet of `workbook/embedded.py` holds named texts (`hub/form/keys.py`), among them every label with its sheet
  and path, so that a form whose column A is lost can be read by its words: labels are unique on a page, heads in a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bizcase.appraisal.currency import in_currency
from bizcase.hub.form.leaves import columns_of, is_in, is_leaf, leaves_of, needed_of, width, within
from bizcase.specification.printed import prints
from bizcase.specification.profile import Part, Profile, Shown
from bizcase.specification.shape import Field, Rules, Section, Shape, load_shape
from bizcase.specification.terms import in_terms
from bizcase.specification.walk import fields_with_values, pattern

PARENT = ".."
"""The path of the column that names the row around a nested row."""
FOR = "For"
"""The head of that column."""
REMARKS = "document.remarks"
"""What an earlier form could not place; kept in the specification and shown again, but not asked."""
MORE = "More answers"
FEW, MANY = 3, 6
"""Empty rows of a table in a short form, and in one of many pages."""
LONGEST_TITLE = 31
"""The longest name of a sheet in Excel."""


@dataclass(frozen=True, slots=True)
class Question:
    """One cell to answer: a question outside tables, or a column of one.

    `path` is the field's pattern outside tables (`commissioner_plan.post_pilot.payer`), and relative to the row as a column
    (`value.volume`, or `PARENT`). `needed` is what a finished bid cannot do without, of a column what a row cannot.
    """

    field: Field
    path: str
    label: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to fill in. `parent` is the path of the rows around them, empty where there are none; `rows` are offered empty."""

    field: Field
    path: str
    label: str
    parent: str
    columns: tuple[Question, ...]
    needed: bool
    rows: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over the questions that follow, with what is asked there."""

    text: str
    guidance: str


Block = Question | Table | Heading


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of the form."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """All that a form asks. `shape` is in the profile's own terms."""

    profile: Profile
    shape: Shape
    pages: tuple[Page, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions outside tables."""
        return tuple(block for page in self.pages for block in page.blocks if isinstance(block, Question))

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for page in self.pages for block in page.blocks if isinstance(block, Table))


def form_of(profile: Profile, data: Rules | None = None) -> Form:
    """The form of a profile. A form that continues a specification, `data`, also asks whatever that has answered already."""
    shape = in_terms(load_shape(), profile.terms)
    return _Maker(profile, shape, data or {}).form()


class _Maker:
    """Chooses the fields that a form asks and lays them out in pages; each field is asked once."""

    def __init__(self, profile: Profile, shape: Shape, data: Rules) -> None:
        self.profile, self.shape = profile, shape
        self.needed = needed_of(profile, shape)
        self.chosen = {leaf.path for leaf in leaves_of(shape) if self._is_asked(leaf.path)}
        self.given = {pattern(path) for path, _, _ in fields_with_values(data, shape)}
        self.answered = {path for path in self.given if isinstance(found := shape.find(path), Field) and is_leaf(found)}
        self.asked: set[str] = set()

    def form(self) -> Form:
        pages = [page for page in (*self._pages(), *self._more()) if page.blocks]
        remarks = self._remarks()
        if remarks is not None:
            pages[-1] = replace(pages[-1], blocks=(*pages[-1].blocks, remarks))
        return Form(self.profile, self.shape, tuple(_titled(pages)))

    def _remarks(self) -> Table | None:
        """The block of what could not be placed before, where there is something."""
        field = self.shape.find(REMARKS)
        if REMARKS not in self.given or not isinstance(field, Field):
            return None
        columns = tuple(self._column(field, leaf, label) for leaf, label in columns_of(field))
        return Table(field, REMARKS, field.label, "", columns, needed=False, rows=0)

    def _is_asked(self, path: str) -> bool:
        return path in self.needed or any(is_in(path, asked) for asked in self.profile.form) or (
            not self.profile.short and prints(self.profile, path))

    def _pages(self) -> Iterator[Page]:
        if self.profile.short:
            sections = [self.shape.section(name) for name in dict.fromkeys(("document", *self.profile.sections,
                                                                            *self.shape.names))]
            blocks = [block for section in sections for block in self._blocks(section)]
            yield Page(self.profile.title, tuple(sorted(blocks, key=lambda block: isinstance(block, Table))))
            return
        document = self.shape.section("document")
        yield self._page(document.title, [Heading(document.title, document.guidance)], [document], ())
        for part in self.profile.parts:
            yield from self._part(part)
        for annex in self.profile.annexes:
            yield from self._part(annex)
        for section in self.shape.sections:
            yield self._page(section.title, [Heading(section.title, section.guidance)], [section], ())

    def _part(self, part: Part) -> Iterator[Page]:
        """A page for a part with a heading of its own, else one for each of its sections."""
        sections = [(self.shape.section(shown.section), shown) for shown in part.sections]
        if part.title and any(shown.blocks for _, shown in sections):
            limit = f" At most {part.limit:,} words in all." if part.limit else ""
            yield self._page(part.title, [Heading(part.title, f"{part.guidance}{limit}".strip())],
                             [section for section, _ in sections], [shown for _, shown in sections])
            return
        for section, shown in sections:
            yield self._page(section.title, [Heading(section.title, section.guidance)], [section], [shown])

    def _page(self, title: str, heading: list[Heading], sections: list[Section], printed: Iterable[Shown]) -> Page:
        alone = replace(self.profile, parts=(Part("", tuple(printed)),), annexes=()) if printed else None
        blocks = [block for section in sections for block in self._blocks(section, alone)]
        return Page(title, (*heading, *blocks) if blocks else ())

    def _blocks(self, section: Section, alone: Profile | None = None) -> Iterator[Question | Table]:
        """The questions and tables of a section that are chosen and not asked yet; of those, what a part alone prints."""
        def wanted(path: str) -> bool:
            return path in self.chosen and (alone is None or prints(alone, path))

        yield from self._of_fields(section.fields, wanted, "")

    def _of_fields(self, fields: Iterable[Field], wanted: Any, around: str) -> Iterator[Question | Table]:
        for field in fields:
            label = within(around, field.label)
            if field.path == REMARKS:
                continue
            if field.is_group:
                yield from self._of_fields(field.fields, wanted, label)
            elif field.is_rows:
                yield from self._tables(field, "", wanted, label)
            elif wanted(field.path) and field.path not in self.asked:
                self.asked.add(field.path)
                yield Question(self._own(field), field.path, label, field.path in self.needed)

    def _tables(self, field: Field, parent: str, wanted: Any, label: str) -> Iterator[Table]:
        """The table of a field's rows and those of the rows within them, with all that is chosen or answered of each."""
        columns = list(columns_of(field))
        if field.path not in self.asked and any(wanted(leaf.path) for leaf, _ in columns):
            kept = self._kept(field, columns)
            self.asked.add(field.path)
            chosen = [self._column(field, leaf, name) for leaf, name in kept]
            first = [self._parent(parent)] if parent else []
            yield Table(self._own(field), field.path, label, parent, tuple(_unlike(self._in_order([*first, *chosen]))),
                        field.path in self.needed, FEW if self.profile.short else MANY)
        for inner in field.fields:
            if inner.is_rows:
                yield from self._tables(inner, field.path, wanted, within(label, inner.label))

    def _kept(self, rows: Field, columns: list[tuple[Field, str]]) -> list[tuple[Field, str]]:
        """The columns that a table offers: what a row cannot do without, what is chosen, and what a mapping in it then needs."""
        asked = {leaf.path for leaf, _ in columns if leaf.path in self.chosen | self.answered}
        begun = {path.rpartition(".")[0] for path in asked} | {f"{rows.path}[]"}
        return [(leaf, name) for leaf, name in columns
                if leaf.path in asked or (leaf.required and leaf.path.rpartition(".")[0] in begun)]

    def _column(self, rows: Field, leaf: Field, label: str) -> Question:
        path = leaf.path.removeprefix(f"{rows.path}[].")
        return Question(self._own(leaf), path, label, leaf.path in self.needed or (leaf.required and "." not in path))

    def _in_order(self, columns: list[Question]) -> list[Question]:
        """Names first; in a short form, whose tables share a few columns of the sheet, then what is long."""
        ids = [column for column in columns if names_its_row(column)]
        others = [column for column in columns if not names_its_row(column)]
        if not self.profile.short:
            return [*ids, *others]
        lead = next((column for column in others if column.field.lead), others[0])
        asked = [column for column in others if column is not lead and (column.needed or column.field.path in self.chosen)]
        long = sorted(asked, key=lambda column: -width(column.field))[:2]
        first = [*ids, lead, *long, *(column for column in asked if column not in long)]
        return [*first, *(column for column in others if column not in first)]

    def _parent(self, parent: str) -> Question:
        rows = self.shape.known[parent]
        assert isinstance(rows, Field)
        names = replace(rows.child("id"), refers_to=parent, guidance=f"The id of the row of {rows.label} that this belongs to.")
        return Question(names, PARENT, FOR, True)

    def _more(self) -> Iterator[Page]:
        """What a specification to be continued has answered and no page asks."""
        self.chosen |= self.answered
        blocks: list[Block] = []
        for section in self.shape.sections:
            found = tuple(self._blocks(section))
            blocks += [Heading(section.title, section.guidance), *found] if found else []
        yield Page(MORE, tuple(blocks))

    def _own(self, field: Field) -> Field:
        """A field with its words about money in the profile's currency."""
        sign = self.profile.currency
        return replace(field, label=in_currency(field.label, sign), guidance=in_currency(field.guidance, sign),
                       unit=in_currency(field.unit, sign))


def names_its_row(column: Question) -> bool:
    """Whether a column holds the row's own id, or that of the row around it."""
    return column.path in ("id", PARENT)


def _unlike(questions: Iterable[Question]) -> Iterator[Question]:
    """The columns of a table, with heads that differ."""
    seen: Counter[str] = Counter()
    for question in questions:
        seen[question.label.lower()] += 1
        count = seen[question.label.lower()]
        yield replace(question, label=f"{question.label} ({count})") if count > 1 else question


def _titled(pages: Iterable[Page]) -> Iterator[Page]:
    """The pages with titles that Excel takes and that differ, and labels that differ on each."""
    taken: set[str] = set()
    for page in pages:
        plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in page.title)
        title = _shortened(" ".join(plain.split()))
        number = 1
        while title.lower() in taken:
            number += 1
            title = f"{title[:LONGEST_TITLE - 3].strip()} {number}"
        taken.add(title.lower())
        yield Page(title, tuple(_told_apart(page.blocks)))


def _shortened(title: str) -> str:
    """A title of whole words that Excel takes as the name of a sheet."""
    if len(title) <= LONGEST_TITLE:
        return title
    kept = title[:LONGEST_TITLE + 1]
    ends = [kept.rfind(mark) for mark in (" and ", ",", " ") if kept.rfind(mark) > 0]
    return title[:ends[0] if ends else LONGEST_TITLE].rstrip(", ")


def _told_apart(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Questions and tables whose label is that of another on the page say of which section they are."""
    labels = Counter(block.label.lower() for block in blocks if not isinstance(block, Heading))
    sections: Mapping[str, Section] = {section.name: section for section in load_shape().sections}
    for block in blocks:
        if isinstance(block, Heading) or labels[block.label.lower()] == 1:
            yield block
        else:
            yield replace(block, label=within(sections[block.path.split(".")[0]].title, block.label))
