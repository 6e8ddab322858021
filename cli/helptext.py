"""What each command is for, in both languages."""

from collections.abc import Mapping

from cli.bilingual import texts
from config.schedule import Name

COMMANDS: Mapping[str, Name] = texts(
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
        "notice read": (
            "读一份通知文件（docx、pdf、html、txt），列出其中的日期；可写成草稿",
            "read a notice (docx, pdf, html, txt): its dates, and a draft of its schedule",
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
        "notice rollover": (
            "推算下一年的通知草稿；--activities 则把活动复制到已生效的那一份",
            "draft next year's notice; --activities copies activities to the one in force",
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
        "form": ("官方表格：空表、填好、读回", "official sheets: blank, filled, read back"),
        "form list": ("列出各地的官方表格", "list the official sheets"),
        "form show": ("一种表格有哪些栏目", "the places of one sheet"),
        "form lint": (
            "检查表格文件；不写文件则检查现有的全部",
            "check files of sheets; without files, all there are",
        ),
        "form blank": ("写出一张空表", "write a blank sheet"),
        "form fill": (
            "用活动填好一张表；一项一份的写成 .zip",
            "write a sheet filled from activities; those of one activity each as a .zip",
        ),
        "form read": (
            "读回填好的表，先看会改动什么；加 --apply 才导入",
            "read a sheet back and show what it would change; imported only with --apply",
        ),
        "do": ("办理一步：一个或多个事项，一次完成", "do a step for one case or many, at once"),
        "blockers": (
            "一个事项现在能办什么，不能办的差什么",
            "what can be done with a case now, and what stands against the rest",
        ),
        "report": (
            "汇总上报：数字、汇总包、报送、谁没报",
            "roll up: figures, package, handing in, who is missing",
        ),
        "report show": (
            "一份报送（或整个通知）现在的数字",
            "the figures of a report, or of a whole notice, as they stand",
        ),
        "report build": (
            "写出汇总包：报告、汇总表、照片、目录；报送后给出封存的那一份",
            "write the package: report, sheet, photos, index; once handed in, the one that was",
        ),
        "report links": (
            "报告写哪些新闻链接；用 --choose 挑选",
            "which links of the press the report names; --choose others",
        ),
        "report submit": (
            "汇总并报送：汇总包封存为材料，校验值记入历史",
            "roll up and hand in: the package becomes a material, its hash goes into the history",
        ),
        "report coverage": (
            "谁还没报：欠的报送、没有活动的单位和地区",
            "who has not filed: reports owed, units and places without an activity",
        ),
        "commend": (
            "表扬：拟定名单、调整、提请、审定、推荐表",
            "commendations: draw up, adjust, put forward, approve, sheet",
        ),
        "commend show": ("名单：名次、得分和理由", "the list: places, points and why"),
        "commend propose": ("按通知的条件拟定名单", "draw up the list by the notice's criteria"),
        "commend adjust": (
            "加入、移出一个候选，或改它的名次；要写理由",
            "put a candidate on the list, take one off, move one; with a reason",
        ),
        "commend put-forward": (
            "提请审定：署名并冻结名单",
            "put the list forward: sign it and freeze it",
        ),
        "commend approve": (
            "审定：由另一位管理员署名；表扬生效，通知各人",
            "approve, as another admin: the commendations hold, people are told",
        ),
        "commend send-back": ("退回重拟；要写理由", "send the list back, with a reason"),
        "commend sheet": ("把推荐表写成 Word 文件", "write the recommendation sheet as a Word file"),
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


def command_help(path: str, lang: str) -> str:
    """Return what a command is for; ``path`` is its words without ``duban``."""
    return COMMANDS[path].in_(lang)
