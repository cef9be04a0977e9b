"""Zip archives: the same parts give the same bytes, on every day and every system, and no part is lost."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable

import pytest

from bizcase.archive import packed, steady

CORE = (b'<cp:coreProperties xmlns:cp="c" xmlns:dcterms="d" xmlns:xsi="x"><dcterms:created xsi:type="dcterms:W3CDTF">'
        b'2026-01-01T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified>'
        b"</cp:coreProperties>")
PARTS = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>" * 100, "docProps/core.xml": CORE % b"x",
         "word/media/image1.png": bytes(range(256)), "word/empty.xml": b""}


def archive(parts: dict[str, bytes], day: int = 1, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive as other programs write it: with the date of the day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, data in parts.items():
            member = zipfile.ZipInfo(name, (2026, 3, day, 12, day, 0))
            member.compress_type = compression
            made.writestr(member, data)
    return out.getvalue()


def members(content: bytes) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return made.infolist()


def contents(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


def test_the_same_parts_give_the_same_bytes_whenever_they_were_saved() -> None:
    monday = archive({**PARTS, "docProps/core.xml": CORE % b"2026-03-02T09:00:00Z"}, day=2)
    tuesday = archive({**PARTS, "docProps/core.xml": CORE % b"2026-03-03T17:45:10Z"}, day=3)
    assert monday != tuesday
    assert steady(monday) == steady(tuesday)


def test_the_same_parts_give_the_same_bytes_however_they_were_compressed() -> None:
    assert steady(archive(PARTS, compression=zipfile.ZIP_STORED)) == steady(archive(PARTS))


def test_other_parts_give_other_bytes() -> None:
    assert steady(archive({**PARTS, "word/empty.xml": b"not empty"})) != steady(archive(PARTS))


def test_making_an_archive_steady_twice_changes_nothing() -> None:
    assert steady(steady(archive(PARTS))) == steady(archive(PARTS))


def test_every_member_is_kept_in_its_order_with_its_data() -> None:
    kept = contents(steady(archive(PARTS)))
    assert list(kept) == list(PARTS)  # Word wants [Content_Types].xml first
    assert {name: data for name, data in kept.items() if name != "docProps/core.xml"} == {
        name: data for name, data in PARTS.items() if name != "docProps/core.xml"}


def test_the_date_of_change_is_fixed_and_the_rest_of_the_properties_kept() -> None:
    core = contents(steady(archive({**PARTS, "docProps/core.xml": CORE % b"2026-03-02T09:00:00Z"})))["docProps/core.xml"]
    assert core == CORE % b"2026-01-01T00:00:00Z"


def test_a_date_of_change_in_another_part_is_text_and_stays() -> None:
    text = CORE % b"2026-03-02T09:00:00Z"
    assert contents(steady(archive({**PARTS, "word/document.xml": text})))["word/document.xml"] == text


@pytest.mark.parametrize("make", [lambda: steady(archive(PARTS)), lambda: packed(PARTS)], ids=["steady", "packed"])
def test_every_member_bears_the_same_date_and_is_compressed(make: Callable[[], bytes]) -> None:
    found = members(make())
    assert len(found) == len(PARTS)
    assert {member.date_time for member in found} == {(2026, 1, 1, 0, 0, 0)}
    assert {member.compress_type for member in found} == {zipfile.ZIP_DEFLATED}


def test_packing_keeps_parts_and_order_and_is_steady() -> None:
    assert list(contents(packed(PARTS)).items()) == list(PARTS.items())
    assert packed(PARTS) == packed(dict(PARTS))


@pytest.mark.parametrize("make", [lambda: steady(archive(PARTS)), lambda: packed(PARTS)], ids=["steady", "packed"])
def test_windows_and_unix_make_the_same_bytes(make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    here = make()
    monkeypatch.setattr(sys, "platform", "win32")
    assert zipfile.ZipInfo("a part").create_system == 0  # Python would write down that this is Windows
    assert make() == here
