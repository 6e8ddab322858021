"""Help pages' own words and every refusal: what, where, the way out."""

from collections.abc import Mapping
from types import MappingProxyType

from config.schedule import Name


def _texts(table: Mapping[str, tuple[str, str]]) -> dict[str, Name]:
    return {key: Name(zh=zh, en=en) for key, (zh, en) in table.items()}


_HELP = _texts(
    {
        "help.first": (
            "督办 duban：把通知变成日程，只提醒该提醒的人，留下可以证明的历史。",
            "duban: turns notices into schedules, reminds exactly who is late, keeps a provable history.",
        ),
        "help.usage": ("用法：{usage}", "Usage: {usage}"),
        "help.usage_options": ("[选项]", "[OPTIONS]"),
        "help.usage_of_all": ("duban 命令 …", "duban COMMAND …"),
        "help.usage_of_group": ("duban {path} 命令 …", "duban {path} COMMAND …"),
        "help.more": (
            "每条命令都可加 --help、--lang zh|en；能显示的都可加 --json。设置用环境变量 DUBAN_HOME 等。",
            "Every command takes --help and --lang zh|en; whatever shows something takes --json."
            " Settings are environment variables such as DUBAN_HOME.",
        ),
        "help.more_of": ("duban {path} 命令 --help 有详细说明。", "duban {path} COMMAND --help tells more."),
        "help.arguments": ("参数", "Arguments"),
        "help.options": ("选项", "Options"),
    }
)

_USAGE = _texts(
    {
        "usage.lang": ("--lang 只能是 zh 或 en，不能是“{given}”。", "--lang is zh or en, not '{given}'"),
        "usage.unknown_command": (
            "没有命令“{word}”。用 {path} --help 查看全部命令。",
            "there is no command '{word}'; {path} --help lists them all",
        ),
        "usage.unknown_command_near": (
            "没有命令“{word}”；是否指 {near}？用 {path} --help 查看全部命令。",
            "there is no command '{word}'; did you mean {near}? {path} --help lists them all",
        ),
        "usage.unknown_option": (
            "{path} 没有选项 {what}。用 {path} --help 查看。",
            "{path} has no option {what}; {path} --help lists them",
        ),
        "usage.unknown_option_near": (
            "{path} 没有选项 {what}；是否指 {near}？",
            "{path} has no option {what}; did you mean {near}?",
        ),
        "usage.missing": (
            "{path} 缺少 {what}。用法见 {path} --help。",
            "{path} lacks {what}; see {path} --help",
        ),
        "usage.no_value": (
            "选项 {what} 的写法不对：要么缺值，要么多了值。见 {path} --help。",
            "option {what} lacks its value, or has one too many; see {path} --help",
        ),
        "usage.not_a_number": (
            "{what} 应为范围内的整数。用法见 {path} --help。",
            "{what} must be a whole number within its range; see {path} --help",
        ),
        "usage.too_many": (
            "{path} 的参数写法不对或太多。用法见 {path} --help。",
            "wrong or too many words for {path}; see {path} --help",
        ),
        "usage.choice": (
            "{what} 不能是“{given}”；可选：{choices}。",
            "{what} cannot be '{given}'; choose from {choices}",
        ),
    }
)

