"""Many submissions on an engine: one that goes wrong stops no other, in whatever way it goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bizcase.case import open_profile
from bizcase.errors import BizcaseError, Finding, Place, Severity
from bizcase.hub.batch import engine, job
from bizcase.hub.batch.engine import Engine, Here, local, processes, processors
from bizcase.hub.batch.job import Job, OwnProfile, Product, _made, key_of, product_of
from bizcase.hub.batch.run import run
from bizcase.hub.entry import Outcome
from tests.conftest import TOP
from tests.hub.filling import answer, form_named, put_row, saved
from tests.hub.submitting import BROKEN, small
from tests.hub.works import does_as_named
from tests.hub.works import job as job_of

known = engine.limits()


def outcomes(products: list[Product]) -> dict[str, str]:
    """How each ended: built, or the code of what is told."""
    return {product.entry.name: product.entry.findings[0].code if product.entry.findings else "built"
            for product in sorted(products, key=lambda product: product.entry.name)}


def test_one_is_built_here_and_many_in_processes_no_more_than_are_asked_for() -> None:
    here = list(run([job_of("a")], local(1), work=does_as_named))
    assert [product.bid for product in here] == [str(os.getpid()).encode()]
    apart = list(run([job_of(str(number)) for number in range(8)], local(2), work=does_as_named))
    assert outcomes(apart) == {str(number): "built" for number in range(8)}
    pids = {product.bid for product in apart}
    assert str(os.getpid()).encode() not in pids
    assert 1 <= len(pids) <= 2
    assert processors() >= 1


def test_those_that_end_their_process_are_found_and_listed_and_all_others_are_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "limits", lambda: replace(known, computing=1))
    names = ["a", "ends", "b", "c", "computes", "d", "interrupted", "raises", "exits", "e"]
    found = list(run(map(job_of, names), processes(2), work=does_as_named))
    assert outcomes(found) == {**dict.fromkeys("abcde", "built"), "interrupted": "built", "ends": "G06", "computes": "G06",
                               "raises": "G01", "exits": "G01"}
    assert not any(product.settled for product in found if product.entry.outcome is Outcome.FAILED)
    raised = next(product for product in found if product.entry.name == "raises")
    assert raised.entry.findings == (Finding(Place("raises"), "G01", Severity.ERROR, "building it failed (KeyError)",
                                             "please report it, with this submission"),)


def test_jobs_are_made_only_as_they_are_needed_so_that_memory_stays_flat() -> None:
    made: list[int] = []

    def jobs() -> Iterator[Job]:
        for number in range(50):
            made.append(number)
            yield job_of(str(number))

    for done, _ in enumerate(run(jobs(), Engine(Here, 4), work=does_as_named), 1):
        assert len(made) <= done + 4
    assert len(made) == done == 50


def test_once_stopped_no_more_are_begun_and_what_was_under_way_still_comes() -> None:
    done: list[Product] = []
    for product in run((job_of(str(number)) for number in range(50)), Engine(Here, 4), stopped=lambda: len(done) >= 10,
                       work=does_as_named):
        done.append(product)
    assert 10 <= len(done) <= 14


def test_processes_end_when_the_one_that_started_them_is_killed() -> None:
    """They hold the other end of its output: it reads to its end only once all are gone."""
    started = ("from bizcase.hub.batch.engine import processes\n"
               "import os, signal, time\n"
               "executor = processes(2).start()\n"
               "print(len({executor.submit(os.getpid).result() for _ in range(6)}), flush=True)\n"
               "time.sleep(60)\n")
    with subprocess.Popen([sys.executable, "-c", started], cwd=TOP, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline().strip() in ("1", "2")
        parent.kill()
        rest, _ = parent.communicate(timeout=30)
    assert rest == ""


def test_a_fault_of_ours_in_one_submission_is_a_finding_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(job, "build", fails)
    found = product_of(replace(job_of("ward/a.yaml"), content=small("A").encode()))
    assert (found.settled, found.bid, found.entry.key) == (False, b"", "key of ward/a.yaml")
    assert found.entry.findings[0].message == "building it failed (ZeroDivisionError)"


@pytest.mark.parametrize(("content", "code", "line"), [
    (BROKEN.encode(), "E10", 4), (b"", "E02", 0), (b"\xff\xfea", "E04", 0), (b"PK\x03\x04", "E03", 0),
    (small("A", "nowhere").encode(), "E26", 2), (b"x" * 1_000_001, "E05", 0),
])
def test_a_submission_that_cannot_be_built_says_why_and_where(content: bytes, code: str, line: int) -> None:
    found = product_of(replace(job_of("ward/a.yaml"), content=content))
    first = found.entry.findings[0]
    assert found.settled
    assert found.entry.outcome is Outcome.FAILED
    assert (first.place.file, first.code) == ("ward/a.yaml", code)
    assert first.place.line == line


def filled(funding: tuple[str, ...] = ()) -> bytes:
    """A form of which little is filled in, with an ask in words."""
    _, book = form_named("ideas-den")
    answer(book, "document.title").value = "Tablets"
    answer(book, "summary.ask").value = "a lot"
    if funding:
        put_row(book, "resources.funding", 1, dict(zip(("Id", "Source", "Amount", "Kind"), funding, strict=True)))
    return saved(book)


def places(product: Product, *severities: Severity) -> list[tuple[str, str]]:
    return [(str(found.place), found.code) for found in product.entry.findings if found.severity in severities]


def test_a_form_is_built_as_a_draft_and_says_by_cell_what_is_missing_and_what_could_not_be_read() -> None:
    found = product_of(replace(job_of("ward/form.xlsx"), content=filled()))
    assert (found.entry.outcome, found.entry.title, found.settled) == (Outcome.DRAFT, "Tablets", True)
    assert found.bid.startswith(b"PK")
    sheet = "ward/form.xlsx, sheet Ideas Den submission, cell"
    assert (f"{sheet} E7", "E21") in places(found, Severity.BLOCKER)
    assert places(found, Severity.MAJOR) == [(f"{sheet} E10", "F10")]


def test_a_form_with_an_error_is_not_built_and_says_in_which_cell() -> None:
    found = product_of(replace(job_of("ward/form.xlsx"), content=filled(("F1", "Trust charity", "5,000", "grant"))))
    assert found.entry.outcome is Outcome.FAILED
    where = [place for place, _ in places(found, Severity.ERROR)]
    assert where
    assert all(place.startswith("ward/form.xlsx, sheet Ideas Den submission, cell ") for place in where)


@pytest.mark.parametrize(("content", "code"), [(b"", "E02"), (b"PK", "E08"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "E08")])
def test_what_should_be_a_form_and_cannot_be_opened_says_so(content: bytes, code: str) -> None:
    found = product_of(replace(job_of("ward/form.xlsx"), content=content))
    assert [(finding.place.file, finding.code) for finding in found.entry.findings] == [("ward/form.xlsx", code)]


def test_a_profile_that_a_form_carries_is_used_unless_a_newer_one_is_beside_it() -> None:
    profile = (TOP / "schemas/profiles/ideas-den.yaml").read_text("utf-8").replace("template: ideas-den\n", "")
    text = small("A", "ours.yaml")
    carried = _made(job_of("a.yaml"), text, profile)
    assert (carried.entry.profile, carried.entry.outcome) == ("ours.yaml", Outcome.DRAFT)
    newer = open_profile(profile.replace("title: Ideas Den submission", "title: The den"), "newer.yaml", lambda _: False)
    beside = replace(job_of("a.yaml"), beside={"ours.yaml": OwnProfile(newer)})
    assert _made(beside, text, profile).entry.profile == "newer.yaml"


def test_a_profile_with_faults_stops_those_that_name_it_and_no_others() -> None:
    fault = Finding(Place("ours.yaml", 1, 1), "E91", Severity.ERROR, "m")
    beside = {"ours.yaml": OwnProfile(None, None, (fault,))}
    theirs = replace(job_of("a"), content=small("A", "ours.yaml").encode(), beside=beside)
    assert product_of(theirs).entry.findings == (fault,)
    other = replace(job_of("b"), content=small("A", "nowhere").encode(), beside=beside)
    assert [finding.code for finding in product_of(other).entry.findings] == ["E26"]


def test_a_key_tells_apart_what_only_runs_together_alike() -> None:
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("abc", ""), key_of(b"ab", b"c", b"")}) == 5
    assert key_of("ab", "c") == key_of(b"ab", b"c")


@pytest.mark.parametrize("address", ["", "dask://", "dask://host", "tcp://host:8786", "dask://host:0", "dask://host:99999",
                                     "dask://a b:1", "http://dask://host:1"])
def test_what_is_no_address_of_an_engine_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(BizcaseError) as caught, engine.cluster(address):
        pass
    assert caught.value.findings[0].code == "G05"
    assert caught.value.findings[0].hint == "write dask://HOST:PORT, such as dask://10.0.0.5:8786"


def test_a_cluster_without_its_library_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BizcaseError) as caught, engine.cluster("dask://127.0.0.1:8786"):
        pass
    assert caught.value.findings[0].hint == "pip install bizcase[dask]; or leave --engine out"
