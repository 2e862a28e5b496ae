"""`hvavirker admin-password`: the word that opens /admin."""

import click

from corpus.config import Config
from indexer.audit import AUDIT, Audit
from indexer.cli.options import with_settings
from indexer.cli.terminal import say
from indexer.password import remove_password, set_password


@click.command("admin-password")
@click.option("--remove", is_flag=True, help="Take the password away: /admin closes, unless OIDC is set.")
@with_settings()
def admin_password(config: Config, remove: bool) -> None:
    """Set the password of the admin pages; they are closed until it is set. Only a scrypt digest of it is kept."""
    folder, audit = config.admin.folder, Audit(config.admin.folder / AUDIT)
    if remove:
        said = "The password is gone." if remove_password(folder) else "There was no password."
        audit.tell("terminal", "password-removed", {})
        say(said)
        return
    password = click.prompt("New password", hide_input=True, confirmation_prompt="Again")
    set_password(folder, password)
    audit.tell("terminal", "password-set", {})
    say(f"The password is set; its digest is in {folder}. /admin opens at once.")
