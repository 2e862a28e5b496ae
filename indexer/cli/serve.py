"""`hvavirker serve`: the site and its API."""

import errno
import logging
import signal
import socket
import sys
from dataclasses import replace
from types import FrameType
from typing import Any, NoReturn

import click
import waitress

from corpus.config import Config, WebConfig
from corpus.errors import HvaVirkerError, IndexDamaged
from indexer.cli.logs import log_as
from indexer.cli.options import DOCUMENTS, INDEX, with_settings
from indexer.cli.terminal import say, tell
from indexer.engines import open_engine, open_generations
from search_app import create_app


@click.command()
@click.option("--host", help="The address to listen on, instead of the one in the settings.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port, instead of the one in the settings.")
@with_settings(DOCUMENTS, INDEX)
def serve(config: Config, host: str | None, port: int | None) -> None:
    """Serve the site and its API until stopped. A new index is taken up without a restart."""
    web = replace(config.web, host=host or config.web.host, port=port or config.web.port)
    config = replace(config, web=web)
    log_as(config.log.format, logging.INFO)
    with listening(web) as listener:
        if amiss := what_is_amiss(config):
            tell(amiss)
        server = waitress.create_server(
            create_app(config), sockets=[listener], threads=web.threads, ident=None, **behind(web)
        )
        signal.signal(signal.SIGTERM, _stop)
        say(f"Hva virker answers on {address(web)} (stop with Ctrl-C)")
        sys.stdout.flush()
        server.run()


def what_is_amiss(config: Config) -> str:
    """Why no index can answer, and what to run; "" when one does. Pages say so too, and the admin pages are there."""
    try:
        if open_engine(config).live():
            return ""
        why = "Nothing is indexed yet"
    except IndexDamaged as damage:
        why = str(damage).removesuffix(".")
    return f"{why}; pages will say so until `{open_generations(config).way_out()}` has run."


def listening(web: WebConfig) -> socket.socket:
    """A socket that listens where the settings say. Raises HvaVirkerError when it cannot."""
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    try:
        return socket.create_server((web.host, web.port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"Port {web.port} is busy: another program answers on {address(web)}."
            remedy = "Stop it, or choose another port: hvavirker serve --port 8001, or HVAVIRKER_WEB_PORT=8001."
            raise HvaVirkerError(message, remedy) from error
        raise HvaVirkerError(f"Cannot listen on {address(web)}: {error.strerror}.", "Check [web] host.") from error


def behind(web: WebConfig) -> dict[str, Any]:
    """What the server must know to believe the proxy in front, and nobody else."""
    if web.trusted_proxy is None:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}
    return {
        "trusted_proxy": web.trusted_proxy,
        "trusted_proxy_headers": headers,
        "clear_untrusted_proxy_headers": True,
    }


def address(web: WebConfig) -> str:
    """Where a browser finds the site."""
    host = f"[{web.host}]" if ":" in web.host else web.host
    return f"http://{host}:{web.port}"


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(0)
