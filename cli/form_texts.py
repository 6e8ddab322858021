"""What the commands of official sheets say on the terminal, in both languages."""

from cli.bilingual import texts

FORMS = texts(
    {
        "form.broken": (
            "有一个表格文件不能用，其他的照常：{problem}改好后用 duban form lint 检查。",
            "One file cannot be used, the others can: {problem} Mend it and check with duban form lint.",
        ),
        "form.sound": ("{count} 种表格都没有问题。", "All {count} sheets are sound."),
        "form.head": ("{name}（{sheet}，.{file}）", "{name} ({sheet}, .{file})"),
        "form.title": ("标题：{title}", "Title: {title}"),
        "form.notices": ("用于：{notices}", "For: {notices}"),
        "form.filled": ("{count} 项活动，已写入 {file}。", "{count} activities, written to {file}."),
        "form.read": (
            "{file} 是“{name}”，有 {count} 项活动。",
            "{file} is “{name}” with {count} activities.",
        ),
        "form.asked": (
            "没有见过的列名：“{heading}”，可能是“{column}”。",
            "Heading never seen: “{heading}”, perhaps “{column}”.",
        ),
        "form.asked_nothing": ("没有见过的列名：“{heading}”。", "Heading never seen: “{heading}”."),
        "form.missing": ("缺少列：{columns}。", "Missing columns: {columns}."),
        "form.map": (
            "确认后再读一次：--map “列名=本表的列”，“列名=”表示不导入这一列。",
            'Read it again once you know: --map "HEADING=COLUMN"; "HEADING=" passes it over.',
        ),
        "form.would": (
            "将新增 {created}，修改 {updated}，不变 {unchanged}。还没有导入；加 --apply 导入。",
            "Would add {created}, change {updated}, leave {unchanged}. Nothing is imported yet; add --apply.",
        ),
        "form.marked": ("要修改的地方已标在 {file} 中。", "What is to be mended is marked in {file}."),
        "form.bad_map": (
            "--map 应写成“列名=本表的列”，如 --map “活动名=活动名称”；收到的是“{given}”。",
            '--map is written "HEADING=COLUMN"; got "{given}".',
        ),
        "form.one_kind": (
            "请只用 --notice 或 --case 中的一种说明是哪些活动。",
            "say which activities by --notice or by --case, not both",
        ),
    }
)