_ERRORS = _texts(
    {
        "error.interrupted": ("已中断；没有写入一半的数据。", "interrupted; nothing was half-written"),
        "error.file": (
            "{file} {why}。请检查路径、权限和磁盘空间。",
            "{file}: {why}; check the path, its rights and the disk",
        ),
        "error.fault": (
            "程序出错（{kind}），没有写入一半的数据。设 DUBAN_DEBUG=1 再运行一次可看到详情，请转给维护者。",
            "the program failed ({kind}); nothing was half-written."
            " Run it again with DUBAN_DEBUG=1 and give the details to its maintainer",
        ),
        "file.unwritable": (
            "不能写 {file}：{why}。请换个位置或检查权限。",
            "{file} cannot be written: {why}; choose another place or check its rights",
        ),
        "file.unreadable": (
            "不能读 {file}：{why}。请检查路径、权限和编码（UTF-8）。",
            "{file} cannot be read: {why}; check the path, its rights and that it is UTF-8",
        ),
        "file.written": ("已写入 {file}。", "Written to {file}."),
        "date.not_a_day": (
            "“{text}”不是一个确定的日子，请写成 2023-09-28。",
            "'{text}' is not one day; write it as 2023-09-28",
        ),
        "date.not_a_moment": (
            "看不懂时间“{text}”，请写成 2023-09-28、“2023-09-28 18:00”或 2023-09-28T18:00+08:00。",
            "cannot read the time '{text}'; write 2023-09-28, '2023-09-28 18:00' or 2023-09-28T18:00+08:00",
        ),
        "date.reversed": (
            "--from {start} 晚于 --to {end}；请对调。",
            "--from {start} is later than --to {end}; swap them",
        ),
        "person.unknown": (
            "没有邮箱为 {address} 的人员。用 duban person list 查看，或先导入。",
            "nobody has the address {address}; duban person list shows everyone, or import the person first",
        ),
        "rights.admin": ("这一步只有本地区的管理员可以做。", "only an admin of the region may do that"),
        "notice.not_shipped": (
            "程序没有自带通知“{word}”；请给出 YAML 文件。",
            "no notice '{word}' is shipped; give its YAML file",
        ),
        "notice.no_version": (
            "没有“{word}”这个版本；用 duban history list notice:代号 查看。",
            "there is no version '{word}'; duban history list notice:ID shows them",
        ),
        "notice.unsound": (
            "通知 {notice} 有 {count} 处错误，没有应用。请改正；确实要照此应用，请加 --force --reason 理由。",
            "notice {notice} has {count} errors and was not applied; mend them, or use --force --reason WHY",
        ),
        "notice.which": (
            "有几份通知生效（{known}）；请用 --notice 指明活动属于哪份。",
            "several notices are in force ({known}); say which with --notice",
        ),
        "notice.none_in_force": (
            "还没有生效的通知{known}。请先运行 duban notice apply 代号。",
            "no notice is in force{known}; run duban notice apply ID first",
        ),
        "force.reason": ("强制办理必须写理由（--reason）。", "--force needs a --reason"),
        "state.unknown": (
            "没有状态“{text}”；可选：{known}。",
            "there is no state '{text}'; there are: {known}",
        ),
        "step.unknown": (
            "没有“{text}”这一步；可选：{known}。",
            "there is no step '{text}'; there are: {known}",
        ),
        "order.no_refs": ("没有写事项编号（或文件是空的）。", "no case is named (or the file is empty)"),
        "order.field": (
            "“{word}”不对：应为 字段=值，字段可以是：{known}。",
            "'{word}' is not FIELD=VALUE; the fields are: {known}",
        ),
        "order.material": (
            "材料“{word}”不对：应为 种类=文件或链接，例如 照片=现场.jpg。种类可以是：{known}。",
            "material '{word}' is not KIND=FILE or KIND=URL, such as photo=scene.jpg; the kinds are: {known}",
        ),
        "step.blocked_one": (
            "这一项现在办不了，没有改动。",
            "this cannot be done now; nothing was changed",
        ),
        "file.exists": (
            "已经有文件 {file}，没有写入；请换一个文件名。",
            "there is a file {file} already, nothing was written; choose another name",
        ),
        "order.count": (
            "“{text}”不是人数；请写整数。",
            "'{text}' is not a number of people; write a whole number",
        ),
        "order.yes_no": ("“{text}”请写 yes 或 no。", "'{text}': write yes or no"),
        "order.link": (
            "“{text}”不是网址；应以 http:// 或 https:// 开头。",
            "'{text}' is not a web address; it begins with http:// or https://",
        ),
        "sweep.future": (
            "{at} 还没有到；只能结算到现在为止。",
            "{at} is still to come; settle up to now at most",
        ),
        "restore.not_sqlite": (
            "duban restore 只恢复 SQLite 文件；PostgreSQL 请用 pg_restore。",
            "duban restore brings back SQLite files only; use pg_restore for PostgreSQL",
        ),
        "export.format": (
            "--format 不能是“{given}”；可选 csv、jsonl、xes。",
            "--format cannot be '{given}'; choose csv, jsonl or xes",
        ),
    }
)

REFUSALS: Mapping[str, Name] = MappingProxyType(_HELP | _USAGE | _ERRORS)
