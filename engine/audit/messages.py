"""The sentences of the history, one whole message for each step and language, with named gaps.

Keys are ``kind.trigger`` of a subject; ``+`` is the form for a change that came with materials.
"""

from collections.abc import Mapping
from types import MappingProxyType

from config.schedule import Name


def _table(texts: Mapping[str, tuple[str, str]]) -> Mapping[str, Name]:
    return MappingProxyType({key: Name(zh=zh, en=en) for key, (zh, en) in texts.items()})


SENTENCES = _table(
    {
        "case.enter": (
            "{when} {who} 登记了 {what}，状态为 {dest}",
            "{when} {who} entered {what} as {dest}",
        ),
        "case.move": (
            "{when} {who} 把 {what} 由 {source} 改为 {dest}",
            "{when} {who} moved {what} from {source} to {dest}",
        ),
        "case.move+": (
            "{when} {who} 把 {what} 由 {source} 改为 {dest}，附 {materials}",
            "{when} {who} moved {what} from {source} to {dest}, with {materials}",
        ),
        "case.force": (
            "{when} {who} 强制把 {what} 由 {source} 改为 {dest}",
            "{when} {who} forced {what} from {source} to {dest}",
        ),
        "case.force+": (
            "{when} {who} 强制把 {what} 由 {source} 改为 {dest}，附 {materials}",
            "{when} {who} forced {what} from {source} to {dest}, with {materials}",
        ),
        "case.return": (
            "{when} {who} 把 {what} 由 {source} 退回到 {dest}",
            "{when} {who} sent {what} back from {source} to {dest}",
        ),
        "case.reinstate": (
            "{when} {who} 恢复了 {what}，由 {source} 回到 {dest}",
            "{when} {who} reinstated {what} from {source} to {dest}",
        ),
        "case.cancel": (
            "{when} {who} 取消了 {what}（原为 {source}）",
            "{when} {who} cancelled {what} (it was {source})",
        ),
        "case.waive": (
            "{when} {who} 免去了 {what} 的报送（原为 {source}）",
            "{when} {who} waived {what} (it was {source})",
        ),
        "case.edit": ("{when} {who} 修改了 {what} 的信息", "{when} {who} edited {what}"),
        "case.attach": ("{when} {who} 为 {what} 补充了材料", "{when} {who} added materials to {what}"),
        "case.attach+": (
            "{when} {who} 为 {what} 补充了 {materials}",
            "{when} {who} added {materials} to {what}",
        ),
        "case.detach": ("{when} {who} 撤下了 {what} 的材料", "{when} {who} removed materials from {what}"),
        "case.postpone": ("{when} {who} 改了 {what} 的日期", "{when} {who} changed the dates of {what}"),
        "case.hand_over": ("{when} {who} 把 {what} 转给了 {to}", "{when} {who} handed {what} over to {to}"),
        "case.recommend": (
            "{when} {who} 推荐表扬 {what}",
            "{when} {who} recommended {what} for commendation",
        ),
        "case.note": ("{when} {who} 给 {what} 加了备注", "{when} {who} noted something on {what}"),
        "notice.enter": ("{when} {who} 建立了 {what}", "{when} {who} set up {what}"),
        "notice.apply": (
            "{when} {who} 应用了 {what}，日程为第 {version} 版",
            "{when} {who} applied {what} with version {version} of its schedule",
        ),
        "notice.revise": (
            "{when} {who} 修订了 {what}，日程改为第 {version} 版",
            "{when} {who} revised {what} to version {version} of its schedule",
        ),
        "notice.close": ("{when} {who} 结束了 {what}", "{when} {who} closed {what}"),
        "notice.supersede": (
            "{when} {who} 以新通知替代了 {what}",
            "{when} {who} replaced {what} by a new notice",
        ),
        "notice.remind": (
            "{when} {who} 办理了 {what} 的 {firings} 次提醒，台账 {rows} 行",
            "{when} {who} settled reminders of {what}: {firings}, with ledger lines: {rows}",
        ),
        "mail.enter": (
            "{when} {who} 备好了 {what}，收件人 {to}，状态为 {dest}",
            "{when} {who} prepared {what} for {to}; it is {dest}",
        ),
        "mail.release": ("{when} {who} 放行了给 {to} 的 {what}", "{when} {who} released {what} to {to}"),
        "mail.claim": ("{when} {who} 开始发送给 {to} 的 {what}", "{when} {who} began to send {what} to {to}"),
        "mail.accept": (
            "{when} 给 {to} 的 {what} 已由邮件服务器接收",
            "{when} the mail server accepted {what} to {to}",
        ),
        "mail.requeue": (
            "{when} 给 {to} 的 {what} 没有发出，稍后再试",
            "{when} {what} to {to} did not leave and will be tried again",
        ),
        "mail.lose": (
            "{when} 给 {to} 的 {what} 已交出，邮件服务器没有答复",
            "{when} {what} to {to} was handed over and the mail server did not answer",
        ),
        "mail.refuse": (
            "{when} 给 {to} 的 {what} 被邮件服务器拒收",
            "{when} the mail server refused {what} to {to}",
        ),
        "mail.give_up": (
            "{when} 给 {to} 的 {what} 多次没有发出，不再重试",
            "{when} {what} to {to} was given up after many tries",
        ),
        "mail.resend": (
            "{when} {who} 安排再发一次给 {to} 的 {what}",
            "{when} {who} queued {what} to {to} once more",
        ),
        "mail.hold": ("{when} {who} 搁置了给 {to} 的 {what}", "{when} {who} held {what} to {to}"),
        "mail.retry": (
            "{when} {who} 安排重新发送给 {to} 的 {what}",
            "{when} {who} queued {what} to {to} again",
        ),
        "mail.obsolete": (
            "{when} 给 {to} 的 {what} 已无需发送",
            "{when} {what} to {to} was no longer needed",
        ),
        "mail.late_result": (
            "{when} {who} 补记了给 {to} 的 {what} 的发送结果",
            "{when} {who} noted a late answer about {what} to {to}",
        ),
        "person.add": ("{when} {who} 新增了人员 {what}", "{when} {who} added the person {what}"),
        "person.edit": ("{when} {who} 修改了 {what} 的资料", "{when} {who} edited the data of {what}"),
        "person.grant": ("{when} {who} 授予 {what}：{rights}", "{when} {who} granted {what}: {rights}"),
        "person.revoke": (
            "{when} {who} 收回 {what} 的权限：{rights}",
            "{when} {who} took back from {what}: {rights}",
        ),
        "person.delegate": (
            "{when} {who} 临时授予 {what}：{rights}",
            "{when} {who} granted {what} for a time: {rights}",
        ),
        "person.invite": ("{when} {who} 邀请了 {what}", "{when} {who} invited {what}"),
        "person.deactivate": (
            "{when} {who} 停用了 {what} 的账号",
            "{when} {who} closed the account of {what}",
        ),
        "person.reactivate": (
            "{when} {who} 重新启用了 {what} 的账号",
            "{when} {who} reopened the account of {what}",
        ),
        "person.mute": (
            "{when} {who} 调整了 {what} 的免打扰",
            "{when} {who} changed when {what} is not reminded",
        ),
        "person.set_language": (
            "{when} {who} 改了 {what} 的语言",
            "{when} {who} changed the language of {what}",
        ),
        "person.make_token": (
            "{when} {who} 为 {what} 建立了接口令牌",
            "{when} {who} made an access token for {what}",
        ),
        "person.revoke_token": (
            "{when} {who} 作废了 {what} 的接口令牌",
            "{when} {who} revoked an access token of {what}",
        ),
        "person.set_password": (
            "{when} {who} 设置了 {what} 的密码",
            "{when} {who} set the password of {what}",
        ),
        "person.refuse_address": (
            "{when} {what} 的邮箱被邮件服务器拒收",
            "{when} the mail server refused the address of {what}",
        ),
        "person.accept_address": (
            "{when} {what} 的邮箱恢复可用",
            "{when} the address of {what} works again",
        ),
        "unit.add": ("{when} {who} 新增了单位 {what}", "{when} {who} added the unit {what}"),
        "unit.edit": ("{when} {who} 修改了单位 {what} 的资料", "{when} {who} edited the unit {what}"),
        "webhook.register": (
            "{when} {who} 登记了推送 {what}",
            "{when} {who} registered the webhook {what}",
        ),
        "webhook.stop": ("{when} {who} 停止了推送 {what}", "{when} {who} stopped the webhook {what}"),
        "template.save": (
            "{when} {who} 修改了邮件模板 {what}",
            "{when} {who} edited the mail template {what}",
        ),
        "template.restore": (
            "{when} {who} 恢复了邮件模板 {what} 的默认文字",
            "{when} {who} restored the default of the mail template {what}",
        ),
        "commendation.propose": ("{when} {who} 拟定了 {what}", "{when} {who} drew up {what}"),
        "commendation.adjust": ("{when} {who} 调整了 {what}", "{when} {who} adjusted {what}"),
        "commendation.adjust.add": (
            "{when} {who} 把{candidate}加入 {what}",
            "{when} {who} put {candidate} on {what}",
        ),
        "commendation.adjust.remove": (
            "{when} {who} 把{candidate}移出 {what}",
            "{when} {who} took {candidate} off {what}",
        ),
        "commendation.adjust.move": (
            "{when} {who} 把{candidate}移到 {what} 的第 {place} 位",
            "{when} {who} moved {candidate} to place {place} of {what}",
        ),
        "commendation.adjust.clear": (
            "{when} {who} 撤销了 {what} 中对{candidate}的调整",
            "{when} {who} undid the changes to {candidate} on {what}",
        ),
        "commendation.put_forward": ("{when} {who} 提请审定 {what}", "{when} {who} put {what} forward"),
        "commendation.send_back": ("{when} {who} 退回了 {what}", "{when} {who} sent {what} back"),
        "commendation.approve": ("{when} {who} 审定了 {what}", "{when} {who} approved {what}"),
        "lifecycle.publish": (
            "{when} {who} 发布了流程 {what}",
            "{when} {who} published the lifecycle {what}",
        ),
        "other": ("{when} {who} 对 {what} 做了“{step}”", "{when} {who} did “{step}” to {what}"),
        "other.move": (
            "{when} {who} 对 {what} 做了“{step}”，由 {source} 改为 {dest}",
            "{when} {who} did “{step}” to {what}: from {source} to {dest}",
        ),
    }
)
"""What was done, by ``kind.trigger``."""

