"""What a person at a terminal sees beside plain text: colours by severity, and a sign that work is under way.

The only module that knows rich. Piped into a file or another program, the output is plain text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bizcase.report.text import visible

_FINDING = re.compile(r"^(?P<place>.*?(?::\d+:\d+)?): (?P<code>[A-Z]\d\d(?:\.\d+)?) ")
_HINT = "    hint: "


def show(text: str, *, error: bool = False) -> None:
    """Prints a report, in colour where a person is looking."""
    stream, text = sys.stderr if error else sys.stdout, visible(text)
    if not stream.isatty():
        stream.write(f"{text}\n")
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    for line in text.split("\n"):
        console.print(Text.assemble(*_painted(line)))


def _painted(line: str) -> list[tuple[str, str]]:
    """A line in pieces of text and style."""
    if line.startswith(_HINT):
        return [(line, "cyan")]
    found = _FINDING.match(line)
    if not found:
        return [(line, "")]
    style = "bold red" if found["code"].startswith("E") else "bold yellow"
    return [(f"{found['place']}: ", "dim"), (found["code"], style), (line[found.end() - 1:], "")]


@contextmanager
def working(on: str) -> Iterator[Callable[[str], None]]:
    """Says what is being done while it is done, and gives the means to say what comes next; nothing where nobody is looking."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(on) as status:
        yield status.update


@contextmanager
def counting(on: str, total: int) -> Iterator[Callable[[str], None]]:
    """Shows how much of what is to be done has been done, and how long the rest will take; gives the means to say what was
    done last. Nothing where nobody is looking."""
    if not sys.stderr.isatty() or not total:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(on), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[last]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(on, total=total, last="")
        yield lambda last: progress.update(task, advance=1, last=escape(visible(last)))
