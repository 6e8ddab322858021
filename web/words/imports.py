"""What the import of sheets says."""

TEXTS: dict[str, tuple[str, str]] = {
    "imports.title_unit": ("导入单位", "Import units"),
    "imports.title_person": ("导入人员", "Import people"),
    "imports.title_activity": ("导入活动", "Import activities"),
    "imports.below": (
        "先核对，再导入；有一处不对就一行也不导入。",
        "It is checked first; if one cell is wrong, no row is imported.",
    ),
    "imports.how_unit": (
        "地区和名称相同的单位会更新，其余新增。",
        "A unit of the same region and name is updated, others are added.",
    ),
    "imports.how_person": (
        "邮箱相同的人会更新，权限只增加、不减少；一个人有几项权限就写几行。",
        "A person of the same address is updated; rights are added, never taken away;"
        " one row for each right of a person.",
    ),
    "imports.how_activity": (
        "编号相同的活动会更新；没有编号的，按单位、名称和开始日期对应，其余新增。",
        "An activity of the same number is updated; without a number it is known by unit, title and first"
        " day; others are added.",
    ),
    "imports.template": ("下载空表（xlsx，带示例）", "Download an empty sheet (xlsx, with an example)"),
    "imports.template_unit": ("单位-空表.xlsx", "units-empty.xlsx"),
    "imports.template_person": ("人员-空表.xlsx", "people-empty.xlsx"),
    "imports.template_activity": ("活动-空表.xlsx", "activities-empty.xlsx"),
    "imports.notice": ("属于哪个通知", "For which notice"),
    "imports.file": ("表格文件", "Sheet"),
    "imports.file_help": (
        ".xlsx 或 .csv，最多 20 MB、2 万行",
        ".xlsx or .csv, at most 20 MB and 20,000 rows",
    ),
    "imports.no_file": ("请先选择文件", "choose a file first"),
    "imports.check": ("核对", "Check it"),
    "imports.plan": (
        "将新增 {created}、修改 {updated}、不变 {same}",
        "{created} new, {updated} changed, {same} as before",
    ),
    "imports.plan_below": (
        "{name} 没有问题。还没有导入。",
        "{name} is in order. Nothing has been imported yet.",
    ),
    "imports.nothing": (
        "表中 {same} 项都已经有了，不用导入",
        "All {same} are there already; there is nothing to import",
    ),
    "imports.confirm": ("导入这 {n} 项", "Import {n}"),
    "imports.cancel": ("先不导入", "Not now"),
    "imports.to_list": ("看列表", "To the list"),
    "imports.other_file": ("换一个文件", "Another file"),
    "imports.created": ("新增 {n} 项", "{n} new"),
    "imports.updated": ("修改 {n} 项", "{n} changed"),
    "imports.thing_unit": ("单位", "Unit"),
    "imports.thing_person": ("人员", "Person"),
    "imports.thing_activity": ("活动", "Activity"),
    "imports.same": ("不变 {n} 项", "{n} as before"),
    "imports.more": ("另有 {n} 项", "{n} more"),
    "imports.done": (
        "已导入：新增 {created}、修改 {updated}、不变 {same}。",
        "Imported: {created} new, {updated} changed, {same} as before.",
    ),
    "imports.problems_title": ("表格中的问题", "What is wrong with the sheet"),
    "imports.problems": (
        "有 {n} 处要修改，一行也没有导入",
        "{n:cell has|cells have} to be mended; no row was imported",
    ),
    "imports.problems_below": (
        "{name}：下载标出问题的表格，改好后再导入；“问题”一列不用删。",
        "{name}: download it with the problems marked, mend them and import it again;"
        " the column “Problem” may stay.",
    ),
    "imports.marked": ("下载标出问题的表格", "Download it with the problems marked"),
    "imports.marked_name": ("要修改-{name}.xlsx", "to-mend-{name}.xlsx"),
    "imports.again": ("改好了，重新导入", "Mended: import again"),
    "imports.row": ("行", "Row"),
    "imports.row_n": ("第 {n} 行", "row {n}"),
    "imports.column": ("列", "Column"),
    "imports.problem": ("问题", "Problem"),
    "imports.more_problems": ("另有 {n} 处，见下载的表格。", "{n} more, see the sheet."),
    "imports.gone": (
        "这个文件已经导入过，或者等得太久已经清理。请先看列表；没有导入的，请重新选择文件。",
        "This file was imported already, or has waited too long and is gone."
        " Look at the list; if it is not there, choose the file again.",
    ),
}
