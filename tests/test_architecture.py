"""The design, as tests: imports run one way, each outside library has one home, and modules stay small."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import bizcase

PACKAGE = Path(bizcase.__file__).parent

LAYERS = [
    {"errors", "resources", "archive", "pdf", "provenance"},
    {"strangers"},
    {"appraisal"},
    {"specification"},
    {"completeness"},
    {"charts"},
    {"document", "workbook", "codes"},
    {"package"},
    {"office", "case", "bounded"},
    {"review"},
    {"hub"},
    {"report"},
    {"cli"},
    {"__main__"},
]
"""From the ground up: a room may import from its own layer's room and from the layers below it."""

HOMES = {
    "yaml": {"specification.source"},
    "cerberus": {"specification.validate"},
    "docxtpl": {"document.compiled"},
    "lxml": {"document", "review"},
    "docxtpl_lint": {"document.linting.placement"},
    "jinja2": {"document.sandbox", "report.as_html"},
    "markupsafe": {"document.sandbox"},
    "openpyxl": {"workbook", "charts", "review"},
    "formualizer": {"workbook.recalculate"},
    "pypdf": {"pdf"},
    "click": {"cli.main"},
    "rich": {"cli.screen"},
    "distributed": {"hub.batch.engine"},
}
"""Where each outside library may be named: modules, or a whole room."""

LONGEST_MODULE = 360


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name within the package."""
    paths = [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"]
    return {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in paths}


def imports(path: Path, *, also_inside_functions: bool = True) -> Iterator[str]:
    """The dotted names that a module imports."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree) if also_inside_functions else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} uses a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(room: str) -> int:
    return next(position for position, rooms in enumerate(LAYERS) if room in rooms)


def our_rooms(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("bizcase.") and not name.endswith("__version__")}


def test_there_are_modules_to_look_at() -> None:
    assert len(modules()) > 50
    assert sum(len(our_rooms(path)) for path in modules().values()) > 100


def test_every_room_has_its_layer() -> None:
    for name in modules():
        assert any(name.split(".")[0] in rooms for rooms in LAYERS), f"{name} stands in no layer"


def test_imports_run_one_way() -> None:
    for name, path in modules().items():
        own = name.split(".")[0]
        for room in our_rooms(path):
            assert room == own or layer_of(room) < layer_of(own), f"{name} imports {room}"


def test_the_appraisal_uses_the_standard_library_alone() -> None:
    seen = 0
    for name, path in modules().items():
        if name.startswith("appraisal."):
            outside = {found.split(".")[0] for found in imports(path)} - set(sys.stdlib_module_names) - {"bizcase"}
            assert not outside, f"{name} imports {outside}"
            assert our_rooms(path) <= {"appraisal"}, f"{name} leaves the room"
            seen += 1
    assert seen > 5


def test_each_outside_library_has_one_home() -> None:
    used: set[str] = set()
    for name, path in modules().items():
        for library in {found.split(".")[0] for found in imports(path)} - set(sys.stdlib_module_names) - {"bizcase"}:
            used.add(library)
            homes = HOMES[library]
            assert name in homes or name.split(".")[0] in homes, f"{name} imports {library}"
    assert used == set(HOMES)


def test_nothing_below_the_command_line_prints_exits_or_asks_the_clock() -> None:
    forbidden = {"print", "exit", "input"}
    clocks = {"today", "now", "utcnow", "time"}
    seen = 0
    for name, path in modules().items():
        if name.split(".")[0] in ("cli", "__main__"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                seen += 1
                if isinstance(node.func, ast.Name):
                    assert node.func.id not in forbidden, f"{name} calls {node.func.id}"
                if isinstance(node.func, ast.Attribute):
                    assert node.func.attr not in clocks, f"{name} asks the clock"
    assert seen > 500


def test_few_modules_run_other_processes() -> None:
    """One runs another program, another reads strangers' files out of harm's way, and two build many submissions at a time."""
    found = {(name, imported.split(".")[0]) for name, path in modules().items() for imported in imports(path)
             if imported.split(".")[0] in ("subprocess", "multiprocessing", "concurrent")}
    assert found == {("office", "subprocess"), ("bounded", "multiprocessing"), ("hub.batch.engine", "multiprocessing"),
                     ("hub.batch.engine", "concurrent"), ("hub.batch.run", "concurrent")}


def test_files_are_written_in_one_place_alone() -> None:
    writers = set()
    for name, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("write_text", "write_bytes", "mkstemp", "mkdir"):
                writers.add(name)
    assert writers == {"package"}


def test_modules_stay_small_and_say_what_they_are_for() -> None:
    for name, path in modules().items():
        text = path.read_text("utf-8")
        assert text.count("\n") <= LONGEST_MODULE, f"{name} has {text.count(chr(10))} lines"
        assert ast.get_docstring(ast.parse(text)), f"{name} does not say what it is for"
