"""What commending says on the terminal, in both languages."""

from cli.bilingual import texts

COMMENDING = texts(
    {
        "commend.stands": ("{title}：{state}。", "{title}: {state}."),
        "commend.not_drawn_up": (
            "{title}：还没有拟定，以下是按现在的情况算的。",
            "{title}: not drawn up yet; this is what the figures say now.",
        ),
        "commend.signed": ("{who} 提请，名单 {hash}。", "Put forward by {who}, list {hash}."),
        "commend.decided": ("{who} 审定。", "Approved by {who}."),
        "commend.shared": ("并列第 {place}，各项都相同", "shares place {place}: the same figures"),
        "commend.tied_one": (
            "并列第 {place}，名额只够其中一部分，请人工决定",
            "shares place {place}, with seats for some only: a person has to decide",
        ),
        "commend.tied": (
            "并列而名额不够分的有 {count} 个：{names}。请用 duban commend adjust 加入或去掉，并写明理由。",
            "{count} share a place and not all have a seat: {names}."
            " Add or remove with duban commend adjust and a reason.",
        ),
        "commend.returned": ("上次退回的理由：{reason}", "Last sent back because: {reason}"),
        "commend.award": (
            "{title}：选出 {chosen} 个（候选 {candidates} 个，{quota}）",
            "{title}: {chosen} chosen ({candidates} candidates, {quota})",
        ),
        "commend.left_out": ("不能评的：{states}", "No candidates: {states}"),
        "commend.left_out_one": ("{state} {count} 项", "{state}: {count}"),
        "commend.forced": ("有 {count} 步是强制办理的", "{count} forced steps"),
        "commend.by_hand": ("人工：{reason}", "by hand: {reason}"),
        "commend.nobody": ("（没有候选）", "(no candidates)"),
        "commend.adjusted": ("已调整。", "Adjusted."),
        "commend.put_forward": (
            "已提请审定，请另一位管理员审定。名单 {hash}。",
            "Put forward; another admin has to approve it. List {hash}.",
        ),
        "commend.sent_back": ("已退回。", "Sent back."),
        "commend.approved": (
            "已审定：{activities} 项活动已表扬，{mails} 封邮件待发。",
            "Approved: {activities} activities commended, {mails} mails queued.",
        ),
        "commend.written": ("已写出 {file}。", "Wrote {file}."),
    }
)
