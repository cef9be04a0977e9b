"""A form filled in as a person would, cell by cell in LibreOffice, gives the specification that one would write by hand."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from bizcase.errors import Severity
from bizcase.hub.form.read import is_form, read_form
from bizcase.specification.check import check_text
from bizcase.specification.source import read
from tests.hub.forming import NAME, PAGE, blank, heads, row_of
from tests.hub.test_cells import same

BY_HAND = Path(__file__).with_name("filled_by_hand.yaml")

ANSWERS = {
    "document.title": "Walking group before hip surgery ",
    "document.organisation": "Fernside District Hospital",
    "document.author": "Sister Moira Quill",
    "document.sro": "Dev Anand, Chief Nurse",
    "summary.proposition": "People wait five months for a new hip and lose strength while they wait.\n\n"
    "A weekly walking group with a physiotherapist keeps "
    "them fit for surgery, and sends them home a day sooner.",
    "summary.ask": "£12k",
    "summary.decision": "Release £12,000 for one year.",
    "problem.summary": "Patients are frail by the day of surgery; one in three stays longer than planned.",
    "innovation.unique_proposition": "The group meets on the ward where the operation will be.",
    "commissioner_plan.overview": "none spoken to yet",
    "scale_up.overview": "To knees in the second year",
    "sustainability.payer": "Surgical division",
    "appraisal.price_base_year": "26/27",
}
ROWS: dict[str, list[dict[str, str]]] = {
    "stakeholders.map": [
        {"Name": "People waiting for a hip", "Group": "Patients"},
        {"Name": "Physiotherapists", "Group": "Allied health professional"},
        {"Name": "Surgeons", "Group": "peer doctors"},
        {"Id": "S4", "Name": "Ward sisters", "Group": "Nurse"},
    ],
    "resources.costs": [
        {
            "Item": "Physiotherapist",
            "Category": "Staff",
            "Type": "Revenue",
            "Recurrent": "Yes",
            "Amount": "£9,600 a year from 2026/27 to 2029/30",
            "Payer": "Spark fund",
            "Payer after the grant": "F2",
            "Status": "Estimate",
            "Source": "Payroll",
        },
        {
            "Item": "Sticks, vests",
            "Category": "equipment",
            "Type": "capital",
            "Recurrent": "n",
            "Amount": "2,400 once in 2026/27",
            "Payer": "F1",
            "Status": "known",
            "Source": "Quotation of May 2026",
        },
    ],
    "resources.funding": [
        {"Source": "Spark fund", "Kind": "Grant", "Amount": "£12k in 2026/27", "Status": "Applied for"},
        {
            "Source": "Surgical division",
            "Kind": "host",
            "Amount": "£9.6k p.a. from 2027-28 to 2029-30",
            "Status": "under discussion",
        },
    ],
    "benefits.register": [
        {
            "Title": "Days in hospital saved",
            "Measure": "Length of stay",
            "Owner": "Matron",
            "Class": "Non cash releasing",
            "Baseline: value": "4.2 days (known)",
            "Value: volume": "120",
            "Value: effect": "30% (estimate; low 20%; high 40%; source: audit 2025)",
            "Value: unit value": "£345",
        }
    ],
    "benefits.register[].targets": [
        {"For": "B1", "Month after launch": "12", "Target": "3.8"},
        {"For": "B1", "Month after launch": "24 months", "Target": "about 3.5"},
    ],
    "risks.register": [
        {
            "Risk": "Too few come",
            "Mitigation": "Taxis are paid",
            "Owner": "Matron",
            "Category": "adoption",
            "Likelihood (1 to 5)": "3",
            "Impact (1 to 5)": "4",
        }
    ],
    "inclusion.groups": [
        {"Group": "People who cannot walk 50 metres", "Mitigation": "A seated class", "Reason": "They would be left out"}
    ],
    "readiness.executive_commitment": [{"Executive": "Chief Nurse", "Resource": "Half a day a week", "Amount": "4000"}],
}


def typed(content: bytes) -> dict[str, str]:
    """What is typed, by cell."""
    import io

    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(content))[PAGE]
    cells = {f"E{row_of(sheet, path)}": text for path, text in ANSWERS.items()}
    for table, rows in ROWS.items():
        columns, first = heads(sheet, table), row_of(sheet, f"table:{table}") + 1
        for row, values in enumerate(rows, first):
            cells.update({sheet.cell(row, columns[head]).coordinate: text for head, text in values.items()})
    return cells


def macro(form: Path, saved: Path, cells: dict[str, str]) -> str:
    """A program in LibreOffice's Basic that opens the form, types into its cells, and saves it as Excel does."""

    def quoted(text: str) -> str:
        return " & Chr(10) & ".join('"' + line.replace('"', '""') + '"' for line in text.split("\n"))

    lines: Iterable[str] = (
        f'  oSheet.getCellRangeByName("{cell}").FormulaLocal = {quoted(text)}' for cell, text in cells.items()
    )
    return "\n".join(
        [
            "Sub Main",
            "  Dim o(0) As New com.sun.star.beans.PropertyValue",
            "  Dim s(0) As New com.sun.star.beans.PropertyValue",
            '  o(0).Name = "Hidden"',
            "  o(0).Value = True",
            f'  oDoc = StarDesktop.loadComponentFromURL("{form.as_uri()}", "_blank", 0, o())',
            f'  oSheet = oDoc.Sheets.getByName("{PAGE}")',
            *lines,
            '  s(0).Name = "FilterName"',
            '  s(0).Value = "Calc MS Excel 2007 XML"',
            f'  oDoc.storeToURL("{saved.as_uri()}", s())',
            "  oDoc.close(True)",
            "End Sub",
        ]
    )


