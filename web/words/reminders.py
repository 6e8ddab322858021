"""What the reminders to come and the time slider say."""

TEXTS: dict[str, tuple[str, str]] = {
    "reminders.title": ("提醒", "Reminders"),
    "reminders.tab_coming": ("将要发的", "To come"),
    "reminders.tab_day": ("看某一天", "Any day"),
    "reminders.tab_mails": ("发件箱", "Outbox"),
    "reminders.tab_why": ("为什么没收到", "Why (not)"),
    "reminders.tab_templates": ("邮件模板", "Templates"),
    # what is to come
    "reminders.answer": (
        "接下来 {days} 天要发 {n} 封提醒，最近一次在 {at}，发给 {people} 人",
        "{n:reminder leaves|reminders leave} in the next {days} days, the first at {at} to"
        " {people:person|people}",
    ),
    "reminders.answer_none": (
        "接下来 {days} 天没有要发的提醒",
        "No reminder leaves in the next {days} days",
    ),
    "reminders.below": (
        "按现在的办理情况推算。已经办好的，到时候不会再发。",
        "Worked out from how things stand now; what is done by then is left out.",
    ),
    "reminders.none_why": (
        "没有哪项事情在这段时间里到提醒的时候。可以看更长的时间，或者检查日程。",
        "Nothing comes up for a reminder in this time. Look further ahead, or check the schedules.",
    ),
    "reminders.longer": ("看 60 天", "Show 60 days"),
    "reminders.days": ("时间", "Range"),
    "reminders.days_n": ("接下来 {n} 天", "next {n} days"),
    "reminders.notice": ("通知", "Notice"),
    "reminders.any_notice": ("全部通知", "all notices"),
    "reminders.by": ("排列", "Order"),
    "reminders.by_day": ("按日期", "by day"),
    "reminders.by_person": ("按收件人", "by person"),
    "reminders.send": ("{time} 发给 {n} 人", "{time} to {n:person|people}"),
    "reminders.send_nobody": ("{time} 没有人可发", "{time} nobody to send to"),
    "reminders.milestone": ("{name}：{rungs}，{n} 项", "{name}: {rungs}, {n:case|cases}"),
    "reminders.comma": ("、", ", "),
    "reminders.review": ("其中 {n} 封要先审核", "{n} to be reviewed first"),
    "reminders.unreachable": ("{n} 项没有可用的邮箱", "{n:case has|cases have} no usable address"),
    "reminders.rung_entered": ("补录后补发", "after late entry"),
    "reminders.rung_closing": ("提醒结束", "closing note"),
    "reminders.people": ("接下来会收到邮件的人", "Who will get mails"),
    "reminders.person": ("收件人", "Person"),
    "reminders.mails": ("封数", "Mails"),
    "reminders.first": ("最近一封", "The first"),
    "reminders.first_about": ("{at}，{n} 项", "{at}, {n:case|cases}"),
    # one mail to come
    "reminders.mail_title": ("将要发的邮件", "A mail to come"),
    "reminders.mail_answer": ("{at} 会发给{name}这封邮件", "{name} will get this mail at {at}"),
    "reminders.mail_note": (
        "这是推演，不会发出任何邮件。到时候会按当时的办理情况重新生成。",
        "This is worked out on a copy; nothing is sent. The mail is made anew when it leaves.",
    ),
    "reminders.no_mail": (
        "这封邮件已经不在要发的里面了：可能已经发出，或者事情已经办好。",
        "That mail is not among those to come: it may have left, or all of it is done.",
    ),
    "reminders.to_day": ("看这一天", "Show this day"),
    # a day
    "reminders.day_title": ("看某一天", "Any day"),
    "reminders.day_coming": (
        "到{day}，会有 {late} 项逾期，要发 {n} 封邮件",
        "On {day}, {late:case|cases} would be late and {n:mail|mails} would leave",
    ),
    "reminders.day_now": (
        "今天{day}，有 {late} 项逾期，共 {n} 封邮件",
        "Today, {day}: {late:case|cases} late, {n:mail|mails} in all",
    ),
    "reminders.day_past": (
        "{day}那天，有 {late} 项逾期，发了 {n} 封邮件",
        "On {day}, {late:case was|cases were} late and {n:mail|mails} left",
    ),
    "reminders.day_about_coming": (
        "{day}要发 {n} 封邮件，提醒“{name}”",
        "{n:mail|mails} about “{name}” would leave on {day}",
    ),
    "reminders.day_about_now": (
        "今天{day}，提醒“{name}”的邮件共 {n} 封",
        "Today, {day}: {n:mail|mails} about “{name}” in all",
    ),
    "reminders.day_about_past": (
        "{day}那天发了 {n} 封邮件，提醒“{name}”",
        "{n:mail|mails} about “{name}” left on {day}",
    ),
    "reminders.about_all": ("看这一天的全部邮件", "Show all mails of this day"),
    "reminders.note_coming": (
        "这是推演，不会发出任何邮件。假定从现在起谁也没有再办理，到那天就是这样。",
        "This is worked out on a copy and nothing is sent. It is what would be if nobody did anything"
        " from now on.",
    ),
    "reminders.note_now": (
        "这是现在的实际情况。标着“将发”的邮件是推演，还没有发出。",
        "This is how things stand now. Mails marked 'to come' are worked out and have not left.",
    ),
    "reminders.note_past": (
        "这是那天结束时的实际情况，邮件是那天实际发出的。",
        "This is how things stood at the end of that day; the mails are those that really left.",
    ),
    "reminders.slider": ("拖动选择日期", "Move to a day"),
    "reminders.on": ("日期", "Day"),
    "reminders.season_caption": (
        "旗是节点的截止日，竖线是发提醒的日子，越高当天的提醒档越多。",
        "Flags are last days of milestones, bars days of reminders: the higher, the more rungs.",
    ),
    "reminders.states_activity": ("活动各在哪一步", "Activities by state"),
    "reminders.states_report": ("报送各在哪一步", "Reports by state"),
    "reminders.states_caption": ("这一天各状态的数量", "Numbers by state on that day"),
    "reminders.late": ("逾期的 {n} 项", "{n:late case|late cases}"),
    "reminders.late_none": ("这一天没有逾期的事项。", "Nothing is late on that day."),
    "reminders.late_more": ("另有 {n} 项没有列出", "{n} more are not listed"),
    "reminders.late_all": ("看全部逾期的", "Show all late cases"),
    "reminders.case": ("事项", "Case"),
    "reminders.unit": ("单位", "Unit"),
    "reminders.coordinator": ("联系人", "Coordinator"),
    "reminders.missed": ("逾期的节点", "What is late"),
    "reminders.missed_by": ("{name} {days} 天", "{name}, {days:day|days}"),
    "reminders.nobody": ("没有联系人", "no coordinator"),
    "reminders.day_mails": ("邮件 {n} 封", "{n:mail|mails}"),
    "reminders.day_mails_none": ("这一天没有邮件。", "No mail on that day."),
    "reminders.day_mails_first": (
        "这里列出前 200 封。",
        "These are the first 200.",
    ),
    "reminders.time": ("时间", "Time"),
    "reminders.to": ("收件人", "To"),
    "reminders.subject": ("主题", "Subject"),
    "reminders.about": ("说到的事项", "About"),
    "reminders.n_cases": ("{n} 项", "{n:case|cases}"),
    "reminders.and_more": ("等 {n} 项", "{n:case|cases} in all"),
    "reminders.will": ("将发", "to come"),
    "reminders.no_season": ("还没有日子可看", "There is no day to look at yet"),
    "reminders.no_season_why": (
        "应用一个通知以后，就能看任何一天的情况和邮件。",
        "Once a notice is applied, any day of its season can be looked at.",
    ),
    "reminders.to_notices": ("看通知", "Show the notices"),
    # the mail itself
    "reminders.as_text": ("纯文字部分", "Plain text part"),
    "reminders.calendar": ("随信附的日历（.ics）：{n} 个日期", "Its calendar file (.ics): {n:date|dates}"),
}
