"""The notices that the program carries, and how a user's own files join them."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from config.errors import UserError


@cache
def catalogue() -> Mapping[str, str]:
    """Return the YAML text of every shipped notice by its id: ``2023/quanzhou.yaml`` is ``quanzhou-2023``."""
    years = sorted((year for year in files("config").joinpath("notices").iterdir() if year.is_dir()), key=str)
    found = {
        f"{file.name.removesuffix('.yaml')}-{year.name}": file.read_text("utf-8")
        for year in years
        for file in sorted(year.iterdir(), key=str)
        if file.name.endswith(".yaml")
    }
    return MappingProxyType(found)


def joined(texts: Iterable[tuple[str, str]], *, base: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """Return ``base`` (the catalogue if not given) with a user's files, ``(file name, YAML text)``, over it.

    A file with the id of a shipped notice takes its place. Raises ``UserError`` when two of the
    files have one id (``notice.duplicate_id``) or one is not right.
    """
    from config.noticefile import parse  # noqa: PLC0415  pydantic is slow to import; the catalogue is not

    named: dict[str, str] = {}
    mine: dict[str, str] = {}
    for file, text in texts:
        key = parse(text, file).notice.id
        if key in mine:
            raise UserError(
                zh=f"{file}：代号“{key}”已用于 {named[key]}；请给其中一个改名",
                en=f"{file}: the id '{key}' is already that of {named[key]}; rename one of them",
                code="notice.duplicate_id",
            )
        named[key], mine[key] = file, text
    return MappingProxyType({**(catalogue() if base is None else base), **mine})
