"""Which addresses of the network may be spoken to: over TLS, or on this machine itself."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_safe(url: object) -> bool:
    """Whether it is an https address, or an http address of this machine itself; without a name or password in it."""
    if not isinstance(url, str):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_plain = parts.scheme == "http" and is_loopback(host)
    return bool(host) and has_port and not parts.username and (parts.scheme == "https" or is_plain)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
