"""How well passages of bids are placed under the manual's sections, and how the time grows with a bid's length.

Run by hand, from the top of a checkout: `.venv-test/bin/python benchmarks/review_mapping.py`. See README.md here for what is
measured.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from bizcase.review.mapping import placed  # noqa: E402
from bizcase.review.submission import Kind, Passage, Submission  # noqa: E402
from bizcase.review.terms import load_words  # noqa: E402
from bizcase.review.word_reader import read_submission  # noqa: E402
from tests.review.bids import all_bids, docx_of  # noqa: E402
from tests.review.quality import NOWHERE, Answer, overall, scores, section_answers  # noqa: E402

WORDS_A_PAGE = 450


def answers() -> list[Answer]:
    """What the mapping says of every labelled piece, read from Word files as they would arrive."""
    return [answer for bid in all_bids()
            for answer in section_answers(bid, placed(read_submission(docx_of(bid), f"{bid.name}.docx")))]


def quality(found: list[Answer], worst: int) -> Iterator[str]:
    sections = [section for section in load_words().sections if section]
    by_section = scores(found, [*sections, NOWHERE])
    whole = overall(by_section)
    near = sum(answer.correct or answer.second in answer.right for answer in found)
    yield (f"{len(found)} labelled pieces of {len(all_bids())} bids: {whole.precision:.1%} right, "
           f"{near / len(found):.1%} with the second section.")
    yield ""
    yield "| section | pieces | precision | recall |"
    yield "|---|---|---|---|"
    for section, score in by_section.items():
        yield f"| {section or '(none)'} | {score.hits + score.missed} | {score.precision:.2f} | {score.recall:.2f} |"
    for answer in [answer for answer in found if not answer.correct][:worst]:
        yield f"- {answer.bid}: {' or '.join(answer.right) or '(none)'}, not {answer.said or '(none)'}: {answer.text[:100]}"


def long_bid(pages: int) -> Submission:
    """A bid of about so many pages, of the labelled bids' words again and again under headings of their own."""
    words = 0
    passages: list[Passage] = []
    pieces = [(bid.title, piece.text) for bid in all_bids() for piece in bid.pieces]
    while words < pages * WORDS_A_PAGE:
        title, text = pieces[len(passages) // 2 % len(pieces)]
        heading = Passage(f"{title} {len(passages)}", Kind.HEADING, (), "", len(passages), 1)
        paragraph = Passage(text, Kind.PARAGRAPH, (heading.text,), "", len(passages) + 1)
        passages += [heading, replace(paragraph, text=f"{text} {len(passages)}")]
        words += len(heading.text.split()) + len(text.split())
    return Submission("long", "", tuple(passages), ())


def timing(runs: int, lengths: list[int]) -> Iterator[str]:
    yield f"Medians of {runs} runs; Python {platform.python_version()}."
    yield ""
    yield "| pages | passages | ms | ms a page |"
    yield "|---|---|---|---|"
    for pages in lengths:
        bid = long_bid(pages)
        times = []
        for _ in range(runs):
            start = time.process_time()
            placed(bid)
            times.append((time.process_time() - start) * 1000)
        yield f"| {pages} | {len(bid.passages):,} | {median(times):,.1f} | {median(times) / pages:.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often each length is timed")
    parser.add_argument("--pages", type=int, nargs="+", default=[5, 25, 100, 400], help="lengths of the bids that are timed")
    parser.add_argument("--wrong", type=int, default=0, help="print so many pieces that were placed wrongly")
    chosen = parser.parse_args()
    for line in (*quality(answers(), chosen.wrong), "", *timing(chosen.runs, chosen.pages)):
        print(line)


if __name__ == "__main__":
    main()
