"""LibreOffice from outside: found or not, bounded in time, private, and what its PDFs hold."""

from __future__ import annotations

import http.server
import io
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

import bizcase.office
from bizcase.archive import packed
from bizcase.errors import Finding, OfficeFailed
from bizcase.office import find_office, required_office, to_pdf
from bizcase.pdf import Heading, pages_of, steady_pdf
from tests.building import built_sample, least
from tests.conftest import sample_case, sample_names
from tests.document.writing import heading, line, picture, row, table, word_file

posix = pytest.mark.skipif(sys.platform == "win32", reason="stands in for LibreOffice with a script of the shell")
BID = word_file(heading("Need", 1, "_Toc_need") + line("Text.") + table(row("Risk", "Owner", header=True), row("A", "B"))
                + heading("More", 2) + line("Text."))


def failure(document: bytes = BID, program: Path | None = None, seconds: float = 20) -> Finding:
    with pytest.raises(OfficeFailed) as caught:
        to_pdf(document, program=program, seconds=seconds)
    (finding,) = caught.value.findings
    assert finding.hint
    return finding


def script(folder: Path, body: str) -> Path:
    """A program that stands in for LibreOffice. `$out` is the folder for its result."""
    path = folder / "soffice"
    path.write_text("#!/bin/sh\nwhile [ $# -gt 0 ]; do case $1 in --outdir) out=$2;; esac; shift; done\n" + body, "utf-8")
    path.chmod(0o755)
    return path


def is_running(number: int) -> bool:
    """Whether a process runs; one that has ended and only waits to be counted does not."""
    state = Path(f"/proc/{number}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_libreoffice_is_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bizcase.office, "_USUAL_PLACES", {})
    assert find_office() is None
    program = tmp_path / ("libreoffice.exe" if sys.platform == "win32" else "libreoffice")
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert find_office() == program


def test_libreoffice_is_found_where_it_is_usually_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PROGRAMS_OF_THE_TEST", str(tmp_path))
    monkeypatch.setattr(bizcase.office, "_USUAL_PLACES", {sys.platform: ("$PROGRAMS_OF_THE_TEST/a", "$PROGRAMS_OF_THE_TEST/b")})
    assert find_office() is None
    (tmp_path / "b").write_text("")
    assert find_office() == tmp_path / "b"


def test_where_it_is_not_there_the_user_hears_how_to_get_it_and_of_words_own_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bizcase.office, "find_office", lambda: None)
    with pytest.raises(OfficeFailed) as caught:
        required_office()
    (finding,) = caught.value.findings
    assert finding.code == "E95"
    assert "libreoffice.org" in finding.hint
    assert "File > Save As > PDF" in finding.hint


@posix
def test_a_program_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    told = tmp_path / "children"
    program = script(tmp_path, f"sleep 600 &\necho $! $$ > {told}\nwait\n")
    assert failure(program=program, seconds=1).code == "E96"
    numbers = [int(number) for number in told.read_text().split()]
    assert len(numbers) == 2
    assert not any(map(is_running, numbers))


@posix
def test_one_that_goes_away_and_leaves_a_child_that_hangs_is_ended_too(tmp_path: Path) -> None:
    told = tmp_path / "child"
    program = script(tmp_path, f"sleep 600 &\necho $! > {told}\n")
    assert failure(program=program, seconds=1).code == "E96"
    assert not is_running(int(told.read_text()))


@posix
@pytest.mark.parametrize(("body", "message"), [
    ("exit 0\n", "LibreOffice gave no PDF"),
    ("echo 'Warning: no java' >&2\necho 'Error: source file could not be loaded' >&2\nexit 0\n",
     "LibreOffice gave no PDF: Error: source file could not be loaded"),
    ("kill -SEGV $$\n", "LibreOffice gave no PDF: it crashed (signal 11)"),
    ("mkdir -p $out\necho '<html>' > $out/document.pdf\n", "LibreOffice gave no PDF"),
])
def test_one_that_crashes_or_gives_no_pdf_is_told(body: str, message: str, tmp_path: Path) -> None:
    finding = failure(program=script(tmp_path, body))
    assert (finding.code, finding.message) == ("E97", message)


def test_one_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    finding = failure(program=tmp_path / "soffice")
    assert finding.code == "E97"
    assert finding.message.startswith("LibreOffice cannot be started: ")


@posix
def test_it_works_in_a_folder_of_its_own_that_is_gone_afterwards(tmp_path: Path) -> None:
    told = tmp_path / "told"
    failure(program=script(tmp_path, f"pwd > {told}\nls -R >> {told}\n"))
    lines = told.read_text().splitlines()
    assert "registrymodifications.xcu" in lines
    assert "document.docx" in lines
    assert not Path(lines[0]).exists()


@posix
def test_its_profile_is_not_the_users(tmp_path: Path) -> None:
    told = tmp_path / "told"
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\necho "$1" > {told}\npwd >> {told}\n')
    program.chmod(0o755)
    failure(program=program)
    profile, folder = told.read_text().splitlines()
    assert profile == f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", sample_names())
