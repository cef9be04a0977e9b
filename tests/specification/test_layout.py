"""The layout: every field is printed somewhere, and every name in it leads somewhere."""

from __future__ import annotations

from collections import Counter

from bizcase.document.drawn import ROLES
from bizcase.document.generated import GENERATED, PICTURES
from bizcase.specification.layout import GLANCE, load_layout
from bizcase.specification.shape import load_shape

SHAPE, LAYOUT = load_shape(), load_layout()
SECTIONS = [section for section in SHAPE.sections if section.name != "document"]
IN_THE_GOVERNANCE_CHART = {path.partition(".")[2] for path in PICTURES["governance_chart"].shows}


def test_the_governance_chart_shows_the_roles_it_says_it_shows() -> None:
    assert {key for level in ROLES for key, _ in level} == IN_THE_GOVERNANCE_CHART


def test_every_section_but_the_front_has_its_blocks_each_once() -> None:
    assert set(LAYOUT.blocks) == {section.name for section in SECTIONS}
    assert sum(map(len, LAYOUT.blocks.values())) > 200
    for section, blocks in LAYOUT.blocks.items():
        assert [name for name, times in Counter(blocks).items() if times > 1] == [], section


def test_every_block_is_a_field_a_table_or_a_picture() -> None:
    for section in SECTIONS:
        fields = {field.name for field in section.fields}
        for block in LAYOUT.blocks[section.name]:
            known = block in fields or LAYOUT.table(section.name, block)
            assert known or block in GENERATED or block in PICTURES, f"{section.name}.{block}"


def test_every_field_is_a_block_of_its_section_or_stands_in_a_picture() -> None:
    for section in SECTIONS:
        for field in section.fields:
            drawn = IN_THE_GOVERNANCE_CHART if section.name == "governance" else set()
            assert field.name in {*LAYOUT.blocks[section.name], *drawn}, field.path


def test_every_computed_table_and_picture_has_its_place() -> None:
    placed = {block for blocks in LAYOUT.blocks.values() for block in blocks}
    assert len(GENERATED) > 10 and len(PICTURES) > 8
    assert (set(GENERATED) | set(PICTURES)) - placed == {"headline_strip"}, "the strip stands on the cover"


def test_the_tables_over_rows_together_print_every_field_of_the_rows() -> None:
    seen = 0
    for section in SHAPE.sections:
        for field in section.fields:
            if not field.is_rows:
                continue
            tables = [table for table in LAYOUT.tables_of(section.name) if table.rows.name == field.name]
            printed = {inner.path for table in tables for column in table.columns for inner in column.fields}
            printed |= {table.of.path for table in tables if table.of is not None}
            assert {inner.path for inner in field.fields} <= printed, field.path
            seen += len(field.fields)
    assert seen > 200


def test_a_short_table_stands_in_for_a_register_of_its_section() -> None:
    short = [(section, block) for section, blocks in LAYOUT.blocks.items() for block in blocks if block.endswith(GLANCE)]
    assert len(short) >= 4
    for section, block in short:
        assert block.removesuffix(GLANCE) in LAYOUT.blocks[section]
