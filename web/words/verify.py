"""What the page of verification says."""

TEXTS: dict[str, tuple[str, str]] = {
    "verify.title": ("核验历史", "Verify the history"),
    "verify.not_yet": ("历史还没有核验过", "The history has not been verified yet"),
    "verify.not_yet_below": (
        "逐行重算哈希，按流程重走每一步，再与检查点和各张表核对。",
        "Every hash is computed anew, every step taken again, all compared with checkpoints and tables.",
    ),
    "verify.start": ("开始核验", "Verify now"),
    "verify.again": ("再核验一次", "Verify again"),
    "verify.refresh": ("刷新看进度", "Refresh"),
    "verify.progress": ("核验进度", "Progress"),
    "verify.elsewhere": (
        "被改过：第 {row} 行，它不在您的地区内，或已不在历史中。请告诉上级审计员。",
        "altered: row {row}, which is not of your region or no longer in history; tell the auditor above you",
    ),
    "verify.ended": ("核验于", "Verified"),
    "verify.looked_at": ("核验了", "Looked at"),
    "verify.looked": ("{rows} 行历史，{subjects} 个对象", "{rows} rows of {subjects} subjects"),
    "verify.first_bad": ("第一行不符的", "First that does not fit"),
    "verify.row": ("历史第 {row} 行", "row {row} of history"),
    "verify.see_row": ("看这一对象的历史", "Its history"),
    "verify.root": ("根值", "Root"),
    "verify.kept": ("检查点", "Checkpoints"),
    "verify.kept_by": (
        "与 {n} 个留存的检查点相符，最后一个在 {until}，覆盖前 {rows} 行",
        "agrees with {n:kept checkpoint|kept checkpoints}, the last of {until} over the first {rows} rows",
    ),
    "verify.kept_have": (
        "留存了 {n} 个，最后一个在 {until}，覆盖前 {rows} 行",
        "{n} kept, the last of {until} over the first {rows} rows",
    ),
    "verify.kept_none": (
        "还没有检查点，只核验了每行自身和前后相接",
        "none yet: only each row and its chain could be verified",
    ),
    "verify.outside": ("外部证明", "Proof outside"),
    "verify.outside_until": (
        "审计员邮箱里的检查点到 {until} 为止，覆盖前 {rows} 行；之后的行只有本机的证明",
        "auditors hold checkpoints until {until} over the first {rows} rows; later rows are proven here only",
    ),
    "verify.outside_none": (
        "还没有给审计员寄出过检查点；能改数据库的人可以连检查点一起改",
        "no checkpoint was mailed yet; who can rewrite the database could rewrite the checkpoints too",
    ),
    "verify.notes": ("注意", "Mind"),
    "verify.backwards": (
        "有 {n} 行的录入时间早于前一行，服务器的钟被往回拨过",
        "{n:row|rows} recorded before the row above: the clock was set back",
    ),
    "verify.foreign": (
        "有 {n} 个检查点是别的密钥签的，没有用来核对",
        "{n:checkpoint|checkpoints} signed by another key left out",
    ),
    "verify.unsigned": (
        "有 {n} 个检查点的签名没有核对，因为没有可用的公钥",
        "{n:signature|signatures} not checked, for want of a key",
    ),
    # a checkpoint from a mailbox
    "verify.own": ("与自己留存的检查点核对", "Compare with a checkpoint that you kept"),
    "verify.own_help": (
        "从检查点邮件里，把第一行到“—”开头的那一行原样粘贴到这里，空行也在内。",
        "Paste it from the mail as it is, from its first line to the one that begins with “—”.",
    ),
    "verify.note": ("检查点", "Checkpoint"),
    "verify.compare": ("核对", "Compare"),
    "verify.fits": (
        "您的检查点与现在的历史相符：前 {rows} 行和当时一样",
        "Your checkpoint agrees: the first {rows} rows are as it saw them",
    ),
    "verify.fits_below": (
        "每一行本身有没有被改过，看上面的核验结论。",
        "Whether each row is what its hash says, the verdict above tells.",
    ),
    "verify.unfit": ("您的检查点与现在的历史不符：{problem}", "Your checkpoint does not agree: {problem}"),
    "verify.not_ours": (
        "这个检查点不是本系统的密钥签的，签名没有核对",
        "This checkpoint was not signed by this home's key; its signature was not checked",
    ),
    "verify.no_key": (
        "本系统没有可用的公钥，签名没有核对",
        "There is no usable key here; the signature was not checked",
    ),
    # at home
    "verify.key": ("公钥", "Public key"),
    "verify.key_help": (
        "请抄一份放在系统之外，核对签名时用。",
        "Keep a copy outside of the system: signatures are checked with it.",
    ),
    "verify.key_none": (
        "没有可用的密钥，检查点签不了。请管理员运行 duban doctor 查看原因。",
        "There is no usable key, so no checkpoint can be signed; duban doctor tells the administrator why.",
    ),
    "verify.home": ("不靠本系统核验", "Verify without this system"),
    "verify.home_1": (
        "下载核验程序。它只有一个文件，只要 Python 3.11，不用本系统的任何部分。",
        "Download the verifier: one file that needs Python 3.11 and nothing of this system.",
    ),
    "verify.home_2": (
        "请管理员用 duban backup 备份数据库，把备份交给您。",
        "Have the administrator back the database up with duban backup and give you the copy.",
    ),
    "verify.home_3": (
        "在自己的电脑上运行下面这一行；note.txt 是您留存的检查点。",
        "Run this line on your own machine; note.txt is the checkpoint that you kept.",
    ),
    "verify.download": ("下载核验程序 verifier.py", "Download verifier.py"),
}
