"""Logos: known by their bytes, bounded in size, in every header with words for them, and never in the way of Word."""

from __future__ import annotations

import re
import struct
import zlib
from xml.etree import ElementTree

import pytest

from bizcase.document.colour import WHITE, colour_of, contrast, house_of
from bizcase.document.logo import HEIGHT, MOST_BYTES, MOST_WIDTH, Image, image_of, with_logo
from bizcase.document.stylesheet import House
from bizcase.document.word import Properties, render
from tests.document.house import BODY, TYPES, parts_of, replaced, small_template

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\x00\x5e\xb8" * width for _ in range(height)))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    """The head of a JPEG: an application's segment, then the frame with its size."""
    frame = struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0" + frame + b"\xff\xd9"


@pytest.mark.parametrize(("content", "ending"), [(png(300, 90), "png"), (jpeg(300, 90), "jpeg")])
def test_a_picture_is_known_by_its_bytes(content: bytes, ending: str) -> None:
    assert image_of(content) == Image(content, ending, 300, 90)


@pytest.mark.parametrize(("content", "reason"), [
    (b"", "neither a PNG nor a JPEG"), (b"GIF89a", "neither a PNG nor a JPEG"), (png(10, 10)[:-8], "or it is cut off"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a PNG nor a JPEG"), (b"\xff\xd8\xff", "0 × 0 pixels"),
    (jpeg(7_000, 10), "7,000 × 10 pixels"), (png(1, 1)[:16] + struct.pack(">II", 0, 5) + png(1, 1)[24:], "0 × 5 pixels"),
    (png(1, 1) + b"\0" * MOST_BYTES, "bytes; a logo has at most 2,000,000"),
])
def test_what_is_no_picture_or_too_large_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        image_of(content)


@pytest.mark.parametrize("content", [png(300, 90), jpeg(300, 90)])
def test_a_logo_stands_in_every_header_with_words_for_it(content: bytes) -> None:
    made = with_logo(small_template(), image_of(content))
    parts = parts_of(made)
    image = image_of(content)
    assert parts[f"word/media/logo.{image.ending}"] == content
    assert f'Extension="{image.ending}" ContentType="image/{image.ending}"' in parts[TYPES].decode()
    headers = [name for name in parts if re.fullmatch(r"word/header\w+\.xml", name)]
    assert len(headers) >= 2, "that of all pages, and that of the first"
    identities = []
    for name in headers:
        described = next(ElementTree.fromstring(parts[name]).iter(f"{WP}docPr"))
        assert described.get("descr") == "Logo of {{ document.organisation }}"
        identities.append(described.get("id"))
        links = parts[f"word/_rels/{name.removeprefix('word/')}.rels"].decode()
        used = re.findall(r'r:embed="(\w+)"', parts[name].decode())
        assert len(used) == 1 and f'Id="{used[0]}"' in links and f"media/logo.{image.ending}" in links
    assert len(set(identities)) == len(identities)
    assert with_logo(small_template(), image) == made


def test_a_rendered_bid_names_the_organisation_of_the_logo() -> None:
    made = render(with_logo(replaced(BODY, "<w:body>", "<w:body><w:p/>"), image_of(png(30, 30))), "house.docx", _names(),
                  Properties("T", "A", "S"))
    told = [described.get("descr") for name, content in parts_of(made).items() if re.match(r"word/header", name)
            for described in ElementTree.fromstring(content).iter(f"{WP}docPr")]
    assert told and set(told) == {"Logo of ⟦document.organisation⟧"}


def _names() -> dict[str, object]:
    from bizcase.document.linting.sentinel import sentinel
    from tests.document.house import SMALL

    return sentinel(SMALL).names


@pytest.mark.parametrize(("width", "height"), [(300, 90), (3000, 100), (50, 400)])
def test_a_logo_keeps_its_proportions_and_fits_the_header(width: int, height: int) -> None:
    extent = next(ElementTree.fromstring(parts_of(with_logo(small_template(), image_of(png(width, height))))["word/header1.xml"])
                  .iter(f"{WP}extent"))
    shown = int(extent.get("cx", "0")), int(extent.get("cy", "0"))
    assert shown[0] <= MOST_WIDTH and shown[1] <= HEIGHT
    assert shown[0] / shown[1] == pytest.approx(width / height, rel=0.01)


# Colours.


@pytest.mark.parametrize(("one", "other", "ratio"), [
    ("000000", "FFFFFF", 21), ("FFFFFF", "FFFFFF", 1), ("777777", "FFFFFF", 4.48), ("767676", "FFFFFF", 4.54),
    ("005EB8", "FFFFFF", 6.37), ("FFFFFF", "FF0000", 4.0),
])
def test_contrast_is_that_of_the_published_formula(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("text", ["blue", "#12345", "1234567", "GGGGGG", ""])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        colour_of(text)


def test_a_house_of_one_colour_can_be_read_on_its_own_shade() -> None:
    assert house_of("", "") == House()
    assert house_of("Georgia", "") == House(font="Georgia")
    assert colour_of("#005eb8") == "005EB8"
    for colour in ("005EB8", "767676", "7B1FA2", "CC0000"):
        house = house_of("", colour)
        assert (house.heading, house.accent) == (colour, colour)
        assert contrast(colour, house.shade) >= 4.5
    assert house_of("", "767676").shade == WHITE
