"""The text of a specification's file, or one clear line where it is no such text at all."""

from __future__ import annotations

from bizcase.errors import Finding, Place, Severity, UnreadableFile

MAX_BYTES = 1_000_000
_OFFICE_FILES = {b"PK\x03\x04": "a Word, Excel or zip file", b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
                 b"%PDF": "a PDF"}


class Refusal:
    """Makes the one-line error of a file that cannot be read."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, code: str, message: str, hint: str, line: int = 0, column: int = 0) -> UnreadableFile:
        return UnreadableFile(Finding(Place(self.name, line, column), code, Severity.ERROR, message, hint))


def decode(raw: bytes, name: str, size: int = 0) -> str:
    """The text of a file's bytes; `size` is that of the whole file, where only its beginning was read.

    Raises UnreadableFile, one line, for what is not a specification's text at all.
    """
    refuse = Refusal(name)
    size = max(size, len(raw))
    if size > MAX_BYTES:
        raise refuse("E05", f"the file holds {size:,} bytes; a specification holds at most {MAX_BYTES:,}",
                     "is this the right file?")
    for magic, kind in _OFFICE_FILES.items():
        if raw.startswith(magic):
            raise refuse("E03", f"this is {kind}, not the text of a specification", "give the .yaml file")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("E04", "the text is saved as UTF-16, not as UTF-8",
                     "in Notepad: Save as, then choose the encoding UTF-8")
    if b"\x00" in raw:
        raise refuse("E03", "the file holds binary data, not the text of a specification", "give the .yaml file")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = one_line_ending(error.object[: error.start].decode("utf-8"))
        raise refuse("E04", f"the byte 0x{error.object[error.start]:02X} is not UTF-8 text",
                     "save the file again with the encoding UTF-8",
                     before.count("\n") + 1, len(before) - before.rfind("\n")) from None
    if not text.strip():
        raise refuse("E02", "the file is empty", "`bizcase new` writes a specification to start from")
    return text


def one_line_ending(text: str) -> str:
    """The text with line feeds alone, however its editor ends lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