NOTES = _table(
    {
        "reason": ("理由：{reason}", "reason: {reason}"),
        "why": ("原因：{why}", "cause: {why}"),
        "answer": ("邮件服务器答复：{why}", "the mail server said: {why}"),
        "materials": ("附 {materials}", "with {materials}"),
        "copied": ("复制自 {origin}", "copied from {origin}"),
        "removed": ("撤下 {materials}", "without {materials} from now on"),
        "recorded": ("{recorded} 录入", "recorded {recorded}"),
        "changed": ("{field}由“{before}”改为“{after}”", "{field} changed from “{before}” to “{after}”"),
        "given": ("{field}填为“{after}”", "{field} given as “{after}”"),
        "emptied": ("{field}“{before}”被清空", "{field} “{before}” emptied"),
        "fields": ("改动了 {fields}", "changed: {fields}"),
    }
)
"""What is said beside: each a clause of its own."""

WHYS = _table(
    {
        "nothing left to tell": ("事项都已办好", "nothing was left to tell"),
        "may have been accepted": ("邮件服务器可能已经收下", "the mail server may have accepted it"),
        "may not have been accepted": ("邮件服务器可能没有收下", "the mail server may not have accepted it"),
        "interrupted": ("发送中断", "the sending was interrupted"),
    }
)
"""The engine's own reasons, as it writes them."""

