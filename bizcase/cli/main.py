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
            from bizcase.report import finding_text

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
    """
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or file may lack a sign such as −; a ? there is better than a crash.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


_PROFILE = click.option("--profile", default="", metavar="NAME",
                        help="Kind of bid, such as ideas-den or five-case. Default: what the specification says.")
_PARAMETERS = click.option("--parameters", default="", metavar="NAME",
                           help="Dated set of rates and values, such as green-book-2018. Default: what the specification says.")
_FORCE = click.option("--force", is_flag=True, help="Replace files that exist already.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_PROFILE
@_PARAMETERS
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="How to report.")
def check(file: Path, profile: str, parameters: str, form: str) -> None:
    """Say what is wrong in FILE and what a panel would miss. Exit code: 0 nothing, 1 findings, 2 cannot be read."""
    from bizcase.cli.commands import check_file
    from bizcase.cli.screen import show

    text, found_something = check_file(file, profile, parameters, form)
    show(text)
    sys.exit(FOUND_SOMETHING if found_something else 0)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_PROFILE
@_PARAMETERS
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=None, metavar="FOLDER",
              help="Where to write. Default: beside FILE.")
@click.option("--draft", is_flag=True, help="Build what is there, and mark in each section what is still missing.")
@_FORCE
def build(file: Path, profile: str, parameters: str, output: Path | None, draft: bool, force: bool) -> None:
    """Write the Word bid and the benefits workbook of FILE."""
    from bizcase.cli.commands import build_file
    from bizcase.cli.screen import show, working

    with working("Building the bid and the workbook"):
        text, found_something = build_file(file, profile, parameters, output, draft=draft, force=force)
    show(text)
    sys.exit(FOUND_SOMETHING if found_something else 0)


@main.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--profile", default="innovation-fund", show_default=True, metavar="NAME",
              help="Kind of bid, such as ideas-den or five-case.")
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
