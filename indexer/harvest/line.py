"""The line to a server: only to addresses on the open net, whatever a name or a redirect says."""

import contextlib
import ipaddress
import socket
import threading
from collections.abc import Callable, Collection

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import Timeout

NAT64 = ipaddress.ip_network("64:ff9b::/96")
RETIRED = tuple(ipaddress.ip_network(net) for net in ("::/96", "fec0::/10"))  # IPv4 inside IPv6, and site-local


class Refused(Exception):
    """An address that must not be asked, and why."""


def is_open(address: str) -> bool:
    """Whether an IP address is on the open net: not private, local, link-local, reserved or multicast."""
    number = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(number, ipaddress.IPv6Address):
        inside = number.ipv4_mapped or number.sixtofour
        if number in NAT64:
            inside = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inside is not None:
            return inside.is_global and not inside.is_multicast
        if any(number in net for net in RETIRED):
            return False
    return number.is_global and not number.is_multicast


class Leash:
    """Cuts the connection held last when it has lasted too long; a byte now and then does not keep it alive."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._line: socket.socket | None = None
        self._timer: threading.Timer | None = None
        self.cut = False

    def hold(self, line: socket.socket) -> None:
        """Hold a connection from now on; the one held before is let go."""
        self.let_go()
        self.cut, self._line = False, line.dup()
        self._timer = threading.Timer(self._seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def let_go(self) -> None:
        """Hold nothing."""
        if self._timer is not None and self._line is not None:
            self._timer.cancel()
            self._timer.join()
            self._line.close()
        self._timer = self._line = None

    def _cut(self) -> None:
        if self._line is not None:
            self.cut = True
            with contextlib.suppress(OSError):  # the other end was faster
                self._line.shutdown(socket.SHUT_RDWR)


def open_pool(
    intranet: Collection[str], seconds: float, opened: Callable[[socket.socket], None] = lambda line: None
) -> urllib3.PoolManager:
    """Connections that check every address as they connect to it; the hosts of `intranet` may be private.

    It is the very address checked that is then used, so that a name that changes its mind between gains nothing.
    `opened` is given each connection as it is made.
    """

    def connected(host: str, port: int | None) -> socket.socket:
        found = [address for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        allowed = [address for address in found if host in intranet or is_open(str(address[0]))]
        if not allowed:
            raise Refused(f"{host} is not on the open net")
        line = socket.create_connection((str(allowed[0][0]), int(allowed[0][1])), timeout=seconds)
        opened(line)
        return line

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return connected(self.host, self.port)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connected(self.host, self.port)

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    manager = urllib3.PoolManager(timeout=Timeout(seconds), retries=False)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager
