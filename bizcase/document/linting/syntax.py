"""Reads the tags of a part as Jinja reads them, and lets through what a template may do: print, repeat and choose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bizcase.document.linting.story import Story
from bizcase.document.linting.tags import Tag
from bizcase.document.linting.told import told
from bizcase.document.sandbox import FILTERS, Sandbox, TemplateProblem
from bizcase.errors import Finding
from bizcase.specification.words import listed, nearest

KEYWORDS = ("for", "endfor", "if", "elif", "else", "endif")
PREFIXES = ("p", "tr", "tc", "r")
"""Letters that a space parts from the sign before them: told by where tags stand."""
TESTS = ("defined", "none")
_TREE = {"Template", "Output", "TemplateData", "For", "If", "Name", "Getattr", "Getitem", "Const", "Compare", "Operand", "And",
         "Or", "Not", "CondExpr", "Filter", "Test", "Concat", "List", "Tuple"}
_WORDS_OF_JINJA = {"set", "endset", "macro", "endmacro", "call", "endcall", "filter", "endfilter", "block", "endblock", "include",
                   "import", "from", "extends", "with", "endwith", "raw", "endraw", "autoescape", "endautoescape", "do",
                   "cellbg", "colspan", "vm", "hm"}
_ALONE = {"for": "{{% {0} %}}{{% endfor %}}", "if": "{{% {0} %}}{{% endif %}}", "elif": "{{% if x %}}{{% {0} %}}{{% endif %}}"}
UNREAD = "what_could_not_be_read"
"""The name that stands for the rest of a tag that could not be read, so that its block still has a beginning."""
_INSTEAD = {"for": f"{{% for {{0}} in {UNREAD} %}}", "if": "{% if 1 %}", "elif": "{% elif 1 %}"}
ONLY = "a template prints values, repeats for each row and chooses with if; nothing else"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tags of a part with their trees: one `tree` of all, or, where blocks do not match, one of each (`pieces`).

    The line of a node of the tree is the position of its tag, from 1.
    """

    tags: tuple[Tag, ...]
    tree: Any
    pieces: tuple[tuple[Tag, Any], ...]


def parse(story: Story, name: str, *, blocks_told: bool) -> tuple[Parsed, list[Finding]]:
    """The trees of a part's tags, and what cannot be read; `blocks_told` where it is known that blocks do not match."""
    findings, lines, pieces = [], [], []
    for tag in story.tags:
        finding, tree = _alone(tag, name)
        findings += [finding] if finding else []
        lines.append(_instead(tag) if finding else "" if tag.keyword in PREFIXES else tag.source)
        if tree is not None and not finding:
            pieces.append((tag, tree))
    try:
        tree = _parser().parse("\n".join(lines))
    except TemplateProblem as problem:
        position = (getattr(problem, "lineno", None) or 1) - 1
        if not blocks_told and not findings:
            tag = story.tags[min(position, len(story.tags) - 1)]
            findings.append(told(name, tag.paragraph, "T11", f"{tag.raw} does not fit the tags before it: {problem}",
                                 "every for needs its endfor, every if its endif", tag.raw))
        return Parsed(tuple(story.tags), None, tuple(pieces)), findings
    return Parsed(tuple(story.tags), tree, ()), findings


def _alone(tag: Tag, name: str) -> tuple[Finding | None, Any]:
    """What is wrong with a tag by itself, and its tree; no tree where it only ends or divides a block."""
    if tag.kind == "note" or tag.keyword in ("endfor", "else", "endif"):
        return None, None
    if tag.keyword in PREFIXES:
        return None, None
    if tag.kind == "statement" and tag.keyword not in KEYWORDS:
        return _unknown_keyword(tag, name), None
    try:
        return None, _tree_of(_ALONE[tag.keyword].format(tag.body) if tag.kind == "statement" else tag.source)
    except TemplateProblem as problem:
        message, hint = _in_plain_words(str(problem), tag)
        return told(name, tag.paragraph, "T12", f"{tag.raw} cannot be read: {message}", hint, tag.raw), None


