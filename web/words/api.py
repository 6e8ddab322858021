"""What the page of the API says around its English words, and refusals that only programs meet."""

TEXTS: dict[str, tuple[str, str]] = {
    "api.title": ("接口共 {n} 项操作", "The API has {n:operation|operations}"),
    "api.lead": (
        "页面上能办的，程序也能办。以下由机器读的文件生成，用英文书写。",
        "What pages can do, programs can do. This page is made from the document for machines.",
    ),
    "api.document": ("机器读的文件（OpenAPI 3.1）", "The document for machines (OpenAPI 3.1)"),
    "api.tokens": ("令牌在“我的账号”里建立", "Tokens are made under My account"),
    "api.name": ("名称", "Name"),
    "api.place": ("位置", "In"),
    "api.kind": ("类型", "Type"),
    "api.about": ("说明", "Meaning"),
    "api.required": ("必填", "required"),
    "api.takes": ("{name} 的参数", "What {name} takes"),
    "api.sent": ("请求示例", "Example of a request"),
    "api.answers": ("应答", "Answers"),
    "api.status": ("状态", "Status"),
    "api.example": ("应答示例（{status}）", "Example of an answer ({status})"),
    "error.412": (
        "读取之后已被别人改动，没有写入任何内容；请重新读取，再带上新的 If-Match 办理。",
        "It was changed since you read it and nothing was written; read it again and send the new If-Match.",
    ),
    "error.412.title": ("别人刚刚改过", "Somebody has just changed this"),
}
