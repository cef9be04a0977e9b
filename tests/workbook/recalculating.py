"""Lets LibreOffice work out many workbooks at once, and compares every Figure of them with the analysis."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from bizcase.appraisal.figure import Figure
from bizcase.workbook.recalculate import agrees

EVERY_DIGIT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"
"""Every sheet as text, each number with all its digits."""
CALLS = 2

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_CACHED = re.compile(r'(<c r="[A-Z]+[0-9]+")[^>]*(><f>[^<]*</f>)(?:<v>[^<]*</v>|<v ?/>)')
_FORMULA = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*><f>')
_FORMATTED = re.compile(r'(<c r="[A-Z]+[0-9]+"[^>]*?) s="[0-9]+"')
_NAMES = re.compile(r"<definedNames>.*?</definedNames>", re.DOTALL)
_SELECTOR = re.compile(r'<c r="A4"[^>]*>.*?</c>')
_ERROR = re.compile(r"#(N/A|NAME\?|DIV/0!|REF!|VALUE!|NUM!|NULL!)|Err:[0-9]+")


@dataclass(frozen=True, slots=True)
class Sheets:
    """What a program made of a workbook: the text of each cell by sheet, and which cells are formulas."""

    texts: Mapping[str, Sequence[Sequence[str]]]
    formulas: frozenset[tuple[str, str]]

    def text(self, sheet: str, address: str) -> str:
        letters, row = coordinate_from_string(address)
        lines, column = self.texts[sheet], column_index_from_string(letters)
        return lines[row - 1][column - 1] if row <= len(lines) and column <= len(lines[row - 1]) else ""

    @property
    def errors(self) -> list[str]:
        """Every formula that gives one of a spreadsheet's errors."""
        return [f"{sheet}!{address}: {text}" for sheet, address in sorted(self.formulas)
                if _ERROR.fullmatch(text := self.text(sheet, address))]


def bare(content: bytes, scenario: str = "") -> bytes:
    """A workbook without the value of any formula, without formats and names, which no formula needs and which take time.

    It shows the scenario of that name where one is given.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(buffer, "w") as after:
        titles = {part: title for title, part in _parts(before).items()}
        for name in before.namelist():
            raw = before.read(name)
            if name == "xl/workbook.xml":
                raw = _NAMES.sub("", raw.decode("utf-8")).encode("utf-8")
            elif name in titles:
                text = _FORMATTED.sub(r"\1", _CACHED.sub(r"\1\2", raw.decode("utf-8")))
                raw = (_selecting(text, scenario) if scenario and titles[name] == "Scenarios" else text).encode("utf-8")
            after.writestr(name, raw)
    return buffer.getvalue()


def _selecting(sheet: str, scenario: str) -> str:
    """The sheet of scenarios with that one chosen in the cell that chooses."""
    cell = f'<c r="A4" t="inlineStr"><is><t xml:space="preserve">{escape(scenario)}</t></is></c>'
    found = _SELECTOR.search(sheet)
    assert found is not None
    return sheet[:found.start()] + cell + sheet[found.end():]


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where each sheet stands in the file, by its title."""
    book, relations = (ElementTree.fromstring(archive.read(f"xl/{name}")) for name in ("workbook.xml", "_rels/workbook.xml.rels"))
    links = {link.attrib["Id"]: link.attrib["Target"] for link in relations}
    return {sheet.attrib["name"]: "xl/" + links[sheet.attrib[LINK]].removeprefix("/xl/") for sheet in book.iter(f"{MAIN}sheet")}


def formulas_in(content: bytes) -> frozenset[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return frozenset((title, address) for title, part in _parts(archive).items()
                         for address in _FORMULA.findall(archive.read(part).decode("utf-8")))


def worked_out(files: Mapping[str, bytes], folder: Path) -> dict[str, Sheets]:
    """What LibreOffice makes of workbooks that hold no values, by name; two calls for all of them, side by side."""
    (folder / "given").mkdir()
    for name, content in files.items():
        assert b"</f><v>" not in b"".join(_sheets(content)), f"{name} holds values that LibreOffice might take over"
        (folder / "given" / f"{name}.xlsx").write_bytes(content)
    paths = [str(folder / "given" / f"{name}.xlsx") for name in files]
    with ThreadPoolExecutor(CALLS) as pool:
        list(pool.map(lambda first: _convert(paths[first :: CALLS], folder, f"profile{first}"), range(min(CALLS, len(paths)))))
    return {name: Sheets(_texts(folder / "made", name), formulas_in(content)) for name, content in files.items()}


def _convert(paths: Sequence[str], folder: Path, profile: str) -> None:
    """One call of LibreOffice, in a profile of its own so that another can run beside it."""
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/{profile}", "--convert-to", EVERY_DIGIT,
                    "--outdir", str(folder / "made"), *paths], check=True, timeout=600, capture_output=True)


def _sheets(content: bytes) -> Iterable[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from (archive.read(part) for part in _parts(archive).values())


def _texts(folder: Path, name: str) -> dict[str, list[list[str]]]:
    found = {}
    for path in folder.glob(f"{name}-*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem.removeprefix(f"{name}-")] = list(csv.reader(file))
    return found


def differences(figures: Iterable[Figure], cells: Mapping[str, tuple[str, str]], sheets: Sheets) -> list[str]:
    """The Figures that a workbook does not agree with, each with its place and both values."""
    return [f"{found.id} in {'!'.join(cells[found.id])}: {text}, analysis {found.text if found.value is None else found.value}"
            for found in figures if not _agrees(found, text := sheets.text(*cells[found.id]))]


def _agrees(found: Figure, text: str) -> bool:
    if found.value is None:
        return agrees(found, text)
    try:
        return agrees(found, float(text))
    except ValueError:
        return False
