"""What the commands do: read at one edge, call the core, give back text to print."""

from __future__ import annotations

from pathlib import Path

from bizcase import resources
from bizcase.case import Built, Case, build, open_case
from bizcase.codes import explanations
from bizcase.errors import BizcaseError, Finding, Place, Severity, UnreadableFile
from bizcase.package import BID_ENDING, WORKBOOK_ENDING, file_stem, write_all
from bizcase.report import counted, finding_text, findings_json, overview, overview_lines
from bizcase.specification.file_text import MAX_BYTES, decode
from bizcase.specification.parameters import parameter_set_names
from bizcase.specification.profile import DEFAULT, load_profile, profile_names
from bizcase.specification.words import listed, nearest

MOST_SHOWN = 200
"""More findings than this nobody reads in a terminal."""

SCHEMA_FILE = "bizcase.schema.json"


def check_file(file: Path, profile: str, parameters: str, form: str) -> tuple[str, bool]:
    """The report of a check, and whether it found anything."""
    case = _open(file, profile, parameters)
    if form == "json":
        return findings_json(case.findings, {"summary": overview(case)}), bool(case.findings)
    lines = [finding_text(finding) for finding in case.findings[:MOST_SHOWN]]
    if len(case.findings) > MOST_SHOWN:
        lines.append(f"and {len(case.findings) - MOST_SHOWN:,} more; --format json lists all")
    facts = overview_lines(case)
    width = max((len(label) for label, _ in facts), default=0)
    lines += ["", *(f"{label + ':':<{width + 1}} {text}" for label, text in facts)] if facts else []
    lines += ["", _verdict(case, _again(file, profile, parameters))]
    return "\n".join(lines).strip("\n"), bool(case.findings)


def _again(file: Path, profile: str, parameters: str) -> str:
    """How to build what was checked: the command as it can be typed."""
    name = f'"{file}"' if " " in str(file) else str(file)
    chosen = [f" --{option} {value}" for option, value in (("profile", profile), ("parameters", parameters)) if value]
    return f"bizcase build {name}{''.join(chosen)}"


def _verdict(case: Case, build_command: str) -> str:
    if case.errors:
        return f"{counted(case.findings)}. Correct the errors; then more can be checked. `bizcase explain CODE` says why."
    if case.blockers:
        return (f"{counted(case.findings)}. A draft can be built: {build_command} --draft. "
                "`bizcase explain CODE` says why a panel would mind.")
    if case.findings:
        return f"{counted(case.findings)}. Nothing stops the build: {build_command}"
    return f"Nothing to fix. Next: {build_command}"


def build_file(file: Path, profile: str, parameters: str, output: Path | None, *, draft: bool, force: bool) -> tuple[str, bool]:
    """Builds and writes both files; gives what to print, and whether findings stopped the build."""
    if output is not None and output.suffix in (".docx", ".xlsx"):
        raise BizcaseError(_wrong(str(output), "-o names a folder, in which both files are written",
                                  f"try -o {output.parent / output.stem}", "E82"))
    case = _open(file, profile, parameters)
    if case.errors or (case.blockers and not draft):
        stops = case.errors or case.blockers
        advice = ("Correct these first." if case.errors else
                  f"A finished bid needs these. For a draft that marks them: {_again(file, profile, parameters)} --draft")
        return "\n".join([*map(finding_text, stops), "", f"Nothing was written: {counted(stops)}. {advice}"]), True
    built = build(case, draft=draft)
    folder = output if output is not None else file.parent
    stem = file_stem(file.stem)
    bid, workbook = folder / f"{stem}{BID_ENDING}", folder / f"{stem}{WORKBOOK_ENDING}"
    write_all({bid: built.bid, workbook: built.workbook}, force=force)
    year = case.analysis.appraisal.headline_year if case.analysis else 0
    figures = [("Bid", str(bid)), ("Workbook", str(workbook)), ("NPSV", _flagged(built, "npsv")),
               (f"ROI at year {year}", _flagged(built, f"roi.{year}")),
               ("  cash-releasing alone", _flagged(built, f"roi_cash.{year}")), ("Blockers", str(len(case.blockers)))]
    remaining = len(case.findings) - len(case.blockers)
    figures += [("Advice", f"{remaining}; see bizcase check")] if remaining else []
    return "\n".join(f"{label + ':':<24} {text}" for label, text in figures), False


def _flagged(built: Built, name: str) -> str:
    found = built.figures[name]
    return f"{found.text} ({found.status})" if found.flagged else found.text


