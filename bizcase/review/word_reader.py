"""Reads a Word file that arrives, ours or anybody's, into a Submission."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bizcase.document.preflight import word_parts
from bizcase.document.reader import diagram_texts, read_word
from bizcase.document.reading import Reading
from bizcase.review.passages import Assembly
from bizcase.review.roles import roles_of
from bizcase.review.submission import Kind, Left, Leftover, Passage, Submission, Table

_PICTURES = ("picture", "object", "chart", "diagram", "ink")
_WORDS_BESIDE_A_PICTURE, _PICTURES_OF_A_SCAN = 40, 3
_WORDS_OF_AN_EMPTY_PAGE = 30


def read_submission(content: bytes, name: str) -> Submission:
    """The bid in a Word file, as it reads with all tracked changes accepted.

    Raises UnreadableFile, with one finding, where the bytes are no Word file or one that is not safe to open.
    """
    parts = word_parts(content, name)
    return submission_of(read_word(parts, name), parts, name)


def submission_of(reading: Reading, parts: dict[str, bytes], name: str) -> Submission:
    """The bid in a Word file that has been read."""
    assembly = Assembly(reading, roles_of(reading), _pictures(reading, parts))
    return Submission(name, reading.title or assembly.title, tuple(assembly.passages), tuple(_tables(assembly)),
                      tuple(_leftovers(assembly)), tuple(_skipped(reading, assembly.passages)))


def _pictures(reading: Reading, parts: dict[str, bytes]) -> dict[int, list[tuple[Kind, str]]]:
    """What pictures and charts show, and the words in diagrams (SmartArt), by the number of the paragraph that holds them."""
    found: dict[int, list[tuple[Kind, str]]] = {}
    for picture in reading.pictures:
        if picture.in_body and picture.kind in _PICTURES and not picture.text:
            told = [(Kind.PICTURE, picture.description or f"a {picture.kind}")]
            if picture.kind == "diagram":
                told = [(Kind.BOX, text) for text in diagram_texts(parts, picture)] or told
            found.setdefault(picture.paragraph, []).extend(told)
    return found


def _tables(assembly: Assembly) -> Iterator[Table]:
    """The tables with text, cell by cell."""
    texts: dict[int, dict[int, dict[int, list[str]]]] = {}
    for paragraph in assembly.reading.paragraphs:
        if paragraph.table:
            cell = texts.setdefault(paragraph.table, {}).setdefault(paragraph.row, {}).setdefault(paragraph.column, [])
            if paragraph.text:
                cell.append(paragraph.text)
    for number, rows in sorted(texts.items()):
        headings, where = assembly.table_place(number)
        filled = tuple(tuple("\n".join(cells.get(column, ())) for column in range(1, max(cells) + 1))
                       for _, cells in sorted(rows.items()))
        yield Table(number, headings, where, filled)


def _leftovers(assembly: Assembly) -> Iterator[Leftover]:
    """Comments and tracked changes, then hidden text and fields of a form that nobody filled in."""
    merged: dict[tuple[Left, str, int], list[str]] = {}
    for mark in assembly.reading.marks:
        key = (Left(mark.what), mark.author, mark.paragraph)
        if key[0] is Left.COMMENT or key not in merged:
            yield from _one(assembly, key, merged.pop(key, None))
            merged[key] = []
        merged[key].append(mark.text)
    for key, texts in merged.items():
        yield from _one(assembly, key, texts)
    for number, paragraph in enumerate(assembly.reading.paragraphs):
        for what, text in ((Left.HIDDEN, paragraph.hidden), (Left.UNFILLED, paragraph.unfilled)):
            if text and not paragraph.contents:
                yield Leftover(what, text, assembly.places[number], "", paragraph.anchor)


def _one(assembly: Assembly, key: tuple[Left, str, int], texts: list[str] | None) -> Iterator[Leftover]:
    """What one author has left in one paragraph, told once."""
    if texts is not None:
        what, author, number = key
        where, anchor = ("", -1) if number < 0 else (assembly.places[number], assembly.reading.paragraphs[number].anchor)
        yield Leftover(what, " ".join(filter(None, texts)), where or "at the beginning", author, anchor)


def _skipped(reading: Reading, passages: Sequence[Passage]) -> Iterator[str]:
    """What could not be read, with its place."""
    yield from dict.fromkeys(f"{what}, {where}" for what, where in reading.skipped)
    words = sum(len(passage.text.split()) for passage in passages if passage.kind not in (Kind.MARGIN, Kind.PICTURE))
    pictures = sum(picture.kind in ("picture", "object") for picture in reading.pictures if picture.in_body)
    if pictures and (words < _WORDS_OF_AN_EMPTY_PAGE or (
            pictures >= _PICTURES_OF_A_SCAN and words < _WORDS_BESIDE_A_PICTURE * pictures)):
        told = "1 picture" if pictures == 1 else f"{pictures:,} pictures"
        yield f"{told} beside {words:,} words: text in pictures, such as scanned pages, cannot be read"
