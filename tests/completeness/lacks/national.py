"""What national guidance asks for beyond the manual."""

from __future__ import annotations

from tests.completeness.lacking import lack
from tests.completeness.spoiling import Data, in_rows, with_value, without, without_rows


def priced(row: Data) -> None:
    row.update({"class": "societal", "value": {"by_year": {"2028/29": 1000}}})


LACKS = [
    lack("N01", "nothing to decide", without("summary.decision"), says="summary.decision is not filled in"),
    lack("N01", "nobody is accountable", without("document.sro"), without("governance.sro"),
         says="document.sro is not filled in; governance.sro is not filled in"),
    lack("N02", "no national policy", without_rows("alignment.links", level="national"),
         says="alignment.links has no row with level: national"),
    lack("N03", "an objective without a date", in_rows("alignment.objectives", lambda row: row.pop("date"), id="O1"),
         says="O1 has no date"),
    lack("N04", "no do minimum", in_rows("options.items", lambda row: row.update(kind="other"), id="A2"),
         says="options.items has no row with kind: do minimum"),
    lack("N05", "rejected without a word", in_rows("options.items", lambda row: row.pop("reason"), id="A4"),
         says="A4 has no reason"),
    lack("N06", "a benefit that serves nothing", in_rows("benefits.register", lambda row: row.pop("objectives"), id="B3"),
         says="B3 names no objective"),
    lack("N07", "all of it is ours", in_rows("benefits.register", lambda row: row["value"].pop("attribution"), id="B3"),
         says="B3 states neither deadweight nor attribution"),
    lack("N08", "only what has a price", in_rows("benefits.register", priced, id="B6"),
         says="benefits.register has no row with no value"),
    lack("N09", "nobody has released the staff", in_rows("resources.funding", lambda row: row.update(status="expected"), id="F4"),
         says="nobody has confirmed C3 (Integration engineer), C7 (Co-leads' protected time)"),
    lack("N10", "money without a paper", in_rows("resources.funding", lambda row: row.pop("evidence"), id="F3"),
         says="F3 has no evidence"),
    lack("N11", "everybody will use it", in_rows("risks.register", lambda row: row.update(category="external"), id="R7"),
         says="risks.register has no row with category: adoption"),
    lack("N12", "no impact assessment", without("inclusion.impact_assessment"),
         says="inclusion.impact_assessment.status is not filled in"),
    lack("N13", "no assessment of the technology",
         without_rows("assurance.approvals", name="Digital technology assessment criteria"),
         says="assurance.approvals has no row for digital technology assessment criteria"),
    lack("N14", "a contact to come", with_value("document.contact", "TBC"),
         in_rows("inclusion.groups", lambda row: row.update(owner="[insert name here]"), id="Q2"),
         says="document.contact says TBC; inclusion.groups.Q2.owner says insert name here"),
]
