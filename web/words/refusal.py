"""Refusals that people hardly ever meet: what a browser, a proxy or a program asked for in a wrong way."""

TEXTS: dict[str, tuple[str, str]] = {
    "error.400.title": ("没有看懂这次请求", "The request was not understood"),
    "error.400": (
        "浏览器传来的内容不完整或格式不对，什么都没有改动。请返回上一页再试一次。",
        "What the browser sent is incomplete or malformed; nothing was changed. Go back and try again.",
    ),
    "error.401.title": ("需要有效的令牌", "A valid token is needed"),
    "error.401": (
        "没有带令牌，或者令牌已停用、已过期。请在“我的账号”里新建一个。",
        "There is no token, or it was revoked or has expired; make a new one under “My account”.",
    ),
    "error.405.title": ("这里不能这样办", "This cannot be done here"),
    "error.405": (
        "这个地址不接受这种操作，什么都没有改动。请从页面上的按钮办理。",
        "This address does not take that kind of request; nothing was changed. Use the buttons of the page.",
    ),
    "error.408.title": ("内容传得太慢", "It came too slowly"),
    "error.408": (
        "内容很久没有传完，已经中断，什么都没有改动。请检查网络后再试一次。",
        "The content took too long and was cut off; nothing was changed. Check the network and try again.",
    ),
    "error.413.title": ("内容太大", "It is too large"),
    "error.413": (
        "提交的内容超过了上限，没有接收，什么都没有改动。请把文件缩小，或分几次提交。",
        "What was sent is over the limit and was not taken; nothing was changed."
        " Make the file smaller, or send it in parts.",
    ),
    "error.414.title": ("地址太长", "The address is too long"),
    "error.414": (
        "这个地址太长，打不开。请从首页按名称查找。",
        "This address is too long to be opened; look for the page by name from the first page.",
    ),
    "error.form.title": ("请刷新后再提交", "Load the page again, then send"),
    "error.form": (
        "这一页打开以后您重新登录过，或者表单不是从督办的页面提交的，什么都没有改动。"
        "请返回上一页，刷新，再办一次。",
        "You signed in again after opening the page, or the form did not come from a page of Duban;"
        " nothing was changed. Go back, load the page again, and do it once more.",
    ),
}
