"""The admin room: what those who keep the base see and do, once logged in."""

from flask import Blueprint, Flask

from search_app.admin import (
    adding,
    agreement,
    files,
    front,
    held,
    log,
    login,
    metadata,
    review,
    running,
    shell,
    switching,
    uploading,
    views,
)


def prepare(app: Flask) -> None:
    """Give the site its desk, and count the documents that are opened."""
    shell.add_to(app)
    views.add_to(app)


def add_to(pages: Blueprint) -> None:
    """Register the admin pages; another page is another room with `add_to(shell)`, and a name in `shell.MENU`."""
    login.add_to(pages)
    behind = shell.Shell(pages)
    for room in (front, files, running, switching, metadata, uploading, held, review, adding, agreement, log):
        room.add_to(behind)
