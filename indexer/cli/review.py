"""`hvavirker review`: one finding at a time, and a person's word on each."""

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from corpus.config import Config
from corpus.engine import Records
from corpus.errors import CurationConflict, HvaVirkerError, NoIndex
from corpus.vocabulary import Vocabulary, load_vocabulary
from indexer.cli.options import DOCUMENTS, INDEX, with_settings
from indexer.cli.terminal import say, say_json
from indexer.curation.decisions import SAYABLE, Act, said_of, sayings
from indexer.engines import open_engine
from indexer.review import Case, Desk, Standing
from indexer.review.desk import Word

AROUND = 300  # characters shown on each side of a quote
KEYS: Mapping[str, Act] = {"c": Act.CONFIRM, "x": Act.CHANGE, "r": Act.REJECT}
WITHDRAW = "withdraw"
ACTS = (*(str(act) for act in Act if act is not Act.ADD), WITHDRAW)


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says of one finding."""

    act: str
    reason: str
    by: str
    says: tuple[str, ...]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For a program: the queue as one JSON object.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many findings of the queue.")
@click.option("--decide", "case_id", metavar="ID", help="Decide on the finding with this id, and ask nothing.")
@click.option("--as", "act", type=click.Choice(ACTS), help="What is decided, with --decide.")
@click.option("--set", "says", multiple=True, metavar="NAME=VALUE", help=f"What it should say: {', '.join(SAYABLE)}.")
@click.option("--add", "addition", nargs=3, metavar="FILE PAGE QUOTE", help="Add a finding the machine missed.")
@click.option("--cue", default="", help="With --add: the words of the quote that decide.")
@click.option("--reason", default="", help="Why; needed with --decide and --add.")
@click.option("--by", help="Who decides, instead of the name of this session's user.")
@with_settings(DOCUMENTS, INDEX)
def review(
    *,
    config: Config,
    as_json: bool,
    limit: int,
    case_id: str | None,
    act: str | None,
    says: tuple[str, ...],
    addition: tuple[str, str, str] | None,
    cue: str,
    reason: str,
    by: str | None,
) -> None:
    """Confirm, change or reject what the machine read, the findings that matter most first.

    Decisions are written to the curation file beside the document; the next `hvavirker index` brings them live.
    """
    room = Room.open(config)
    by = by or getpass.getuser()
    if addition:
        room.add(addition, cue, Given(Act.ADD, reason, by, says))
    elif case_id is not None:
        room.decide(case_id, Given(act or "", reason, by, says))
    elif as_json:
        say_json(room.as_data(limit))
    else:
        room.ask(limit, by)


@dataclass(frozen=True, slots=True)
class Room:
    """The desk over the live index."""

    desk: Desk
    records: Records
    generation: str
    vocabulary: Vocabulary

    @classmethod
    def open(cls, config: Config) -> "Room":
        """The room over the index of the settings. Raises NoIndex."""
        vocabulary = load_vocabulary()
        engine = open_engine(config, vocabulary)
        live = engine.live()
        if live is None:
            raise NoIndex(f"There is no index in {config.index.folder}.", "Make one: hvavirker index.")
        return cls(Desk(config, vocabulary), engine.records(), live.name, vocabulary)

    def cases(self) -> tuple[Case, ...]:
        """Every case, in the queue's order."""
        return self.desk.cases(self.records, self.generation)

    def as_data(self, limit: int) -> dict[str, object]:
        """What `review --json` gives; the names are a public contract (docs/cli.md)."""
        cases = self.cases()
        counts = {standing.value: sum(case.standing is standing for case in cases) for standing in Standing}
        queue = [case for case in cases if case.queued][:limit]
        lost = [case for case in cases if case.standing is Standing.LOST]
        return {
            **counts,
            "queue": [_case_data(case) for case in queue],
            "lost_decisions": [_case_data(c) for c in lost],
        }

    def decide(self, case_id: str, given: Given) -> None:
        """Write one decision down. Raises HvaVirkerError."""
        case = next((case for case in self.cases() if case.id == case_id), None)
        if case is None:
            raise HvaVirkerError(f"There is no finding {case_id}.", "`hvavirker review --json` lists them.")
        if not given.act:
            raise click.UsageError("--decide needs --as.")
        _need_reason(given)
        expected = self.desk.shelf.digest(case.file)
        if given.act == WITHDRAW:
            self.desk.withdraw(case, given.by, given.reason, expected)
        else:
            self.write(case, Word(Act(given.act), given.by, given.reason, self.sayings(given)), expected)
        say(f"{given.act}: {case.file}, page {case.page}. {NEXT}")

    def add(self, addition: tuple[str, str, str], cue: str, given: Given) -> None:
        """Write down a finding the machine missed. Raises HvaVirkerError."""
        file, number, quote = addition
        _need_reason(given)
        document = next((each for each in self.records.documents() if each.source.path == file), None)
        page = self.records.page(document.id, int(number)) if document and number.isdecimal() else None
        if page is None:
            raise HvaVirkerError(f"There is no page {number} of {file} in the index.", "Name a file as `export` does.")
        word = Word(Act.ADD, given.by, given.reason, self.sayings(given))
        if "verdict" not in word.says:
            raise click.UsageError("--add needs --set verdict=…")
        self.desk.add(file, page, (quote, cue), word, self.desk.shelf.digest(file))
        say(f"add: {file}, page {number}. {NEXT}")

    def sayings(self, given: Given) -> dict[str, Any]:
        """What `--set` says. Raises CurationError naming the nearest right name or code."""
        pairs = [pair.partition("=") for pair in given.says]
        return sayings({name: value for name, _, value in pairs}, self.vocabulary, "--set")

    def write(self, case: Case, word: Word, expected: str) -> None:
        """Write a decision down. Raises CurationError, OSError."""
        self.desk.decide(case, word, self.text(case), expected)

    def text(self, case: Case) -> str:
        """The text of the page a case stands on, empty when it is not in the index."""
        page = self.records.page(case.document.id, case.page) if case.document else None
        return page.text if page else ""

    def ask(self, limit: int, by: str) -> None:
        """One finding at a time, until the queue or the person is done."""
        queue = [case for case in self.cases() if case.queued and case.finding][:limit]
        for number, case in enumerate(queue, 1):
            expected = self.desk.shelf.digest(case.file)
            self.show(case, f"{number} of {len(queue)}")
            key = click.prompt("[c]onfirm, change [x], [r]eject, [s]kip, [q]uit", type=click.Choice([*"cxrsq"]))
            if key == "q":
                break
            if key in KEYS:
                self.take(case, KEYS[key], by, expected)
        say(NEXT if queue else "Nothing waits for a review.")

    def take(self, case: Case, act: Act, by: str, expected: str) -> None:
        """Ask for the rest of a decision, and write it down; a wrong code or a conflict is told, and asked no more."""
        given = tuple(self.asked(case)) if act is Act.CHANGE else ()
        reason = click.prompt("Why", type=str)
        try:
            self.write(case, Word(act, by, reason, self.sayings(Given(act, reason, by, given))), expected)
        except CurationConflict as conflict:
            say((f"{conflict} It is skipped.", "yellow"))

    def asked(self, case: Case) -> Sequence[str]:
        """What the finding should say, name by name; Enter keeps what it says."""
        said = dict(said_of(case.finding)) if case.finding else {}
        return [f"{name}={click.prompt(name, default=said.get(name) or '')}" for name in SAYABLE]

    def show(self, case: Case, place: str) -> None:
        """A finding with the text around it."""
        finding = case.finding
        if finding is None:
            return
        text = self.text(case)
        said = ", ".join(f"{name}: {value}" for name, value in said_of(finding) if value)
        say("")
        say((f"{place}  {finding.verdict}", "bold"), f"  {case.file}, page {case.page}  (rule: {finding.rule})")
        say(said)
        for report in case.reports:
            say((f"reported: {report.fault}", "yellow"), f" {report.comment}")
        say(
            text[max(0, finding.start - AROUND) : finding.start],
            (finding.quote[: finding.cue_start], "bold"),
            (finding.cue, "bold underline"),
            (finding.quote[finding.cue_end :], "bold"),
            text[finding.end : finding.end + AROUND],
        )


NEXT = "The next `hvavirker index` brings decisions live."


def _need_reason(given: Given) -> None:
    if not given.reason.strip():
        raise click.UsageError("A decision needs --reason.")


def _case_data(case: Case) -> dict[str, object]:
    paged = case.document is None or case.document.paged
    told: dict[str, Any] = {
        "id": case.id,
        "file": case.file,
        "page": case.page if paged else None,
        "quote": case.quote,
        "standing": case.standing,
    }
    told |= dict(said_of(case.finding)) if case.finding else {}
    told |= {"rule": case.finding.rule} if case.finding else {}
    told |= {"decision": case.decision.decision, "reason": case.decision.reason} if case.decision else {}
    reports = [{"fault": report.fault, "comment": report.comment} for report in case.reports]
    return {**told, "views": case.views, "reports": reports}
