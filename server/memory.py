"""Memory that is asked for again and again, and is kept for that."""

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""The numbers of glibc's options, in its malloc.h."""

KEPT = 32 * 1024 * 1024
"""Bytes of one piece of memory that are kept for the next one."""


def keep() -> None:
    """Have the memory of what was made kept for what is made next, where the C library is glibc.

    That of a list page, or of a batch of records, would be given back and fetched anew for every other one, which costs
    more than to fill it.
    """
    options = getattr(ctypes.CDLL(None), "mallopt", None)
    if options:
        options(_MMAP_THRESHOLD, KEPT)
        options(_TRIM_THRESHOLD, 2 * KEPT)
        options(_ARENA_MAX, 2)  # one for who keeps house: the threads that answer take turns
