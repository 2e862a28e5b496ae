"""Every word of the interface: none missing, none unused, none outside the text files."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

import search_app
from corpus.errors import Reason
from corpus.model import Factor, Language, Metadata, Origin, PageStatus, Strength, Verdict
from corpus.search import Facet, MatchField, MatchKind, PlanStatus, Sort
from indexer.curation.decisions import SAYABLE, Act
from indexer.curation.editing import Mode
from indexer.difference import Difference, Size
from indexer.journal import Ending
from indexer.ledger import FileState
from indexer.personal import Kind as HeldKind
from indexer.progress import Stage
from indexer.review import Standing
from indexer.review.agreement import COUNTS
from indexer.review.reports import Fault as ReportFault
from indexer.withheld import Standing as HeldStanding
from search_app.admin.adding import TOLD
from search_app.admin.files import ASIDE, STANDINGS
from search_app.admin.files import ORDERS as LEDGER_ORDERS
from search_app.admin.held import ACTS as HELD_ACTS
from search_app.admin.held import FAULTS as HELD_FAULTS
from search_app.admin.held import SHOW
from search_app.admin.log import DONE
from search_app.admin.metadata import FAULTS as METADATA_FAULTS
from search_app.admin.review import PASSES
from search_app.admin.review import TOLD as TOLD_OF_CASES
from search_app.admin.running import ACTS, STATES, STATUS
from search_app.admin.shell import MENU
from search_app.admin.switching import FAULTS as GENERATION_FAULTS
from search_app.admin.switching import MAY
from search_app.admin.switching import STATES as GENERATION_STATES
from search_app.admin.uploading import DONE as UPLOADS_DONE
from search_app.admin.uploading import FAULTS as UPLOAD_FAULTS
from search_app.errors import KEYS
from search_app.evidence import AXES, View
from search_app.pages.tiltak import ORDERS
from search_app.present.curated import KINDS as FIELD_KINDS
from search_app.present.scene import KINDS
from search_app.similar import WEIGHTS
from search_app.urls import Fault
from search_app.wording import WordingError, load_wording, placeholders

OWN_FAULTS = {*TOLD, *TOLD_OF_CASES, "conflict", "disk", "file", "not_there", "cue"}
ROOM = Path(search_app.__file__).parent
SOURCES = {
    path: path.read_text(encoding="utf-8") for pattern in ("**/*.py", "**/*.html") for path in ROOM.glob(pattern)
}
WORDING = load_wording()

NAMED = re.compile(r"""\b(?:self\.voice\.|voice\.)?(t|tn)\(\s*["']([a-z0-9_.]+)["']""")
CHOSEN = re.compile(r"""["']([a-z_]+\.[a-z0-9_]+)["']""")
META = [
    "doc_type",
    "publisher",
    "authors",
    "year",
    "plan_from",
    "plan_to",
    "plan_state",
    "adopted",
    "kommuner",
    "fylke",
    "themes",
    "target_groups",
    "tiltak",
    "study_design",
    "language",
    "file",
    "reading",
]
FAMILIES = {
    "admin_menu": MENU,
    "admin.login_": ("wrong", "too_many", "no_cookie", "oidc_fault"),
    "state": FileState,
    "aside": (*ASIDE, "other"),
    "todo": (*ASIDE, "other"),
    "ledger.by_": LEDGER_ORDERS,
    "file.is_": [standing for standing in STANDINGS if standing != "set_aside"],
    "field": [field.name for field in fields(Metadata)],
    "differs": {*(field.name for field in fields(Difference)), *(f.name for f in fields(Size)), "pages_differ"}
    - {"before", "after"},
    "metadata.fault_": METADATA_FAULTS,
    "metadata.mode_": Mode,
    "metadata.as_": {*FIELD_KINDS.values()} - {"code", "codes"},
    "metadata.wrong_": {*FIELD_KINDS.values()},
    "upload.fault_": UPLOAD_FAULTS,
    "upload.list_": ("refused", "taken"),
    "upload.done_": [f"{done}.{form}" for done in UPLOADS_DONE for form in ("one", "other")],
    "generation.state_": GENERATION_STATES,
    "generation.fault_": GENERATION_FAULTS,
    **{
        f"generation.{part}_": [act for acts in MAY.values() for act in acts] for part in ("ask", "help", "sure", "did")
    },
    **{f"held.{part}_": HELD_ACTS for part in ("ask", "done", "did")},
    "held.help_": (*HELD_ACTS, SHOW),
    "held.fault_": HELD_FAULTS,
    "held.kind_": [f"{kind.name.lower()}.{form}" for kind in HeldKind for form in ("one", "other")],
    "held.state_": HeldStanding,
    "held.means_": HeldStanding,
    "run.did_": ACTS,
    "run.end_": Ending,
    "run.fault_": STATUS,
    "run.stage_": Stage,
    "run.state_": [*Ending, *(state for state in STATES if state != "running")],
    "standing": {*Standing, *PASSES},
    "says": SAYABLE,
    "did": DONE,
    "queue": ("lost_lead", "pending_lead"),
    "case": [act for act in Act if act is not Act.ADD],
    "case_fault": OWN_FAULTS,
    "fault": ReportFault,
    "meld": ("no_fault", "no_comment", "too_long", "too_many", "not_now"),
    "agreement": ("reviewed", "precision", *COUNTS),
    "facet": Facet,
    "verdict": Verdict,
    "strength": Strength,
    "status": [*PlanStatus, "ukjent"],
    "sort": Sort,
    "problem": Fault,
    "where": Origin,
    "similar": WEIGHTS,
    "tongue": Language,
    "meta": META,
    "nav": ("evidence", "plans", "tiltak", "kart", "about"),
    "card.strength_": Strength,
    "card.level_": ("universell", "selektiv", "indikert"),
    "card.factor_": Factor,
    "card.no_": Factor,
    "card.scene_": KINDS,
    "kart.axis_": AXES,
    "kart.view_": (*View, "brukt_lead", "provd_lead"),
    "kart.ring_": ("1", "2", "3"),
    "page.status_": PageStatus,
    "tiltak.sort_": ORDERS,
    "about.strength_": Strength,
    "about.verdict_": Verdict,
    "why.kind_": MatchKind,
    "why.in_": [field for field in MatchField if field is not MatchField.KOMMUNE],
    "tips": ("words", "phrase", "minus", "or", "prefix", "field"),
}


def family_keys():
    for family, codes in FAMILIES.items():
        joint = "" if family.endswith("_") else "."
        yield from (f"{family}{joint}{code}" for code in codes)
    for name in {*KEYS.values(), "fault", "damaged", "outdated"}:
        yield from (f"error.{name}.title", f"error.{name}.text")


def used_keys():
    keys = set(family_keys())
    for text in SOURCES.values():
        for function, key in NAMED.findall(text):
            keys |= {f"{key}.one", f"{key}.other"} if function == "tn" else {key}
        keys |= {key for key in CHOSEN.findall(text) if key in WORDING.texts}
    return keys


def test_no_text_is_missing():
    beginnings = ("_", ".")
    assert sorted(key for key in used_keys() - set(WORDING.texts) if not key.endswith(beginnings)) == []


def test_no_text_is_unused():
    notices = {f"notice.{reason}" for reason in Reason}
    unused = set(WORDING.texts) - used_keys() - notices
    assert sorted(unused) == []


def test_a_text_that_says_nothing_is_no_text():
    empty = [
        (key, language) for key, forms in WORDING.texts.items() for language in Language if not forms[language].strip()
    ]
    assert empty == []


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOM / "templates").glob("*.html")))
def test_templates_hold_no_words_of_their_own(name):
    text = (ROOM / "templates" / name).read_text(encoding="utf-8")
    for markup in (r"\{#.*?#\}", r"\{\{.*?\}\}", r"\{%.*?%\}", r"<[^>]*>", r'lang="\s*"'):
        text = re.sub(markup, " ", text, flags=re.DOTALL)
    names = {"RIS", "BibTeX", "openapi", "json"}
    assert set(re.findall(r"[^\W\d_]{2,}", text)) - names == set()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('a.b = { nb = "x", nn = "x" }', "a.b has nb, nn"),
        ('a.b = { nb = "x", nn = "x", en = "x", se = "x" }', "a.b has en, nb, nn, se"),
        ('a.b = { nb = "{n}", nn = "{m}", en = "{n}" }', "a.b has other placeholders"),
        ('a.b = "x"', "a has b"),
        ('a = "x"', "a is a bare value"),
    ],
)
def test_a_text_file_that_breaks_a_rule_is_refused(tmp_path, body, says):
    (tmp_path / "x.toml").write_text(body)
    with pytest.raises(WordingError, match=re.escape(says)):
        load_wording(tmp_path)


def test_a_key_in_two_files_is_refused(tmp_path):
    for name in ("x", "y"):
        (tmp_path / f"{name}.toml").write_text('a.b = { nb = "x", nn = "x", en = "x" }')
    with pytest.raises(WordingError, match=r"a\.b stands twice"):
        load_wording(tmp_path)


def test_placeholders():
    assert placeholders("{a} og {b}, men ikke {{c}}") == {"a", "b"}
