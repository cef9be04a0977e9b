"""The `bizcase` command: reads arguments, calls, reports. Heavy imports wait until a command needs them."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import click

from bizcase import __version__
from bizcase.errors import BizcaseError

FOUND_SOMETHING, COULD_NOT = 1, 2


class _Group(click.Group):
    """The one place where an error of ours becomes text and an exit code; a bug still shows as itself."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BizcaseError as error:
            from bizcase.cli.screen import show
            from bizcase.report.text import finding_text

            show("\n".join(map(finding_text, error.findings)), error=True)
            ctx.exit(COULD_NOT)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="bizcase")
def main() -> None:
    """Turns one specification of a healthcare innovation into a Word bid and a benefits workbook.

    \b
    The first time:
      bizcase new my-bid.yaml       writes a specification to fill in
      bizcase check my-bid.yaml     says what is wrong, and what a panel would miss
      bizcase build my-bid.yaml     writes the bid and the workbook

    \b
    For a bid that somebody else wrote:
      bizcase review their-bid.docx says what it lacks, and what contradicts itself
    """
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or file may lack a sign such as −; a ? there is better than a crash.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


_PROFILE = click.option("--profile", default="", metavar="NAME",
                        help="Kind of bid, such as ideas-den or five-case, or the .yaml file of a profile of your own. "
                             "Default: what the specification says.")
_PARAMETERS = click.option("--parameters", default="", metavar="NAME",
                           help="Dated set of rates and values, such as green-book-2018. Default: what the specification says.")
_PROFILE_OF_A_TEMPLATE = click.option("--profile", default="innovation-fund", show_default=True, metavar="NAME",
                                      help="Kind of bid, such as ideas-den or five-case, or the .yaml file of a profile of "
                                           "your own.")
_LENS = click.option("--lens", "lenses", multiple=True, metavar="NAME",
                     help="Look through a lens, such as panel: would a panel refuse it? May be given again; `all` for every one.")
_REPORT = click.option("--format", "form", type=click.Choice(["text", "json", "html", "sarif", "xlsx"]), default="text",
                       show_default=True, help="How to report: html is a page, xlsx a workbook to file and to answer in.")
_REPORT_FILE = click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE",
                            help="Where to write the report. Default: the terminal; html and xlsx beside FILE.")
_FAIL_ON = click.option("--fail-on", type=click.Choice(["error", "blocker", "major", "advisory", "never"]),
                        default="advisory", show_default=True, help="From which severity on the exit code is 1.")
_FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
                       help="How to report.")
_FORCE = click.option("--force", is_flag=True, help="Replace files that exist already.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_PROFILE
@_PARAMETERS
@_LENS
@_REPORT
@_REPORT_FILE
@_FAIL_ON
@_FORCE
def check(file: Path, profile: str, parameters: str, lenses: tuple[str, ...], form: str, output: Path | None, fail_on: str,
          force: bool) -> None:
    """Say what is wrong in FILE and what a panel would miss. Exit code: 0 nothing, 1 findings, 2 cannot be read.

    Of a Word file (.docx), from any source, it says what is not accessible.
    """
    from bizcase.cli.checking import check_file
    from bizcase.cli.reporting import Telling
    from bizcase.cli.screen import show

    text, found_something = check_file(file, profile, parameters, lenses, Telling(form, output, fail_on, force))
    show(text)
    sys.exit(FOUND_SOMETHING if found_something else 0)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_PROFILE
@_PARAMETERS
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=None, metavar="FOLDER",
              help="Where to write. Default: beside FILE.")
@click.option("--draft", is_flag=True, help="Build what is there, and mark in each section what is still missing.")
@click.option("--template", type=click.Path(path_type=Path), default=None, metavar="FILE.docx",
              help="The house's own template. Default: the one of the profile.")
@click.option("--pdf", is_flag=True, help="Write the bid as a tagged PDF too (needs LibreOffice).")
@click.option("--no-layout", is_flag=True, help="Do not lay out: quicker; Word fills in the page numbers.")
@click.option("--no-embed", is_flag=True,
              help="Leave the specification, and how the files were built, out of them: a review cannot say then what changed.")
@_FORCE
def build(file: Path, profile: str, parameters: str, output: Path | None, draft: bool, template: Path | None,
          pdf: bool, no_layout: bool, no_embed: bool, force: bool) -> None:
    """Write the Word bid and the benefits workbook of FILE.

    The page numbers come from LibreOffice where it is installed; otherwise Word asks to fill them in.

    Both files carry the specification, unseen, all of it, so that a review can tell what was changed in them later.
    --no-embed leaves it out.
    """
    from bizcase.cli.commands import build_file
    from bizcase.cli.screen import show, working

    if pdf and no_layout:
        raise click.UsageError("a PDF is a layout: leave out --pdf or --no-layout")
    with working("Building the bid and the workbook") as say:
        text, found_something = build_file(file, profile, parameters, output, template, draft=draft, force=force, pdf=pdf,
                                           layout=not no_layout, embed=not no_embed, say=say)
    show(text)
    sys.exit(FOUND_SOMETHING if found_something else 0)


