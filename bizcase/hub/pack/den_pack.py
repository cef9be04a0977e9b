"""The Ideas Den pack: a Word document for the panel, with the ranked list and one page a submission.

How it looks and what its template holds is in `document/den_template.py`; what a page says, in `den_page.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bizcase import resources
from bizcase.case import HouseTemplate
from bizcase.document.den_styles import CELL, IN_CELL, LABEL, ORGANISATION
from bizcase.document.den_template import pack_words
from bizcase.document.markup import shared_widths
from bizcase.document.measured import plain
from bizcase.document.word import Properties, render
from bizcase.errors import Finding
from bizcase.hub.comparing.judgement import NONE_YET, Judgement
from bizcase.hub.comparing.ranking import ranked
from bizcase.hub.entry import Entry, Outcome
from bizcase.hub.pack.den_page import Page, page_of
from bizcase.package import FORM_ENDING

TEMPLATE = "pack.docx"
IN_ORDER: Mapping[str, str] = MappingProxyType({})
"""No places: they are counted from 1."""
_LONGEST_PROPERTY = 255
_HEADER = 6800
"""The room, in twips, that the title has in a header beside the kind of document."""


def den_pack(entries: Sequence[Entry], title: str, places: Mapping[str, str] = IN_ORDER,
             template: HouseTemplate | None = None) -> bytes:
    """The pack's bytes; the same input gives the same bytes.

    `entries` are ranked, the first is the best; those that were not built stand at the end, wherever they come. `places` are
    the places by the entries' names, as they are printed (`3=` where two share one); they are counted where it names none.
    `template` is one that a hub made its own. Raises TemplateFault where it cannot be rendered.
    """
    template = template or _shipped()
    built, heading = [entry for entry in entries if entry.is_built], plain(title)
    failed = [row for entry in entries if not entry.is_built for row in _failed(entry)]
    pages = [_listed(page_of(entry, places.get(entry.name, str(number))), entry, number)
             for number, entry in enumerate(built, 1)]
    words = pack_words()
    context = {"pack": {"title": heading, "short_title": CELL.measure.shortened(heading, 1, _HEADER), "counts": _counts(entries)},
               "submissions": pages, "failed": failed}
    return render(template.content, template.name, context, Properties(heading[:_LONGEST_PROPERTY], "bizcase", words["kind"]))


def ranked_pack(entries: Sequence[Entry], title: str, judgement: Judgement = NONE_YET, template: HouseTemplate | None = None,
                ) -> bytes:
    """The pack of submissions in the order of the hub's own weights; those that share a place say so. Else as `den_pack`."""
    found = ranked(entries, judgement.weights, judgement.marks)
    shared = Counter(each.place for each in found)
    places = {each.entry.name: f"{each.place}{'=' if shared[each.place] > 1 else ''}" for each in found}
    failed = [entry for entry in entries if not entry.is_built]
    return den_pack([*(each.entry for each in found), *failed], title, places, template)


def _shipped() -> HouseTemplate:
    path = resources.folder("templates") / "den-pack" / TEMPLATE
    return HouseTemplate(path.name, path.read_bytes())


def _counts(entries: Sequence[Entry]) -> str:
    """12 submissions: 9 ready to be heard, 2 drafts, 1 could not be built."""
    words, found = pack_words()["counts"], {outcome: sum(entry.outcome is outcome for entry in entries) for outcome in Outcome}
    told = [f"{found[Outcome.BUILT]} {words['built']}", f"{found[Outcome.DRAFT]} {_number(found[Outcome.DRAFT], words['draft'])}",
            f"{found[Outcome.FAILED]} {words['failed']}"]
    shown = [text for text, count in zip(told, found.values(), strict=True) if count]
    whole = f"{len(entries)} {_number(len(entries), words['submissions'])}"
    return f"{whole}: {', '.join(shown)}" if shown else whole


def _number(count: int, words: Mapping[str, str]) -> str:
    return words["one" if count == 1 else "many"]


def _listed(page: Page, entry: Entry, number: int) -> Page:
    """The page with its row of the ranked list."""
    words = pack_words()["ranked"]
    room = shared_widths([column["weight"] for column in words["columns"]])[1] - IN_CELL
    draft = f" {words['draft']}" if entry.outcome is Outcome.DRAFT else ""
    title = LABEL.measure.shortened(plain(entry.title) or plain(entry.name), words["lines"], room - LABEL.measure.width(draft))
    where = ORGANISATION.measure.shortened(plain(entry.organisation), 1, room)
    return {**page, "bookmark": f"submission_{number}", "listed": title, "draft": draft, "where": where}


def _failed(entry: Entry) -> list[dict[str, Any]]:
    """The rows of a file that nothing could be built of: its first findings, and how many more there are."""
    words = pack_words()["failed"]
    look = "import" if entry.name.casefold().endswith(FORM_ENDING) else "check"
    hint = words["hint"].format(look)
    if not entry.findings:
        return [{"file": plain(entry.name), "found": words["nothing"], "hint": hint}]
    rows = [{"file": plain(entry.name), "found": _found(finding), "hint": plain(finding.hint) or hint}
            for finding in entry.findings[:words["most"]]]
    more = len(entry.findings) - len(rows)
    if more:
        rows[-1]["found"] += f"; {words['more'].format(more, look)}"
    return rows


def _found(finding: Finding) -> str:
    place = plain(str(finding.place))
    return f"{finding.code} {plain(finding.message)}" + (f" ({place})" if place else "")
