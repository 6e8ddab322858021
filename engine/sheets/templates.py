"""Empty sheets to fill in: the headings of each kind, and one example row that says that it is one."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from config.schedule import Name
from engine.sheets import fields
from engine.sheets.writing import write_table

KINDS: Mapping[str, Sequence[fields.Field]] = {
    "unit": fields.UNIT,
    "person": fields.PERSON,
    "activity": fields.activity(year=0),
}
"""The columns of each kind of sheet, by the word of its command."""

REMARKS = Name(zh="备注", en="Remarks")
"""The heading of a column that an import passes over."""

_EXAMPLE = Name(zh="示例，导入前删去这一行", en="an example: delete this row before the import")

_ROWS: Mapping[str, Mapping[str, Name]] = {
    "unit": {
        "name": Name(zh="漳州市科技馆", en="漳州市科技馆"),
        "region": Name(zh="漳州市", en="350600"),
        "kind": Name(zh="场馆", en="venue"),
        "level": Name(zh="市", en="city"),
    },
    "person": {
        "name": Name(zh="何惊蛰", en="何惊蛰"),
        "email": Name(zh="he@example.cn", en="he@example.cn"),
        "phone": Name(zh="0596-0000004", en="0596-0000004"),
        "lang": Name(zh="中文", en="zh"),
        "role": Name(zh="联系人", en="coordinator"),
        "region": Name(zh="漳州市", en="350600"),
        "unit": Name(zh="漳州市科技馆", en="漳州市科技馆"),
    },
    "activity": {
        "title": Name(zh="科技馆开放日", en="科技馆开放日"),
        "unit": Name(zh="漳州市科技馆", en="漳州市科技馆"),
        "region": Name(zh="漳州市", en="350600"),
        "coordinator": Name(zh="he@example.cn", en="he@example.cn"),
        "starts_on": Name(zh="2027-09-18", en="2027-09-18"),
        "ends_on": Name(zh="2027-09-19", en="2027-09-19"),
        "place": Name(zh="漳州市科技馆一楼", en="漳州市科技馆一楼"),
        "online": Name(zh="否", en="no"),
        "participants": Name(zh="200", en="200"),
    },
}


def write_template(path: Path, kind: str, *, lang: str) -> None:
    """Write the empty sheet of a kind (``unit``, ``person``, ``activity``); else UserError."""
    columns = KINDS[kind]
    headings = [field.en if lang == "en" else field.zh for field in columns]
    example = [_ROWS[kind][field.key].in_(lang) if field.key in _ROWS[kind] else "" for field in columns]
    write_table(path, [*headings, REMARKS.in_(lang)], [[*example, _EXAMPLE.in_(lang)]])
