"""What pages say of official sheets."""

TEXTS: dict[str, tuple[str, str]] = {
    "official.application": ("下载申报表（docx，已填好）", "Download the application form (docx, filled in)"),
    "official.list": ("导出汇总表（官方格式）", "Export the official table"),
    "official.title": ("导入官方表格", "Import official sheets"),
    "official.below": (
        "各地的申报表（docx）、汇总表（xlsx）；先核对，再导入。",
        "Application forms (docx) and tables (xlsx) of the notices; checked first, then imported.",
    ),
    "official.how": (
        "有编号的按编号对应，没有的按单位和名称对应，其余新增；只改动表中改过的地方。",
        "Known by number, else by unit and title; others are added. Only what was changed changes.",
    ),
    "official.file_help": (
        ".docx、.xlsx，或几份 .docx 的 .zip，最多 20 MB",
        ".docx, .xlsx, or a .zip of several .docx, at most 20 MB",
    ),
    "official.blank": ("空表：{name}", "Blank: {name}"),
    "official.others": ("其他地方的空表（{n}）", "Blanks of other places ({n})"),
    "official.broken": (
        "有一个表格文件不能用，其他的照常：{problem}",
        "One file of a sheet cannot be used, the others can: {problem}",
    ),
    "official.none": ("这里没有官方表格可用。", "There is no official sheet for this."),
    "official.ask": (
        "有 {n} 个列名没有见过，请确认",
        "{n:heading was|headings were} never seen: what is meant?",
    ),
    "official.ask_below": (
        "{name}（{sheet}）：确认后再核对；没有确认的不会导入。",
        "{name} ({sheet}): it is checked once you have said so; nothing else is imported.",
    ),
    "official.missing": ("缺少列：{names}。", "Missing columns: {names}."),
    "official.heading": ("“{heading}”是", "“{heading}” is"),
    "official.pass": ("不导入这一列", "not to be imported"),
    "official.go_on": ("确认，继续核对", "Go on"),
    "official.entered": ("将新增的活动（{n}）", "New activities ({n})"),
    "official.document_n": ("第 {n} 份", "document {n}"),
    "official.changes": ("会改动的内容", "What would change"),
    "official.before": ("现在", "Now"),
    "official.after": ("表中", "In the sheet"),
    "official.problems_below": (
        "{name}：下载标出问题的文件，改好后再导入；标出的文字不用删。",
        "{name}: download it with the problems marked, mend them and import it again; the marks may stay.",
    ),
    "official.marked": ("下载标出问题的文件", "Download the file with the problems marked"),
    "official.link": ("导入官方表格（申报表、汇总表）", "Import official sheets"),
    "official.marked_name": ("要修改-{name}", "to-mend-{name}"),
    "official.where": ("位置", "Place"),
}
