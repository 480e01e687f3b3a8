"""libvips, where pyvips is installed (the extra `images`): held to what a server can bear."""

from functools import cache
from typing import Any

LOADERS = ("Jpeg", "Png", "Webp", "Nsgif", "Tiff")
"""Those of libvips that may read a file here, by their names there; all others stay shut."""


@cache
def vips() -> Any:  # noqa: ANN401 - a module that has no types
    """Return pyvips; None where it is not installed, or finds no libvips."""
    try:
        import pyvips  # noqa: PLC0415 - it may not be here
    except (ImportError, OSError):
        return None
    pyvips.block_untrusted_set(state=True)
    pyvips.operation_block_set("VipsForeignLoad", state=True)
    for name in LOADERS:
        pyvips.operation_block_set(f"VipsForeignLoad{name}", state=False)
    pyvips.cache_set_max(0)  # what is kept is kept as files; a file that is replaced is read anew
    pyvips.concurrency_set(1)  # requests are answered side by side already
    return pyvips


def level() -> str:
    """Return the compliance level of the Image API that is answered here (3.0, 6)."""
    return "level2" if vips() else "level0"
