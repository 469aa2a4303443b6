"""The address by which those who ask are told apart: in the API, at the sign-in, in visitors' forms."""

import ipaddress

from django.conf import settings

NETWORK_BITS = 64  # of an IPv6 address: one household has that many addresses, and more
LONGEST_ADDRESS = 64  # characters of what is no address


def address_of(request):
    """An address, of IPv6 its network; "" where nothing is known. What `X-Forwarded-For` says counts only
    from the proxies that FORWARDED_ALLOW_IPS names, and only what the outermost of them saw: the rest anybody
    can write."""
    meta = getattr(request, "META", None) or {}
    client = meta.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    while forwarded and forwarded[-1] and is_proxy(client):
        client = forwarded.pop()
    address = _address(client)
    if address is None or address.version == 4:
        return client[:LONGEST_ADDRESS]
    return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False))


def is_proxy(text):
    """Whether FORWARDED_ALLOW_IPS names this address, whose headers about others are believed then."""
    if "*" in settings.FORWARDED_ALLOW_IPS:
        return True
    address = _address(text)
    if address is None:  # the socket of the machine's own proxy has no address
        return not text
    return any(address in ipaddress.ip_network(one, strict=False) for one in settings.FORWARDED_ALLOW_IPS)


def _address(text):
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
