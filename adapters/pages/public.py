"""Which addresses of the network belong to the public web, by the registries of special addresses of IANA.

Beside these, a few clouds speak to their own machines under addresses that look like anybody's.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

_NOT_FOR_PAGES_4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # between a carrier and its customers
        "127.0.0.0/8",
        "161.26.0.0/16",  # IBM Cloud's services for its machines (its documentation of VPC, service endpoints)
        "166.8.0.0/14",  # as before
        "168.63.129.16/32",  # what Azure tells its machines (its documentation, "What is IP address 168.63.129.16?")
        "169.254.0.0/16",  # among them what clouds tell their machines
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_UNICAST_6 = ip_network("2000::/3")
"""The only part of IPv6 that is given out for the public network (RFC 4291, 2.4)."""

_NOT_FOR_PAGES_6 = tuple(
    ip_network(block)
    for block in (
        "2001::/23",  # protocols, among them Teredo, which carries an IPv4 address
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries an IPv4 address
        "3fff::/20",
    )
)
_TRANSLATED = ip_network("64:ff9b::/96")
"""Networks that have IPv6 alone reach IPv4 through this (RFC 6052, 2.1): what counts is the address inside."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the public web: what is inside of it, where it carries another one."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped
        if inner is None and address in _TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is None:
            return address in _UNICAST_6 and not any(address in block for block in _NOT_FOR_PAGES_6)
        address = inner
    return not any(address in block for block in _NOT_FOR_PAGES_4)


def to_address(text: str) -> Address | None:
    """Read an address as the system's resolver gives it; None for anything else, and for one with a zone."""
    try:
        return ip_address(text)
    except ValueError:
        return None
