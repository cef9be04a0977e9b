"""Makes the reference pages from their sources: `make docs`. The fields from the shape, the codes from their registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from bizcase.case import vocabulary
from bizcase.cli.main import main as command
from bizcase.codes import Explanation, explanations
from bizcase.completeness.criterion import load_criteria
from bizcase.specification.profile import Profile, load_profile, profile_names
from bizcase.specification.shape import Field, Section, load_profile_shape, load_shape, quantity_fields
from bizcase.specification.skeleton import on_one_line
from bizcase.specification.validate import TYPE_WORDS

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "<!-- Made by `make docs`; edit the source, not this page. -->"


EXAMPLE = """\
title: Application to the regional innovation fund
purpose: Six pages for the regional fund, second round. Only what is asked is read.
parameters: green-book-2026
currency: €
terms: {commissioner: integrated care board}
parts:
  - title: The need
    guidance: Whose need is it, how large is it, and what happens if nothing is done?
    limit: 400
    sections:
      - {section: problem, show: [summary, local_data, do_nothing]}
  - title: Who is behind it
    sections:
      - {section: stakeholders, show: [overview, power_interest_grid], limit: 250}
      - commissioner_plan
  - title: Cost and value
    sections: [resources, appraisal, benefits]
annexes:
  - title: Stakeholder map
    sections:
      - {section: stakeholders, show: [map]}
required:
  - document.title
  - problem.summary
  - resources.costs
  - benefits.register
  - benefits.register[].owner
advisory: [C05.1]
weights: {commissioner_plan: 3, C05.1: 0.5}
"""

WORDS = """\
A limit counts the words of the free texts that a part prints, of those alone: tables, captions, headings and pictures do not
count. Words are counted as Microsoft Word counts them:

| text | words | because |
|---|--:|---|
| `he said: no` | 3 | white space separates words: blanks, tabs, line breaks |
| `state-of-the-art and/or 1,000 x@y.org` | 4 | what stands between two blanks is one word |
| `cost - 5 %` | 4 | a sign alone between blanks is a word too, also a bullet or a dash |
| `now—not then` | 3 | an em dash or an en dash ends a word, with or without blanks |
| `患者 means patient` | 4 | each Chinese, Japanese or Korean character is a word |
| `Well done👍🏻` | 2 | signs such as 👍 are part of the word they stand in |

