"""What the form command does: read at one edge, call the core, give back text to print."""

from __future__ import annotations

from pathlib import Path

from bizcase import __version__
from bizcase.cli.files import quoted, read_text, refusal
from bizcase.cli.profiles import chosen_profile, profile_beside
from bizcase.errors import Finding, Severity, UnsoundSpecification
from bizcase.hub.form.filled import remarks_of
from bizcase.hub.form.questions import Form, form_of
from bizcase.hub.form.write import write_form
from bizcase.package import write_all
from bizcase.specification.check import check_text
from bizcase.specification.left_in import texts_in
from bizcase.specification.profile import DEFAULT, Profile
from bizcase.specification.shape import Rules
from bizcase.specification.source import Source
from bizcase.specification.values import EXCEL_CELL, units_in_excel

SHORTEST = "ideas-den"
"""The profile of an empty form that names none: the form that most people are sent, and the only one of a page."""
_WOULD_BE_LOST = {"E20", "E22"}
"""What a form has no cell for: fields that are not known, and values of another kind than theirs."""


def form_file(specification: Path | None, profile: str, output: Path, *, force: bool) -> str:
    """Writes the form of a profile, empty or filled in from a specification; gives what to print."""
    if output.suffix.lower() != ".xlsx":
        raise refusal(str(output), "a form's name ends in .xlsx", f"try {output.with_suffix('.xlsx')}")
    data, chosen = _continued(specification, profile) if specification is not None else ({}, chosen_profile(profile or SHORTEST))
    form = form_of(chosen, data)
    write_all({output: write_form(form, data, __version__)}, force=force)
    filled = f", filled in from {specification}" if specification is not None else ""
    remarks = len(remarks_of(data))
    return "\n".join([f"{output} is written: {_size(form)} for {chosen.title}{filled}.",
                      *([f"It holds {remarks} {'remark' if remarks == 1 else 'remarks'} of an earlier form."] if remarks else []),
                      f"Next: fill it in with Excel or LibreOffice, then bizcase import {quoted(output)} -o my-bid.yaml"])


def _continued(specification: Path, profile: str) -> tuple[Rules, Profile]:
    """The data of a specification, finished or not, and its profile. Raises UnsoundSpecification for what would be lost."""
    text = read_text(specification)
    given = chosen_profile(profile) if profile else profile_beside(specification, text)
    checked = check_text(text, str(specification), given)
    lost = [finding for finding in checked.findings if finding.code in _WOULD_BE_LOST or finding.code.startswith("E1")]
    lost += _too_long(checked.source)
    if lost or not checked.source.whole:
        raise UnsoundSpecification(*lost)
    data = checked.source.data
    return data, given if isinstance(given, Profile) else chosen_profile(str(data.get("profile") or DEFAULT))


def _too_long(source: Source) -> list[Finding]:
    """Texts that no cell of Excel holds."""
    return [Finding(source.place(path), "E71", Severity.ERROR,
                    f"the text holds {len(text):,} characters; a cell of the form holds {EXCEL_CELL:,}", "shorten it")
            for path, text in texts_in(source.data) if units_in_excel(text) > EXCEL_CELL]


def _size(form: Form) -> str:
    """How much a form asks, in words."""
    if len(form.pages) == 1:
        return "one page"
    return f"{len(form.pages)} sheets"
