import socket

import pytest
from urllib3.exceptions import HTTPError

from indexer.harvest.line import Leash, Refused, is_open, open_pool
from tests.indexer.harvest.serving import ok, serving


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("::127.0.0.1", False),
        ("::93.184.216.34", False),
        ("fec0::1", False),
        ("64:ff9b::5db8:d822", True),
    ],
)
def test_which_addresses_are_on_the_open_net(address: str, allowed: bool) -> None:
    assert is_open(address) is allowed


def test_a_private_host_is_not_asked_unless_it_is_named() -> None:
    with serving() as site:
        site.pages["/"] = ok(b"hei")
        with pytest.raises(Refused, match=r"127\.0\.0\.1 is not on the open net"):
            open_pool((), 5).request("GET", site.root)
        assert not site.asked
        assert open_pool(("127.0.0.1",), 5).request("GET", site.root).data == b"hei"


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n# Rap"])
def test_a_connection_that_lasts_too_long_is_cut(said: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        leash = Leash(0.05)
        leash.hold(ours)
        theirs.sendall(said)
        received = b"".join(iter(lambda: ours.recv(100), b""))
        assert (received, leash.cut) == (said, True)
        leash.let_go()
        leash.hold(ours)
        leash.let_go()
        assert not leash.cut


def test_the_address_checked_is_the_address_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is on the open net the first time and here the second gains nothing."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    used: list[object] = []

    def found(host: str, port: int, **options: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: object, timeout: float) -> socket.socket:
        used.append(address)
        raise OSError("no line in this test")

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setattr(socket, "create_connection", connect)
    pool = open_pool((), 5)
    with pytest.raises(HTTPError, match="no line"):
        pool.request("GET", "http://rebinding.example/")
    with pytest.raises(Refused):
        pool.request("GET", "http://rebinding.example/")
    assert used == [("93.184.216.34", 80)]
