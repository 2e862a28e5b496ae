"""`hvavirker agreement`: how often do people let what a rule read stand?"""

from dataclasses import asdict

import click

from corpus.config import Config
from corpus.vocabulary import load_vocabulary
from indexer.cli.options import DOCUMENTS, with_settings
from indexer.cli.terminal import say, say_json
from indexer.review import Desk
from indexer.review.agreement import ENOUGH, FLOOR, RuleAgreement
from indexer.review.agreement import agreement as counted


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For a program: one JSON object.")
@with_settings(DOCUMENTS)
def agreement(config: Config, as_json: bool) -> None:
    """Hold what the machine read against what people decided, rule by rule.

    A rule whose verdicts people let stand too seldom comes first, for an editor to look at. Needs no index.
    """
    sheets = Desk(config, load_vocabulary()).sheets().values()
    found = counted(decision for sheet in sheets for decision in sheet.decisions)
    if as_json:
        rules = [{**asdict(rule), **_derived(rule)} for rule in found.rules]
        total = {**asdict(found.total), **_derived(found.total)}
        del total["rule"]
        say_json({"rules": rules, "total": total, "added": found.added})
        return
    say(f"{found.total.reviewed} findings reviewed, {found.added} added that the machine had missed.")
    for rule in found.rules:
        say(*_line(rule))
    if any(rule.below for rule in found.rules):
        say(f"Look at: rules with a precision under {FLOOR} on {ENOUGH} or more reviewed findings.")


def _derived(rule: RuleAgreement) -> dict[str, object]:
    precision = round(rule.precision, 3) if rule.reviewed else None
    return {"reviewed": rule.reviewed, "precision": precision, "below": rule.below}


def _line(rule: RuleAgreement) -> list[str | tuple[str, str]]:
    counts = (
        f"{rule.confirmed} confirmed, {rule.other_verdict} other verdict, "
        f"{rule.otherwise_changed} otherwise changed, {rule.rejected} rejected"
    )
    look = [("  look at", "bold yellow")] if rule.below else []
    return [f"{rule.precision:>5.0%}  ", (rule.rule, "bold"), f"  {rule.reviewed} reviewed: {counts}", *look]
