"""The guide on one page."""

TEXTS: dict[str, tuple[str, str]] = {
    "help.title": ("使用说明", "Guide"),
    "help.answer": ("遇到什么事，该怎么办", "What to do when"),
    "help.below": (
        "找到您遇到的事，照着做；每条后面可以直接进到那一页。",
        "Find what you want to do; each answer leads to its page.",
    ),
    "help.everybody": ("进入系统", "Getting in"),
    "help.desk_coordinator": ("联系人", "Coordinators"),
    "help.desk_admin": ("管理员和组长", "Admins and leads"),
    "help.desk_auditor": ("审计员", "Auditors"),
    "help.others": ("其他角色", "Other roles"),
    "help.go": ("去办", "Go there"),
    # everybody
    "help.sign_in": ("怎样登录", "How do I sign in"),
    "help.sign_in_how": (
        "输入您的邮箱，点“发登录链接”，到邮箱里点开链接，再点一次按钮就进来了。设过密码的也可以用密码。",
        "Enter your mail address and ask for a link; open it in your mailbox and press its button. If"
        " you have set"
        " a password you can use that.",
    ),
    "help.no_link": ("没有收到登录链接", "No link arrives"),
    "help.no_link_how": (
        "先看垃圾邮件。还没有的话，请本市管理员核对您的邮箱：只有登记在册的邮箱能收到。",
        "Look into your spam first. Else ask your city's admin to check your address: only known ones"
        " get a link.",
    ),
    "help.language": ("换成英文或中文", "Change the language"),
    "help.language_how": (
        "每一页的右上角都能切换。邮件用什么语言，在“我的账号”里选。",
        "At the top right of every page. The language of your mails is chosen under 'My account'.",
    ),
    "help.password": ("设密码、看在哪里登录过", "Set a password, see where you are signed in"),
    "help.password_how": (
        "都在“我的账号”。看到不认识的登录，点“退出”就行。",
        "Under 'My account'. Sign out whatever you do not know.",
    ),
    # coordinator
    "help.got_mail": ("收到提醒邮件", "A reminder has come"),
    "help.got_mail_how": (
        "点邮件里的按钮，进到“我的事项”，最急的排在最前面。点开一项，缺什么写在最上面，当场就能补。",
        "Press the button in the mail: your cases stand there, the most urgent first. Each says what"
        " is missing and"
        " lets you hand it in right there.",
    ),
    "help.missing": ("提示缺材料，怎么补", "Something is missing"),
    "help.missing_how": (
        "在那一项里直接上传照片、文件，或粘贴视频、新闻的链接。齐了以后点“办这一步”。",
        "Upload photos and files or paste links in the case itself; when all is there, take the next step.",
    ),
    "help.new_activity": ("登记一项活动", "Enter an activity"),
    "help.new_activity_how": (
        "写名称、日期、地点就能登记，其余的以后补。往年办过的，可以照着新建。",
        "Title, days and place are enough; the rest can follow. What you did in earlier years can be copied.",
    ),
    "help.postponed": ("活动改期或取消", "It is postponed or cancelled"),
    "help.postponed_how": (
        "在那一项的“其他办理”里选改期或取消，写明原因。提醒会跟着改，不用另外通知。",
        "Choose it under 'Other actions' of the case and say why. Reminders follow by themselves.",
    ),
    "help.hand_over": ("交给同事办", "Hand over to a colleague"),
    "help.hand_over_how": (
        "在那一项里选“转给同事”。转出以后，提醒发给对方。",
        "Choose 'Hand over' in the case; reminders then go to your colleague.",
    ),
    "help.calendar": ("把截止日期放进手机日历", "Dates in my calendar"),
    "help.calendar_how": (
        "“我的账号”里有一个日历网址，订阅以后日期一变，日历也跟着变。",
        "'My account' has the address of a calendar; subscribe to it and dates follow by themselves.",
    ),
    # admin
    "help.who_is_late": ("谁逾期了", "Who is late"),
    "help.who_is_late_how": (
        "“全市总览”第一行就是数字，点进去是名单；热力图里一格是一个县区的一个节点。",
        "The overview begins with the numbers, each leads to its list; the heat map has a cell for"
        " every county and"
        " milestone.",
    ),
    "help.move_date": ("改一个日期", "Move a date"),
    "help.move_date_how": (
        "进通知，改日期，先点“预览”：会列出哪些事项、哪些提醒跟着变。没有问题再点“应用”。已经发出的不会重发。",
        "Open the notice, change the date, and look at the plan: it names every case and reminder that"
        " moves. Then"
        " apply it. Nothing that has left is sent again.",
    ),
    "help.what_leaves": ("接下来会发什么邮件", "What will be sent"),
    "help.what_leaves_how": (
        "“提醒”列出今后每一天要发给多少人、说哪些节点，点开能看到每一封的样子。",
        "'Reminders' has every coming day with its readers and milestones; each mail can be looked at.",
    ),
    "help.what_if": ("到某一天会是什么情况", "How will it be on a day"),
    "help.what_if_how": (
        "“看某一天”里拖动时间轴。以后的日子是推演，不会发出任何邮件；以前的日子是当时的实际情况。",
        "Move the slider under 'Any day'. Days to come are worked out and nothing is sent; past days"
        " are as they were.",
    ),
    "help.review": ("邮件要先审核再发", "Review mails before they leave"),
    "help.review_how": (
        "在通知里写明要审核，邮件就停在发件箱的“待审”。看过后一批一起放行，或者只放行选中的。",
        "If a notice asks for review, its mails wait in the outbox. Release a whole batch, or those"
        " you tick.",
    ),
    "help.uncertain": ("邮件不知道送到没有", "Nobody knows whether a mail arrived"),
    "help.uncertain_how": (
        "在“待核”里。先问收件人；没有收到再点“再发一次”，对方最多多收到一份，编号相同。",
        "It stands under 'To decide'. Ask the reader first; sent again, there is at most one more copy"
        " with the same"
        " Message-ID.",
    ),
    "help.why": ("有人说没收到提醒", "Somebody says that no reminder came"),
    "help.why_how": (
        "“为什么没收到”里按姓名、邮箱或编号查，每一次提醒发没发、为什么，一页说清楚。",
        "Look for the name, the address or the number under 'Why (not)': every reminder and what"
        " became of it.",
    ),
    "help.many": ("一次办很多项", "Do many at once"),
    "help.many_how": (
        "在“活动”里筛选、勾选，先看每一项能不能办，再决定全部办理还是跳过办不了的。",
        "Filter and tick under 'Activities'; you see what is possible for each before anything happens.",
    ),
    "help.new_person": ("来了新同事，或有人离任", "Somebody joins or leaves"),
    "help.new_person_how": (
        "在“单位与人员”里新增并发邀请；离任的停用账号，名下的事项转给别人。",
        "Add and invite people under 'Units and people'; close the account of whoever leaves and hand"
        " over their"
        " cases.",
    ),
    "help.import": ("用表格导入", "Import from a sheet"),
    "help.import_how": (
        "下载模板，填好上传。有错的格子会标红并说明，全部正确才会导入。",
        "Fill in the template and upload it. What is wrong is marked in the sheet; nothing is imported"
        " until all is"
        " right.",
    ),
    "help.words": ("改邮件的措辞", "Change the words of mails"),
    "help.words_how": (
        "“邮件模板”里边改边看效果，可以先发一封给自己；每一版都留着，随时能恢复原来的。",
        "Edit under 'Templates' and see the effect on a real case; send one to yourself first. Every"
        " version is kept.",
    ),
    "help.stopped": ("好像没有在发邮件", "No mails seem to leave"),
    "help.stopped_how": (
        "看“设置”的运行情况，哪里不正常、怎么处理都写着；再试发一封给自己。",
        "'Settings' says what is wrong and what to do; then send a test mail to yourself.",
    ),
    # auditor
    "help.who_changed": ("谁在什么时候改了什么", "Who changed what, and when"),
    "help.who_changed_how": (
        "“历史”里按人、事项、日期或文字查，每一条都写明改前改后和理由。",
        "Search 'History' by person, case, day or words; each change has its values before and after"
        " and its reason.",
    ),
    "help.as_of": ("回到某一天看", "As of a day"),
    "help.as_of_how": (
        "选一个日期，看那天各事项、人员、日程是什么样子。",
        "Choose a day and see cases, people and schedules as they stood.",
    ),
    "help.altered": ("历史有没有被改过", "Was the history altered"),
    "help.altered_how": (
        "点“核验”，把邮箱里收到的检查点贴进来对照；不相符会指出第一行。",
        "Run 'Verify' and paste a checkpoint from your mailbox; what does not fit is named.",
    ),
    "help.forced": ("哪些是强制办理的", "Which steps were forced"),
    "help.forced_how": (
        "在“历史”里只看强制的，每一条都有办理人和理由。",
        "Show only forced steps in 'History': each has who did it and why.",
    ),
    "help.export": ("导出给外部核查", "Export"),
    "help.export_how": (
        "按筛选结果导出 CSV、JSON Lines 或 XES，导出件上印着检查点。",
        "Export what you filtered as CSV, JSON Lines or XES, with the checkpoint on it.",
    ),
}
