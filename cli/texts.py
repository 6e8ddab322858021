"""What commands answer: whole messages, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

from cli.bilingual import texts
from cli.commending_texts import COMMENDING
from cli.form_texts import FORMS
from cli.history_texts import HISTORY
from cli.reading_texts import READING
from cli.report_texts import REPORT
from config.schedule import Name

_LISTS = texts(
    {
        "list.comma": ("、", ", "),
        "list.semicolon": ("；", "; "),
        "list.whole": ("共 {total} 项。", "{total} in all."),
        "list.part": (
            "第 {first}–{last} 项，共 {total} 项；下一页：--page {next}",
            "{first}–{last} of {total}; next page: --page {next}",
        ),
        "list.last": ("第 {first}–{last} 项，共 {total} 项。", "{first}–{last} of {total}."),
        "list.beyond": ("共 {total} 项，没有第 {page} 页。", "{total} in all; there is no page {page}."),
        "list.cut": (
            "只列出前 {shown} 行，共 {total} 行；--json 有全部。",
            "The first {shown} of {total} rows; --json has them all.",
        ),
        "yes": ("是", "yes"),
        "no": ("否", "no"),
        "busy.read": ("读取", "reading"),
        "busy.save": ("保存", "saving"),
        "busy.write": ("写出", "writing"),
        "busy.verify": ("核验", "verifying"),
        "busy.season": ("试演", "playing"),
        "busy.backup": ("备份", "backing up"),
    }
)

_HOME = texts(
    {
        "init.made": (
            "已建好：目录 {home}，数据库 {database}，邮件 {mail}。",
            "Ready: home {home}, database {database}, mails {mail}.",
        ),
        "init.there": (
            "早已建好，没有改动：目录 {home}，数据库 {database}，邮件 {mail}。",
            "It was there already, nothing was changed: home {home}, database {database}, mails {mail}.",
        ),
        "init.admin": (
            "{address} 是全国的管理员。请先运行 duban serve，再用这个链接登录（七天内可用一次）：\n  {link}",
            "{address} is admin of everything. Run duban serve, then sign in by this link"
            " (once, within seven days):\n  {link}",
        ),
        "person.link": (
            "{address} 的登录链接（{minutes} 分钟内可用一次）：\n  {link}",
            "a link that signs {address} in once, within {minutes} minutes:\n  {link}",
        ),
        "init.next": (
            "接下来：\n"
            "  duban notice list                    有哪些通知\n"
            "  duban unit import 单位.csv           单位\n"
            "  duban person import 人员.csv         人员和权限\n"
            "  duban notice apply quanzhou-2023     让一份通知生效\n"
            "  duban activity import 活动.xlsx      活动\n"
            "  duban remind preview                 看看会提醒谁\n"
            "  duban run                            开始运行",
            "Next:\n"
            "  duban notice list                    which notices there are\n"
            "  duban unit import units.csv          the units\n"
            "  duban person import people.csv       people and rights\n"
            "  duban notice apply quanzhou-2023     put a notice in force\n"
            "  duban activity import plan.xlsx      the activities\n"
            "  duban remind preview                 who would be reminded\n"
            "  duban run                            start",
        ),
        "doctor.sum": (
            "{ok} 项正常，{warn} 项请留意，{fail} 项不行。",
            "{ok} well, {warn} to look at, {fail} failing.",
        ),
        "level.ok": ("正常", "ok"),
        "level.warn": ("留意", "look"),
        "level.fail": ("不行", "fail"),
        "backup.done": ("已备份到 {file}（{size} MB）。", "Backed up to {file} ({size} MB)."),
        "backup.materials": (
            "交来的材料不在备份里：{count} 个文件在 {store}，请一并复制保存。",
            "Materials are not in the backup: {count} files are in {store}; copy that folder too.",
        ),
        "restore.done": ("已从 {file} 恢复。", "Restored from {file}."),
        "restore.kept": ("原来的数据库保存在 {file}。", "The database that was there is kept as {file}."),
        "restore.materials": (
            "材料文件 {count} 个，都在 {store}。",
            "All {count} files of materials are in {store}.",
        ),
        "restore.lacking": (
            "{count} 个材料文件中有 {missing} 个不在 {store}：请把当时一并保存的 materials 复制回来。",
            "Of {count} files of materials {missing} are not in {store}: copy back the folder materials"
            " that was kept with the backup.",
        ),
        "serve.address": ("页面在 {address}", "Pages at {address}"),
        "serve.link": ("{desk}（{name}）：\n  {link}", "{desk} ({name}):\n  {link}"),
        "serve.links": (
            "季中的三个工作台在 {address}（时间从 2023年9月25日 10:00 接着走），每个链接可用一次：",
            "Three desks in the middle of the season at {address} (time goes on from 25 Sep 2023 10:00);"
            " each link works once:",
        ),
        "desk.coordinator": ("联系人", "Coordinator"),
        "desk.admin": ("管理员", "Admin"),
        "desk.auditor": ("审计员", "Auditor"),
        "run.started": (
            "正在运行：目录 {home}，邮件 {mail}。按 Ctrl-C 停止。",
            "Running: home {home}, mails {mail}. Ctrl-C stops it.",
        ),
        "run.stopped": ("已停止；手上的邮件已发完。", "Stopped; the mail in hand was finished."),
    }
)

_NOTICES = texts(
    {
        "notice.head": (
            "{id} · {region} · 印发 {issued} · {status}",
            "{id} · {region} · issued {issued} · {status}",
        ),
        "notice.number": ("文号：{number}", "Number: {number}"),
        "notice.theme": ("主题：{theme}", "Theme: {theme}"),
        "notice.applied": ("{state}，第 {version} 版", "{state}, version {version}"),
        "notice.catalogue": ("随程序提供，未应用", "shipped, not applied"),
        "notice.file": ("来自文件，未应用", "from a file, not applied"),
        "notice.ladder": ("提醒（{at}）：{rungs}", "Reminders ({at}): {rungs}"),
        "notice.open": ("待定：{place}", "Still open: {place}"),
        "notice.contact": ("联系人：{contact}", "Contact: {contact}"),
        "notice.then": ("之后：{then}", "Then: {then}"),
        "rollover.season": ("活动时段：{rule}。", "Campaign: {rule}."),
        "rollover.written": (
            "已写入 {files}；其中 {count} 个日期是推算的，请核对，再依次预览、应用：",
            "Written to {files}; {count} dates are guesses. Check them, then plan and apply in this order:",
        ),
        "rollover.carried": (
            "已复制 {created} 项活动；另有 {already} 项早已在那一年里，没有改动。",
            "{created} activities copied; {already} were there already and are unchanged.",
        ),
        "window.start": ("“{name}”开始", "“{name}”: first day"),
        "window.end": ("“{name}”结束", "“{name}”: last day"),
        "when.tbd": ("待定", "to be set"),
        "when.unsaid": ("未规定", "not said"),
        "when.about": ("约 {day}", "~{day}"),
        "when.working": ("举办后 {after} 个工作日", "{after} working days after it"),
        "when.days": ("举办后 {after} 天", "{after} days after it"),
        "when.opens": ("{day} 起", "from {day}"),
        "rungs.before": ("截止前 {days} 个工作日", "{days} working days before"),
        "rungs.on": ("截止当日", "on the last day"),
        "rungs.after": ("逾期后 {days} 个工作日", "{days} working days after"),
        "when.each": ("按举办日", "by its day"),
        "unit.of": ("{level}{kind}", "{level} {kind}"),
        "rung.before": ("前 {days} 工作日", "{days} wd before"),
        "rung.after": ("后 {days} 工作日", "{days} wd after"),
        "lint.sum": (
            "检查了 {notices} 份通知：{errors} 处错误，{warnings} 处警告，{infos} 处提示。",
            "Notices checked: {notices}; errors {errors}, warnings {warnings}, hints {infos}.",
        ),
        "diff.same": ("没有不同。", "No difference."),
        "apply.nothing": (
            "{notice} 已是第 {version} 版，没有要改的。",
            "{notice} is at version {version} already; nothing to change.",
        ),
        "apply.head": ("{notice} 第 {version} 版", "{notice}, version {version}"),
        "apply.first": (
            "第一次应用，{count} 个值都是新的；duban notice show 查看。",
            "Applied for the first time: all {count} values are new; duban notice show tells them.",
        ),
        "apply.coming": ("将有的提醒（不含每日汇总）：", "Reminders to come (daily summaries aside):"),
        "apply.firings": (
            "提醒：新增 {add}，改期 {move}，取消 {drop}。",
            "Reminders: {add} added, {move} moved, {drop} dropped.",
        ),
        "apply.past": (
            "{count} 个提醒的时间已过，不会补发。",
            "{count} reminders are past already and will not be sent.",
        ),
        "apply.settled": (
            "{count} 个提醒已经发过，不受影响。",
            "{count} reminders were sent already and stay as they are.",
        ),
        "apply.owed": ("新登记 {count} 个报送事项：{refs}", "{count} reports entered: {refs}"),
        "apply.owed_planned": (
            "将登记 {count} 个报送事项：{refs}",
            "{count} reports would be entered: {refs}",
        ),
        "apply.waived": (
            "通知不再要求，免报 {count} 个报送事项：{refs}",
            "{count} reports are asked for no more and were waived: {refs}",
        ),
        "apply.waived_planned": (
            "通知不再要求，将免报 {count} 个报送事项：{refs}",
            "{count} reports are asked for no more and would be waived: {refs}",
        ),
        "apply.begun": (
            "通知不再要求、但已交了材料的 {count} 个报送事项没有动，请逐个免报或保留：{refs}",
            "{count} reports are asked for no more but were begun; waive or keep each: {refs}",
        ),
        "apply.planned": (
            "以上只是预演，没有改动。应用：duban notice apply …",
            "Nothing was changed. To do it: duban notice apply …",
        ),
        "apply.done": ("已应用：{notice} 第 {version} 版。", "Applied: {notice}, version {version}."),
        "workflow.sound": (
            "{checked} 个流程和日程都走得通。",
            "{checked} lifecycles and schedules are sound.",
        ),
        "workflow.unsound": ("{count} 处走不通。", "{count} faults."),
    }
)

_CASES = texts(
    {
        "import.done": (
            "新增 {created}，更新 {updated}，未变 {unchanged}。",
            "{created} added, {updated} changed, {unchanged} as they were.",
        ),
        "import.owed": ("另登记 {count} 个报送事项。", "{count} reports that they owe were entered."),
        "person.refused": ("邮箱被拒收", "address refused"),
        "person.inactive": ("已停用", "inactive"),
        "case.none": (
            "没有符合的事项。去掉一些条件，或用 duban activity import 导入。",
            "No such case. Ask for less, or import some: duban activity import",
        ),
        "case.head": ("{ref} · {unit} · {region} · {state}", "{ref} · {unit} · {region} · {state}"),
        "case.who": ("联系人：{name} {email}", "Coordinator: {name} {email}"),
        "case.when": ("时间地点：{days}，{place}", "When and where: {days}, {place}"),
        "case.participants": ("参与人数：{count}", "Participants: {count}"),
        "case.stands": ("{ref} {title}：{state}", "{ref} {title}: {state}"),
        "case.late": ("{days} 天：{name}", "{days} d: {name}"),
        "case.late_more": ("，另 {count} 项", ", {count} more"),
        "case.missed": (
            "逾期：{name}，{due} 截止，已过 {days} 天",
            "Late: {name}, was due {due}, {days} days ago",
        ),
        "case.final": ("已到终点，没有下一步。", "It has come to its end; there is no next step."),
        "step.possible": ("现在可以办", "possible now"),
        "do.moved": ("{ref} {step}：{source} → {dest}", "{ref} {step}: {source} → {dest}"),
        "do.kept": ("{ref} {step}：已记入（{dest}）", "{ref} {step}: noted ({dest})"),
        "do.more": ("…另有 {count} 项", "… and {count} more"),
        "do.skipped": ("办了 {done} 项，跳过 {skipped} 项。", "{done} done, {skipped} left out."),
        "change.moved": ("{step} → {dest}", "{step} → {dest}"),
        "change.forced": ("强制", "forced"),
        "change.add": ("加入“{name}”", "“{name}” added"),
        "change.remove": ("移出“{name}”", "“{name}” taken off"),
        "change.move": ("“{name}”移到第 {place} 位", "“{name}” moved to place {place}"),
        "change.clear": ("撤销对“{name}”的调整", "changes to “{name}” undone"),
        "change.with": ("附 {materials}", "with {materials}"),
        "change.copied": ("复制自 {ref}", "copied from {ref}"),
        "change.recorded": ("{at} 记入", "entered {at}"),
    }
)

_MAILS = texts(
    {
        "preview.none": ("这段时间没有要发的提醒。", "No reminder in that time."),
        "preview.planned": (
            "{notice} 没有生效，或它的提醒都已过去：以下按日程推算，不含事项。",
            "{notice} is not in force, or its reminders are past: this is its schedule, without cases.",
        ),
        "preview.daily": (
            "另有 {count} 次{name}，发给{roles}（{first} 至 {last}）。",
            "{name}: {count} more, to the {roles} ({first} to {last}).",
        ),
        "preview.quiet": (
            "另有 {count} 次提醒目前无人需要。",
            "{count} more reminders that nobody needs as things stand.",
        ),
        "preview.sum": (
            "{firings} 个提醒，共 {mails} 封邮件；没有发送任何邮件。",
            "{firings} reminders, {mails} mails; nothing was sent.",
        ),
        "preview.sum_planned": (
            "{firings} 个提醒；没有发送任何邮件。",
            "{firings} reminders; nothing was sent.",
        ),
        "sweep.none": ("没有到时间的提醒。", "No reminder is due."),
        "sweep.done": (
            "结算了 {firings} 个提醒，{messages} 封邮件待发。",
            "{firings} reminders settled, {messages} mails queued.",
        ),
        "mail.none": ("没有这样的邮件。", "No such mail."),
        "mail.nothing_left": (
            "第 {number} 号邮件现在没有要说的了（事情都已办好），不会发送。",
            "mail {number} has nothing left to tell (all is done); it will not be sent",
        ),
        "mail.moved": ("第 {number} 号邮件：{state}", "mail {number}: {state}"),
        "mail.doubts": ("{count} 次没有得到答复", "{count} without an answer"),
        "mail.not_before": ("{at} 再试", "next try {at}"),
        "mail.accepted": (
            "服务器已收下给 {address} 的邮件（{where}）：{detail}",
            "The server took the mail to {address} ({where}): {detail}",
        ),
        "mail.refused": (
            "服务器拒收给 {address} 的邮件（{where}）：{detail}。请检查地址；同一封不会再试。",
            "The server refused the mail to {address} ({where}): {detail}. Check the address.",
        ),
        "mail.not_accepted": (
            "邮件没有交出去（{where}）：{detail}。可以稍后再试；真实邮件会自动重试。",
            "The mail was not taken ({where}): {detail}. Try again later; real mails are tried again.",
        ),
        "mail.unknown": (
            "正文已发出，但没有得到答复（{where}）：{detail}。{address} 可能收到，也可能没有。",
            "The body left, but no answer came ({where}): {detail}. {address} may or may not get it.",
        ),
        "header.from": ("发件人：", "From: "),
        "header.to": ("收件人：", "To: "),
        "header.subject": ("主　题：", "Subject: "),
        "header.date": ("日　期：", "Date: "),
        "header.message_id": ("标　识：", "Message-ID: "),
        "header.state": ("状　态：", "State: "),
    }
)

_WHY = texts(
    {
        "why.nothing": ("没有与 {asked} 有关的提醒。", "No reminder concerns {asked}."),
        "why.later": (
            "另有 {count} 个以后的提醒；--json 有全部。",
            "{count} more to come; --json has them all.",
        ),
        "why.earlier": (
            "较早的 {count} 条没有列出；--json 有全部。",
            "{count} earlier ones are not listed; --json has them all.",
        ),
        "why.mailed_as": ("发给 {to}（{state}）", "to {to} ({state})"),
        "why.person": ("{name}（{address}）", "{name} ({address})"),
        "because.mailed": (
            "{ref}：{at} 的提醒（{milestone}，{rung}）写进了给 {person} 的第 {mail} 号邮件，{state}。",
            "{ref}: the reminder of {at} ({milestone}, {rung}) went into mail {mail} to {person}, {state}.",
        ),
        "because.no_address": (
            "{ref}：{at} 的提醒（{milestone}，{rung}）没有发：没有可用的邮箱。",
            "{ref}: the reminder of {at} ({milestone}, {rung}) was not sent: no usable mail address.",
        ),
        "because.muted": (
            "{ref}：{at} 的提醒（{milestone}，{rung}）没有发：{person} 当时免打扰。",
            "{ref}: the reminder of {at} ({milestone}, {rung}) was not sent: {person} had asked for silence.",
        ),
        "because.stale": (
            "{ref}：{at} 的提醒（{milestone}，{rung}）没有发：发现时已过去太久。",
            "{ref}: the reminder of {at} ({milestone}, {rung}) was not sent: it was found too late.",
        ),
        "because.already_done": (
            "{ref}：{at} 没有提醒（{milestone}，{rung}），因为 {done} 就已办好。",
            "{ref}: no reminder at {at} ({milestone}, {rung}), for it had been done by {done}.",
        ),
        "because.done_then": (
            "{ref}：{at} 没有提醒（{milestone}，{rung}），因为当时已经办好。",
            "{ref}: no reminder at {at} ({milestone}, {rung}), for it was done by then.",
        ),
        "because.cancelled": (
            "{ref}：{at} 没有提醒（{milestone}，{rung}），因为 {done} 已取消或免报。",
            "{ref}: no reminder at {at} ({milestone}, {rung}), for it was cancelled or waived on {done}.",
        ),
        "because.entered_later": (
            "{ref}：{at} 没有提醒（{milestone}，{rung}），因为事项是之后才登记的。",
            "{ref}: no reminder at {at} ({milestone}, {rung}), for the case was entered later.",
        ),
        "because.not_yet_open": (
            "{ref}：{at} 没有提醒（{milestone}，{rung}），因为还没有开放。",
            "{ref}: no reminder at {at} ({milestone}, {rung}), for it was not open yet.",
        ),
        "because.held_later": (
            "{ref}：{at} 没有提醒（{milestone}，{rung}），因为活动之后才举办。",
            "{ref}: no reminder at {at} ({milestone}, {rung}), for the activity was still to be held.",
        ),
        "because.not_concerned": (
            "{ref}：{at} 的提醒（{milestone}，{rung}）与它无关。",
            "{ref}: the reminder of {at} ({milestone}, {rung}) does not concern it.",
        ),
        "because.past_when_applied": (
            "{ref}：{at} 没有提醒（{milestone}，{rung}），因为通知生效时这一天已过。",
            "{ref}: no reminder at {at} ({milestone}, {rung}), past when the notice was applied.",
        ),
        "because.dropped": (
            "{ref}：{at} 的提醒（{milestone}，{rung}）因日程变动取消了。",
            "{ref}: the reminder of {at} ({milestone}, {rung}) was dropped when the schedule changed.",
        ),
    }
)

TEXTS: Mapping[str, Name] = MappingProxyType(
    _LISTS | _HOME | _NOTICES | READING | FORMS | REPORT | COMMENDING | _CASES | _MAILS | _WHY | HISTORY
)
