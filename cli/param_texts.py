"""What each parameter of a command is for, in both languages."""

from collections.abc import Mapping

from cli.bilingual import texts
from config.schedule import Name

_SHEET = ("要写出的文件，以 .csv 或 .xlsx 结尾", "the file to write; it ends in .csv or .xlsx")

_REPORT = ("报送事项的编号，如 QZ-2023-R001", "the number of a report, such as QZ-2023-R001")
_WHAT = (
    "报送事项的编号（QZ-2023-R001），或通知的代号",
    "the number of a report (QZ-2023-R001), or the id of a notice",
)

PARAMS: Mapping[str, Name] = texts(
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
        "NOTICE_ID": ("通知的代号", "the id of a notice"),
        "ADDRESS": ("邮箱", "a mail address"),
        "REF": ("事项编号，如 QZ-2023-0042", "the number of a case, such as QZ-2023-0042"),
        "NUMBER": ("邮件的编号（mail list 的第一列）", "the number of a mail (first column of mail list)"),
        "notice read FILE": (
            "通知文件；- 表示从标准输入读",
            "the notice; - reads standard input",
        ),
        "notice read --year": ("通知里没有写年份时用这一年", "the year, where the notice says none"),
        "notice read --cites": ("同时列出每个日期的原文", "also print the words that each date is from"),
        "notice read --output": ("把草稿（YAML）写到这个新文件", "write a draft (YAML) to this new file"),
        "notice read --region": (
            "草稿属于哪个地区（名称或代码）；不写则看发文单位",
            "the region of the draft (name or code); without it, the issuer's",
        ),
        "notice lint FILES": ("通知的代号或 YAML 文件，可写多个", "ids or YAML files of notices"),
        "notice plan NOTICE": ("YAML 文件，或随程序提供的代号", "a YAML file, or the id of a shipped notice"),
        "notice apply NOTICE": (
            "YAML 文件，或随程序提供的代号",
            "a YAML file, or the id of a shipped notice",
        ),
        "notice diff BEFORE": ("前一份：代号、文件或 代号@版本", "the former: an id, a file or ID@VERSION"),
        "notice diff AFTER": ("后一份：代号、文件或 代号@版本", "the latter: an id, a file or ID@VERSION"),
        "notice rollover --year": ("推算到哪一年", "the year to work out"),
        "notice rollover --activities": (
            "把举办过的活动复制为那一年的计划；重复运行不会重复复制",
            "copy what took place as that year's plans; running it twice copies nothing twice",
        ),
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
        "report show WHAT": _WHAT,
        "report build WHAT": _WHAT,
        "report build --output": ("写到这个新文件（.zip）", "write to this new file (.zip)"),
        "report links REF": _REPORT,
        "report links --choose": (
            "只写这几条（表中的编号，可重复）",
            "name these alone (numbers of the table; repeatable)",
        ),
        "report submit REF": _REPORT,
        "report coverage NOTICE": _WHAT,
        "commend show --all": ("也列出没有入选的候选", "also those that are not chosen"),
        "commend adjust ACT": (
            "add 加入，remove 移出，move 改名次，clear 恢复按得分",
            "add, remove, move, or clear to go by points again",
        ),
        "commend adjust KEY": (
            "候选的编号（commend show 的第一列）",
            "the number of a candidate (first column of commend show)",
        ),
        "commend adjust --award": (
            "哪一项：unit、activity 或 person；不写则按编号",
            "which award: unit, activity or person; without it, by the number",
        ),
        "commend adjust --place": ("移到第几名（move）", "the place to move it to (move)"),
        "commend sheet FILE": ("要写出的 .docx 文件", "the .docx file to write"),
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
        "FORM": ("表格的代号，见 duban form list", "the key of a sheet, see duban form list"),
        "form blank --output": ("写到这个新文件", "write to this new file"),
        "form fill --output": (
            "写到这个文件（.xlsx、.docx 或 .zip）",
            "write to this file (.xlsx, .docx or .zip)",
        ),
        "form fill --notice": ("这份通知的活动（代号）", "the activities of this notice (id)"),
        "form fill --case": ("只要这一项（编号，可以写几次）", "only this activity (may be repeated)"),
        "form read FILE": (
            "填好的 .xlsx、.docx，或 .docx 的 .zip",
            "a filled .xlsx, .docx, or a .zip of .docx",
        ),
        "form read --notice": ("属于哪个通知（代号）", "for which notice (id)"),
        "form read --form": ("按这种表格读，不写则自动识别", "read it as this sheet; else it is recognised"),
        "form read --map": ("列名=本表的列；“列名=”不导入", "HEADING=COLUMN; HEADING= passes it over"),
        "form read --output": (
            "有问题时，把标出问题的表写到这里",
            "where to write the sheet with its problems marked",
        ),
        "form read --apply": ("导入", "import it"),
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


def param_help(path: str, param: str, lang: str) -> str:
    """Return what a parameter of a command is for."""
    return (PARAMS.get(f"{path} {param}") or PARAMS[param]).in_(lang)