def sample_list() -> str:
    """The names of the samples, one a line."""
    return "\n".join(sorted(_samples()))


def new_file(file: Path, profile: str, sample: str, *, force: bool) -> str:
    """Writes a skeleton or a sample, with the schema for editors beside it; gives what to print."""
    from bizcase.specification.json_schema import schema_json
    from bizcase.specification.skeleton import modeline, skeleton

    if file.suffix not in (".yaml", ".yml"):
        raise BizcaseError(_wrong(str(file), "a specification's name ends in .yaml", f"try {file.with_suffix('.yaml')}"))
    if sample:
        text = _sample(sample)
        text = text if text.startswith("# yaml-language-server") else f"{modeline(SCHEMA_FILE)}\n{text}"
    else:
        text = skeleton(load_profile(_known(profile, "profile", profile_names(), "E26")), SCHEMA_FILE)
    schema_path = file.with_name(SCHEMA_FILE)
    write_all({file: text.encode("utf-8")}, force=force)
    if not schema_path.exists() or force:
        write_all({schema_path: schema_json().encode("utf-8")}, force=True)
    return (f"{file} is written. {SCHEMA_FILE} beside it lets editors such as VS Code complete and check it.\n"
            f"Next: fill it in, then bizcase check {file}")


def _samples() -> dict[str, Path]:
    return {path.stem: path for path in resources.folder("samples").glob("*.yaml")}


def _sample(name: str) -> str:
    samples = _samples()
    if name not in samples:
        word = nearest(name, samples)
        raise BizcaseError(_wrong("", f"there is no sample {name!r}; there are: {listed(sorted(samples))}",
                                  f"did you mean {word}?" if word else ""))
    return samples[name].read_text("utf-8")


def explain_code(code: str) -> str:
    """A code in full, or the list of all codes."""
    known = explanations()
    if code.casefold() == "all":
        return "\n".join(f"{found.code:<6} {found.severity:<9} {found.title}" for found in known.values())
    found = known.get(code.upper())
    if found is None:
        word = nearest(code.upper(), known)
        raise BizcaseError(_wrong("", f"there is no code {code!r}", f"did you mean {word}? `bizcase explain all` lists them"
                                  if word else "`bizcase explain all` lists them"))
    return "\n".join([f"{found.code} ({found.severity})", found.title, "", f"Why:     {found.why}", f"Do:      {found.remedy}",
                      f"Example: {found.example}"])


def schema_text(profile: str, output: Path | None, *, force: bool) -> str:
    """The JSON Schema, or what to print once it is written to a file."""
    from bizcase.specification.json_schema import schema_json

    text = schema_json(load_profile(_known(profile or DEFAULT, "profile", profile_names(), "E26")) if profile else None)
    if output is None:
        return text
    write_all({output: text.encode("utf-8")}, force=force)
    return f"{output} is written. Name it in the first line of a specification: # yaml-language-server: $schema={output.name}"


def _open(file: Path, profile: str, parameters: str) -> Case:
    try:
        if file.is_dir():
            raise UnreadableFile(_wrong(str(file), "this is a folder, not a file", "name the .yaml file in it", "E01"))
        with file.open("rb") as handle:
            raw = handle.read(MAX_BYTES + 1)
            size = file.stat().st_size
    except FileNotFoundError:
        raise UnreadableFile(_wrong(str(file), "there is no such file", _similar(file), "E01")) from None
    except OSError as problem:
        raise UnreadableFile(_wrong(str(file), f"the file cannot be opened: {problem.strerror or problem}", "", "E01")) from None
    return open_case(decode(raw, str(file), size), str(file), _known(profile, "profile", profile_names(), "E26"),
                     _known(parameters, "parameter set", parameter_set_names(), "E90"))


def _similar(file: Path) -> str:
    folder = file.parent if file.parent.is_dir() else Path()
    try:
        word = nearest(file.name, (path.name for path in folder.iterdir()))
    except OSError:
        word = ""
    return f"did you mean {folder / word}?" if word else "check the name and the folder"


def _known(name: str, what: str, names: tuple[str, ...], code: str) -> str:
    """A name given on the command line, if there is such a thing or none was given. Raises BizcaseError."""
    if name and name not in names:
        word = nearest(name, names)
        raise BizcaseError(_wrong("", f"there is no {what} {name!r}; there are: {listed(names)}",
                                  f"did you mean {word}?" if word else "", code))
    return name


def _wrong(file: str, message: str, hint: str, code: str = "E01") -> Finding:
    return Finding(Place(file or "bizcase"), code, Severity.ERROR, message, hint)
