"""Text as it must stand in a rendered part, so that no character of it is taken for a tag."""

from __future__ import annotations

from xml.sax.saxutils import escape

_DOCXTPL_ESCAPES = ("{_{", "}_}", "{_%", "%_}")


def as_typed(text: str) -> str:
    """Text escaped for XML, and so that docxtpl cannot mistake any of its characters for a tag or an escape of its own."""
    escaped = escape(text, {'"': "&quot;", "'": "&#x27;"})
    for word in _DOCXTPL_ESCAPES if "_" in escaped else ():
        escaped = escaped.replace(word, word[0] + f"&#{ord(word[1])};" + word[2])
    return escaped
