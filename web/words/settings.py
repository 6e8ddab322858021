"""What the page of settings says."""

TEXTS: dict[str, tuple[str, str]] = {
    "settings.title": ("设置", "Settings"),
    "settings.answer_well": ("系统运行正常", "Everything works"),
    "settings.answer_bad": ("有 {n} 处要处理", "{n:thing needs|things need} you"),
    "settings.below": (
        "设置写在环境变量里，由维护服务器的人修改，重新启动后生效。",
        "Settings are environment variables; whoever looks after the server changes them and restarts it.",
    ),
    # state
    "settings.state": ("运行情况", "State of the service"),
    "settings.well": ("正常", "well"),
    "settings.bad": ("要处理", "needs you"),
    "settings.sign_database": ("数据库", "Database"),
    "settings.sign_heartbeat": ("后台", "Runner"),
    "settings.sign_sweep": ("提醒", "Reminders"),
    "settings.sign_outbox": ("发件箱", "Outbox"),
    "settings.sign_disk": ("磁盘", "Disk"),
    "settings.all_checks": ("全面检查一遍", "Check everything"),
    "settings.checks_title": ("全面检查", "Every check"),
    "settings.checks_well": ("检查了 {n} 处，都正常", "{n:check|checks}, all well"),
    "settings.checks_bad": (
        "检查了 {n} 处，有 {bad} 处要处理",
        "{n:check|checks}, {bad} of them need you",
    ),
    "settings.back": ("回到设置", "Back to the settings"),
    "settings.level_ok": ("正常", "well"),
    "settings.level_warn": ("注意", "look at it"),
    "settings.level_fail": ("不正常", "failed"),
    "settings.check": ("项目", "Check"),
    "settings.stands": ("情况", "How it stands"),
    "settings.check_mail": ("发信", "Mail"),
    "settings.check_home": ("数据目录", "Folder of data"),
    "settings.check_disk": ("磁盘", "Disk"),
    "settings.check_runner": ("后台", "Runner"),
    "settings.check_seal": ("历史封存", "Seal of the history"),
    "settings.check_templates": ("邮件模板", "Templates"),
    "settings.check_lifecycles": ("流程", "Lifecycles"),
    "settings.check_calendar": ("放假安排", "Holidays"),
    # what is set
    "settings.set": ("现在的设置", "What is set"),
    "settings.setting": ("设置项", "Setting"),
    "settings.value": ("现在的值", "Value"),
    "settings.default": ("默认", "default"),
    "settings.none": ("未设置", "not set"),
    "settings.DUBAN_HOME": (
        "放数据库、材料和密钥的文件夹，要备份的就是它",
        "holds the database, the materials and the keys; this is what to back up",
    ),
    "settings.DUBAN_DATABASE_URL": (
        "不写就用数据目录里的 SQLite 文件；也可写 postgresql://用户:密码@主机/库",
        "left out, an SQLite file in the folder; or postgresql://user:password@host/name",
    ),
    "settings.DUBAN_MAIL_URL": (
        "写 smtps://用户:密码@主机:465 就真正发信；folder:路径 只把邮件写成文件",
        "smtps://user:password@host:465 sends for good; folder:PATH only writes files",
    ),
    "settings.DUBAN_MAIL_FROM": (
        "收件人看到的发件地址，要与邮箱服务商登记的一致",
        "what readers see as the sender; it must be the mail account's own",
    ),
    "settings.DUBAN_MAIL_FROM_NAME": ("收件人看到的发件人名称", "the sender's name that readers see"),
    "settings.DUBAN_BASE_URL": (
        "邮件里的链接以它开头，要写大家能打开的网址",
        "links in mails begin with it; it must be one that everybody can open",
    ),
    "settings.DUBAN_LANG": ("命令行说中文还是英文：zh 或 en", "what commands speak: zh or en"),
    "settings.DUBAN_MAIL_POLICY": (
        "没有等到答复时：resend 再发一次（可能收到两份），hold 搁置等您决定",
        "where no answer comes: resend sends once more (perhaps twice), hold waits for you",
    ),
    "settings.DUBAN_MAIL_RATE": (
        "邮箱服务商限制发信速度时填写，如每秒 2 封写 2",
        "set it where the mail provider limits the pace; 2 means two mails a second",
    ),
    "settings.DUBAN_SSO_ISSUER": ("单位统一登录的网址", "the address of your organisation's sign-in"),
    "settings.DUBAN_SSO_CLIENT_ID": ("统一登录给本系统的编号", "what that sign-in calls this system"),
    "settings.DUBAN_SSO_CLIENT_SECRET": (
        "统一登录给本系统的密钥，三项要一起写",
        "the secret that goes with it; all three are set together",
    ),
    "settings.DUBAN_WEBHOOK_PRIVATE": (
        "写 true 才允许推送到内部网络的地址",
        "true lets changes be told to addresses of your own network",
    ),
    # a mail to try
    "settings.trial": ("试发一封邮件", "Send a test mail"),
    "settings.trial_help": (
        "马上从这台服务器发出，等邮件服务器答复，最多等几分钟。",
        "It leaves this server at once and waits for the mail server's answer, some minutes at most.",
    ),
    "settings.trial_to": ("发给", "To"),
    "settings.trial_send": ("发一封试试", "Send it"),
    "settings.tried_accepted": (
        "邮件服务器收下了给 {address} 的测试邮件，请到收件箱查看。服务器的答复：{detail}",
        "The mail server took the test mail to {address}; look into the mailbox. Its answer: {detail}",
    ),
    "settings.tried_refused": (
        "邮件服务器拒收了给 {address} 的测试邮件，请核对这个地址和发件人。服务器的答复：{detail}",
        "The mail server refused the test mail to {address}; check the address and the sender. Its"
        " answer: {detail}",
    ),
    "settings.tried_not_accepted": (
        "给 {address} 的测试邮件没有发出去：连不上邮件服务器，或它暂时不收。"
        "请核对 DUBAN_MAIL_URL，稍后再试。{detail}",
        "The test mail to {address} was not sent: the mail server cannot be reached or takes none now."
        " Check DUBAN_MAIL_URL and try again later. {detail}",
    ),
    "settings.tried_unknown": (
        "给 {address} 的测试邮件交出去了，没有等到答复，请到收件箱看收到没有。{detail}",
        "The test mail to {address} was handed over and not answered; see whether it is in the"
        " mailbox. {detail}",
    ),
    "settings.refused": (
        "有 {n} 人的邮箱被邮件服务器拒收，提醒送不到。",
        "The mail server refuses the addresses of {n:person|people}; reminders do not reach them.",
    ),
    "settings.to_refused": ("看是谁", "Show them"),
    "settings.refused_none": ("没有被邮件服务器拒收的邮箱。", "The mail server refuses no address."),
    # webhooks
    "settings.hooks": ("推送给别的系统", "Telling other systems"),
    "settings.hooks_help": (
        "事项的状态一有变化，就按顺序推送到登记的网址，带签名，没送到会自动再试约三天。",
        "Every change of state is told to the addresses registered here, in order and signed; what"
        " fails is tried"
        " again for about three days.",
    ),
    "settings.hook": ("网址", "Address"),
    "settings.hook_region": ("地区", "Region"),
    "settings.hook_owner": ("登记人", "Registered by"),
    "settings.hook_stands": ("情况", "How it goes"),
    "settings.hook_last": ("最近一次送达 {at}", "last taken at {at}"),
    "settings.hook_never": ("还没有送达过", "nothing taken yet"),
    "settings.hook_next": ("{at} 再试", "tried again at {at}"),
    "settings.hook_live": ("正常", "works"),
    "settings.hook_failing": ("没有送达", "failing"),
    "settings.hook_over": ("已停止", "stopped"),
    "settings.hook_stop": ("停止", "Stop"),
    "settings.hook_stop_sure": (
        "停止后不再推送给这个网址，以后要用须重新登记。",
        "It is told nothing more; to use it again, register it anew.",
    ),
    "settings.hook_new": ("登记一个网址", "Register an address"),
    "settings.hook_register": ("登记", "Register"),
    "settings.hook_url_help": (
        "以 https:// 开头，如 https://hook.example.cn/duban",
        "begins with https://, such as https://hook.example.cn/duban",
    ),
    "settings.hook_stopped": ("第 {n} 号推送已停止。", "Webhook {n} is stopped."),
    "settings.secret_title": ("推送已登记", "Registered"),
    "settings.secret_answer": (
        "推送已登记，请马上保存密钥，它只显示这一次",
        "It is registered. Keep the secret now: it is shown this once",
    ),
    "settings.secret": ("密钥", "Secret"),
    "settings.secret_how": ("对方怎样核对签名", "How the other side checks a signature"),
    "settings.secret_step_1": (
        "取请求头 Webhook-Id、Webhook-Timestamp 和请求正文，按“编号.时间.正文”用点连起来。",
        "Join the headers Webhook-Id and Webhook-Timestamp and the body with full stops: id.timestamp.body.",
    ),
    "settings.secret_step_2": (
        "去掉密钥开头的 whsec_，把其余部分按 Base64 解码，作为 HMAC-SHA256 的密钥计算上面这段内容。",
        "Take whsec_ off the secret, decode the rest as Base64, and use it as the key of an"
        " HMAC-SHA256 of that.",
    ),
    "settings.secret_step_3": (
        "结果按 Base64 编码，前面加 v1,，应与请求头 Webhook-Signature 相同；不同就不要处理。",
        "Encode the result as Base64 and put v1, before it: it must be what Webhook-Signature says,"
        " else do not use it.",
    ),
    "settings.secret_step_4": (
        "时间与现在相差五分钟以上的不要处理；同一个编号可能来两次，只处理一次。收到后请在十秒内答复 2xx。",
        "Drop what is more than five minutes old; the same id may come twice, use it once."
        " Answer with 2xx within ten seconds.",
    ),
    # elsewhere
    "settings.elsewhere": ("其他设置", "Elsewhere"),
    "settings.to_templates": ("邮件模板：改措辞，看效果", "Mail templates: change the words, see the effect"),
    "settings.to_notices": (
        "通知和日程：日期、提醒档、材料",
        "Notices and schedules: dates, rungs, materials",
    ),
    "settings.to_imports": ("导入单位、人员和活动", "Import units, people and activities"),
    "settings.to_tokens": ("给程序用的令牌", "Tokens for programs"),
    "settings.to_api": ("接口说明", "Reference of the API"),
}
