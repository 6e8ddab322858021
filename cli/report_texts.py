"""What ``duban report`` says, in both languages."""

from cli.bilingual import texts

REPORT = texts(
    {
        "report.head": ("{title}（{unit}，{region}）", "{title} ({unit}, {region})"),
        "report.state": ("报送事项 {ref}：{state}", "Report {ref}: {state}"),
        "report.sum": (
            "活动 {activities} 项，已开展 {held} 项，取消 {cancelled} 项；{units} 个单位。",
            "{activities} activities, {held} held, {cancelled} cancelled; {units} units.",
        ),
        "report.people": (
            "参与 {participants} 人次（{told} 项已填报）；登记表 {forms} 份，照片 {photos} 张，"
            "视频 {videos} 个，新闻链接 {news} 条。",
            "{participants} took part (known of {told}); {forms} application forms, {photos} photos,"
            " {videos} videos, {news} news links.",
        ),
        "report.states": ("进展：{counts}", "States: {counts}"),
        "report.kinds": ("活动形式：{counts}", "Forms: {counts}"),
        "report.audiences": ("面向人群：{counts}", "Audiences: {counts}"),
        "report.count": ("{name} {count}", "{name} {count}"),
        "report.owed": (
            "应报送 {owed} 份，已报送 {filed} 份，未报送 {owing} 份。",
            "{owed} reports owed, {filed} filed, {owing} not filed.",
        ),
        "report.silent": (
            "没有申报活动的单位 {count} 个：{names}",
            "{count} units without an activity: {names}",
        ),
        "report.without": (
            "没有活动的地区 {count} 个：{names}",
            "{count} places without an activity: {names}",
        ),
        "report.all_filed": ("都已报送，没有缺的。", "All have filed; nothing is lacking."),
        "report.links": (
            "新闻链接 {total} 条，写进报告的 {chosen} 条。",
            "{total} links of the press, {chosen} named in the report.",
        ),
        "report.built": (
            "已写入 {file}：{files} 个文件，{kb} KB。\nSHA-256 {sha256}",
            "Written to {file}: {files} files, {kb} KB.\nSHA-256 {sha256}",
        ),
        "report.frozen": (
            "已写入 {file}：报送时封存的汇总包，{kb} KB。\nSHA-256 {sha256}",
            "Written to {file}: the package as it was handed in, {kb} KB.\nSHA-256 {sha256}",
        ),
        "report.left": ("没有收入 {ref} 的“{name}”：{why}。", "Left out “{name}” of {ref}: {why}."),
        "report.submitted": (
            "{ref} 已报送，汇总包已封存（{name}）。\nSHA-256 {sha256}",
            "{ref} is handed in, with its package ({name}).\nSHA-256 {sha256}",
        ),
        "report.blocked": (
            "{ref} 现在不能报送，没有改动：{why}",
            "{ref} cannot be handed in now, nothing was changed: {why}",
        ),
        "busy.rollup": ("汇总", "rolling up"),
    }
)