def run_in_office(folder: Path, program: str) -> None:
    """Runs a program in a LibreOffice of its own, set to British English."""
    basic = folder / "profile" / "user" / "basic"
    (basic / "Standard").mkdir(parents=True)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    head += '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
    names = 'xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"'
    own = 'library:name="Standard" library:readonly="false" library:passwordprotected="false"'
    files = {
        "script.xlc": (
            "library:libraries",
            "libraries",
            f'{names}><library:library library:name="Standard" library:link="false"/>',
        ),
        "dialog.xlc": (
            "library:libraries",
            "libraries",
            f'{names}><library:library library:name="Standard" library:link="false"/>',
        ),
        "Standard/script.xlb": ("library:library", "library", f'{names} {own}><library:element library:name="Module1"/>'),
        "Standard/dialog.xlb": ("library:library", "library", f"{names} {own}>"),
        "Standard/Module1.xba": (
            "script:module",
            "module",
            'xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
            f'script:language="StarBasic">{escape(program)}',
        ),
    }
    for name, (root, kind, inner) in files.items():
        (basic / name).write_text(f"{head.format(root, kind)}<{root} {inner}</{root}>", "utf-8")
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        '<item oor:path="/org.openoffice.Setup/L10N">'
        '<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value></prop></item>'
        '<item oor:path="/org.openoffice.Setup/Office">'
        '<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item></oor:items>',
        "utf-8",
    )
    subprocess.run(
        [
            "soffice",
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "macro:///Standard.Module1.Main",
        ],
        check=True,
        timeout=180,
        capture_output=True,
    )


def equal(given: Any, back: Any) -> bool:
    if isinstance(given, dict) and isinstance(back, dict):
        return given.keys() == back.keys() and all(equal(given[key], back[key]) for key in given)
    if isinstance(given, list) and isinstance(back, list):
        return len(given) == len(back) and all(map(equal, given, back))
    return same(given, back)


@pytest.mark.needs("soffice")
def test_a_form_filled_in_cell_by_cell_in_libreoffice_is_the_specification_written_by_hand(tmp_path: Path) -> None:
    form, saved = tmp_path / NAME, tmp_path / "filled.xlsx"
    form.write_bytes(blank())
    cells = typed(blank())
    assert len(cells) > 70
    run_in_office(tmp_path, macro(form, saved, cells))
    assert is_form(saved.read_bytes())
    read_back = read_form(saved.read_bytes(), NAME)
    assert [(found.code, found.place.where, found.message) for found in read_back.findings] == []
    by_hand, findings = read(BY_HAND.read_text("utf-8"), BY_HAND.name)
    assert findings == []
    for section, content in by_hand.data.items():
        assert equal(content, read_back.data.get(section)), (section, content, read_back.data.get(section))
    assert equal(by_hand.data, read_back.data)
    assert read_back.open == ()
    assert [found for found in check_text(read_back.text, "spec.yaml").findings if found.severity is Severity.ERROR] == []
