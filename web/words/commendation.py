"""What the pages of commendations say."""

TEXTS: dict[str, tuple[str, str]] = {
    "commendation.title": ("表扬", "Commendations"),
    "commendation.link": ("表扬名单", "Commendations"),
    "commendation.to_notice": ("回到通知", "Back to the notice"),
    "commendation.nothing": ("这份通知不评表扬", "This notice commends nobody"),
    "commendation.nothing_why": (
        "它的日程里把每一项表扬都关掉了（commend）。",
        "Its schedule turns every award off (commend).",
    ),
    # where it stands
    "commendation.answer_new": (
        "还没有拟定；按现在的情况，{title}可选 {n} 个",
        "Not drawn up yet; as things are, {n} would be chosen for {title}",
    ),
    "commendation.answer_drawn_up": (
        "{title}：选出 {n} 个，候选 {total} 个",
        "{title}: {n} chosen of {total} candidates",
    ),
    "commendation.answer_put_forward": (
        "名单等待审定：{title} {n} 个，由{first}提请",
        "Waiting for approval: {n} for {title}, put forward by {first}",
    ),
    "commendation.answer_decided": (
        "名单已审定：{title} {n} 个",
        "Decided: {n} for {title}",
    ),
    "commendation.signed_both": ("{first}提请，{second}审定", "Put forward by {first}, approved by {second}"),
    "commendation.wait": (
        "您已提请，要由本地区另一位管理员审定；在此之前改动名单，您的署名作废。",
        "You put it forward; another admin of the region has to approve it. A change until then voids it.",
    ),
    "commendation.void": (
        "现在改动名单，{first}的署名作废，要重新提请。",
        "A change of the list now voids the signature of {first}; it has to be put forward anew.",
    ),
    "commendation.shared": ("并列第 {n}，各项都相同", "shares place {n}: the same figures"),
    "commendation.tied": (
        "并列第 {n}，名额只够其中一部分，请人工决定",
        "shares place {n}, with seats for some only: a person has to decide",
    ),
    "commendation.returned": ("上次退回的理由：{reason}", "Sent back last time because: {reason}"),
    # buttons
    "commendation.draw_up": ("拟定名单", "Draw up the list"),
    "commendation.put_forward": ("提请审定", "Put the list forward"),
    "commendation.put_forward_ask": (
        "提请后名单冻结，等另一位管理员审定。现在提请？",
        "The list is frozen then and waits for another admin. Put it forward now?",
    ),
    "commendation.approve": ("审定这份名单", "Approve this list"),
    "commendation.approve_ask": (
        "审定后 {n} 项活动即获表扬，并通知各人。现在审定？",
        "{n:activity is|activities are} commended then and people are told. Approve now?",
    ),
    "commendation.send_back": ("退回重拟", "Send it back"),
    "commendation.send_back_reason": ("退回的理由", "Reason for sending it back"),
    "commendation.sheet": ("下载推荐表", "Download the sheet"),
    "commendation.sheet_name": ("推荐表-{notice}.docx", "commendations-{notice}.docx"),
    "commendation.mails": ("预览通知邮件", "Preview the mails"),
    "commendation.history": ("看全部变动", "Every change"),
    # a list
    "commendation.awards": ("表扬的种类", "Awards"),
    "commendation.list": ("入选名单", "The list"),
    "commendation.list_none_why": (
        "活动提交总结以后才能评；也可以从候选里手工加入。",
        "Activities count once they are summarized; you can also add a candidate by hand.",
    ),
    "commendation.others": ("其余候选 {n} 个", "{n:other candidate|other candidates}"),
    "commendation.criteria": ("怎么算的", "How points are given"),
    "commendation.left_out": ("不能评的活动", "Activities that cannot be chosen"),
    "commendation.left_out_one": ("{state} {n} 项", "{state}: {n}"),
    "commendation.seat": ("名次", "Place"),
    "commendation.name": ("名称", "Name"),
    "commendation.points": ("得分", "Points"),
    "commendation.why_open": ("看明细", "Details"),
    "commendation.forced": ("有 {n} 步是强制办理的", "{n:forced step|forced steps}"),
    "commendation.by_hand": ("人工调整：{reason}", "By hand: {reason}"),
    "commendation.ranked": ("按得分第 {n}", "no. {n} by points"),
    # by hand
    "commendation.adjust": ("调整", "Adjust"),
    "commendation.adjust_of": ("调整“{name}”", "Adjust “{name}”"),
    "commendation.reason": ("理由", "Reason"),
    "commendation.reason_help": ("记入历史，并印在推荐表上。", "Kept in history and printed on the sheet."),
    "commendation.place": ("移到第几名", "Move to place"),
    "commendation.add": ("加入名单", "Add to the list"),
    "commendation.remove": ("移出名单", "Take off the list"),
    "commendation.move": ("移动", "Move"),
    "commendation.clear": ("恢复按得分", "Go by points again"),
    # done
    "commendation.told_drawn_up": (
        "名单已拟定，可以调整，再提请审定。",
        "The list is drawn up; adjust it, then put it forward.",
    ),
    "commendation.told_add": ("已加入名单。", "Added to the list."),
    "commendation.told_remove": (
        "已移出名单，名额由后面的补上。",
        "Taken off the list; the next one moves up.",
    ),
    "commendation.told_move": ("名次已改。", "Moved."),
    "commendation.told_clear": ("已恢复按得分。", "It goes by points again."),
    "commendation.told_put_forward": (
        "已提请审定，请告诉另一位管理员。",
        "Put forward; let another admin know.",
    ),
    "commendation.told_sent_back": ("已退回，可以重新调整。", "Sent back; it can be adjusted again."),
    "commendation.told_approved": (
        "已审定：{activities} 项活动获表扬，{mails} 封邮件待发。",
        "Approved: {activities:activity|activities} commended, {mails:mail|mails} queued.",
    ),
    # in a schedule
    "commendation.rule_place": ("{award}的{what}", "{what} of the award for {award}"),
    "commendation.of_units": ("组织单位表扬", "units"),
    "commendation.of_activities": ("活动表扬", "activities"),
    "commendation.of_people": ("工作者表扬", "people"),
    "commendation.rule_quota": ("名额", "places"),
    "commendation.rule_activities": ("“活动场数”分", "points for activities"),
    "commendation.rule_participants": ("“参与人数”分", "points for participants"),
    "commendation.rule_media": ("“媒体报道”分", "points for media links"),
    "commendation.rule_punctuality": ("“按时”分", "points for being in time"),
    "commendation.rule_reach": ("“重点人群”分", "points for audiences"),
    "commendation.rule_completeness": ("“材料齐全”分", "points for complete materials"),
    # mails
    "commendation.mails_title": ("审定后发出的邮件", "Mails after the approval"),
    "commendation.mails_answer": (
        "审定后给 {n} 人各发一封：{warm} 封祝贺，{plain} 封致谢",
        "After the approval {n:person gets|people get} one mail each: {warm} congratulate, {plain} thank",
    ),
    "commendation.mails_none": ("审定后没有邮件要发", "No mail follows the approval"),
    "commendation.mails_none_why": (
        "名单上的活动没有可用邮箱的联系人。",
        "Nobody concerned has an address that works.",
    ),
    "commendation.mails_who": ("收件人", "To"),
    "commendation.mails_kind": ("内容", "What"),
    "commendation.mail_commended": ("祝贺", "Congratulations"),
    "commendation.mail_thanked": ("致谢", "Thanks"),
    "commendation.mails_things": ("事项", "Items"),
    "commendation.to_list": ("回到名单", "Back to the list"),
}
