"""What each command and each of its parameters is for, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

from config.schedule import Name


def _texts(table: Mapping[str, tuple[str, str]]) -> Mapping[str, Name]:
    return MappingProxyType({key: Name(zh=zh, en=en) for key, (zh, en) in table.items()})


COMMANDS: Mapping[str, Name] = _texts(
    {
        "init": ("建立数据目录和数据库；已有的则升级", "make the home and its database, or upgrade them"),
        "demo": (
            "在一个新目录里试演 2023 年一季，并说明结果",
            "play the season of 2023 in a fresh home and tell what came of it",
        ),
        "doctor": (
            "检查设置、数据库、磁盘、邮件和模板",
            "check settings, database, disk, mails and templates",
        ),
        "run": (
            "持续运行：到点提醒，随时发信；Ctrl-C 停止",
            "keep running: remind when due, send mails; Ctrl-C stops it",
        ),
        "serve": (
            "提供页面，同时到点提醒、随时发信；Ctrl-C 停止",
            "serve the pages, remind when due and send mails; Ctrl-C stops it",
        ),
        "backup": (
            "在运行中备份数据库，并核对备份",
            "back the database up while it is in use, and verify the copy",
        ),
        "restore": (
            "核对一份备份，再用它恢复数据库",
            "verify a backup, then bring the database back from it",
        ),
        "notice": ("通知：查看、检查、应用", "notices: show, check, apply"),
        "notice list": (
            "列出已应用的和随程序提供的通知",
            "list the notices applied and those shipped with the program",
        ),
        "notice show": (
            "一份通知的时段、节点，以及每个日期的出处",
            "the windows and milestones of a notice, and where each date comes from",
        ),
        "notice lint": (
            "查出通知里互相矛盾或值得留意的地方；不写文件则检查随程序提供的",
            "find contradictions in notices; without files, in those shipped",
        ),
        "notice plan": (
            "应用之前先看：会改动哪些值、提醒和事项",
            "see before applying: which values, reminders and cases would change",
        ),
        "notice apply": (
            "让通知生效（或更新），一次完成",
            "put a notice in force, or its new version, at once",
        ),
        "notice schema": (
            "通知文件的 JSON Schema，供编辑器使用",
            "the JSON Schema of notice files, for editors",
        ),
        "notice diff": ("两份通知或两个版本有何不同", "what differs between two notices or versions"),
        "workflow": ("流程：检查、画图", "lifecycles: check, draw"),
        "workflow check": (
            "逐步走一遍，证明每个流程都走得通",
            "walk every lifecycle and prove that it is sound",
        ),
        "workflow diagram": ("流程图（SVG 或 Mermaid）", "the picture of a lifecycle (SVG or Mermaid)"),
        "unit": ("单位：空表、导入、列出", "units: template, import, list"),
        "unit import": (
            "从 CSV 或 XLSX 导入单位；整份导入，或一行也不导入",
            "import units from CSV or XLSX: all rows or none",
        ),
        "unit template": (
            "写出一张空的单位表：列名和一行示例",
            "write an empty sheet of units: the headings and one example row",
        ),
        "unit list": ("列出单位", "list the units"),
        "person": ("人员和权限：空表、导入、列出", "people and rights: template, import, list"),
        "person import": (
            "从 CSV 或 XLSX 导入人员；整份导入，或一行也不导入",
            "import people from CSV or XLSX: all rows or none",
        ),
        "person template": (
            "写出一张空的人员表：列名和一行示例",
            "write an empty sheet of people: the headings and one example row",
        ),
        "person link": (
            "打印一个登录链接，可用一次",
            "print a link by which somebody signs in once",
        ),
        "person list": ("列出人员和他们的权限", "list people and their rights"),
        "activity": (
            "活动：空表、导入、列出、查看、导出",
            "activities: template, import, list, show, export",
        ),
        "activity import": (
            "从 CSV 或 XLSX 导入活动；整份导入，或一行也不导入",
            "import activities from CSV or XLSX: all rows or none",
        ),
        "activity template": (
            "写出一张空的活动表：列名和一行示例",
            "write an empty sheet of activities: the headings and one example row",
        ),
        "activity list": (
            "列出活动；--kind report 列出报送",
            "list activities, or reports with --kind report",
        ),
        "activity show": (
            "一个事项的全部情况：还缺什么、哪天截止、来历",
            "all about one case: what it lacks, by when, its history",
        ),
        "activity export": (
            "导出为 CSV 或 XLSX，可改后再导入",
            "export as CSV or XLSX, to mend and import again",
        ),
        "do": ("办理一步：一个或多个事项，一次完成", "do a step for one case or many, at once"),
        "blockers": (
            "一个事项现在能办什么，不能办的差什么",
            "what can be done with a case now, and what stands against the rest",
        ),
        "remind": ("提醒：预览、立即结算", "reminders: preview, settle"),
        "remind preview": (
            "今后会发哪些提醒、发给谁、为什么；不会真的发送",
            "every reminder to come: when, to whom, why; nothing is sent",
        ),
        "remind sweep": (
            "结算所有已到时间的提醒，邮件进入待发",
            "settle all reminders that are due; queue the mails",
        ),
        "mail": ("邮件：查看、放行、重发、搁置、试发", "mails: show, release, retry, hold, test"),
        "mail list": ("列出邮件，最新的在前", "list the mails, newest first"),
        "mail show": ("一封邮件的抬头和正文", "the headers and text of one mail"),
        "mail release": ("放行待审核的邮件", "release mails that wait for review"),
        "mail retry": ("重新发送已搁置或失败的邮件", "send again mails that are held or failed"),
        "mail hold": ("搁置还没有发出的邮件", "hold mails that have not left yet"),
        "mail test": (
            "向一个地址试发一封，说明服务器的答复",
            "send a test to an address and tell the answer",
        ),
        "why": ("为什么收到（没收到）提醒", "why somebody did or did not get a reminder"),
        "history": ("历史：查看、核验、封存、回看、导出", "history: list, verify, seal, look back, export"),
        "history list": ("一个事项（或通知、邮件）的全部变动", "every change of a case, a notice or a mail"),
        "history verify": (
            "证明历史没有被改动过；被改过则指出哪一行",
            "prove that history was not altered, or name the row that was",
        ),
        "history seal": (
            "现在封存历史，给出签了名的检查点和公钥",
            "seal history now: the signed checkpoint and the public key",
        ),
        "history as-of": (
            "回看某一天（某一刻）各事项的状态",
            "the states as they were on a day or at a moment",
        ),
        "history export": ("导出历史，供审计或流程挖掘", "export the history for audits or process mining"),
        "simulate": (
            "用虚构的单位和人员试演一季，验证各项承诺",
            "play a season with invented units and people, and check every promise",
        ),
    }
)

_SHEET = ("要写出的文件，以 .csv 或 .xlsx 结尾", "the file to write; it ends in .csv or .xlsx")

PARAMS: Mapping[str, Name] = _texts(
    {
        "--admin": ("第一位管理员的邮箱", "the mail address of the first admin"),
        "--name": ("他的姓名", "their name"),
        "--serve": ("之后打开三个工作台的页面", "then serve the pages of its three desks"),
        "--port": ("页面的端口", "the port of the pages"),
        "--host": ("页面的地址", "the address to serve the pages at"),
        "--json": ("输出 JSON", "print JSON"),
        "--lang": (
            "中文（zh）或英文（en）；默认取 DUBAN_LANG",
            "Chinese (zh) or English (en); default DUBAN_LANG",
        ),
        "--help": ("显示本说明", "show this page"),
        "--page": ("第几页", "which page"),
        "--per-page": ("每页几项", "how many a page"),
        "--as": ("以某人的名义和权限办理（邮箱）", "act as a person, with their rights (mail address)"),
        "--notice": ("只看这份通知（代号）", "only this notice (id)"),
        "--state": ("只看这个状态，如 held 或 已举办", "only this state, such as held"),
        "--region": ("只看这个地区及其下级（名称或代码）", "only this region and all in it (name or code)"),
        "--late": ("只看已逾期的", "only what is late"),
        "--coordinator": ("只看这位联系人的（邮箱或姓名）", "only this coordinator's (address or name)"),
        "--kind": ("activity（活动，默认）、report（报送）或 all", "activity (by default), report or all"),
        "--role": ("只看有这个角色的人", "only people with this role"),
        "--reason": ("理由，记入历史", "the reason, kept in history"),
        "--sheet": ("工作表名称", "the name of the sheet"),
        "--force": ("强制（须写理由，永久标记）", "force it (needs a reason, stays marked)"),
        "--from": ("从何时起（日期或时刻）", "from when (a day or a moment)"),
        "--to": ("到何时止（日期或时刻）", "until when (a day or a moment)"),
        "--output": ("写到这个文件，而不是屏幕", "write to this file instead of the screen"),
        "FILE": ("文件的路径", "the path of the file"),
        "NOTICE": ("代号、YAML 文件，或 代号@版本", "an id, a YAML file, or ID@VERSION"),
        "ADDRESS": ("邮箱", "a mail address"),
        "REF": ("事项编号，如 QZ-2023-0042", "the number of a case, such as QZ-2023-0042"),
        "NUMBER": ("邮件的编号（mail list 的第一列）", "the number of a mail (first column of mail list)"),
        "notice lint FILES": ("通知的代号或 YAML 文件，可写多个", "ids or YAML files of notices"),
        "notice plan NOTICE": ("YAML 文件，或随程序提供的代号", "a YAML file, or the id of a shipped notice"),
        "notice apply NOTICE": (
            "YAML 文件，或随程序提供的代号",
            "a YAML file, or the id of a shipped notice",
        ),
        "notice diff BEFORE": ("前一份：代号、文件或 代号@版本", "the former: an id, a file or ID@VERSION"),
        "notice diff AFTER": ("后一份：代号、文件或 代号@版本", "the latter: an id, a file or ID@VERSION"),
        "workflow diagram NAME": (
            "activity、report、notice 或 message",
            "activity, report, notice or message",
        ),
        "workflow diagram --format": ("svg 或 mermaid", "svg or mermaid"),
        "activity import --notice": (
            "活动属于哪份通知；只有一份生效时可不写",
            "the notice they belong to; may be left out if only one is in force",
        ),
        "do TRIGGER": ("步骤，如 register 或 登记", "the step, such as register"),
        "do REF": ("事项编号，可写多个；@文件 表示每行一个", "numbers of cases; @FILE has one a line"),
        "do --at": (
            "何时发生的（日期或时刻），默认现在",
            "when it happened (a day or a moment), by default now",
        ),
        "do --material": (
            "材料：种类=文件或链接，如 照片=现场.jpg；种类写中文名、英文名或代号，可多次",
            "a material: KIND=PATH or KIND=URL, such as photo=scene.jpg, repeatable",
        ),
        "do --set": (
            "改一个值：字段=值；字段有 名称、开始、结束、地点、线上、网址、参与人数、联系人、表扬、推荐单位；"
            "可多次",
            "set a value: FIELD=VALUE; the fields are title, starts_on, ends_on, place, online, online_url,"
            " participants, coordinator, award, recommended_by; repeatable",
        ),
        "do --skip-blocked": ("办不了的跳过，其余照办", "leave out what is blocked, do the rest"),
        "do --key": ("标识：同一标识重复提交只办一次", "a key that makes a repeated order harmless"),
        "do --expect-version": ("只在事项仍是这个版本时办理", "only if the case is still at this version"),
        "blockers TRIGGER": ("只看这一步；不写则列出每一步", "only this step; without it, every step"),
        "remind sweep --now": (
            "按这个时刻结算，不能晚于现在",
            "settle as of this moment, not later than now",
        ),
        "mail list --uncertain": ("只看曾经没有得到答复的", "only those that stayed without an answer once"),
        "mail list --state": ("只看这个状态，如 held 或 已搁置", "only this state, such as held"),
        "mail show --html": ("把 HTML 正文写到这个文件", "write the HTML body to this file"),
        "mail test ADDRESS": ("收信地址", "the address"),
        "why WHO": ("事项编号或邮箱", "the number of a case, or a mail address"),
        "history list SUBJECT": (
            "事项编号，或 notice:代号、mail:编号、person:编号",
            "the number of a case, or notice:ID, mail:N, person:N",
        ),
        "history verify --checkpoint": (
            "在别处保存的检查点文件；不写则用本机保存的",
            "a checkpoint kept elsewhere; without it, those kept here",
        ),
        "history verify --pubkey": (
            "检查点的公钥；不写则用本机的",
            "the public key of the checkpoints; without it, this home's",
        ),
        "history seal --out": (
            "检查点写到这个文件，公钥写到它旁边的 .pub",
            "write the checkpoint to this file, the public key beside it (.pub)",
        ),
        "history as-of MOMENT": ("日期（当天结束时）或时刻", "a day (its end) or a moment"),
        "history as-of --ref": ("只看这个事项", "only this case"),
        "history export --format": ("csv、jsonl 或 xes", "csv, jsonl or xes"),
        "backup --overwrite": ("已有同名文件时，替换它", "replace a file of that name"),
        "unit template FILE": _SHEET,
        "person template FILE": _SHEET,
        "activity template FILE": _SHEET,
        "restore --force": ("备份的历史被改动过也恢复", "even if the history in it was altered"),
        "simulate --year": ("试演哪一年的通知", "the year whose notices are played"),
        "simulate --activities": ("活动数量", "how many activities"),
        "simulate --seed": ("随机种子：相同则结果相同", "the seed: the same one gives the same season"),
        "simulate --faults": ("加入停机、邮件服务器故障等", "with outages and mail servers that fail"),
    }
)
"""By name of a parameter, or by ``command parameter`` where it means something of its own."""


def command_help(path: str, lang: str) -> str:
    """Return what a command is for; ``path`` is its words without ``duban``."""
    return COMMANDS[path].in_(lang)


def param_help(path: str, param: str, lang: str) -> str:
    """Return what a parameter of a command is for."""
    return (PARAMS.get(f"{path} {param}") or PARAMS[param]).in_(lang)
