"""How long one more bid takes in a process that has rendered one, beside plain docxtpl with the same template and data.

Run by hand, from the top of a checkout: `.venv-test/bin/python benchmarks/rendering.py`. See README.md here for what is
measured.
"""

from __future__ import annotations

import argparse
import io
import json
import platform
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

SAMPLE = TOP / "samples" / "remote-monitoring.yaml"


@dataclass(frozen=True, slots=True)
class Given:
    """A template and what it prints, both sides' material."""

    template: bytes
    context: dict[str, Any]


def given(profile: str) -> Given:
    """What the bid of the sample in this profile is rendered from."""
    from bizcase.case import build, open_case
    from bizcase.document import bid

    case = open_case(SAMPLE.read_text("utf-8"), SAMPLE.name)
    assert case.project is not None
    data = {"bizcase": 1, **case.project.data, "profile": profile}
    with patch.object(bid, "render") as called:
        called.return_value = b""
        build(open_case(json.dumps(data), "case.json"), draft=True)
    template, _, context, _ = called.call_args.args
    return Given(template, context)


def ours(material: Given) -> bytes:
    from bizcase.document.word import Properties, render

    return render(material.template, "bid.docx", material.context, Properties("A title", "An author", "A subject"))


def plain(material: Given) -> bytes:
    from docxtpl import DocxTemplate

    from bizcase.document.sandbox import Sandbox

    document = DocxTemplate(io.BytesIO(material.template))
    document.render(dict(material.context), Sandbox(), autoescape=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def body(content: bytes) -> bytes:
    """The body in canonical form, finished as a bid is: ids that occur once, captions that count."""
    from lxml import etree

    from bizcase.document.finishing import W, finish

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root: Any = etree.fromstring(archive.read("word/document.xml"))
    finish([root])
    return bytes(etree.tostring(root.find(f"{W}body"), method="c14n"))


def timed(work: Callable[[Given], bytes], material: Given) -> float:
    """Processor time in milliseconds: rendering waits for nothing, and other programs do not count."""
    start = time.process_time()
    work(material)
    return (time.process_time() - start) * 1000


def measured(profile: str, runs: int) -> dict[str, float | str]:
    """Both sides in turn, so that whatever else the machine does falls on both."""
    from bizcase.document.compiled import compiled

    material = given(profile)
    compiled.cache_clear()
    first = timed(ours, material)
    same = body(ours(material)) == body(plain(material))
    times = [(timed(ours, material), timed(plain, material)) for _ in range(runs)]
    mine, theirs = (median(found) for found in zip(*times, strict=True))
    return {"profile": profile, "kilobytes": len(body(ours(material))) / 1000, "first": first, "ours": mine, "plain": theirs,
            "same": "yes" if same else "NO"}


def report(rows: list[dict[str, Any]], runs: int) -> Iterator[str]:
    """The table, in Markdown."""
    yield f"Medians of {runs} runs; Python {platform.python_version()}."
    yield ""
    yield "| template | body, kB | first bid, ms | one more bid, ms | plain docxtpl, ms | one more / plain | same body XML |"
    yield "|" + "---|" * 7
    for row in rows:
        yield (f"| {row['profile']} | {row['kilobytes']:,.0f} | {row['first']:,.0f} | {row['ours']:,.0f} | {row['plain']:,.0f} "
               f"| {row['ours'] / row['plain']:.3f} | {row['same']} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="how often each is timed")
    parser.add_argument("--profiles", nargs="+", default=["innovation-fund", "five-case", "ideas-den"],
                        help="whose templates are rendered")
    chosen = parser.parse_args()
    for line in report([measured(profile, chosen.runs) for profile in chosen.profiles], chosen.runs):
        print(line)


if __name__ == "__main__":
    main()