@main.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@_PROFILE
@click.option("--source", "specification", type=click.Path(path_type=Path), default=None, metavar="FILE.yaml",
              help="The specification as it is now: says whether a bid of ours is still up to date.")
@click.option("--earlier", type=click.Path(path_type=Path), default=None, metavar="REPORT",
              help="The report of the last round (.xlsx or .json): says what has been answered since.")
@click.option("--comments", is_flag=True, help="Write the findings as Word comments into a copy beside each bid.")
@_LENS
@_REPORT
@_REPORT_FILE
@_FAIL_ON
@_FORCE
def review(files: tuple[Path, ...], profile: str, specification: Path | None, earlier: Path | None, comments: bool,
           lenses: tuple[str, ...], form: str, output: Path | None, fail_on: str, force: bool) -> None:
    """Review bids that arrive: Word files, ours or anybody's, alone or with their workbooks, or folders of them.

    Of a bid of ours it says what was changed since it was built; of another's, what its words show and what they do not.
    Exit code: 0 nothing, 1 findings, 2 nothing could be reviewed.
    """
    from datetime import UTC, datetime

    from bizcase.cli.reporting import Telling
    from bizcase.cli.reviewing import Options, review_files
    from bizcase.cli.screen import show, working

    today = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    options = Options(profile, specification, earlier, lenses, comments)
    with working("Reviewing") as say:
        text, found_something = review_files(files, options, Telling(form, output, fail_on, force), today, say)
    show(text)
    sys.exit(FOUND_SOMETHING if found_something else 0)


@main.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@_PROFILE_OF_A_TEMPLATE
@click.option("--sample", default="", metavar="NAME", help="Copy a sample instead; `--sample list` names them.")
@_FORCE
def new(file: Path | None, profile: str, sample: str, force: bool) -> None:
    """Start a specification: write FILE with every field explained."""
    from bizcase.cli.commands import new_file, sample_list
    from bizcase.cli.screen import show

    if sample == "list":
        show(sample_list())
    elif file is None:
        raise click.UsageError("name the file to write, such as my-bid.yaml")
    else:
        show(new_file(file, profile, sample, force=force))


@main.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what CODE means, why it matters and what to do. `bizcase explain all` lists the codes."""
    from bizcase.cli.commands import explain_code
    from bizcase.cli.screen import show

    show(explain_code(code))


@main.command()
@_PROFILE
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE",
              help="Where to write. Default: the terminal.")
@_FORCE
def schema(profile: str, output: Path | None, force: bool) -> None:
    """Write the JSON Schema that lets an editor complete and check a specification."""
    from bizcase.cli.commands import schema_text
    from bizcase.cli.screen import show

    show(schema_text(profile, output, force=force))


@main.group()
def template() -> None:
    """Make and check a house's own Word templates.

    \b
      bizcase template new house.docx       writes a template to restyle in Word
      bizcase template check house.docx     says what is misspelt, missing or unsafe in it
      bizcase build my-bid.yaml --template house.docx
    """


@template.command("new")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.docx")
@_PROFILE_OF_A_TEMPLATE
@click.option("--font", default="", metavar="NAME", help="Font of all text, as Word names it. Default: Arial.")
@click.option("--colour", default="", metavar="RRGGBB", help="Colour of headings and lines, such as 005EB8.")
@click.option("--logo", type=click.Path(path_type=Path), default=None, metavar="FILE.png", help="PNG or JPEG for the header.")
@_FORCE
def template_new(file: Path, profile: str, font: str, colour: str, logo: Path | None, force: bool) -> None:
    """Write a Word template with every section of a profile, to open in Word and make your own."""
    from bizcase.cli.screen import show
    from bizcase.cli.template_commands import new_template

    show(new_template(file, profile, font, colour, logo, force=force))


@template.command("check")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.docx")
@_PROFILE_OF_A_TEMPLATE
@_FORMAT
def template_check(file: Path, profile: str, form: str) -> None:
    """Say what is misspelt, missing, unreachable or unsafe in a template, and try it. Exit code: 0 nothing, 1 findings, 2 cannot
    be read.
    """
    from bizcase.cli.screen import show, working
    from bizcase.cli.template_commands import check_template

    with working("Checking the template"):
        text, found_something = check_template(file, profile, form)
    show(text)
    sys.exit(FOUND_SOMETHING if found_something else 0)
