"""The documents tell the truth: generated pages are fresh, links lead somewhere, and what the README shows is what happens."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from bizcase.cli.main import main
from bizcase.codes import explanations
from bizcase.document.linting.story import read_stories
from bizcase.document.linting.styles import styles_of
from bizcase.document.sandbox import FILTERS
from bizcase.specification.words import listed
from tests.conftest import TOP
from tests.document.house import parts_of

PAGES = sorted([*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")])


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, TOP / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["fields.md", "codes.md", "criteria.md", "commands.md", "profiles.md"])
def test_a_generated_page_is_fresh(name: str) -> None:
    assert (TOP / "docs" / name).read_text("utf-8") == tool("make_docs").pages()[name], "run make docs"


def test_every_link_within_the_project_leads_somewhere() -> None:
    seen = 0
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", page.read_text("utf-8")):
            seen += 1
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
    assert seen >= 10


def test_every_file_that_the_guide_and_the_recipes_name_is_there() -> None:
    seen = 0
    for page in (TOP / "docs" / "guide.md", TOP / "CONTRIBUTING.md", TOP / "README.md"):
        for name in re.findall(r"`((?:bizcase|schemas|samples|templates|tests|docs|tools)/[\w./*-]+)`", page.read_text("utf-8")):
            seen += 1
            assert list(TOP.glob(name.rstrip("/"))), f"{page.name} names {name}"
    assert seen > 40


def test_the_guide_names_every_module_that_a_newcomer_needs() -> None:
    guide = (TOP / "docs" / "guide.md").read_text("utf-8")
    for name in ("source", "shape", "validate", "values", "references", "consistency", "project", "inputs", "doubts",
                 "analysis", "appraise", "figures", "book", "recalculate", "template", "view", "cells",
                 "lint", "sentinel", "sandbox", "word", "package", "case"):
        assert f"{name}.py" in guide, name


def test_recipes_have_at_most_five_steps() -> None:
    page = (TOP / "CONTRIBUTING.md").read_text("utf-8").split("## Recipes")[1].split("## ")[0]
    recipes = re.split(r"^\*\*", page, flags=re.M)[1:]
    assert len(recipes) >= 4
    for recipe in recipes:
        assert len(re.findall(r"^\d\. ", recipe, flags=re.M)) <= 5, recipe.split("**")[0]


def test_every_command_is_in_the_documents() -> None:
    told = (TOP / "README.md").read_text("utf-8") + (TOP / "docs" / "commands.md").read_text("utf-8")
    for name in main.commands:
        assert f"bizcase {name}" in told


def shown_by_the_readme() -> str:
    return "Bid:" + (TOP / "README.md").read_text("utf-8").split("```text\nBid:")[1].split("```")[0]


def printed_by_the_demo(folder: Path) -> str:
    printed = CliRunner().invoke(main, ["build", str(TOP / "samples" / "remote-monitoring.yaml"), "-o", str(folder)]).output
    return printed.replace(str(folder), "demo")


def test_the_readme_shows_what_the_demo_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaving aside the line about pages, which needs LibreOffice."""
    monkeypatch.setattr("bizcase.office.find_office", lambda: None)
    shown = re.sub(r"^Pages: .*\n", "", shown_by_the_readme(), flags=re.M)
    assert re.sub(r"^Contents: .*\n", "", printed_by_the_demo(tmp_path), flags=re.M) == shown


@pytest.mark.needs("soffice")
def test_with_libreoffice_the_demo_prints_the_number_of_pages_too(tmp_path: Path) -> None:
    """How many they are depends on the machine's fonts."""
    pages = re.compile(r"^Pages:( +)\d+$", re.M)
    assert pages.search(shown_by_the_readme())
    assert pages.sub(r"Pages:\1n", printed_by_the_demo(tmp_path)) == pages.sub(r"Pages:\1n", shown_by_the_readme())


def test_the_page_on_templates_names_every_style_and_every_sign_that_the_shipped_ones_use() -> None:
    page = (TOP / "docs" / "templates.md").read_text("utf-8")
    styles, signs = set(), set()
    for path in (TOP / "templates").glob("*/bid.docx"):
        parts = parts_of(path.read_bytes())
        styles |= {name for _, name in styles_of(parts).values()}
        signs |= {tag.prefix for story in read_stories(parts) for tag in story.tags if tag.kind == "statement" and tag.prefix}
    assert len(styles) > 25 and signs >= {"p", "tr", "r"}
    table = page.split("## The styles")[1]
    assert {name for name in styles if not re.search(rf"(?:\| |, ){re.escape(name)}(?:,| \|)", table)} == set()
    assert all(f"`{{%{sign} … %}}`" in page for sign in signs)


def test_the_filters_that_the_page_on_templates_names_are_those_that_there_are() -> None:
    page = " ".join((TOP / "docs" / "templates.md").read_text("utf-8").split())
    assert f"There are {listed(FILTERS).replace(' or ', ' and ')}." in page


def test_no_page_names_a_machine_or_a_registry() -> None:
    assert PAGES
    for path in [*PAGES, *TOP.glob("bizcase/**/*.py"), *TOP.glob("tests/**/*.py"), *TOP.glob("schemas/**/*.yaml")]:
        assert not re.search(r"/(?:root|home|work|opt)/\w", path.read_text("utf-8")), path


def test_every_code_has_its_place_on_a_page() -> None:
    pages = "".join((TOP / "docs" / name).read_text("utf-8") for name in ("codes.md", "criteria.md"))
    assert len(explanations()) > 300
    assert [code for code in explanations() if f'<a id="{code}"></a>' not in pages] == []
