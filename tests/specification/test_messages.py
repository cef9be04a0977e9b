"""What is said about one value: each kind of slip beside the words with which it is told, and what is right beside silence."""

from __future__ import annotations

import re

import pytest

from tests.specification.checking import errors_of, findings_of


def within(text: str, value: str) -> list[str]:
    """The errors of a value that stands in a line of text, with their columns counted from where it begins."""
    before = text.index("%")
    told = [re.fullmatch(r"1:(\d+) (.*)", error) for error in errors_of(text.replace("%", value))]
    return [f"{int(found[1]) - before} {found[2]}" for found in told if found]


@pytest.mark.parametrize(("amount", "errors"), [
    ("{2026/27: 5}", []), ("{2026/27: 0}", []), ("{2026/27: 5.25, 2031/32: 1e3}", []), ("{}", []),
    ("{per_year: 5}", []), ("{per_year: 5, from: 2026/27, to: 2026/27, ramp: [0, 0.5, 1]}", []), ("{per_year: 5, ramp: []}", []),
    ("{once: 5, in: 2026/27}", []),
    ("5", ["1 E22 gap is 5; it should be an amount by financial year"]),
    ("[5]", ["1 E22 gap is a list; it should be an amount by financial year"]),
    ("£5", ["1 E22 gap is £5; it should be an amount by financial year"]),
    ("{2026/27: -5}", ["11 E24 -5 is below zero"]),
    ("{2026/27: five}", ["11 E22 five is not an amount of money"]),
    ("{2026/27: true}", ["11 E22 true is not an amount of money"]),
    ("{2026/27: {value: 5}}", ["11 E22 a mapping is not an amount of money"]),
    ("{2026/27: 1000000000000000}", ["11 E72 1000000000000000 has more than 15 digits; Excel would change the last ones"]),
    ("{2026/27: 1e15}", ["11 E72 1000000000000000.0 has more than 15 digits; Excel would change the last ones"]),
    ("{2026/27: 999999999999999}", []),
    ("{2026/28: 5}", ["2 E28 '2026/28' does not join two years; 2026 is followed by 2026/27"]),
    ("{2026: 5}", ["2 E28 '2026' is not a financial year; write it like 2026/27"]),
    ("{2026-27: 5}", ["2 E28 '2026-27' is not a financial year; write it like 2026/27"]),
    ('{"2026/27 ": 5}', ["2 E28 '2026/27 ' has blanks around the year"]),
    ("{year: 5}", ["2 E28 'year' is not a financial year; write it like 2026/27"]),
    ("{2026/27: }", ["2 E27 2026/27 stands without an amount"]),
    ("{2026/27: 1,000}", ["13 E27 000 stands without an amount"]),
    ("{per_year: }", ["2 E27 per_year stands without an amount"]),
    ("{per_year: 5, from: }", ["15 E27 from stands without a year"]),
    ("{per_year: 5, ramp: }", ["15 E27 ramp stands without an amount"]),
    ("{from: 2026/27}", ["1 E21 per_year is missing beside from, to or ramp"]),
    ("{once: 5}", ["1 E21 in is missing beside once"]),
    ("{in: 2026/27}", ["1 E21 once is missing beside in"]),
    ("{once: , in: 2026/27}", ["2 E27 once stands without an amount"]),
    ("{per_year: 5, form: 2026/27}", ["15 E27 form does not belong beside per_year"]),
    ("{per_year: 5, 2026/27: 6}", ["15 E27 2026/27 does not belong beside per_year"]),
    ("{once: 5, in: 2026/27, to: 2027/28}", ["24 E27 to does not belong beside once"]),
    ("{once: 5, in: 2026/27, per_year: 5}",
     ["2 E27 once does not belong beside per_year", "11 E27 in does not belong beside per_year"]),
    ("{per_year: 5, from: 2026}", ["21 E28 '2026' is not a financial year; write it like 2026/27"]),
    ("{per_year: 5, from: [2026/27]}", ["21 E28 'a list' is not a financial year; write it like 2026/27"]),
    ("{per_year: 5, ramp: 0.5}", ["21 E27 the ramp holds 0.5"]),
    ("{per_year: 5, ramp: [50, half, true]}",
     ["22 E27 the ramp holds 50", "26 E27 the ramp holds half", "32 E27 the ramp holds true"]),
    ("{per_year: 5, from: 2027/28, to: 2026/27}", ["34 E50 to 2026/27 comes before from 2027/28"]),
])
def test_an_amount_of_money_is_told_what_is_wrong_with_it(amount: str, errors: list[str]) -> None:
    assert within("resources: {gap: %}", amount) == errors


