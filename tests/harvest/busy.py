"""A busy program: it packs stretches of two records, and keeps house every second.

`python -m tests.harvest.busy serve ...` is the command `dragoman`, where a small store is packed as a large one is.
"""

from records import stretches
from server import housekeeping

if __name__ == "__main__":
    from server.cli import main

    stretches.SIZE = 2
    housekeeping.SECONDS = 1
    main()
