"""The line to a server: only to addresses on the open net, whatever a name or a redirect says."""

import ipaddress
import socket
from collections.abc import Collection

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import Timeout

NAT64 = ipaddress.ip_network("64:ff9b::/96")


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
    return number.is_global and not number.is_multicast


def open_pool(intranet: Collection[str], seconds: float) -> urllib3.PoolManager:
    """Connections that check every address as they connect to it; the hosts of `intranet` may be private.

    It is the very address checked that is then used, so that a name that changes its mind between gains nothing.
    """

    def connected(host: str, port: int | None) -> socket.socket:
        found = [address for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        allowed = [address for address in found if host in intranet or is_open(str(address[0]))]
        if not allowed:
            raise Refused(f"{host} is not on the open net")
        return socket.create_connection((str(allowed[0][0]), int(allowed[0][1])), timeout=seconds)

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
