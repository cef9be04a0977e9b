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
    For a bid that somebody else wrote, and for an innovation hub:
      bizcase review their-bid.docx says what it lacks, and what contradicts itself
      bizcase form -o form.xlsx     writes a form for Excel; bizcase hub build takes a folder of them
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
@click.argument("specification", type=click.Path(path_type=Path), required=False, metavar="[SPEC.yaml]")
@click.option("--profile", default="", metavar="NAME",
              help="Kind of bid, such as innovation-fund, or the .yaml file of a profile of your own. Default: what SPEC.yaml "
                   "says; ideas-den, a single page, for an empty form.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FORM.xlsx",
              help="The form to write.")
@_FORCE
def form(specification: Path | None, profile: str, output: Path, force: bool) -> None:
    """Write an intake form to fill in with Excel or LibreOffice: empty, or with the answers of SPEC.yaml, to be continued.

    `bizcase import` makes a specification of a form that comes back.
    """
    from bizcase.cli.form_commands import form_file
    from bizcase.cli.screen import show

    show(form_file(specification, profile, output, force=force))


@main.command("import")
@click.argument("form", type=click.Path(path_type=Path), metavar="FORM.xlsx")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="SPEC.yaml",
              help="The specification to write. Default: beside the form, under its name.")
@_FORCE
def import_form(form: Path, output: Path | None, force: bool) -> None:
    """Make a specification of an intake form that came back, however far it is filled in.

    What cannot be read is kept in the specification as a remark, and told with its cell; nothing that was typed is lost.
    Exit code: 0 nothing to look at, 1 findings, 2 the form could not be read.
    """
    from bizcase.cli.import_command import import_form as imported
    from bizcase.cli.screen import show, working

    with working("Reading the form"):
        text, found_something = imported(form, output, force=force)
    show(text)
    sys.exit(FOUND_SOMETHING if found_something else 0)


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
def hub() -> None:
    """For innovation hubs: many submissions in one shape, and what came of them.

    \b
      bizcase hub build submissions -o built    builds what is new or has changed, and compares all
      bizcase hub report returned -o report     says what was realised, from workbooks that came back
    """


@hub.command("build")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="OUT", help="Folder to write to.")
@click.option("--profile", default="", metavar="NAME",
              help="Kind of bid for all, or the .yaml file of a profile of your own. Default: what each specification says.")
@_PARAMETERS
@click.option("--template", type=click.Path(path_type=Path), default=None, metavar="FILE.docx",
              help="The house's own template for all. Default: the one of each profile.")
@click.option("--jobs", type=click.IntRange(min=1), default=None, metavar="N",
              help="How many to build at a time. Default: one for each processor.")
@click.option("--engine", default="", metavar="dask://HOST:PORT",
              help="Build on a Dask cluster that you trust instead (pip install bizcase[dask]).")
@_FORCE
def hub_build(folder: Path, output: Path, profile: str, parameters: str, template: Path | None, jobs: int | None, engine: str,
              force: bool) -> None:
    """Build every specification and filled form in FOLDER, and in the folders within it.

    What has not changed since the last time is not built again. What cannot be built is listed and stops nothing. Ctrl-C stops
    it, and the next run goes on from there. Exit code: 0 all built, 1 something was not, 2 could not begin, 130 stopped.
    """
    from functools import partial

    from bizcase.cli.hub_commands import Options, build_folder
    from bizcase.cli.screen import counting, show

    if jobs and engine:
        raise click.UsageError("--jobs counts processes of this machine: leave it out with --engine")
    options = Options(profile, parameters, template, jobs or 0, engine, force)
    text, code = build_folder(folder, output, options, partial(counting, "Building"))
    show(text)
    sys.exit(code)


@hub.command("report")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="OUT",
              help="Folder to write to.")
@click.option("--tracker", "list_file", type=click.Path(path_type=Path), default=None, metavar="FILE.csv",
              help="The hub's list of innovations. Default: tracker.csv in FOLDER, if it is there.")
@click.option("--on", default="", metavar="DATE", help="The day to report as at, such as 2026-10-03. Default: today.")
@_FORCE
def hub_report(folder: Path, output: Path, list_file: Path | None, on: str, force: bool) -> None:
    """Say what came of it: benefits planned, measured and realised, who is late, and where each innovation stands.

    FOLDER holds the benefits workbooks that came back with results typed into them. OUT gets a workbook for the board, the
    tracker brought up to date, and its tally. Exit code: 0 nothing, 1 findings, 2 there is nothing to report.
    """
    from datetime import UTC, datetime

    from bizcase.cli.hub_report import day_given, report_folder
    from bizcase.cli.screen import show, working

    day = day_given(on, datetime.now(UTC).date())
    with working("Reading what came back") as say:
        text, found_something = report_folder(folder, output, list_file, day, say, force=force)
    show(text)
    sys.exit(FOUND_SOMETHING if found_something else 0)


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
