"""Entries for tests: small ones, full ones, and one whose texts are as long as anybody could make them."""

from __future__ import annotations

from dataclasses import replace

from bizcase.errors import Finding, Place, Severity
from bizcase.hub.entry import Axis, Entry, Measured, Number, Outcome, Question, SectionScore

IDEAS = (
    ("Nurse calls after discharge", "Northmoor University Hospitals", "A. Example, ward manager"),
    ("A quiet room on the dementia ward", "Harbourside Community Trust", "B. Sample, occupational therapist"),
    ("One-stop breast imaging", "Eastfield Hospital", "C. Person, radiographer"),
    ("Tablets at the bedside for interpreters in eleven languages", "Northmoor University Hospitals", "D. Nobody, matron"),
    ("Falls alarms that learn", "Vale Mental Health Partnership", "E. Invented, physiotherapist"),
)
SECTIONS = ("Summary and ask", "Problem and unmet need", "Evidence", "Innovation and unique proposition", "Stakeholder map",
            "Resources and costs", "Benefits", "Risks and resistance", "Health inequalities and digital exclusion",
            "Commissioner plan", "Scale-up", "Sustainability after funding ends", "Appraisal")
QUESTIONS = ("Why is this needed here, and what shows it?", "How were the costs worked out, and who has checked them?",
             "Will it last when the money is spent, and who pays then?",
             "Where does it go after the pilot, when, and who has agreed to take it on?",
             "Who builds the interface, and who has agreed to free them?")


def money(label: str, value: float, sheet: str, cell: str, status: str = "known") -> Number:
    return Number(label, value, f"{'−' if value < 0 else ''}£{abs(value):,.0f}", "£", status, sheet, cell)


def share(label: str, value: float, cell: str, status: str = "known") -> Number:
    return Number(label, value, f"{value * 100:,.1f}%".replace("-", "−"), "%", status, "Appraisal", cell)


def numbers(ask: float = 24_000, npsv: float = 61_500, status: str = "known") -> dict[str, Number]:
    """The figures that a pack prints."""
    return {
        "summary.ask": money("Amount asked for", ask, "Numbers", "C5"),
        "npsv": money("Net present social value (NPSV)", npsv, "Appraisal", "B7", status),
        "roi_cash.3": share("Cash-releasing ROI to the end of year 3", -0.2, "B26", status),
        "roi.3": share("ROI to the end of year 3", 0.42, "C26", status),
        "payback": Number("Payback", 1.4, "1.4 years", "years", status, "Appraisal", "B15"),
        "total.cliff.nobody": money("of which nobody pays", 12_000, "Funding", "E34"),
        "cliff.first_year": Number("First year without a grant", None, "2028/29", "number", "known", "Funding", "E35"),
        "total.benefit.CRB": money("Cash-releasing benefit", 18_000, "Cash flow", "E10", status),
        "total.benefit.NCRB": money("Non-cash-releasing benefit", 96_000, "Cash flow", "E11", status),
        "total.benefit.SB": money("Societal benefit", 0, "Cash flow", "E12", status),
    }


def entry(number: int = 0, outcome: Outcome = Outcome.BUILT, status: str = "known") -> Entry:
    """A submission as a hub keeps it; another number gives another one."""
    title, organisation, author = IDEAS[number % len(IDEAS)]
    word = ("support", "close", "refuse")[number % 3]
    resource = (Axis(1.0, "resourced: funding for £24,000 is confirmed; all 3 people named are confirmed"),
                Axis(0.5, "asked for: funding of £24,000 is not confirmed, none is; not confirmed: integration engineer"),
                Axis(0.0, "not resourced: £12,000 of £36,000 has no funding (2028/29); no people are named"))[number % 3]
    blocker = Finding(Place("a.yaml", 3, 1, "risks"), "C15.1", Severity.BLOCKER, "no risk has an owner", "name one for each")
    return Entry(
        f"ward-{number}/submission.yaml", f"key{number}", outcome, (blocker,) if outcome is Outcome.DRAFT else (), title,
        organisation, author, "ideas-den", "£", "2026/27",
        "Patients who feel unwell after discharge are now told to come in, whatever the severity. A nurse will ring each of them "
        "on the second day, so that those who can safely stay at home do so.", "Patients discharged from medicine",
        f"ward-{number}/submission-bid.docx", f"ward-{number}/submission-benefits.xlsx", "d" * 16,
        ("2026/27", "2027/28", "2028/29", "2029/30"), numbers(24_000 + 1000 * number, 61_500 - 9_000 * number, status),
        tuple(SectionScore(name, name, (4.0, 2.5, 0.0)[(position + number) % 3], 4,
                           ("complete", "part", "absent")[(position + number) % 3]) for position, name in enumerate(SECTIONS)),
        word, f"{word.capitalize()}: 1 to refuse for; 3 to worry about; 7 answered; praise for the need",
        Axis(2.5, "3 named (safety, experience): 3 with a measure, 2 with a baseline, 2 with a better target"),
        Axis(0.0, "no gain for society is named"), Axis(0.62, "18 of 29 criteria about whether it can be done and will last"),
        resource, Axis(0.7, "41 of 58 criteria met"),
        tuple(Question(f"C{position}", text) for position, text in enumerate(QUESTIONS[:2 + number % 4])),
        (Measured("B1", "Readmissions within 30 days", "Patients discharged from medicine"),))


def failed(name: str = "broken.yaml", findings: int = 1) -> Entry:
    """A file that nothing could be built of."""
    return Entry(name, "key", Outcome.FAILED, tuple(
        Finding(Place(name, line, 3, "benefits"), "E21", Severity.ERROR, f"benefits: expected a list, found text, line {line}",
                "begin each benefit with a dash") for line in range(1, findings + 1)))


def longest(word: str = "consequence ", outcome: Outcome = Outcome.DRAFT) -> Entry:
    """A submission all of whose texts are as long as they can be, made of one word."""
    def text(letters: int) -> str:
        return (word * (letters // len(word) + 1))[:letters]

    huge = {name: replace(number, value=-123_456_789.0, text="−£123,456,789", status="disputed") if number.unit == "£" else
            replace(number, value=None, text="not within the years appraised", status="illustrative")
            for name, number in numbers().items()}
    return replace(
        entry(outcome=outcome), name=text(250), title=text(200), organisation=text(200), author=text(200),
        proposition=text(4000), workbook=text(300), numbers=huge, panel="refuse", panel_says=text(500),
        findings=tuple(Finding(Place("a.yaml"), "C15.1", Severity.BLOCKER, text(200)) for _ in range(12)),
        clinical=Axis(1.0, text(500)), societal=Axis(1.0, text(500)), readiness=Axis(0.2, text(500)),
        resource=Axis(0.0, "not resourced: " + text(600)),
        sections=tuple(SectionScore(f"s{n}", text(150), (0.0, 1.5, 3.0)[n % 3], 3, ("absent", "part", "complete")[n % 3])
                       for n in range(30)),
        questions=tuple(Question(f"C{n}", text(400)) for n in range(10)))
