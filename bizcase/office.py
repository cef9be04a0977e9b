"""Makes a PDF of a document with LibreOffice. The only module that runs another program.

LibreOffice gets a profile of its own in a temporary folder, so that one that the user has open is neither in the way nor
touched, and a time limit, after which it is ended with all that it started. Its profile forbids macros and whatever a
document would fetch from elsewhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bizcase.errors import Finding, OfficeFailed, Place, Severity
from bizcase.package import scratch
from bizcase.pdf import steady_pdf

TIME_LIMIT = 180
"""Seconds; a bid of 40 pages takes three on an old machine."""

FIXED_SECONDS = "1767225600"
"""The first of January 2026: the date of every PDF, for LibreOffice versions that take one."""

_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = {
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",
               "~/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    "win32": (r"%ProgramFiles%\LibreOffice\program\soffice.exe", r"%ProgramFiles(x86)%\LibreOffice\program\soffice.exe",
              r"%LocalAppData%\Programs\LibreOffice\program\soffice.exe"),
}
_SETTINGS = {
    "Security/Scripting": {"MacroSecurityLevel": "3", "DisableMacrosExecution": "true", "BlockUntrustedRefererLinks": "true",
                           "DisableActiveContent": "true"},
    "Misc": {"FirstRun": "false"},
}
_TAGGED = {
    "UseTaggedPDF": True, "PDFUACompliance": True, "ExportBookmarks": True, "DisplayPDFDocumentTitle": True,
    "ExportFormFields": False, "ExportNotes": False, "IsSkipEmptyPages": False,
}
_SAVE_AS = "Word makes a PDF too: File > Save As > PDF"


def find_office() -> Path | None:
    """LibreOffice's program: on the path, or where it is usually installed; nothing where it is not there."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    usual = (Path(os.path.expandvars(place)).expanduser() for place in _USUAL_PLACES.get(sys.platform, ()))
    return next((place for place in usual if place.is_file()), None)


def required_office() -> Path:
    """LibreOffice's program. Raises OfficeFailed, with how to install it, where it is not there."""
    found = find_office()
    if found is None:
        raise OfficeFailed(_fault("E95", "LibreOffice is not there, and it makes the PDF",
                                  "install it from libreoffice.org (on Debian or Ubuntu: apt-get install libreoffice-writer); "
                                  + _SAVE_AS))
    return found


def to_pdf(document: bytes, suffix: str = ".docx", *, named_places: bool = False, program: Path | None = None,
           seconds: float = TIME_LIMIT) -> bytes:
    """The document as a tagged PDF in its own language, with an outline; the same document gives the same bytes.

    With `named_places`, each bookmark becomes a named destination. Raises OfficeFailed where LibreOffice is not there, does
    not finish in time, crashes or gives no PDF.
    """
    program = program or required_office()
    name = f"document{suffix}"
    with scratch({name: document, "profile/user/registrymodifications.xcu": _profile()}) as folder:
        command = [str(program), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
                   "--nologo", "--nofirststartwizard", "--convert-to", _filter({"ExportBookmarksToPDFDestination": named_places}),
                   "--outdir", str(folder / "out"), str(folder / name)]
        told = _run(command, folder, seconds)
        made = folder / "out" / "document.pdf"
        content = made.read_bytes() if made.is_file() else b""
    if not content.startswith(b"%PDF-"):
        raise OfficeFailed(_fault("E97", f"LibreOffice gave no PDF{f': {told}' if told else ''}",
                                  f"open the bid in LibreOffice to see why; {_SAVE_AS}"))
    return steady_pdf(content)


def _filter(more: Mapping[str, bool]) -> str:
    options = {name: {"type": "boolean", "value": str(wanted).lower()} for name, wanted in {**_TAGGED, **more}.items()}
    return "pdf:writer_pdf_Export:" + json.dumps(options, separators=(",", ":"))


def _profile() -> bytes:
    """The settings of the private profile."""
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.Common/{group}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for group, settings in _SETTINGS.items() for name, value in settings.items())
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
            'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"{items}</oor:items>").encode()


def _run(command: list[str], folder: Path, seconds: float) -> str:
    """Runs the command to its end and gives what it complained of, if anything. Raises OfficeFailed."""
    surroundings = {**os.environ, "SOURCE_DATE_EPOCH": FIXED_SECONDS, "TZ": "UTC"}
    try:
        process = subprocess.Popen(command, cwd=folder, env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, start_new_session=True)
    except OSError as problem:
        raise OfficeFailed(_fault("E97", f"LibreOffice cannot be started: {problem.strerror or problem}", _SAVE_AS)) from None
    try:
        _, complaint = process.communicate(timeout=seconds)
    except BaseException as interruption:
        _end(process)
        if not isinstance(interruption, subprocess.TimeoutExpired):
            raise
        raise OfficeFailed(_fault("E96", f"LibreOffice did not finish within {seconds:g} seconds",
                                  f"try again when the machine is less busy; {_SAVE_AS}")) from None
    if process.returncode < 0:
        return f"it crashed (signal {-process.returncode})"
    errors = [line for line in complaint.decode("utf-8", "replace").splitlines() if line.startswith("Error")]
    return errors[-1].strip()[:200] if errors else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program with all that it started; nothing of it may stay behind."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.stderr is not None:
        process.stderr.close()
    process.wait()


def _fault(code: str, message: str, hint: str) -> Finding:
    return Finding(Place("bizcase"), code, Severity.ERROR, message, hint)
