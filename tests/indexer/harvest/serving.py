"""A web server of a test's own on this machine."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = tuple[int, dict[str, str], bytes]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def ok(body: bytes, **headers: str) -> Reply:
    return 200, {name.replace("_", "-"): value for name, value in headers.items()}, body


def moved(to: str) -> Reply:
    return 302, {"Location": to}, b""


class Site:
    """Pages by path (a reply, or what makes one from the request's headers) and the requests made of them."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.pages: dict[str, Reply | Callable[[dict[str, str]], Reply]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serving() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = dict(self.headers.items())
            site.asked.append((self.path, headers))
            page = site.pages.get(self.path, (404, {}, b"nothing here"))
            status, given, body = page(headers) if callable(page) else page
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | given).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
