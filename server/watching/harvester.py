"""Who asks, as far as statistics may know it: the name that a harvester gives itself, and the network it comes from."""

import re
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

LONGEST = 100
"""Characters of a harvester's name that are kept."""

_PREFIXES = {4: 24, 6: 48}
"""How much of an address is kept: enough to tell institutions apart, too little to tell people apart."""


@lru_cache(maxsize=1000)
def agent(user_agent: str) -> str:
    """Return a harvester's name for a list: in printable ASCII, and not too long."""
    return re.sub(r"[^ -~]", "?", user_agent.strip())[:LONGEST]


@lru_cache(maxsize=1000)
def network(address: str, forwarded: str) -> str:
    """Return the network that a request comes from, as /24 or /48; never a whole address.

    Args:
        address: who connected to us.
        forwarded: X-Forwarded-For. Its last address is taken where who connected is of this machine or its own
            network: that is the web server before us. A stranger's claim counts for nothing.
    """
    try:
        found = ip_address(address)
        if forwarded and (found.is_loopback or found.is_private):
            found = ip_address(forwarded.rpartition(",")[2].strip())
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    return str(ip_network((found.packed, _PREFIXES[found.version]), strict=False))