WORDS = _table(
    {
        "actor.system": ("系统", "the program"),
        "actor.operator": ("操作员", "the operator"),
        "what.mail": ("第 {ref} 号邮件", "mail {ref}"),
        "what.notice": ("通知 {ref}", "the notice {ref}"),
        "what.commendation": ("通知 {ref} 的表扬名单", "the commendations of {ref}"),
        "award.unit": ("单位“{name}”", "the unit “{name}”"),
        "award.activity": ("活动“{name}”", "the activity “{name}”"),
        "award.person": ("个人“{name}”", "“{name}”"),
        "nobody": ("（无）", "(nobody)"),
        "yes": ("是", "yes"),
        "no": ("否", "no"),
        "comma": ("、", ", "),
        "semicolon": ("；", "; "),
        "role.coordinator": ("联系人", "coordinator"),
        "role.lead": ("负责人", "lead"),
        "role.admin": ("管理员", "admin"),
        "role.auditor": ("审计", "auditor"),
        "right.region": ("{region}{role}", "{role} of {region}"),
        "right.unit": ("{unit}{role}", "{role} of {unit}"),
        "right.region.until": ("{region}{role}（至{until}）", "{role} of {region} until {until}"),
        "right.unit.until": ("{unit}{role}（至{until}）", "{role} of {unit} until {until}"),
        "lang.zh": ("中文", "Chinese"),
        "lang.en": ("英文", "English"),
        "kind.association": ("科协", "association"),
        "kind.society": ("学会", "society"),
        "kind.school": ("学校", "school"),
        "kind.enterprise": ("企业", "enterprise"),
        "kind.department": ("部门", "department"),
        "kind.venue": ("场馆", "venue"),
        "kind.community": ("社区", "community"),
        "kind.other": ("其他单位", "other unit"),
        "level.national": ("全国", "national"),
        "level.province": ("省级", "province"),
        "level.city": ("市级", "city"),
        "level.county": ("县级", "county"),
    }
)

FIELDS = _table(
    {
        "title": ("名称", "title"),
        "unit_id": ("单位", "unit"),
        "region": ("地区", "region"),
        "coordinator_id": ("联系人", "coordinator"),
        "starts_on": ("开始日期", "first day"),
        "ends_on": ("结束日期", "last day"),
        "place": ("地点", "place"),
        "online": ("线上", "online"),
        "online_url": ("线上网址", "online address"),
        "participants": ("参与人数", "participants"),
        "recommended_by": ("推荐单位", "recommended by"),
        "award": ("表扬名称", "award"),
        "materials": ("材料", "materials"),
        "name": ("名称", "name"),
        "email": ("邮箱", "mail address"),
        "phone": ("电话", "phone"),
        "lang": ("语言", "language"),
        "password": ("密码", "password"),
        "active": ("是否在用", "whether in use"),
        "address_bad": ("邮箱是否可用", "whether the address works"),
        "muted_until": ("免打扰期限", "muted until"),
        "level": ("级别", "level"),
        "kind": ("类别", "kind"),
        "text": ("文字", "text"),
        "review": ("是否先审核", "review first"),
    }
)
"""What the values of a subject are called; places of a schedule stand as they are."""
