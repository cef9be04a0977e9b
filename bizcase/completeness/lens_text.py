"""What a lens shows, as lines for a terminal: no colours, at most `WIDTH` characters, the verdict word first."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from bizcase.completeness.lens import LensResult, Question, Score, whole_percent
from bizcase.completeness.lens_data import Voice
from bizcase.completeness.verdict import Degree, Evidence
from bizcase.errors import Severity

WIDTH = 100
MOST_REMEDIES = 3
"""More at a time nobody takes in; the next look shows the next ones."""


def lens_lines(result: LensResult) -> list[str]:
    """A lens's answer: its question, the overall answer, then each item, and for a panel the questions at interview."""
    lines = [*wrap(f"{result.lens.title}: {result.lens.question}", WIDTH), *wrap(result.headline, WIDTH)]
    lines += _overall(result)
    lines += wrap(result.lens.note, WIDTH)
    margin = max(len(score.word) for score in result.scores) + 2
    group = ""
    for score in result.scores:
        if score.item.group != group:
            group = score.item.group
            lines += ["", result.lens.groups[group]]
        lines += ["", *_item_lines(score, margin)]
    if result.lens.voice is Voice.PANEL:
        lines += ["", _before_the_questions(result)]
        lines += [line for question in result.questions for line in _question_lines(question)]
    return lines


def _before_the_questions(result: LensResult) -> str:
    return f"{result.decision.word.capitalize() if result.decision else ''}. Questions at interview"


def _overall(result: LensResult) -> list[str]:
    counted = f"{result.met} of {result.of} criteria met ({whole_percent(result.share)}%)" if result.share is not None else ""
    nearest = f"Nearest case: {result.nearest}" if result.nearest else ""
    return [line for text in (counted, nearest) if text != result.headline for line in wrap(text, WIDTH)]


def _item_lines(score: Score, margin: int) -> Iterator[str]:
    item = score.item
    counted = f"{score.met} of {score.of}" if score.of else ""
    title = f"{score.word:<{margin}}{item.code:<4}{item.title}" + (f" ({item.weight})" if item.weight else "")
    yield f"{title:<{WIDTH - len(counted) - 1}} {counted}".rstrip()
    for label, text in _about(score):
        yield from _under(label, text, margin)


def _about(score: Score) -> Iterator[tuple[str, str]]:
    """The lines below an item, each with its label; what is empty is left out."""
    yield from (("found", _quoted(evidence)) for evidence in score.evidence[:1])
    if score.lacking:
        yield "lacks", ", ".join(_lack(verdict.criterion.code, verdict.severity) for verdict in score.lacking)
    if score.untold:
        yield "cannot tell", ", ".join(verdict.criterion.code for verdict in score.untold)
    yield from (("waived", f"{verdict.criterion.code}: {verdict.waived}") for verdict in score.waived)
    yield from (("to do", remedy) for remedy in score.raises[:MOST_REMEDIES])
    if len(score.raises) > MOST_REMEDIES:
        yield "to do", f"and {len(score.raises) - MOST_REMEDIES} more"
    if score.item.leads:
        yield "who leads", score.item.leads
    yield from ((who, says) for who, says in score.item.views)
    if score.item.red_flags and score.degree is not Degree.FULLY:
        yield "beware", "; ".join(score.item.red_flags)
    if score.nearest:
        yield "nearest", str(score.nearest)


def _lack(code: str, severity: Severity) -> str:
    return code if severity is Severity.MAJOR else f"{code} ({severity})"


def _question_lines(question: Question) -> Iterator[str]:
    yield from wrap(f"{question.code:<4}{question.asks}", WIDTH, subsequent_indent=" " * 4)
    under = ", ".join(question.belongs_under)
    if question.answered:
        yield from _under("answered", _quoted(question.evidence[0]) if question.evidence else under, 4)
    else:
        yield from _under("not answered", f"belongs under {under}", 4)


def _under(label: str, text: str, margin: int) -> list[str]:
    indent = " " * margin
    return wrap(f"{label}: {text}", WIDTH, initial_indent=indent, subsequent_indent=indent + " " * 4, break_on_hyphens=False)


def _quoted(evidence: Evidence) -> str:
    return f"{evidence.place}" + (f" “{evidence.text}”" if evidence.text else "")
