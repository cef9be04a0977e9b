"""Makes the reference pages from their sources: `make docs`. The fields from the shape, the codes from their registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from bizcase.cli.main import main as command
from bizcase.codes import Explanation, explanations
from bizcase.specification.profile import Profile, load_profile, profile_names
from bizcase.specification.shape import Field, Section, load_shape, quantity_fields
from bizcase.specification.skeleton import on_one_line
from bizcase.specification.validate import TYPE_WORDS

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "<!-- Made by `make docs`; edit the source, not this page. -->"


def pages() -> dict[str, str]:
    """The text of each page by its name in docs/."""
    return {"fields.md": "\n".join(_fields_page()) + "\n", "codes.md": "\n".join(_codes_page()) + "\n",
            "commands.md": "\n".join(_commands_page()) + "\n"}


def _fields_page() -> Iterator[str]:
    profiles = [load_profile(name) for name in profile_names()]
    shape = load_shape()
    yield from ("# The fields of a specification", "", MADE, "",
                "Every section and field that a specification may hold, in the order of the manual. "
                f"**Needed by** names the profiles ({', '.join(profile_names())}) that cannot do without a field; "
                "*each row* means that a row makes no sense without it.", "")
    yield from (f"- [{section.title}](#{section.name}) (`{section.name}`)" for section in shape.sections)
    yield from ("", "## Numbers", "", "A number can be written plainly (`effect: 0.3`) or with what a reviewer asks about it "
                "(`effect: {value: 0.3, status: estimate, source: Own audit, low: 0.2, high: 0.4}`):", "")
    yield from _table(quantity_fields(), profiles)
    yield from ("", "## Money", "", "An amount is in pounds at base-year prices, for each financial year (April to March):", "",
                "| form | means |", "|---|---|",
                "| `{2026/27: 70000, 2027/28: 45000}` | the years spelled out |",
                "| `{per_year: 60000, from: 2027/28, to: 2031/32}` | the same amount in each year |",
                "| `{per_year: 60000, from: 2027/28, ramp: [0.5, 1]}` | half in the first year, all of it from the second |",
                "| `{once: 60000, in: 2026/27}` | one year only |")
    for section in shape.sections:
        yield from _section(section, profiles)


def _section(section: Section, profiles: list[Profile]) -> Iterator[str]:
    source = f" (manual {section.manual})" if section.manual else ""
    yield from ("", f'<a id="{section.name}"></a>', "", f"## {section.title}", "",
                f"`{section.name}`{source}. {section.guidance}", "", f"*Why:* {section.why}", "")
    yield from _table(section.walk(), profiles)


def _table(fields: Iterable[Field], profiles: list[Profile]) -> Iterator[str]:
    yield "| field | what it is | kind | needed by | why | example |"
    yield "|---|---|---|---|---|---|"
    for field in fields:
        name = field.path.partition(".")[2]
        cells = (f"`{name}`", f"**{field.label}.** {field.guidance}", _kind(field), _needed(field, profiles), field.why,
                 _example(field))
        yield "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _kind(field: Field) -> str:
    if field.choices:
        return "one of: " + "; ".join(f"`{code}` {words}" for code, words in field.choices.items())
    if field.allowed:
        return "one of: " + ", ".join(f"`{choice}`" for choice in field.allowed)
    if field.refers_to:
        each = "ids" if field.type == "list" else "the id"
        return f"{each} of a row in `{field.refers_to}`"
    if field.is_rows:
        return f"a list; each row is one {field.row}"
    return TYPE_WORDS[field.type]


def _needed(field: Field, profiles: list[Profile]) -> str:
    if field.required:
        return "each row"
    return ", ".join(profile.name for profile in profiles if field.path in profile.required)


def _example(field: Field) -> str:
    if field.example is None:
        return ""
    return f"`{on_one_line(field.example)}`"


def _codes_page() -> Iterator[str]:
    known = explanations()
    yield from ("# Codes", "", MADE, "",
                "What `bizcase check` can tell, by code; `bizcase explain CODE` prints the same. An **error** means that nothing "
                "can be computed; a **blocker** stands between the specification and a finished bid; **major** marks a doubt "
                "that a panel will probably share; **advisory** is advice. Doubts never stop a build, and in a short bid all are "
                "advice.", "")
    for title, letter in (("Errors in a file", "E"), ("Criteria of a complete bid", "C"), ("Doubts", "A")):
        yield from (f"## {title}", "")
        for found in known.values():
            if found.code.startswith(letter):
                yield from _code(found)


def _code(found: Explanation) -> Iterator[str]:
    yield from (f'<a id="{found.code}"></a>', "", f"### {found.code} ({found.severity}): {found.title}", "",
                f"*Why:* {found.why}", "", f"*Do:* {found.remedy}", "", "```yaml", found.example, "```", "")


def _commands_page() -> Iterator[str]:
    yield from ("# Commands", "", MADE, "", "What each command says of itself with `--help`.", "")
    for name in (None, *sorted(command.commands)):
        found = command if name is None else command.commands[name]
        context = click.Context(found, info_name="bizcase" if name is None else f"bizcase {name}", terminal_width=100,
                                help_option_names=["-h", "--help"])
        yield from (f"## bizcase{f' {name}' if name else ''}", "", "```text", found.get_help(context), "```", "")


def main() -> None:
    for name, text in pages().items():
        (DOCS / name).write_text(text, "utf-8")
        print(DOCS / name)


if __name__ == "__main__":
    main()
