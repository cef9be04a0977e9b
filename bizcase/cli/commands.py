"""What the commands do: read at one edge, call the core, give back text to print."""

from __future__ import annotations

from pathlib import Path

from bizcase import resources
from bizcase.case import Built, HouseTemplate, build
from bizcase.cli.files import refusal
from bizcase.cli.finishing import Say, finished
from bizcase.cli.opening import build_command, opened
from bizcase.cli.profiles import chosen_profile
from bizcase.codes import explanations
from bizcase.package import BID_ENDING, PDF_ENDING, WORKBOOK_ENDING, file_stem, write_all
from bizcase.report.text import counted, finding_text, first_of
from bizcase.specification.check import is_profile_file
from bizcase.specification.json_schema import SCHEMA_FILE
from bizcase.specification.words import listed, nearest


def _template(file: Path) -> HouseTemplate:
    from bizcase.cli.template_commands import read_template

    return HouseTemplate(str(file), read_template(file))


def build_file(file: Path, profile: str, parameters: str, output: Path | None, template: Path | None = None, *, draft: bool,
               force: bool, pdf: bool, layout: bool, embed: bool, say: Say) -> tuple[str, bool]:
    """Builds and writes all files; gives what to print, and whether findings stopped the build."""
    from bizcase.document.accessibility import accessibility_findings
    from bizcase.office import required_office
    from bizcase.review.sealing import sealed

    if output is not None and output.suffix in (".docx", ".xlsx"):
        raise refusal(str(output), "-o names a folder, in which both files are written",
                      f"try -o {output.parent / output.stem}", "E82")
    if pdf:
        required_office()
    case = opened(file, profile, parameters)
    if case.errors or (case.blockers and not draft):
        stops = case.errors or case.blockers
        again = build_command(file, profile, parameters, template)
        advice = ("Correct these first." if case.errors else
                  f"A finished bid needs these. For a draft that marks them: {again} --draft")
        return "\n".join([*map(finding_text, stops), "", f"Nothing was written: {counted(stops)}. {advice}"]), True
    built = build(case, draft=draft, template=_template(template) if template is not None else None)
    folder = output if output is not None else file.parent
    stem = file_stem(file.stem)
    bid, workbook, printed = (folder / f"{stem}{ending}" for ending in (BID_ENDING, WORKBOOK_ENDING, PDF_ENDING))
    if template is not None and template.resolve() == bid.resolve():
        raise refusal(str(bid), "the bid would take the place of its template", "choose another folder with -o", "E82")
    done = finished(built.bid, layout=layout, pdf=pdf, say=say)
    out = sealed(case, built, done.bid, draft=draft, embed=embed)
    say("Checking that the bid is accessible")
    barriers = accessibility_findings(out.bid, str(bid))
    write_all({bid: out.bid, workbook: out.workbook, **({printed: done.pdf} if done.pdf else {})}, force=force)
    year = case.analysis.appraisal.headline_year if case.analysis else 0
    figures = [("Bid", str(bid)), *([("PDF", str(printed))] if done.pdf else []), ("Workbook", str(workbook)),
               *done.told, ("Accessible", counted(barriers) if barriers else "all rules met"), ("NPSV", _flagged(built, "npsv")),
               (f"ROI at year {year}", _flagged(built, f"roi.{year}")),
               ("  cash-releasing alone", _flagged(built, f"roi_cash.{year}")), ("Blockers", str(len(case.blockers)))]
    remaining = len(case.findings) - len(case.blockers)
    figures += [("Advice", f"{remaining}; see bizcase check")] if remaining else []
    return "\n".join([*(f"{label + ':':<24} {text}" for label, text in figures), *([""] if barriers else []),
                      *first_of(barriers)]), False


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
        raise refusal(str(file), "a specification's name ends in .yaml", f"try {file.with_suffix('.yaml')}")
    if sample:
        text = _sample(sample)
        text = text if text.startswith("# yaml-language-server") else f"{modeline(SCHEMA_FILE)}\n{text}"
    else:
        text = skeleton(chosen_profile(profile), SCHEMA_FILE)
    schema_path = file.with_name(SCHEMA_FILE)
    write_all({file: text.encode("utf-8")}, force=force)
    if not schema_path.exists() or force:
        write_all({schema_path: schema_json().encode("utf-8")}, force=True)
    own = Path(profile).name if is_profile_file(profile) and not sample and Path(profile).parent != file.parent else ""
    return (f"{file} is written. {SCHEMA_FILE} beside it lets editors such as VS Code complete and check it.\n"
            f"{f'Put a copy of {own} beside it too: it is named there as the profile.{chr(10)}' if own else ''}"
            f"Next: fill it in, then bizcase check {file}")


def _samples() -> dict[str, Path]:
    return {path.stem: path for path in resources.folder("samples").glob("*.yaml")}


def _sample(name: str) -> str:
    samples = _samples()
    if name not in samples:
        word = nearest(name, samples)
        raise refusal("", f"there is no sample {name!r}; there are: {listed(sorted(samples))}",
                      f"did you mean {word}?" if word else "")
    return samples[name].read_text("utf-8")


def explain_code(code: str) -> str:
    """A code in full, or the list of all codes."""
    known = explanations()
    if code.casefold() == "all":
        return "\n".join(f"{found.code:<6} {found.severity:<9} {found.title}" for found in known.values())
    found = known.get(code.upper())
    if found is None:
        word = nearest(code.upper(), known)
        raise refusal("", f"there is no code {code!r}", f"did you mean {word}? `bizcase explain all` lists them"
                      if word else "`bizcase explain all` lists them")
    return "\n".join([f"{found.code} ({found.severity})", found.title, "", f"Why:     {found.why}", f"Do:      {found.remedy}",
                      f"Example: {found.example}"])


def schema_text(profile: str, output: Path | None, *, force: bool) -> str:
    """The JSON Schema, or what to print once it is written to a file."""
    from bizcase.specification.json_schema import schema_json

    text = schema_json(chosen_profile(profile) if profile else None)
    if output is None:
        return text
    write_all({output: text.encode("utf-8")}, force=force)
    return f"{output} is written. Name it in the first line of a specification: # yaml-language-server: $schema={output.name}"
