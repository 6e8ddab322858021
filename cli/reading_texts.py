"""What the reading of a notice says of itself, in both languages."""

from cli.bilingual import texts

READING = texts(
    {
        "read.no_title": ("（没有读出标题）", "(no title was found)"),
        "read.issuer": ("发文单位：{text}", "Issuer: {text}"),
        "read.number": ("文号：{text}", "Number: {text}"),
        "read.issued": ("印发：{text}", "Issued: {text}"),
        "read.theme": ("主题：{text}", "Theme: {text}"),
        "read.subtheme": ("副主题：{text}", "Sub-theme: {text}"),
        "read.parent": ("上级通知：{text}", "Notice above: {text}"),
        "read.no_deadline": (
            "没有读出带日期的要求。如果通知里有，请对照原文。",
            "No deadline was found. If the notice has one, please look at its text.",
        ),
        "read.year.title": ("年份据标题", "year from the title"),
        "read.year.issued": ("年份据印发日期", "year from the date of issue"),
        "read.year.nowhere": ("年份没有写明", "the year is not said"),
        "read.notes": ("（{notes}）", "({notes})"),
        "read.doubtful": ("请核对", "please check"),
        "read.guess": ("没有把握", "a guess"),
        "read.open": ("没有定日期：{cite}", "No date is set: {cite}"),
        "read.recurring": (
            "反复出现，只列出，不排入日程：{cite}",
            "Recurring, shown only, never scheduled: {cite}",
        ),
        "read.others": (
            "另有 {count} 处日期不是要求（如评选结果、统计时段、文件日期），没有列入；--json 有全部。",
            "{count} other dates ask for nothing (results, periods counted, dates of documents);"
            " --json has them.",
        ),
        "read.cite": ("{date}  “{cite}”", "{date}  “{cite}”"),
        "read.doubt": ("请注意：{text}", "Please note: {text}"),
        "read.next": (
            "以上只是读出来的：没有写入，不会提醒。核对后写成草稿：\n"
            "  duban notice read {file} --output 通知.yaml",
            "This was only read: nothing is kept or armed. Once checked, write it as a draft:\n"
            "  duban notice read {file} --output notice.yaml",
        ),
        "read.written": (
            "草稿 {id} 已写入 {file}，其中 {open} 处没有把握，没有写入；还没有生效。\n"
            "请逐条核对，再预演和应用：\n"
            "  duban notice plan {file}\n"
            "  duban notice apply {file}",
            "The draft of {id} is in {file}; {open} dates were too doubtful to be in it. Nothing is in force"
            " yet.\nCheck every line, then plan and apply:\n"
            "  duban notice plan {file}\n"
            "  duban notice apply {file}",
        ),
        "read.no_region": (
            "读不出这份通知属于哪个地区；请加 --region 地区（名称或代码）。",
            "the notice does not say which region it is of; add --region NAME or --region CODE",
        ),
    }
)