@pytest.mark.parametrize(("number", "errors"), [
    ("5", []), ("0", []), ("-5", []), ("0.5", []), ("{value: 5}", []), ("{value: 5, low: 5, high: 5}", []),
    ("{value: 5, status: disputed, unit: pounds, source: A}", []), ("{value: 5, low: , unit: }", []),
    ("five", ["1 E22 ask is five; it should be a number, or a mapping with `value:`"]),
    ("true", ["1 E22 ask is true; it should be a number, or a mapping with `value:`"]),
    ("[5]", ["1 E22 ask is a list; it should be a number, or a mapping with `value:`"]),
    ("2026/27", ["1 E22 ask is 2026/27; it should be a number, or a mapping with `value:`"]),
    ("{low: 5}", ["-4 E21 value is missing in summary.ask"]),
    ("{value: five}", ["9 E22 value is five; it should be a number"]),
    ("{value: 5, low: 6}", ["17 E66 low is 6, above value, which is 5"]),
    ("{value: 5, high: 4}", ["9 E66 value is 5, above high, which is 4"]),
    ("{value: 5, low: 4, high: 3}", ["9 E66 value is 5, above high, which is 3"]),
    ("{value: 5, status: sure}", ["20 E23 status is 'sure'; allowed: known, estimate, illustrative or disputed"]),
    ("{value: 5, unt: A}", ["12 E20 the field 'unt' is not known in summary.ask"]),
    ("{value: 5, unit: 5}", ["18 E22 unit is the number 5; it should be one line of text"]),
    ("{value: 5, source: {a: b}}", ["20 E22 source is a mapping; it should be one line of text"]),
    ("1234567890123456", ["1 E72 1234567890123456 has more than 15 digits; Excel would change the last ones"]),
    ("{value: 1, high: 1234567890123456}",
     ["18 E72 1234567890123456 has more than 15 digits; Excel would change the last ones"]),
])
def test_a_number_is_told_what_is_wrong_with_it(number: str, errors: list[str]) -> None:
    assert within("summary: {ask: %}", number) == errors


