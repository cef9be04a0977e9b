"""The documents tell the truth: generated pages are fresh, links lead somewhere, and what the README shows is what happens."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from bizcase.cli.main import main
from tests.conftest import TOP

PAGES = sorted([*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")])


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, TOP / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["fields.md", "codes.md", "commands.md"])
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
                 "sandbox", "word", "package", "case"):
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


def test_the_readme_shows_what_the_demo_prints(tmp_path: Path) -> None:
    shown = (TOP / "README.md").read_text("utf-8").split("```text\nBid:")[1].split("```")[0]
    printed = CliRunner().invoke(main, ["build", str(TOP / "samples" / "remote-monitoring.yaml"), "-o", str(tmp_path)]).output
    assert printed.replace(str(tmp_path), "demo") == f"Bid:{shown}"


def test_no_page_names_a_machine_or_a_registry() -> None:
    assert PAGES
    for path in [*PAGES, *TOP.glob("bizcase/**/*.py"), *TOP.glob("tests/**/*.py"), *TOP.glob("schemas/**/*.yaml")]:
        assert not re.search(r"/(?:root|home|work|opt)/\w", path.read_text("utf-8")), path
