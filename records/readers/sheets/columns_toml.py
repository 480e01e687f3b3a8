"""A file that says what own headings mean: `[columns]`, and in it `"Standort" = "shelfmark"`."""

import tomllib
from pathlib import Path

from records.readers.sheets.columns import Column, key, nearest
from records.readers.sheets.cut import SheetError


def read(path: Path) -> dict[str, str]:
    """Return what each heading means, by its key.

    Args:
        path: the file.

    Raises:
        SheetError: it cannot be read, is of another form, or names a field that there is not.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SheetError(f"byte {error.start + 1} is not UTF-8; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SheetError(f"is not TOML ({error}); correct it") from None
    except OSError as error:
        raise SheetError(f"cannot be read ({error.strerror}); correct the name after --columns") from None
    columns = content.get("columns")
    if not isinstance(columns, dict) or set(content) != {"columns"}:
        raise SheetError('has another form than it should; write [columns] and below it lines such as "Ort" = "place"')
    return {key(heading): _target(heading, target) for heading, target in columns.items()}


def _target(heading: str, target: object) -> str:
    if not isinstance(target, str):
        raise SheetError(f"is {target!r}; write the name of a field in quotation marks", f"columns.{heading}")
    if not Column.of(target, {}).field:
        raise SheetError(f"{target!r} is no field of ours; write {nearest(target)}", f"columns.{heading}")
    return target
