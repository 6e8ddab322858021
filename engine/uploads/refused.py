"""Why a file is not taken in, and what to do instead: one whole sentence for each case and language."""

from collections.abc import Mapping
from types import MappingProxyType

from config.errors import UserError
from config.schedule import Name
from engine.uploads.filetypes import MB, accepted
from workflows.wording import MATERIALS

WHY: Mapping[str, Name] = MappingProxyType(
    {
        "empty": Name(
            zh="“{name}”是空文件，没有内容；请重新选择文件。",
            en="“{name}” is empty; choose the file again.",
        ),
        "heic": Name(
            zh="“{name}”是苹果手机的 HEIC 照片，很多电脑打不开；请在手机“设置－相机－格式”选“兼容性最佳”，"
            "或先另存为 JPG 再上传。",
            en="“{name}” is a HEIC photo, which many computers cannot open; save it as JPG, or choose"
            " Settings – Camera – Formats – Most Compatible on the phone.",
        ),
        "other_image": Name(
            zh="“{name}”是不常用的图片格式；请另存为 JPG 或 PNG 再上传。",
            en="“{name}” is a picture of an uncommon format; save it as JPG or PNG and upload that.",
        ),
        "broken_image": Name(
            zh="图片“{name}”打不开，可能没有传完或已损坏；请用看图软件打开后另存为 JPG 再上传。",
            en="the picture “{name}” cannot be opened, it may be cut off or damaged; open it in a picture"
            " viewer, save it as JPG and upload that.",
        ),
        "vast_image": Name(
            zh="图片“{name}”超过 6000 万像素；请缩小后再上传，长边 4000 像素就够清楚。",
            en="the picture “{name}” has more than 60 million pixels; make it smaller, 4,000 on the long"
            " side are plenty.",
        ),
        "svg": Name(
            zh="“{name}”是 SVG 矢量图，里面可能带有脚本，不能上传；请另存为 PNG 再上传。",
            en="“{name}” is an SVG drawing, which may carry scripts; save it as PNG and upload that.",
        ),
        "html": Name(
            zh="“{name}”是网页文件，里面可能带有脚本，不能上传；请打印为 PDF，或直接填写网页链接。",
            en="“{name}” is a web page, which may carry scripts; print it to PDF, or give its address"
            " as a link.",
        ),
        "program": Name(
            zh="“{name}”是程序或脚本，不能上传；请上传照片、视频或文档本身。",
            en="“{name}” is a program or script; upload the photo, video or document itself.",
        ),
        "archive": Name(
            zh="“{name}”是压缩包，不能直接上传；请解压后逐个上传里面的文件。",
            en="“{name}” is an archive; unpack it and upload the files in it one by one.",
        ),
        "macros": Name(
            zh="“{name}”带有宏程序，不能上传；请另存为不带宏的 docx、xlsx 或 pptx 再上传。",
            en="“{name}” carries macros; save it as docx, xlsx or pptx without macros and upload that.",
        ),
        "locked": Name(
            zh="“{name}”设了打开密码，别人看不到内容；请去掉密码后再上传。",
            en="“{name}” is locked by a password; remove the password and upload it again.",
        ),
        "broken_office": Name(
            zh="“{name}”打不开，可能没有传完或已损坏；请在 Word、Excel 或 WPS 中打开，另存后再上传。",
            en="“{name}” cannot be opened, it may be cut off or damaged; open it in Word, Excel or WPS,"
            " save it anew and upload that.",
        ),
        "other_video": Name(
            zh="“{name}”是不常用的视频格式；请转成 MP4 再上传。",
            en="“{name}” is a video of an uncommon format; convert it to MP4 and upload that.",
        ),
        "audio": Name(
            zh="“{name}”是录音，不是视频；请上传 MP4 或 MOV 视频。",
            en="“{name}” is a sound recording, not a video; upload an MP4 or MOV video.",
        ),
        "rich_text": Name(
            zh="“{name}”是 RTF 文件；请另存为 docx 或 PDF 再上传。",
            en="“{name}” is an RTF file; save it as docx or PDF and upload that.",
        ),
        "unknown": Name(
            zh="看不出“{name}”是什么文件；这里可以上传{wanted}。",
            en="it cannot be told what “{name}” is; upload {wanted}.",
        ),
        "other_kind": Name(
            zh="“{name}”不能作为“{kind}”上传；这里可以上传{wanted}。",
            en="“{name}” cannot be uploaded as “{kind}”; upload {wanted}.",
        ),
        "large": Name(
            zh="“{name}”超过 {most} MB；请压缩后再上传，视频也可以填写网络链接。",
            en="“{name}” has more than {most} MB; make it smaller, or give a video as a link.",
        ),
        "many": Name(
            zh="一次选了 {count} 个文件，最多 {most} 个；请分几次上传。",
            en="{count} files at once are too many, at most {most} are taken; upload them in several goes.",
        ),
        "disk_full": Name(
            zh="服务器的磁盘已满，没有收下“{name}”；请联系管理员清理后再上传。",
            en="the server's disk is full, “{name}” was not taken; ask the admin to make room, then retry.",
        ),
    }
)


class UploadRefused(UserError):
    """A file was not taken in; nothing of it was kept."""

    def __init__(self, why: str, **values: object) -> None:
        self.why = why
        text = WHY[why]
        super().__init__(
            zh=text.zh.format(**_in_language(values, "zh")),
            en=text.en.format(**_in_language(values, "en")),
            code=f"upload.{why}",
        )


def not_for(kind: str, name: str, *, why: str = "other_kind") -> UploadRefused:
    """Return the refusal of a file that cannot be that kind of material."""
    known = MATERIALS.get(kind)
    called = Name(zh=known.zh, en=known.en) if known else Name(zh=kind, en=kind)
    return UploadRefused(why, name=name, kind=called, wanted=accepted(kind).said)


def too_large(name: str, most: int) -> UploadRefused:
    """Return the refusal of a file that has more than ``most`` bytes."""
    return UploadRefused("large", name=name, most=most // MB)


def _in_language(values: Mapping[str, object], lang: str) -> dict[str, object]:
    return {key: value.in_(lang) if isinstance(value, Name) else value for key, value in values.items()}