Microsoft does not publish the rules. These come from counts that others took in Word: the
[validation data of office-wordcount](https://github.com/bebe3/office-wordcount/blob/main/validation_dataset.md) (scripts, emoji,
invisible characters), the [table of word_count_analyzer](https://github.com/diasks2/word_count_analyzer#gray-area-details)
(punctuation, numbers, addresses, slashes, hyphens), the
[words-count readme](https://github.com/byn9826/words-count) (quotation marks beside Chinese), and, for dashes between words,
the [tests of LibreOffice](https://github.com/LibreOffice/core/blob/master/sw/qa/core/uwriter.cxx), which separate there because
Word does. No count was found for a non-breaking space; it separates here, so that a text within its limit here is within it in
Word.

A text over its limit is reported by `bizcase check` (A16, major) at its section, and does not stop a build: some funders cut off
what is over, others accept a few words more. A draft says beside each part and section how many words there are.
"""


def pages() -> dict[str, str]:
    """The text of each page by its name in docs/."""
    made = {"fields": _fields_page, "codes": _codes_page, "criteria": _criteria_page, "commands": _commands_page,
            "profiles": _profiles_page}
    return {f"{name}.md": "\n".join(page()) + "\n" for name, page in made.items()}


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
                "What `bizcase` can tell, by code; `bizcase explain CODE` prints the same. An **error** means that nothing "
                "can be computed; a **blocker** stands between the specification and a finished bid; **major** marks a doubt "
                "that a panel will probably share; **advisory** is advice. Doubts never stop a build, and in a short bid all but "
                "the word limits are advice. What is not accessible in a Word file never stops a build either; of a template's "
                "faults, only errors do. The criteria of a complete bid (C, N, X) have [a page of their own](criteria.md).", "")
    for title, letter in (("Errors in a file", "E"), ("Doubts", "A"), ("Findings in a bid that arrives", "B"),
                          ("Findings in a form that comes back", "F"), ("What a hub is told", "G"),
                          ("Accessibility of a Word file", "H"), ("Faults of a Word template", "T")):
        yield from (f"## {title}", "")
        for found in known.values():
            if found.code.startswith(letter):
                yield from _code(found)


def _code(found: Explanation) -> Iterator[str]:
    yield from (f'<a id="{found.code}"></a>', "", f"### {found.code} ({found.severity}): {found.title}", "",
                f"*Why:* {found.why}", "", f"*Do:* {found.remedy}", "", "```yaml", found.example, "```", "")


def _criteria_page() -> Iterator[str]:
    shape, criteria = load_shape(), load_criteria()
    yield from ("# The criteria of a complete bid", "", MADE, "",
                "What `bizcase check` and `bizcase review` hold a bid against; `bizcase explain C18.1` prints the same. A "
                "**blocker** is what the panel of Case 1 refused or worried over; **major** follows from a cause of success or "
                "failure that the manual names, or from guidance; the rest is **advisory**. C is the manual's, X looks across "
                "sections, N is national guidance. A profile may reweigh, waive or add criteria: [profiles.md](profiles.md).", "")
    for section in shape.sections:
        own = [criterion for criterion in criteria if criterion.section == section.name]
        if own:
            yield from (f"## {section.title} (`{section.name}`)", "")
            for criterion in own:
                yield from _code(explanations()[criterion.code])


def _commands_page() -> Iterator[str]:
    yield from ("# Commands", "", MADE, "", "What each command says of itself with `--help`.", "")
    yield from _command("bizcase", command)


def _command(name: str, found: click.Command) -> Iterator[str]:
    """A command in its own words, then those in its group."""
    context = click.Context(found, info_name=name, terminal_width=100, help_option_names=["-h", "--help"])
    yield from (f"## {name}", "", "```text", found.get_help(context), "```", "")
    if isinstance(found, click.Group):
        for inner in sorted(found.commands):
            yield from _command(f"{name} {inner}", found.commands[inner])


def _profiles_page() -> Iterator[str]:
    """The lines of the page."""
    profile = load_profile_shape()
    yield from ("# A profile of your own", "", MADE, "",
                "A profile says what a kind of bid holds, in which order, how long it may be and what it cannot do without. "
                f"{_listed(profile_names())} ship with the product ([schemas/profiles](../schemas/profiles)); a hub writes its "
                "own as a file, without code. `ten-questions` is written as a hub would write one.", "",
                "1. Copy the file below, or one of those that ship, and change it. It is YAML, like a specification.",
                "2. `bizcase check my-bid.yaml --profile ours.yaml` checks the profile, then the bid against it. All faults of "
                "the profile are told at once, with line and column.",
                "3. `bizcase new my-bid.yaml --profile ours.yaml` writes a specification to fill in. It names the profile "
                "(`profile: ours.yaml`), so that from then on `bizcase check my-bid.yaml` is enough: the profile lies beside it.",
                "4. `bizcase build my-bid.yaml` and `bizcase schema --profile ours.yaml` take it too.", "",
                "```yaml", EXAMPLE.rstrip("\n"), "```", "", "## Keys", "")
    yield from _keys(field for field in profile.walk() if not field.path.startswith("annexes[]"))
    yield from ("", "## Blocks", "", "What `show` may name, by section, in the order in which it is printed by default.", "",
                "| section | blocks |", "|---|---|")
    known = vocabulary()
    for section in load_shape().sections:
        if section.name != "document":
            names = dict.fromkeys((*known.layout.get(section.name, ()), *known.blocks(section)))
            yield f"| `{section.name}` | " + ", ".join(f"`{name}`" for name in names) + " |"
    yield from ("", "`document` is printed by every bid by itself.", "", "## How words are counted", "", WORDS.rstrip("\n"), "",
                "## Limits and weights of those that ship", "", "| profile | parts | annexes | word limits | terms | weights |",
                "|---|--:|--:|---|---|---|")
    for name in profile_names():
        shipped = load_profile(name)
        limits = sorted({part.limit for part in shipped.parts if part.limit})
        yield (f"| `{name}` | {len(shipped.parts)} | {len(shipped.annexes)} | "
               f"{', '.join(f'{limit} a part' for limit in limits) or '–'} | "
               f"{', '.join(f'{ours}: {theirs}' for ours, theirs in shipped.terms.items()) or '–'} | "
               f"{', '.join(f'{what}: {weight:g}' for what, weight in shipped.weights.items()) or '–'} |")


def _keys(fields: Iterator[Field]) -> Iterator[str]:
    yield from ("| key | what it is | kind | why | example |", "|---|---|---|---|---|")
    for field in fields:
        yield from _key_row(field)


def _key_row(field: Field) -> Iterator[str]:
    needed = " Needed." if field.required else ""
    cells = (f"`{field.path}`", f"**{field.label}.** {field.guidance}{needed}", _kind(field), field.why,
             _example(field))
    yield "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _listed(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def main() -> None:
    for name, text in pages().items():
        (DOCS / name).write_text(text, "utf-8")
        print(DOCS / name)


if __name__ == "__main__":
    main()