def _instead(tag: Tag) -> str:
    """What stands for a tag that could not be read: the same block, about nothing."""
    variable = re.match(r"for\s+([a-z_]\w*)", tag.body, re.IGNORECASE)
    return _INSTEAD.get(tag.keyword, "").replace("{0}", variable[1] if variable else "x")


def _in_plain_words(problem: str, tag: Tag) -> tuple[str, str]:
    """What Jinja says of a tag in words for those who do not know it, and how to write such a tag."""
    stranger = re.search(r"got '(.+)'$|^unexpected '(.+)'$|unexpected char '(.+)' at", problem)
    if stranger is None:
        return problem, _how_to_write(tag)
    sign = next(filter(None, stranger.groups()))
    if sign == "=":
        return "= does not compare", "write == to compare"
    return (f"{sign} is not expected there" if "end of" not in sign else "something is missing at its end"), _how_to_write(tag)


def _how_to_write(tag: Tag) -> str:
    if tag.kind == "print":
        return "write {{ section.field }} with the names of docs/fields.md"
    return f"write {{% {tag.keyword} {'row in section.rows' if tag.keyword == 'for' else 'section.field'} %}}"


def _unknown_keyword(tag: Tag, name: str) -> Finding:
    if tag.keyword in _WORDS_OF_JINJA:
        return told(name, tag.paragraph, "T22", f"{tag.raw} is not allowed: {ONLY}", "take it out", tag.raw)
    word = nearest(tag.keyword, KEYWORDS)
    message = f"{tag.raw} begins with no word that a template knows; there are: {listed(KEYWORDS)}"
    return told(name, tag.paragraph, "T12", message, f"did you mean {word}?" if word else "text that is printed stands in {{ }}",
                tag.raw)


def refused(parsed: Parsed, name: str) -> Iterator[Finding]:
    """What a template may not do, wherever it stands in a tag."""
    for tag, tree in parsed.pieces or [(None, parsed.tree)]:
        for node in _nodes(tree):
            found = _refusal(node)
            if found:
                about = tag or parsed.tags[node.lineno - 1]
                yield told(name, about.paragraph, "T22", f"{about.raw} {found[0]}", found[1], about.raw)


def _nodes(tree: Any) -> Iterator[Any]:
    yield tree
    for child in tree.iter_child_nodes():
        yield from _nodes(child)


def _refusal(node: Any) -> tuple[str, str] | None:
    """Why a node is refused, and what to do; nothing where it is allowed."""
    kind = type(node).__name__
    if kind == "Filter" and node.name not in FILTERS:
        word = nearest(node.name, FILTERS)
        return (f"uses the filter {node.name}; there are: {listed(FILTERS)}",
                f"did you mean {word}?" if word else "print the value as it is")
    if kind == "Test" and node.name not in TESTS:
        return f"asks whether something is {node.name}; there are: {listed(TESTS)}", "ask {% if section.field %}"
    if kind == "Getattr" and node.attr.startswith("_"):
        return f"reaches for {node.attr}, which is not a name of the specification", "take it out"
    if kind == "For" and (node.recursive or type(node.target).__name__ != "Name"):
        return "repeats in a way that is not allowed", "write {% for row in section.rows %}"
    if kind == "For" and type(node.iter).__name__ not in ("Name", "Getattr", "Getitem"):
        return "repeats over something that is not a list of the specification", "write {% for row in section.rows %}"
    if kind in ("Call", "CallBlock"):
        return "calls something; a template cannot call anything", "print the value as it is"
    if kind not in _TREE:
        return f"does what is not allowed ({kind.lower()}): {ONLY}", "take it out"
    return None


@lru_cache(maxsize=5_000)
def _tree_of(source: str) -> Any:
    return _parser().parse(source)


@lru_cache(maxsize=1)
def _parser() -> Sandbox:
    return Sandbox()