@pytest.mark.parametrize(("text", "error", "hint"), [
    ("document: {titel: A}", "the field 'titel' is not known in document", "did you mean title?"),
    ("document: {budget: A}", "the field 'budget' is not known in document",
     "allowed here: title, organisation, reference, version, status, stage, date, submission_date, author, author_role, sro, "
     "contact, approvers or remarks"),
    ("documents: {title: A}", "the section 'documents' is not known", "did you mean document?"),
    ("ppi: {roles: [{stage: pilot, role: A, who: B}]}", "the field 'who' is not known in ppi.roles",
     "allowed here: stage or role"),
    ("document: {version: 1.10}", "version is the number 1.1; it should be one line of text",
     "put it in quotes, exactly as it is to be printed"),
    ("document: {contact: 01134960000}", "contact is the number 1134960000; it should be one line of text",
     "put it in quotes, exactly as it is to be printed"),
    ("document: {sro: true}", "sro is true; it should be one line of text", "put it in quotes, exactly as it is to be printed"),
    ("document: {sro: [A, B]}", "sro is a list; it should be one line of text", ""),
    ("innovation: {users: [Record: all]}", "row 1 of users is a mapping; it should be one line of text",
     "put text that holds a colon in quotes"),
    ("innovation: {users: Patients}", "users is Patients; it should be a list (lines that begin with `- `)",
     "put `- ` before it, on a line of its own"),
    ("ppi: {events: {id: K1, type: A}}", "events is a mapping; it should be a list (lines that begin with `- `)",
     "put `- ` before the first field of each row"),
    ("innovation: {digital: yes}", "digital is yes; it should be true or false", "write true"),
    ("innovation: {digital: No}", "digital is No; it should be true or false", "write false"),
    ("innovation: {digital: 1}", "digital is 1; it should be true or false", ""),
    ("appraisal: {years: 5.0}", "years is 5.0; it should be a whole number", ""),
    ("appraisal: {years: five}", "years is five; it should be a whole number",
     "write the number alone, without £, %, commas or words"),
    ('appraisal: {years: "5"}', "years is 5; it should be a whole number", "write it without quotes"),
    ("appraisal: {years: 0}", "years is 0; the least allowed is 1", ""),
    ("appraisal: {years: 61}", "years is 61; the most allowed is 60", ""),
    ("appraisal: {price_base_year: 2026}", "price_base_year is 2026; it should be a financial year like 2026/27", ""),
    ("appraisal: {price_base_year: 2026-27}", "'2026-27' is not a financial year; write it like 2026/27",
     "2026-27 could be 2026/27"),
    ("appraisal: {price_base_year: next}", "'next' is not a financial year; write it like 2026/27",
     "a financial year runs from April to March"),
    ("appraisal: {parameters: green-book}", "parameters is 'green-book'; there are: green-book-2018 or green-book-2026",
     "did you mean green-book-2026?"),
    ("appraisal: {parameters: mine}", "parameters is 'mine'; there are: green-book-2018 or green-book-2026", ""),
    ("appraisal: {parameters: 5}", "parameters is the number 5; it should be one line of text",
     "put it in quotes, exactly as it is to be printed"),
    ("document: {date: 12 March 2026}", "12 March 2026 is not a date", "write year-month-day, like 2026-03-12"),
    ("document: {date: 2026-13-01}", "2026-13-01 is not a date", "write year-month-day, like 2026-03-12"),
    ("document: {date: ２０２６-03-12}", "２０２６-03-12 is not a date", "write year-month-day, like 2026-03-12"),
    ("document: {date: 1900-02-28}", "1900-02-28 is before 1900-03-01, the first date Excel counts rightly", "check the year"),
    ("document: {status: finished}", "status is 'finished'; allowed: draft, for review, final or submitted", ""),
    ("document: {status: reviewed}", "status is 'reviewed'; allowed: draft, for review, final or submitted",
     "did you mean for review?"),
    ("ppi: {events: [{id: 1, date: 2026-01-01, type: A}]}", "id is 1; it should be an id like B1", ""),
    ("ppi: {events: [{id: 1A, date: 2026-01-01, type: A}]}", "1A is not an id",
     "a letter, then at most 19 letters, digits, - or _, like B1"),
    ("ppi: {events: [text]}", "row 1 of events is text; it should be a mapping (`field: value` lines)",
     "name the field that it belongs to: `field: value`"),
    ("ppi: {carer_role: [One paragraph, another]}", "carer_role is a list; it should be text", ""),
    ("bizcase: 2", "the format is 2; this version reads format 1", "write `bizcase: 1`"),
    ('bizcase: "1"', "bizcase is 1; it should be a whole number", "write it without quotes"),
    ("profile: short", "profile is 'short'; there are: five-case, ideas-den, innovation-fund or ten-questions", ""),
    ("profile: [ideas-den]", "profile is 'a list'; there are: five-case, ideas-den, innovation-fund or ten-questions",
     "did you mean ideas-den?"),
    ("profile: ours.yaml", "there is no file ours.yaml beside the specification",
     "the file of a profile stands in the folder of the specification; write its name without a folder"),
    ("benefits: {register: [{id: B1, title: A, class: societal, measure: B, value: {volume: 1, deadweight: 30}}]}",
     "deadweight is 30; the most allowed is 1", "write a share: 30 % is 0.3"),
    ("benefits: {register: [{id: B1, title: A, class: societal, measure: B, value: {volume: 1, take_up: {value: 1, high: 2}}}]}",
     "high is 2; the most allowed is 1", "write a share: 30 % is 0.3"),
    ("resources: {costs: [{id: C1, item: A, category: other, type: capital, recurrent: false, amount: {once: 5, in: 2026/27}, "
     "status: known, source: B, optimism_bias: {category: equipment, mitigation: 0.5}}]}",
     "category is 'equipment'; there are: non-standard buildings, standard buildings, non-standard civil engineering, standard "
     "civil engineering, equipment and development or outsourcing", ""),
    ("risks: {register: [{id: R1, title: A, category: scope, likelihood: 3, impact: 3, owner: B}]}",
     "mitigation is missing in row 1 of risks.register", "What you do to make it less likely or less harmful."),
])
def test_a_slip_is_told_once_in_words_that_say_what_to_do(text: str, error: str, hint: str) -> None:
    [found] = [found for found in findings_of(text) if found.severity == "error"]
    assert (found.message, found.hint) == (error, hint)


@pytest.mark.parametrize("day", ["1900-03-01", "2024-02-29", "2200-12-31"])
def test_a_day_that_excel_can_count_is_fine(day: str) -> None:
    assert errors_of(f"document: {{date: {day}}}") == []


def test_a_field_that_is_misspelt_is_not_called_missing_as_well() -> None:
    text = "profile: ideas-den\ndocument: {titel: A, organisation: B, auther: C}\nsummery: {ask: 5}\n"
    told = [(found.code, found.place.path) for found in findings_of(text) if re.match("document|summ", found.place.path)]
    assert told == [("E20", "document.titel"), ("E20", "document.auther"), ("E20", "summery")]


def test_with_an_unknown_profile_nothing_is_called_missing() -> None:
    assert [found.code for found in findings_of("profile: fund\n")] == ["E26"]


def test_what_a_profile_misses_is_a_blocker_and_what_a_row_misses_an_error() -> None:
    text = "profile: ideas-den\nbenefits: {register: [{id: B1, title: A, class: unmonetisable, measure: B}, {id: B2}]}\n"
    told = {(found.place.path, found.severity.value) for found in findings_of(text) if found.place.path.startswith("benefits")}
    assert told == {("benefits.register[1].owner", "blocker"), ("benefits.register[2].owner", "blocker"),
                    ("benefits.register[2].title", "error"), ("benefits.register[2].class", "error"),
                    ("benefits.register[2].measure", "error")}
