"""What is wrong with a field of a form."""

TEXTS: dict[str, tuple[str, str]] = {
    "form.required": ("请填写", "fill this in"),
    "form.long": ("太长，最多 {most} 个字", "too long: at most {most} characters"),
    "form.number": ("请写一个整数，不超过 {most}", "write a whole number of at most {most}"),
    "form.day": ("没有“{value}”这一天，请写成 2023-09-28", "there is no day {value!r}; write 2023-09-28"),
    "form.moment": (
        "没有“{value}”这个时间，请写成 2023-09-28 16:00",
        "there is no moment {value!r}; write 2023-09-28 16:00",
    ),
    "distance.late": ("已逾期 {days} 天", "{days:day|days} late"),
    "distance.today": ("今天截止", "due today"),
    "distance.tomorrow": ("还有 1 个工作日", "1 working day left"),
    "distance.left": ("还有 {days} 个工作日", "{days:working day|working days} left"),
}
