"""Why somebody did, or did not, get a reminder."""

TEXTS: dict[str, tuple[str, str]] = {
    "why.title": ("为什么（没）收到邮件", "Why a mail came, or did not"),
    "why.ask": ("谁没有收到邮件，或者为什么收到", "Who did not get a mail, or why did they"),
    "why.ask_below": (
        "按姓名、邮箱或事项编号查，系统按记录回答每一次提醒发没发、为什么。",
        "Look for a name, an address or a case's number; the records tell of every reminder whether it"
        " went and why.",
    ),
    "why.search": ("姓名、邮箱、事项编号或名称", "Name, address, case number or title"),
    "why.people": ("人员", "People"),
    "why.cases": ("事项", "Cases"),
    "why.none_found": (
        "没有找到。请核对姓名、邮箱或编号，只能查本地区的。",
        "Nothing found. Check the name, the address or the number; only your region can be asked about.",
    ),
    "why.about": ("{name}：每次提醒发没发，为什么", "{name}: every reminder, and why it went or did not"),
    "why.nothing": ("还没有与{name}有关的提醒", "No reminder has concerned {name} yet"),
    "why.nothing_why": (
        "到了提醒的时候才会有记录。可以先看看将要发什么。",
        "Records begin with the first reminder. See what is to come.",
    ),
    "why.to_reminders": ("看将要发的提醒", "Show what is to come"),
    "why.milestone": ("节点", "Milestone"),
    "why.any_milestone": ("全部节点", "all milestones"),
    "why.past": ("已经到过的提醒", "Reminders so far"),
    "why.coming": ("以后还会到的提醒", "Reminders to come"),
    "why.coming_note": (
        "到时候还没有办好才会发。",
        "They leave only if it is not done by then.",
    ),
    "why.more": (
        "更早的没有列出。可以选一个节点，或者按事项编号查。",
        "Older ones are left out. Choose a milestone, or ask for one case.",
    ),
    "why.when": ("提醒时间", "Reminder"),
    "why.what": ("节点", "Milestone"),
    "why.because": ("结果", "What became of it"),
    "why.case": ("事项", "Case"),
    "why.mail": ("看邮件", "Show the mail"),
    "why.of_person": ("看{name}的全部提醒", "All reminders of {name}"),
    # the newest answer, as the page's first sentence
    "why.head_mailed": (
        "{at} 的提醒（{milestone}）写进了给{who}的邮件，{state}",
        "The reminder of {at} ({milestone}) went into a mail to {who}: {state}",
    ),
    "why.head_no_address": (
        "{at} 的提醒（{milestone}）没有发：没有可用的邮箱",
        "The reminder of {at} ({milestone}) was not sent: there is no usable address",
    ),
    "why.head_muted": (
        "{at} 的提醒（{milestone}）没有发：{who}当时设了免打扰",
        "The reminder of {at} ({milestone}) was not sent: {who} was not to be disturbed",
    ),
    "why.head_stale": (
        "{at} 的提醒（{milestone}）没有发：发现时已经过去太久",
        "The reminder of {at} ({milestone}) was not sent: it was found too late",
    ),
    "why.head_already_done": (
        "{at} 没有发提醒（{milestone}）：{done} 就已经办好",
        "No reminder at {at} ({milestone}): it had been done by {done}",
    ),
    "why.head_done_then": (
        "{at} 没有发提醒（{milestone}）：当时已经办好",
        "No reminder at {at} ({milestone}): it was done by then",
    ),
    "why.head_cancelled": (
        "{at} 没有发提醒（{milestone}）：{done} 已取消或免报",
        "No reminder at {at} ({milestone}): it was cancelled or waived on {done}",
    ),
    "why.head_entered_later": (
        "{at} 没有发提醒（{milestone}）：事项是之后才登记的",
        "No reminder at {at} ({milestone}): the case was entered later",
    ),
    "why.head_not_yet_open": (
        "{at} 没有发提醒（{milestone}）：当时还没有开放",
        "No reminder at {at} ({milestone}): it was not open yet",
    ),
    "why.head_held_later": (
        "{at} 没有发提醒（{milestone}）：活动之后才举办",
        "No reminder at {at} ({milestone}): the activity was still to be held",
    ),
    "why.head_not_concerned": (
        "{at} 的提醒（{milestone}）与它无关",
        "The reminder of {at} ({milestone}) does not concern it",
    ),
    "why.head_past_when_applied": (
        "{at} 没有发提醒（{milestone}）：通知应用时这一天已经过去",
        "No reminder at {at} ({milestone}): that day was past when the notice was applied",
    ),
    "why.head_dropped": (
        "{at} 的提醒（{milestone}）因日程变动取消了",
        "The reminder of {at} ({milestone}) was dropped when the schedule changed",
    ),
    # the same, short, in the table
    "why.mailed": ("写进了给{who}的邮件，{state}", "in a mail to {who}: {state}"),
    "why.no_address": ("没有发：没有可用的邮箱", "not sent: no usable address"),
    "why.muted": ("没有发：{who}当时设了免打扰", "not sent: {who} was not to be disturbed"),
    "why.stale": ("没有发：发现时已经过去太久", "not sent: found too late"),
    "why.already_done": ("不用发：{done} 已经办好", "not needed: done by {done}"),
    "why.done_then": ("不用发：当时已经办好", "not needed: done by then"),
    "why.cancelled": ("不用发：{done} 已取消或免报", "not needed: cancelled or waived on {done}"),
    "why.entered_later": ("没有发：事项是之后才登记的", "not sent: the case was entered later"),
    "why.not_yet_open": ("没有发：当时还没有开放", "not sent: not open yet"),
    "why.held_later": ("没有发：活动之后才举办", "not sent: the activity was still to be held"),
    "why.not_concerned": ("与它无关", "does not concern it"),
    "why.past_when_applied": ("没有发：通知应用时已经过去", "not sent: past when the notice was applied"),
    "why.dropped": ("日程变动，取消了", "dropped when the schedule changed"),
    "why.planned": ("到时候没办好就发", "leaves if it is not done"),
    # what can be done
    "why.mend_address": ("去补上邮箱", "Enter an address"),
    "why.mend_mute": ("去取消免打扰", "End the silence"),
}
