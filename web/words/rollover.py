"""What the page of a notice's next year says."""

TEXTS: dict[str, tuple[str, str]] = {
    "rollover.link": ("推算下一年", "Next year's notice"),
    "rollover.title": ("下一年的通知", "Next year's notice"),
    "rollover.answer": (
        "{year} 年的草稿里有 {n} 个日期是推算的，请逐一核对",
        "The draft for {year} has {n:date|dates} that were worked out: check each",
    ),
    "rollover.below": (
        "草稿还没有生效，不会发任何提醒。文号、成文日期和主题待定。",
        "A draft sends nothing. Number, date and theme are still open.",
    ),
    "rollover.season": ("活动时段：{rule}", "Campaign: {rule}"),
    "rollover.there": ("{year} 年的通知已经有了", "The notice of {year} is there already"),
    "rollover.to_there": ("打开它", "Open it"),
    "rollover.year": ("推算到哪一年", "For which year"),
    "rollover.change_year": ("换一年", "Another year"),
    "rollover.guesses": ("推算的日期", "Dates worked out"),
    "rollover.before": ("原来", "Before"),
    "rollover.after": ("推算为", "Worked out"),
    "rollover.why": ("依据", "By which rule"),
    "rollover.findings": ("草稿里要留意的 {n} 处", "{n:point|points} of the draft to look at"),
    "rollover.parents": ("先要有上级通知", "The notice above comes first"),
    "rollover.parents_why": (
        "上级通知 {id} 还没有；收到正式通知前，可由上级管理员先让这份草稿生效。",
        "The notice above, {id}, is not there yet; its own admin may put this draft in force meanwhile.",
    ),
    "rollover.text_of": ("{id} 的日程文本", "Text of {id}"),
    "rollover.own": ("本通知的草稿", "The draft of this notice"),
    "rollover.carry": ("把 {from_year} 年举办的活动复制过去", "Copy what took place in {from_year}"),
    "rollover.carry_why": (
        "日期按时段顺延，状态是“已策划”；已经复制过或手工录入的不会重复。",
        "Dates move with the season and each is planned; what was copied or entered before is left alone.",
    ),
    "rollover.carried": (
        "已复制 {created} 项活动，另有 {already} 项早已在那里",
        "{created:activity|activities} copied; {already} were there already",
    ),
}
