"""Formulas as text: compared whatever program wrote them, and followed where rows, columns or sheets have moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string, get_column_letter

GONE = "#REF!"
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<sheet>'(?:[^']|'')+'!|[^\W\d][\w.]*!)"""
    r"""|(?P<cell>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![\w(.!]))|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?!\w))"""
    r"""|(?P<word>[\w.]+)|(?P<space>\s+)|(?P<other>.)""", re.DOTALL)
_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d+)")
_PREFIXES = re.compile(r"^(_XLFN\.|_XLWS\.|COM\.MICROSOFT\.)+")


@dataclass(frozen=True, slots=True)
class Moves:
    """A sheet's title now, and where its rows and columns stand, by where they stood: what is missing was deleted. Nothing
    instead of a mapping means that all stand where they stood."""

    title: str
    rows: Mapping[int, int] | None = None
    columns: Mapping[int, int] | None = None

    def cell(self, address: str) -> str:
        """Where a cell stands now; empty where it was deleted."""
        found = _single(address, self)
        return "" if found == GONE else found


def plain(formula: str) -> str:
    """A formula in one spelling: without spaces, needless quotes, prefixes of newer functions, and in capitals."""
    return "".join(_plain(match) for match in _TOKEN.finditer(formula))


def _plain(match: re.Match[str]) -> str:
    token = match[0]
    match match.lastgroup:
        case "text":
            return token
        case "space":
            return ""
        case "sheet":
            return token.strip("'!").removesuffix("'").replace("''", "'").casefold() + "!"
        case "word":
            return _PREFIXES.sub("", token.upper())
        case "number":
            return repr(float(token))
        case _:
            return token.upper()


def followed(formula: str, own: str, moves: Mapping[str, Moves]) -> str:
    """A formula of the sheet `own` as it must read after the moves, by the sheets' old titles."""
    tokens = list(_TOKEN.finditer(formula))
    sheet, out, index = own, [], 0
    while index < len(tokens):
        token = tokens[index]
        if token.lastgroup == "sheet":
            sheet = token[0][:-1].strip("'").replace("''", "'")
            title = moves[sheet].title if sheet in moves else sheet
            out.append("'" + title.replace("'", "''") + "'!")
        elif token.lastgroup == "cell":
            is_range = index + 2 < len(tokens) and tokens[index + 1][0] == ":" and tokens[index + 2].lastgroup == "cell"
            found = moves.get(sheet)
            out.append(_range(token[0], tokens[index + 2][0], found) if is_range else _single(token[0], found))
            index += 2 if is_range else 0
            sheet = own
        else:
            out.append(token[0])
        index += 1
    return "".join(out)


def _single(address: str, moves: Moves | None) -> str:
    return address if moves is None else _written(address, _exactly(moves.rows), _exactly(moves.columns))


def _range(first: str, last: str, moves: Moves | None) -> str:
    """A range whose edge was deleted ends at the next row or column that is left."""
    if moves is None:
        return f"{first}:{last}"
    ends = [_written(address, _nearest(moves.rows, step), _nearest(moves.columns, step))
            for address, step in ((first, 1), (last, -1))]
    return GONE if GONE in ends else ":".join(ends)


def _exactly(places: Mapping[int, int] | None) -> Callable[[int], int | None]:
    return (lambda place: place) if places is None else places.get


def _nearest(places: Mapping[int, int] | None, step: int) -> Callable[[int], int | None]:
    def find(place: int) -> int | None:
        if places is None:
            return place
        highest = max(places, default=0)
        while 0 < place <= highest:
            if place in places:
                return places[place]
            place += step
        return None

    return find


def _written(address: str, row_of: Callable[[int], int | None], column_of: Callable[[int], int | None]) -> str:
    found = _CELL.fullmatch(address)
    assert found is not None
    row, column = row_of(int(found[4])), column_of(column_index_from_string(found[2].upper()))
    return f"{found[1]}{get_column_letter(column)}{found[3]}{row}" if row and column else GONE