def test_a_pdf_is_tagged_and_says_its_title_and_language(name: str) -> None:
    pdf = to_pdf(built_sample(name).bid)
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.root_object
    title = sample_case(name).project.title  # type: ignore[union-attr]
    assert root["/MarkInfo"]["/Marked"] == True  # type: ignore[index]  # noqa: E712
    assert str(root["/Lang"]) == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # type: ignore[index]  # noqa: E712
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert "/AcroForm" not in root
    kinds = structure_types(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD"} <= kinds.keys()
    assert kinds["/TR"] > least(name, 100, 60)


def structure_types(root: object) -> dict[str, int]:
    """How often each type of element stands in the tree of tags."""
    counts: dict[str, int] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            kind = str(node.get("/S", ""))
            counts[kind] = counts.get(kind, 0) + 1
            waiting.append(node.get("/K", []))
    return counts


@pytest.mark.needs("soffice")
def test_the_same_document_gives_the_same_bytes() -> None:
    one, other = to_pdf(BID), to_pdf(BID)
    assert one == other
    assert to_pdf(word_file(heading("Another"))) != one


@pytest.mark.needs("soffice")
def test_headings_and_bookmarks_are_found_with_their_pages() -> None:
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    document = word_file(heading("Need", 1, "mark1", 1) + page + heading("Why", 2, "mark2", 2) + page
                         + heading("Need", 1, "mark3", 3))
    pages = pages_of(to_pdf(document, named_places=True))
    assert pages.count == 3
    assert pages.headings == (Heading(1, "Need", 1), Heading(2, "Why", 2), Heading(1, "Need", 3))
    assert pages.places == {"mark1": 1, "mark2": 2, "mark3": 3}
    assert pages_of(to_pdf(document)).places == {}


@pytest.mark.needs("soffice")
def test_another_libreoffice_that_is_open_is_not_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's own profile is locked while LibreOffice runs; it is left alone."""
    monkeypatch.setenv("HOME", str(tmp_path))
    profile = tmp_path / ".config" / "libreoffice" / "4"
    profile.mkdir(parents=True)
    (profile / ".lock").write_text("[Lockdata]\nUser=me\nHost=here\n")
    assert pages_of(to_pdf(BID)).count == 1
    assert [path.name for path in (tmp_path / ".config" / "libreoffice").rglob("*")] == ["4", ".lock"]


@pytest.fixture
def fetched() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what was asked of it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def with_a_linked_picture(address: str) -> bytes:
    inside = ('<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" '
              'name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId9"/><a:stretch><a:fillRect/></a:stretch>'
              '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>'
              '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>')
    with zipfile.ZipFile(io.BytesIO(word_file(f"<w:p>{picture('A map', inside=inside)}</w:p>"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    link = (f'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
            f'Target="{address}/map.png" TargetMode="External"/></Relationships>')
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(b"</Relationships>", link.encode())
    return packed(parts)


@pytest.mark.needs("soffice")
def test_nothing_is_fetched_from_elsewhere(fetched: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    address, asked = fetched
    assert to_pdf(with_a_linked_picture(address))
    assert asked == []
    monkeypatch.setattr(bizcase.office, "_SETTINGS", {"Misc": {"FirstRun": "false"}})
    assert to_pdf(with_a_linked_picture(address))
    assert "/map.png" in asked, "without the settings of the profile, the picture would be fetched"


@pytest.mark.needs("soffice")
def test_a_document_that_libreoffice_cannot_open_is_told() -> None:
    finding = failure(BID[:400], seconds=60)
    assert finding.code == "E97"
    assert "Error" in finding.message


def pdf_of(date: str, identity: str) -> bytes:
    return (f"%PDF-1.7\n<xmp:CreateDate>2026-03-0{date}T10:00:00Z</xmp:CreateDate>\n/CreationDate(D:2026030{date}100000Z')\n"
            f"/ID [ <{identity * 16}>\n<{identity * 16}> ]\n/DocChecksum /{identity * 16}\n").encode()


def test_dates_and_identity_of_a_pdf_become_steady_and_its_length_stays() -> None:
    one, other = steady_pdf(pdf_of("1", "AB")), steady_pdf(pdf_of("2", "0F"))
    assert one == other
    assert len(one) == len(pdf_of("1", "AB"))
    assert b"2026-01-01T00:00:00Z" in one
    assert b"(D:20260101000000Z')" in one
    assert b"ABAB" not in one
    assert steady_pdf(one) == one


def test_pdfs_of_other_content_have_another_identity() -> None:
    assert steady_pdf(pdf_of("1", "AB"))[-40:] != steady_pdf(pdf_of("1", "AB").replace(b"%PDF-1.7", b"%PDF-1.6"))[-40:]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"not a PDF", b"%PDF-1.7\ntrailer<</Root 1 0 R>>\n%%EOF"])
def test_what_is_no_pdf_is_told(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        pages_of(content)
