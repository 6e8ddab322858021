"""What ``duban history`` says, in both languages."""

from cli.bilingual import texts

HISTORY = texts(
    {
        "verify.sound": (
            "历史完整：{rows} 行、{subjects} 条链，每一步都合规，各表与历史一致。\n根 {root}",
            "The history is sound: {rows} rows in {subjects} chains, every step legal.\nroot {root}",
        ),
        "verify.altered": ("历史被改动过：{problem}", "The history was altered: {problem}"),
        "verify.unsure": ("无法判断：{problem}", "It cannot be told: {problem}"),
        "verify.backwards": (
            "提示：有 {count} 行的时间早于前一行（时钟曾被调回）。",
            "Note: {count} rows are earlier than the one before them (a clock was set back).",
        ),
        "verify.unsigned": (
            "提示：没有公钥，{count} 个检查点没有核对签名。",
            "Note: for want of a key {count} checkpoints were not checked for their signature.",
        ),
        "verify.kept": (
            "与本机保存的 {count} 个检查点相符（{since} 至 {until}），最新的一个覆盖前 {rows} 行。",
            "Checkpoints kept here: {count} ({since} to {until}), all fit; the newest covers {rows} rows.",
        ),
        "verify.foreign": (
            "另有 {count} 个检查点是别的密钥签的，没有核对；请用 --pubkey 给出当时的公钥再核验一次。",
            "{count} more are signed with another key and were left out; verify again with --pubkey.",
        ),
        "verify.outside": (
            "外部凭证：{since} 起寄给审计员，最近一次 {until}，覆盖前 {rows} 行；"
            "请用 --checkpoint 核对他们手上的那一份。",
            "Outside proof: mailed to the auditors since {since}, last {until}, covering {rows} rows;"
            " check the copy they hold with --checkpoint.",
        ),
        "verify.inside": (
            "外部凭证：还没有。请用 duban history seal --out 存一份到别处，或设审计员，每天寄给他们。",
            "Outside proof: none yet. Keep a copy elsewhere (duban history seal --out),"
            " or enter auditors: they get one a day.",
        ),
        "seal.key": ("公钥 {pubkey}", "public key {pubkey}"),
        "seal.written": (
            "检查点（{rows} 行，根 {root}）已写入 {file}，公钥已写入 {file}.pub。请存到本机以外的地方。",
            "The checkpoint ({rows} rows, root {root}) is in {file}, the public key in {file}.pub."
            " Keep them away from this machine.",
        ),
        "asof.none": ("{at} 时还没有事项。", "There was no case at {at}."),
        "asof.head": ("{at} 时的状态", "As it was at {at}"),
        "export.done": ("历史已写入 {file}。\n根 {root}", "The history is written to {file}.\nroot {root}"),
    }
)
