"""What the template commands do: read at one edge, call the core, give back text to print."""

from __future__ import annotations

from pathlib import Path

from bizcase.cli.files import quoted, read_bytes, refusal
from bizcase.cli.profiles import chosen_profile
from bizcase.document.colour import ENOUGH, WHITE, colour_of, contrast, house_of
from bizcase.document.lint import template_findings
from bizcase.document.linting.package import MOST_BYTES
from bizcase.document.logo import MOST_BYTES as MOST_OF_A_LOGO
from bizcase.document.logo import Image, image_of, with_logo
from bizcase.document.template import make_template
from bizcase.errors import Finding, Severity
from bizcase.package import write_all
from bizcase.report.as_json import findings_json
from bizcase.report.text import counted, first_of
from bizcase.specification.profile import DEFAULT, Profile
from bizcase.specification.shape import load_shape

LONGEST_FONT = 31
"""The longest name of a font that Word keeps."""
UNUSABLE = "E85"


def new_template(file: Path, profile: str, font: str, colour: str, logo: Path | None, *, force: bool) -> str:
    """Writes a template of a profile in a house style; gives what to print."""
    if file.suffix.lower() != ".docx":
        raise refusal(str(file), "a template's name ends in .docx", f"try {file.with_suffix('.docx')}")
    chosen = chosen_profile(profile or DEFAULT)
    house = house_of(_font(font), _colour(colour))
    image = _image(logo) if logo is not None else None
    template = make_template(chosen, load_shape(), house)
    write_all({file: template if image is None else with_logo(template, image)}, force=force)
    named = f" --profile {chosen.name}" if chosen.name != DEFAULT else ""
    return (f"{file} is written: every section of the profile {chosen.name}, in {house.font}. Restyle it in Word.\n"
            f"Next: bizcase template check {quoted(file)}{named}\n"
            f"Then: bizcase build my-bid.yaml --template {quoted(file)}")


def check_template(file: Path, profile: str, form: str) -> tuple[str, bool]:
    """The report of a check of a template, and whether it found anything."""
    chosen = chosen_profile(profile or DEFAULT)
    findings = template_findings(read_template(file), str(file), chosen, load_shape())
    if form == "json":
        return findings_json(findings, {"summary": {"profile": chosen.name, "can_be_built_with": not _errors(findings)}}), \
            bool(findings)
    lines = first_of(findings)
    return "\n".join([*lines, *([""] if lines else []), _verdict(file, chosen, findings)]), bool(findings)


def read_template(file: Path) -> bytes:
    """The bytes of a template; of a file too large to be one, enough to say so. Raises UnreadableFile."""
    return read_bytes(file, MOST_BYTES, ".docx")[0]


def _verdict(file: Path, profile: Profile, findings: list[Finding]) -> str:
    if _errors(findings):
        return f"{counted(findings)}. No bid can be built with this template. `bizcase explain CODE` says why."
    build = f"bizcase build my-bid.yaml --template {quoted(file)}"
    if findings:
        return f"{counted(findings)}. Nothing stops a build: {build}"
    return f"Nothing to fix: a trial bid of the profile {profile.name} is whole. Next: {build}"


def _errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def _font(name: str) -> str:
    if len(name) > LONGEST_FONT or any(not sign.isprintable() or sign in "<>&\"'{}%" for sign in name):
        raise refusal("", f"{name!r} is not the name of a font", "write it as Word shows it, such as Arial", UNUSABLE)
    return name.strip()


def _colour(text: str) -> str:
    if not text:
        return ""
    try:
        colour = colour_of(text)
    except ValueError as problem:
        raise refusal("", str(problem), "write red, green and blue in hexadecimal, such as 005EB8", UNUSABLE) from None
    ratio = contrast(colour, WHITE)
    if ratio < ENOUGH:
        raise refusal("", f"the colour {colour} has a contrast of {ratio:.1f} with white; headings need at least {ENOUGH}",
                      "choose a darker colour", UNUSABLE)
    return colour


def _image(file: Path) -> Image:
    try:
        return image_of(read_bytes(file, MOST_OF_A_LOGO, ".png")[0])
    except ValueError as problem:
        raise refusal(str(file), str(problem), "save the logo as PNG, a few hundred pixels wide", UNUSABLE) from None
