"""What the coordinator's own pages say: my cases, a new activity, last year's."""

TEXTS: dict[str, tuple[str, str]] = {
    "my.title": ("我的事项", "My cases"),
    "my.todo_by": (
        "还有 {n} 项要办，最近的在 {day}",
        "{n:case|cases} to do, the nearest by {day}",
    ),
    "my.todo_late_by": (
        "还有 {n} 项要办，其中 {late} 项已逾期；其余最近的在 {day}",
        "{n:case|cases} to do, {late} of them late; the nearest of the others by {day}",
    ),
    "my.todo_late": (
        "还有 {n} 项要办，其中 {late} 项已逾期",
        "{n:case|cases} to do, {late} of them late",
    ),
    "my.todo": ("还有 {n} 项要办", "{n:case|cases} to do"),
    "my.nothing": ("现在没有要办的事项", "Nothing to do just now"),
    "my.none": ("您名下还没有事项", "You have no cases yet"),
    "my.empty": (
        "您负责的单位还没有登记活动。可以新建一项；如果活动已由别人录入，请对方把它转给您。",
        "No activity of your unit has been entered. Enter one, or ask whoever has to hand theirs over.",
    ),
    "my.new": ("新建活动", "New activity"),
    "my.copy": ("照往年的新建", "Copy one of earlier years"),
    "my.calendar": ("把截止日期放进日历", "Put the dates into my calendar"),
    "my.group_late": ("已逾期 {n} 项", "{n:case|cases} late"),
    "my.group_this_week": ("本周要办 {n} 项", "{n:case|cases} this week"),
    "my.group_later": ("以后要办 {n} 项", "{n:case|cases} later"),
    "my.group_waiting": ("还没到时候 {n} 项", "{n:case|cases} waiting for a date"),
    "my.group_done": ("已办好 {n} 项", "{n:case|cases} done"),
    "my.ready": ("材料已齐，可以“{step}”", "All is there for “{step}”"),
    "my.do": ("{step}", "{step}"),
    "my.do_of": ("{step}：{title}", "{step}: {title}"),
    "my.nobodys": ("还没有联系人", "no coordinator yet"),
    "my.more": ("还有 {n} 项没有列出。", "{n:more case|more cases} not listed."),
    "my.all": ("看全部", "See all"),
    # a new activity
    "my.new_ask": ("要新建什么活动", "What is the new activity?"),
    "my.new_like": ("照“{title}”新建，请核对日期和地点", "Like “{title}”: check the dates and the place"),
    "my.notice": ("通知", "Notice"),
    "my.notice_over": (
        "这个通知的活动时段已在 {day} 结束，仍可补录活动。",
        "The season of this notice ended on {day}; activities can still be added.",
    ),
    "my.no_notice": ("现在没有可以新建活动的通知", "No notice takes new activities now"),
    "my.no_notice_why": (
        "您负责的地区没有正在执行的通知。通知应用后，这里就可以新建活动；如有疑问，请联系本市管理员。",
        "No notice is in force where you work. Once one is, activities can be entered here;"
        " ask your city's administrator.",
    ),
    "my.no_unit": (
        "在这个通知的地区内，没有找到您负责的单位。请换一个名称查找，或请管理员为您开通。",
        "None of your units is within this notice's region. Search by another name, or ask the admin.",
    ),
    "my.unit_called": ("按名称找单位", "Find a unit by name"),
    "my.title_help": ("与通知、海报上的名称一致", "As it stands on notice and poster"),
    "my.season": ("本通知的时段：{first}至{last}", "The season: {first} to {last}"),
    "my.one_day": ("只有一天的可以不填", "May be left empty for a single day"),
    "my.url_later": ("还没有网址可以以后再填", "May be given later"),
    "my.enter": ("新建", "Enter"),
    "my.entered": (
        "已新建，编号 {ref}。下面是接下来要办的。",
        "Entered as {ref}. Below is what comes next.",
    ),
    "my.copy_ask": ("照哪一项新建？往年共 {n} 项", "Which one? {n:activity|activities} of earlier years"),
    "my.copy_none": ("往年没有可以照搬的活动", "No activities of earlier years to copy"),
    "my.copy_empty": (
        "系统里没有您单位往年的活动，今年请直接新建；明年就可以照今年的办。",
        "Nothing of your unit is kept from earlier years. Enter this year's; next year it can be copied.",
    ),
    "my.copy_this": ("照此新建", "Copy this"),
    "my.copy_this_of": ("照“{title}”新建", "Copy “{title}”"),
}
