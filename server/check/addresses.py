"""Which addresses may be asked: those of the public internet, so that no check is aimed at what a firewall hides."""

import socket
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address

import httpcore2
import httpx2

from server.check.findings import CannotCheckError


class PublicTransport(httpx2.HTTPTransport):
    """Connects to public addresses alone. Each name is resolved once, and what was judged is connected to.

    It goes through no proxy: what a name means to a proxy cannot be judged here.
    """

    def __init__(self) -> None:
        self._pool = httpcore2.ConnectionPool(ssl_context=httpx2.create_ssl_context(), network_backend=_PublicOnly())


class _PublicOnly(httpcore2.SyncBackend):
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of a host that answers.

        Raises:
            CannotCheckError: one of them is not public.
            httpcore2.ConnectError: there is none, or none answers.
        """
        problem: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in _judged(host, port):
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore2.ConnectError as error:
                problem = error
        raise problem


def _judged(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(str(error)) from None
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for address in addresses:
        if not is_public(address):
            raise CannotCheckError(
                f"{host} is at {address}, which is no public address; --allow-private asks there too"
            )
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet: not private, loopback, link-local, reserved or multicast."""
    found = ip_address(address.partition("%")[0])
    inner = (found.ipv4_mapped or found.sixtofour) if isinstance(found, IPv6Address) else None
    return found.is_global and not found.is_multicast and (inner is None or is_public(str(inner)))
