"""Zip archives as Office files use them: the same parts give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

EPOCH = (2026, 1, 1, 0, 0, 0)
UNIX = 3
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def steady(content: bytes) -> bytes:
    """The archive with fixed dates, inside and outside its parts, and its members as they stood."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>2026-01-01T00:00:00Z\g<2>", data)
            new.writestr(_member(name), data)
    return out.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    """A new archive of these parts, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in parts.items():
            archive.writestr(_member(name), data)
    return out.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, EPOCH)
    member.create_system = UNIX
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member
