"""Which sheet of a workbook is which, and where its rows and columns stand now, whatever was renamed, added or deleted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from bizcase.provenance import Constant, SheetAsBuilt
from bizcase.review.alignment import aligned
from bizcase.review.cells import Cell
from bizcase.review.formulas import Moves

FEW = 3
ENOUGH = 0.4
"""The share of a sheet's constants that a sheet of another name must have to be the same sheet."""


@dataclass(frozen=True, slots=True)
class Structure:
    """How the sheets have moved, by their old titles, and what is there no more, or new: titles, and (old or new title, place)
    of rows by number and columns by letter."""

    moves: Mapping[str, Moves]
    lost: tuple[str, ...]
    new: tuple[str, ...]
    lost_rows: tuple[tuple[str, str], ...]
    new_rows: tuple[tuple[str, str], ...]


def structure(was: Mapping[str, SheetAsBuilt], now: Mapping[str, Mapping[str, Cell]]) -> Structure:
    """Compares the sheets as built with those of the workbook as it is."""
    titles = _titles(was, now)
    moves: dict[str, Moves] = {}
    lost_rows: list[tuple[str, str]] = []
    new_rows: list[tuple[str, str]] = []
    for old, title in titles.items():
        constants = {at: content for at, content in was[old].cells.items() if not _is_formula(content)}
        found = _as_built(now[title])
        present = {at: content for at, content in found.items() if not _is_formula(content)}
        kept = [_lines(was[old].cells, found, constants, present, by_row=by_row) for by_row in (True, False)]
        moves[old] = Moves(title, *(mapping for mapping, _, _ in kept))
        for (_, gone, added), word in zip(kept, ("row", "column"), strict=True):
            lost_rows += [(old, f"{word} {_name(place, word)}") for place in gone]
            new_rows += [(title, f"{word} {_name(place, word)}") for place in added]
    return Structure(moves, tuple(title for title in was if title not in titles),
                     tuple(title for title in now if title not in titles.values()), tuple(lost_rows), tuple(new_rows))


def as_built(cell: Cell) -> Constant | None:
    """What a cell holds, written as the manifest of a workbook has it."""
    if cell.formula:
        return cell.formula
    return f"'{cell.value}" if isinstance(cell.value, str) else cell.value


def _as_built(cells: Mapping[str, Cell]) -> dict[str, Constant]:
    return {at: content for at, cell in cells.items() if (content := as_built(cell)) is not None}


def _is_formula(content: Constant) -> bool:
    return isinstance(content, str) and content.startswith("=")


def _titles(was: Mapping[str, SheetAsBuilt], now: Mapping[str, Mapping[str, Cell]]) -> dict[str, str]:
    """The title that each sheet has now: its own, or that of the unknown sheet that holds most of what it held."""
    found = {title: title for title in was if title in now}
    spare = [title for title in now if title not in found]
    for old in was:
        if old in found or not spare:
            continue
        shares = {title: _shared(was[old].cells, _as_built(now[title])) for title in spare}
        best = max(spare, key=lambda title: shares[title])
        if shares[best] >= ENOUGH:
            found[old] = best
            spare.remove(best)
    return found


def _shared(one: Mapping[str, Constant], other: Mapping[str, Constant]) -> float:
    constants = Counter(content for content in one.values() if not _is_formula(content))
    there = Counter(content for content in other.values() if not _is_formula(content))
    return sum((constants & there).values()) / max(1, sum(constants.values()))


def _lines(was: Mapping[str, Constant], now: Mapping[str, Constant], constants: Mapping[str, Constant],
           present: Mapping[str, Constant], *, by_row: bool) -> tuple[dict[int, int] | None, list[int], list[int]]:
    """Where the rows (or columns) stand now, which are gone, and which are new; nothing for the first where none has moved.

    A line is known by its constants; as long as the same lines hold something and most are the same, each stays what it is.
    """
    old, new = _held(was, constants, by_row=by_row), _held(now, present, by_row=by_row)
    before, after = list(old), list(new)
    if before == after and sum(old[place] != new[place] for place in before) <= max(FEW, len(before) * ENOUGH):
        return None, [], []
    pairs = aligned([old[place] for place in before], [new[place] for place in after], lambda held: held, _alike)
    same = {before[one]: after[other] for one, other in pairs if one is not None and other is not None}
    gone = [before[one] for one, other in pairs if other is None and one is not None]
    added = [after[other] for one, other in pairs if one is None and other is not None]
    return _filled(same, gone, max(before, default=0)), gone, added


def _held(cells: Mapping[str, Constant], constants: Mapping[str, Constant], *, by_row: bool) -> dict[int, tuple[Constant, ...]]:
    """The constants of each line that holds anything, in order."""
    lines: dict[int, list[tuple[int, Constant]]] = defaultdict(list)
    for at in cells:
        letters, row = coordinate_from_string(at)
        column = column_index_from_string(letters)
        line = lines[row if by_row else column]
        if at in constants:
            line.append((column if by_row else row, constants[at]))
    return {place: tuple(content for _, content in sorted(lines[place], key=lambda held: held[0])) for place in sorted(lines)}


def _alike(one: tuple[Constant, ...], other: tuple[Constant, ...]) -> float:
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    return 2 * sum((Counter(one) & Counter(other)).values()) / (len(one) + len(other))


def _filled(same: Mapping[int, int], gone: Iterable[int], highest: int) -> dict[int, int]:
    """Lines that hold nothing move with the one before them."""
    lines, shift, lost = dict(same), 0, set(gone)
    for place in range(1, highest + 1):
        if place in same:
            shift = same[place] - place
        elif place not in lost:
            lines[place] = place + shift
    return lines


def _name(place: int, word: str) -> str:
    return str(place) if word == "row" else get_column_letter(place)


def places(addresses: Iterable[str]) -> list[str]:
    """Addresses as a reader meets them: row by row."""
    def order(at: str) -> tuple[int, int]:
        letters, row = coordinate_from_string(at)
        return row, column_index_from_string(letters)

    return sorted(addresses, key=order)
