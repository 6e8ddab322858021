"""A season's papers for the terminal: what was read, taken in, rolled up and commended, and where it lies."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from config.regions import region
from config.schedule import Name
from engine.simulate.season import Season

Line = tuple[str, str, Path | None]
"""What it is about, what there is to say, the file or folder to look at."""

_TEXTS: Mapping[str, Name] = {
    "notices": Name(zh="读通知", en="Notices read"),
    "read": Name(
        zh="{files} 份通知文件读回，{dates} 个日期{same}；{decided} 处由人确定",
        en="{files} files, {dates} dates, {same}; a person decided {decided}",
    ),
    "equal": Name(zh="与日程全部一致", en="all as scheduled"),
    "odd": Name(zh="有 {odd} 处与日程不一致", en="{odd} otherwise than scheduled"),
    "sheets": Name(zh="收表格", en="Sheets taken in"),
    "taken": Name(
        zh="{files} 份汇总表，{rows} 项活动；{returned} 处有误，退回改正后收下；{forms} 份申报表",
        en="{files} official tables, {rows} activities; {returned} places came back to be corrected; "
        "{forms} applications",
    ),
    "packages": Name(zh="汇总", en="Rolled up"),
    "frozen": Name(zh="{place}（已报送 {subject}）", en="{place} (handed in as {subject})"),
    "whole": Name(zh="{place}（{subject}）", en="{place} ({subject})"),
    "commended": Name(zh="表扬", en="Commended"),
    "signed": Name(
        zh="{activities} 项活动，名单由两位管理员先后署名；表扬信 {commended} 封，致谢信 {thanked} 封",
        en="{activities} activities, lists signed by two admins; {commended} mails to them, {thanked} more",
    ),
}


def paper_lines(season: Season, lang: str) -> Iterator[Line]:
    """Yield what there is to tell of the papers; nothing where none were written."""

    def say(name: str, **values: object) -> str:
        return _TEXTS[name].in_(lang).format(**values)

    papers = season.papers
    if papers:
        odd = sum(len(one["missed"]) + len(one["extra"]) for one in papers["notices"])
        same = say("odd", odd=odd) if odd else say("equal")
        told = say("read", files=len(papers["notices"]), same=same, **_sums(papers["notices"]))
        yield say("notices"), told, _folder(season, papers["notices"])
    if papers and papers["sheets"]:
        rows = sum(len(one["refs"]) for one in papers["sheets"])
        returned = sum(one["returned"] for one in papers["sheets"])
        forms, files = len(papers["applications"]), len(papers["sheets"])
        told = say("taken", files=files, rows=rows, returned=returned, forms=forms)
        yield say("sheets"), told, _folder(season, papers["sheets"])
    for number, one in enumerate(papers["packages"] if papers else ()):
        place = region(one["region"]).name if lang == "zh" else one["region"]
        told = say("frozen" if one["frozen"] else "whole", place=place, subject=one["subject"])
        yield "" if number else say("packages"), told, season.home / one["file"]
    if activities := season.steps.get("commend"):
        mails = {name: season.templates.get(name, 0) for name in ("commended", "thanked")}
        yield say("commended"), say("signed", activities=activities, **mails), None


def _sums(notices: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {name: sum(one[name] for one in notices) for name in ("dates", "decided")}


def _folder(season: Season, files: Sequence[Mapping[str, Any]]) -> Path | None:
    return (season.home / files[0]["file"]).parent if files else None
