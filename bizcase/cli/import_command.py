"""What the import command does: reads a form that came back, writes the specification, and says what is left to do."""

from __future__ import annotations

from pathlib import Path

from bizcase.bounded import bounded
from bizcase.cli.files import quoted, read_office, refusal
from bizcase.errors import Severity
from bizcase.hub.form.read import ReadForm, read_form
from bizcase.package import write_all
from bizcase.report.text import counted, first_of
from bizcase.specification.check import is_profile_file
from bizcase.specification.json_schema import SCHEMA_FILE, schema_json

_ENDINGS = (".yaml", ".yml")
MOST_OPEN = 12
"""Open questions that are named; of more, the first."""


def import_form(file: Path, output: Path | None, *, force: bool) -> tuple[str, bool]:
    """Writes the specification that a form holds; gives what to print, and whether there is something to look at."""
    target = output or file.with_suffix(".yaml")
    if target.suffix.casefold() not in _ENDINGS:
        raise refusal(str(target), "a specification's name ends in .yaml", f"try -o {target.with_suffix('.yaml')}")
    form = bounded(read_form, read_office(file, ".xlsx"), str(file))
    profile = str(form.data.get("profile", ""))
    beside = {target.with_name(SCHEMA_FILE): schema_json()}
    if is_profile_file(profile) and form.profile_text and Path(profile).name == profile:
        beside[target.with_name(profile)] = form.profile_text
    write_all({target: form.text.encode("utf-8")}, force=force)
    write_all({path: text.encode("utf-8") for path, text in beside.items() if not path.exists()})
    lines = [*first_of(form.findings), *([""] if form.findings else []), *_told(form, target), "", *_next(form, file, target)]
    return "\n".join(lines), bool(form.findings)


def _told(form: ReadForm, target: Path) -> list[str]:
    """What was taken, what is kept aside, and what is still open."""
    lines = [f"{target} is written, with {_many(form.taken, 'answer')}."]
    if form.findings:
        kept = f", {_many(len(form.remarks), 'remark')} kept under document.remarks" if form.remarks else ""
        lines.append(f"To look at: {counted(form.findings)}{kept}. `bizcase explain CODE` says why.")
    if form.open:
        lines.append(f"Still needed: {_many(len(form.open), 'answer')}")
        lines += [f"  {each.label} ({each.sheet}, {each.cell})" for each in form.open[:MOST_OPEN]]
        lines += [f"  and {len(form.open) - MOST_OPEN} more"] if len(form.open) > MOST_OPEN else []
    else:
        lines.append("Every needed answer is there.")
    return lines


def _next(form: ReadForm, file: Path, target: Path) -> list[str]:
    again = f"bizcase form {quoted(target)} -o {quoted(file.with_name(f'{file.stem}-2.xlsx'))}"
    worse = form.open or any(finding.severity is not Severity.ADVISORY for finding in form.findings)
    return [f"Next: bizcase check {quoted(target)}", *([f"Or go on in a form: {again}"] if worse else [])]


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
