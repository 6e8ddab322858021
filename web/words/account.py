"""What the pages of everybody say: signing in, the own account."""

TEXTS: dict[str, tuple[str, str]] = {
    # signing in
    "account.sign_in": ("登录督办", "Sign in to Duban"),
    "account.sign_in_below": (
        "不用记密码：填写邮箱，我们把登录链接发给您。",
        "No password needed: give your address and a link is mailed to you.",
    ),
    "account.sign_in_password_below": (
        "用您在督办设过的密码登录。",
        "With the password that you have set in Duban.",
    ),
    "account.sign_in_first": (
        "登录后直接回到您要看的页面。",
        "After signing in you go straight on to the page you asked for.",
    ),
    "account.address": ("邮箱", "Mail address"),
    "account.address_help": ("单位报给督办的那个邮箱", "The one your unit gave to Duban"),
    "account.password": ("密码", "Password"),
    "account.send_link": ("发登录链接到邮箱", "Mail me a link"),
    "account.enter": ("登录", "Sign in"),
    "account.by_password": ("用密码登录", "Sign in with a password"),
    "account.by_link": (
        "没有密码，或者忘记了：用邮件里的链接登录",
        "No password, or forgotten: sign in by a mail link",
    ),
    "account.by_sso": ("用单位账号登录", "Sign in with your organisation's account"),
    "account.not_right": (
        "邮箱或密码不对，没有登录。可以改用邮件里的链接登录。",
        "address or password is not right; a mail link gets you in as well",
    ),
    "account.refused": ("没有登录", "Not signed in"),
    "account.signed_out": ("已退出登录。", "You have signed out."),
    # the link
    "account.link_sent": ("请到邮箱里点登录链接", "Now follow the link in your mail"),
    "account.link_sent_text": (
        "如果 {address} 是督办里登记的邮箱，几分钟内会收到一封“您的登录链接”。"
        "链接 15 分钟内有效，只能用一次。",
        "If {address} is known to Duban, a mail with your link arrives within a few minutes."
        " The link is good for 15 minutes and for one sign-in.",
    ),
    "account.link_missing": ("没有收到？", "No mail?"),
    "account.link_missing_spam": ("看看垃圾邮件和拦截的邮件。", "Look among spam and blocked mail."),
    "account.link_missing_address": (
        "核对邮箱有没有写错，再发一次。",
        "Check the address for a slip and ask again.",
    ),
    "account.link_missing_admin": (
        "仍没有，请联系本市管理员，核对登记的是哪个邮箱。",
        "Still none: ask your city's administrator which address is entered.",
    ),
    "account.other_address": ("换一个邮箱", "Use another address"),
    "account.link_page": ("以{name}的身份登录", "Sign in as {name}"),
    "account.link_page_below": (
        "{address} · 链接在 {until} 前有效",
        "{address} · the link is good until {until}",
    ),
    "account.invited": (
        "已为您建立督办账号。登录后可以设一个密码。",
        "An account has been made for you. Once signed in you may set a password.",
    ),
    "account.link_other": (
        "这台设备上现在登录的是{name}，继续后会先退出。",
        "{name} is signed in on this device and will be signed out.",
    ),
    "account.link_not_mine": (
        "不是您本人？请关掉这一页，什么都不会发生。",
        "Not you? Close this page; nothing happens.",
    ),
    "account.link_over": ("这个链接已经不能用了", "This link is no longer good"),
    "account.link_over_text": (
        "登录链接 15 分钟内有效，邀请链接 7 天内有效，都只能用一次；再申请一个新的，旧的也随即作废。",
        "A sign-in link is good for 15 minutes, an invitation for 7 days, each for one sign-in;"
        " asking for a new one ends the old one.",
    ),
    "account.new_link": ("发一个新的链接", "Mail me a new link"),
    # the organisation's account
    "account.leaving": ("正在转到单位的登录页面", "On to your organisation's sign-in"),
    "account.leaving_text": (
        "如果几秒后没有反应，请点下面的按钮。",
        "If nothing happens within a few seconds, use the button.",
    ),
    "account.leaving_go": ("去登录", "Go on"),
    # welcome
    "account.welcome": ("欢迎，{name}，您已经登录", "Welcome, {name}: you are signed in"),
    "account.welcome_below": (
        "可以现在设一个密码；不设也行，以后用邮件里的链接登录。",
        "You may set a password now, or sign in by mail links as long as you like.",
    ),
    "account.set_password": ("设密码", "Set password"),
    "account.no_password_now": ("先不设，开始使用", "Not now, go on"),
    # my account
    "account.mine": ("我的账号", "My account"),
    "account.mine_devices": (
        "{name}，您在 {n} 台设备上登录着",
        "{name}, you are signed in on {n:device|devices}",
    ),
    "account.mine_device": (
        "{name}，您只在这台设备上登录着",
        "{name}, you are signed in on this device only",
    ),
    "account.about_me": ("我的资料", "About me"),
    "account.name": ("姓名", "Name"),
    "account.phone": ("电话", "Phone"),
    "account.no_phone": ("没有登记", "none entered"),
    "account.rights": ("权限", "Rights"),
    "account.no_rights": ("没有，只能看到交给您办的事项", "none: you see the cases that are yours"),
    "account.right_coordinator": ("{where}联系人", "Coordinator, {where}"),
    "account.right_lead": ("{where}负责人", "Lead, {where}"),
    "account.right_admin": ("{where}管理员", "Administrator, {where}"),
    "account.right_auditor": ("{where}审计员", "Auditor, {where}"),
    "account.right_until": ("到 {moment} 为止", "until {moment}"),
    "account.about_me_help": (
        "姓名、邮箱、电话和权限由本市管理员维护，有变动请告诉管理员。",
        "Name, address, phone and rights are kept by your city's administrator; tell them of changes.",
    ),
    # language
    "account.language": ("语言", "Language"),
    "account.language_label": ("页面和邮件的语言", "Language of pages and mails"),
    "account.save": ("保存", "Save"),
    "account.language_saved": (
        "已改为中文，以后的邮件也用中文。",
        "English from now on, in mails as well.",
    ),
    # mails
    "account.mails": ("提醒邮件", "Reminder mails"),
    "account.mails_on": (
        "有事项到期或缺材料时，发到 {address}。",
        "They go to {address} when something is due or missing.",
    ),
    "account.mails_none": (
        "没有登记邮箱，收不到提醒，也不能用链接登录。请联系管理员补上。",
        "No address is entered, so no reminder reaches you. Ask your administrator to add one.",
    ),
    "account.mails_bad": (
        "发到 {address} 的邮件被退回，提醒已经停发。请联系管理员核对邮箱。",
        "Mail to {address} came back and no reminder is sent. Ask your administrator to check the address.",
    ),
    "account.mails_silent": (
        "已暂停，{moment} 起恢复。事项仍记在您名下，到期不变。",
        "Paused until {moment}. The cases stay yours and fall due as before.",
    ),
    "account.silent_until": ("暂停到哪一天（含当天）", "Pause until the end of"),
    "account.silent_help": (
        "休假、出差时用。要别人代办，请在事项里“转给同事”。",
        "For a leave. If somebody is to act for you, hand the case over to them.",
    ),
    "account.silence": ("暂停提醒", "Pause"),
    "account.end_silence": ("现在就恢复提醒", "Send reminders again"),
    "account.silent": ("提醒已暂停，到期自动恢复。", "Reminders are paused and begin again by themselves."),
    "account.reminded_again": ("已恢复提醒。", "Reminders are sent again."),
    # password
    "account.password_none": (
        "没有设密码，用邮件里的链接登录。",
        "None is set; you sign in by mail links.",
    ),
    "account.password_set": (
        "已设密码。改密码后，其他设备要重新登录。",
        "A password is set. After a change your other devices have to sign in anew.",
    ),
    "account.old_password": ("现在的密码", "Present password"),
    "account.new_password": ("新密码", "New password"),
    "account.new_password_help": (
        "至少 10 个字符，用几个不相干的词连起来最好记。",
        "At least 10 characters; a few unrelated words in a row are easy to remember.",
    ),
    "account.change_password": ("改密码", "Change password"),
    "account.password_saved": (
        "密码已设好，其他设备已退出登录。",
        "The password is set; your other devices are signed out.",
    ),
    # sessions
    "account.sessions": ("登录的设备", "Devices"),
    "account.session_unknown": ("未知设备", "Unknown device"),
    "account.session_here": ("本机", "this one"),
    "account.session_times": (
        "{since} 登录，最近使用 {seen}",
        "signed in {since}, last used {seen}",
    ),
    "account.session_end": ("退出", "Sign out"),
    "account.session_end_of": ("退出 {device}", "Sign out {device}"),
    "account.session_ended": ("那台设备已退出登录。", "That device is signed out."),
    "account.end_others": ("退出其他 {n} 台设备", "Sign out {n:other device|other devices}"),
    "account.others_ended": ("已退出其他 {n} 台设备。", "{n:other device is|other devices are} signed out."),
    # calendar
    "account.calendar": ("日历订阅", "Calendar"),
    "account.calendar_none": (
        "把要办的日期放进手机或电脑的日历，改了日期会自动更新。",
        "Put your dates into the calendar of your phone or computer; it follows when a date moves.",
    ),
    "account.calendar_since": (
        "订阅地址是 {day} 生成的，知道地址的人都能看到您的日期。忘了地址或怕泄露，请换一个，旧的随即失效。",
        "The address was made on {day}; whoever knows it sees your dates."
        " If it is lost or known to others, make a new one: the old one ends.",
    ),
    "account.make_feed": ("生成订阅地址", "Make an address"),
    "account.renew_feed": ("换一个地址", "Make a new address"),
    "account.end_feed": ("停用", "Stop"),
    "account.feed_ended": ("日历订阅已停用，旧地址打不开了。", "The calendar's address is closed."),
    "account.feed_ready": ("日历地址已生成，只显示这一次", "Your calendar's address, shown this once"),
    "account.feed_ready_below": (
        "请现在就加到日历里，不要发给别人。以前的地址不再有效。",
        "Add it to your calendar now and give it to nobody. Any earlier address has ended.",
    ),
    "account.feed_address": ("订阅地址", "Address"),
    "account.feed_open": ("在这台设备的日历里订阅", "Subscribe in this device's calendar"),
    "account.feed_scan": ("用手机扫码订阅", "Scan to subscribe on a phone"),
    "account.feed_how": ("怎样订阅", "How to subscribe"),
    "account.feed_iphone": (
        "在手机上打开这一页，点上面的按钮；在电脑上打开，用手机相机扫码。"
        "也可以打开“日历”，点“日历”“添加日历”“添加订阅日历”，粘贴地址。",
        "With this page on the phone, use the button above; with it on a computer, scan the code."
        " Or in Calendar choose Calendars, Add Calendar, Add Subscription Calendar, and paste the address.",
    ),
    "account.feed_android_name": ("安卓手机", "Android"),
    "account.feed_android": (
        "在日历的设置里找“订阅日历”或“网络日历”，粘贴地址；没有这一项的，先在 Outlook 里订阅。",
        "Look in the calendar's settings for subscribed or internet calendars and paste the address;"
        " where there is none, subscribe in Outlook.",
    ),
    "account.feed_outlook": (
        "点“添加日历”“从 Web 订阅”，粘贴地址。",
        "Choose Add calendar, Subscribe from web, and paste the address.",
    ),
    "account.feed_when_name": ("多久更新", "How fresh"),
    "account.feed_when": (
        "日历软件隔一阵子才更新一次，短则几分钟，长则一天；以督办里的日期为准。",
        "Calendars fetch anew after minutes or hours, some after a day; what Duban shows counts.",
    ),
    "account.back": ("回到我的账号", "Back to my account"),
    # API tokens
    "account.tokens": ("程序用的令牌", "Tokens for programs"),
    "account.tokens_none": (
        "让别的系统以您的身份读取或办理事项时才需要。现在没有。",
        "Only needed where another system reads or acts in your name. There is none.",
    ),
    "account.token_new": ("生成令牌", "Make a token"),
    "account.token_name": ("名称", "Name"),
    "account.token_name_help": (
        "写明用在哪里，例如“市平台每日同步”",
        "Say where it is used, such as “daily sync”",
    ),
    "account.token_reach": ("能做什么", "It may"),
    "account.token_reads": ("只能查看", "only look"),
    "account.token_reads_help": ("以您的权限查看", "within your rights"),
    "account.token_writes": ("查看和办理", "look and act"),
    "account.token_writes_help": ("所办的都记在您名下", "what it does is recorded as yours"),
    "account.token_until": ("有效到（含当天）", "Good to the end of"),
    "account.token_told": (
        "{reach} · {made}生成，最近使用 {used}",
        "{reach} · made {made}, last used {used}",
    ),
    "account.token_unused": ("{reach} · {made}生成，没有用过", "{reach} · made {made}, never used"),
    "account.token_ends": ("{moment} 失效", "ends {moment}"),
    "account.token_revoke": ("收回", "Revoke"),
    "account.token_revoke_of": ("收回“{name}”", "Revoke {name}"),
    "account.token_revoke_sure": (
        "收回“{name}”后，用它的程序马上连不上，不能恢复。",
        "Programs that use {name} are shut out at once, for good.",
    ),
    "account.token_revoked": ("令牌已收回。", "The token is revoked."),
    "account.token_ready": ("令牌已生成，只显示这一次", "Your token, shown this once"),
    "account.token_ready_below": (
        "请现在就复制到要用它的程序里；丢了只能收回后重新生成。",
        "Copy it into its program now; if it is lost, revoke it and make another.",
    ),
    "account.token": ("令牌", "Token"),
    "account.token_use": (
        "程序在每个请求里带上 Authorization: Bearer 和这个令牌。",
        "The program sends it with every request as Authorization: Bearer and the token.",
    ),
}
