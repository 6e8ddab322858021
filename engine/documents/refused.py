"""Why a document is not read, what is doubtful in one that is, and the way out."""

from collections.abc import Mapping
from types import MappingProxyType

from config.errors import UserError
from config.schedule import Name
from engine.documents.document import MAX_BYTES, MAX_PAGES, MAX_TEXT


def _names(table: Mapping[str, tuple[str, str]]) -> Mapping[str, Name]:
    return MappingProxyType({key: Name(zh=zh, en=en) for key, (zh, en) in table.items()})


WHY: Mapping[str, Name] = _names(
    {
        "missing": (
            "没有这个文件。请检查路径和文件名。",
            "there is no such file; check the path",
        ),
        "folder": (
            "这是文件夹，不是文件。请指明文件夹里的那一份通知。",
            "this is a folder; name the notice in it",
        ),
        "unreadable": (
            "读不了：{cause}。请检查权限；文件如在 Word、WPS 中打开着，请先关闭。",
            "it cannot be read: {cause}; check its rights, and close it in Word or WPS",
        ),
        "empty": (
            "里面没有文字。请检查文件是否传完整，或者向发文单位另要一份。",
            "there is no text in it; see whether it was copied whole, or ask the issuer for another copy",
        ),
        "large": (
            f"文件超过 {MAX_BYTES // 2**20} MB。请删去图片后另存，或只留通知正文。",
            f"the file has more than {MAX_BYTES // 2**20} MB; remove its pictures, or keep the notice alone",
        ),
        "old_word": (
            "这是旧格式的文档（.doc 或 .wps）。请用 WPS 或 Word 打开，另存为“Word 文档（.docx）”后再试。",
            "this is a document of the old format (.doc or .wps); open it in Word or WPS, save it as .docx"
            " and try again",
        ),
        "locked": (
            "文件设有打开密码。请用 Word、WPS 或 PDF 软件打开，去掉密码另存，或者向发文单位要一份不加密的。",
            "the file is locked with a password; open it, remove the password and save, or ask the issuer"
            " for a copy without one",
        ),
        "sheet": (
            "这是表格，不是通知正文。请给通知本身（docx、pdf、html 或 txt）。",
            "this is a spreadsheet; give the notice itself (docx, pdf, html or txt)",
        ),
        "slides": (
            "这是演示文稿，不是通知正文。请给通知本身（docx、pdf、html 或 txt）。",
            "these are slides; give the notice itself (docx, pdf, html or txt)",
        ),
        "ofd": (
            "这是 OFD 版式文件。请用 OFD 阅读器或 WPS 转为带文字的 PDF，或者向发文单位要 docx。",
            "this is an OFD file; convert it to a PDF with text in WPS or an OFD reader,"
            " or ask the issuer for the docx",
        ),
        "picture": (
            "这是图片，里面的字读不出来。请先用文字识别（OCR）转成 docx 或 txt，或者向发文单位要 docx。",
            "this is a picture; turn it into docx or txt by text recognition (OCR), or ask the issuer for"
            " the docx",
        ),
        "scan": (
            "这是扫描件，只有图片，没有文字。请先用文字识别（OCR）转换，或者向发文单位要 docx。",
            "this is a scan: pictures without text; run text recognition (OCR) over it, or ask the issuer"
            " for the docx",
        ),
        "garbled": (
            "字体里没有文字编码，读出来是乱码。请用文字识别（OCR）转换，或者向发文单位要 docx。",
            "its fonts do not tell which characters they show; run text recognition (OCR) over it,"
            " or ask the issuer for the docx",
        ),
        "rich_text": (
            "这是 RTF 文档。请用 WPS 或 Word 打开，另存为“Word 文档（.docx）”后再试。",
            "this is an RTF document; open it in Word or WPS, save it as .docx and try again",
        ),
        "mail": (
            "这是邮件或单个文件网页（.eml、.mht）。请打开后把通知另存为 docx 或 txt。",
            "this is a mail or a web archive (.eml, .mht); open it and save the notice as docx or txt",
        ),
        "archive": (
            "这是压缩包。请解压后再给里面的通知。",
            "this is an archive; unpack it and give the notice in it",
        ),
        "no_kind": (
            "看不出是什么文件。能读的有 docx、带文字的 pdf、html 和 txt；"
            "其他的请用 WPS 或 Word 另存为 .docx。",
            "it cannot be told what this is; docx, pdf with text, html and txt can be read, save others as"
            " .docx in Word or WPS",
        ),
        "damaged": (
            "文件不完整或已损坏。请重新下载，或用 WPS、Word、PDF 软件打开，另存后再试。",
            "the file is damaged or not whole; fetch it again, or open it, save it anew and try again",
        ),
        "broke": (
            "读到一半出错停下了：文件可能已损坏，或者展开后过大。请用 WPS、Word 打开，另存为 .docx 后再试。",
            "what reads it broke: the file may be damaged, or unpack to too much; open it in Word or WPS,"
            " save it as .docx and try again",
        ),
        "unsafe": (
            "里面有文档类型定义（DTD），不安全。请用 WPS 或 Word 重新另存为 .docx。",
            "it has a document type definition, which Word never writes; save it anew as .docx",
        ),
        "heavy": (
            "文件展开后过大，可能不安全。请把通知正文复制到新的文档再试。",
            "it unpacks to more than is safe; copy the notice into a new document",
        ),
        "slow": (
            "读得太久，已经停下。请把通知正文复制到新的文档，或另存为 .docx 再试。",
            "reading it took too long and was stopped; copy the notice into a new document,"
            " or save it as .docx",
        ),
        "many_pages": (
            f"有 {{count}} 页，最多读 {MAX_PAGES} 页。请只留通知正文（例如打印为 PDF 时选页）。",
            f"it has {{count}} pages, at most {MAX_PAGES} are read; keep the notice alone (print its pages"
            " to a PDF)",
        ),
        "much_text": (
            f"文字超过 {MAX_TEXT // 10_000} 万字。请只留通知正文。",
            f"it has more than {MAX_TEXT:,} characters; keep the notice alone",
        ),
        "encoding": (
            "第 {line} 行（第 {byte} 个字节）的编码认不出来。请用 WPS 或记事本打开，另存为 UTF-8 后再试。",
            "line {line} (byte {byte}) is in no encoding known here; open it in an editor, save it as UTF-8",
        ),
        "not_installed": (
            "读这种文件的部件没有安装。请运行 pip install 'duban[documents]'。",
            "what reads such files is not installed; run pip install 'duban[documents]'",
        ),
    }
)

DOUBTS: Mapping[str, Name] = _names(
    {
        "struck": (
            "有 {count} 处划掉的文字没有读。",
            "{count} passages that are struck out were left out.",
        ),
        "deleted": (
            "有 {count} 处修订中删除的文字没有读。",
            "{count} passages that tracked changes delete were left out.",
        ),
        "hidden": (
            "有 {count} 处隐藏的文字没有读。",
            "{count} hidden passages were left out.",
        ),
        "embedded": (
            "嵌在文档里的另一份文档没有读。",
            "A document embedded in this one was not read.",
        ),
        "pictures": (
            "文档里有 {count} 张图片，图片里的字没有读。",
            "{count} pictures are in the document; what is written in them was not read.",
        ),
        "pages": (
            "第 {pages} 页读不出文字（可能是扫描的），请对照原件。",
            "On page {pages} no text could be read (a scan, perhaps); look at the original.",
        ),
        "mixed": (
            "文件混用两种编码：第 {lines} 行按 {encoding} 读，其余按 {other} 读，请核对。",
            "The file mixes two encodings: line {lines} was read as {encoding}, the rest as {other};"
            " please check.",
        ),
    }
)


class Unreadable(Exception):
    """A document cannot be read; who knows its name makes the refusal of it."""

    def __init__(self, why: str, **values: str | int) -> None:
        super().__init__(why)
        self.why = why
        self.values = values


def refused(name: str, why: str, values: Mapping[str, str | int]) -> UserError:
    """Return the refusal of the document of that name."""
    text = WHY[why]
    return UserError(
        zh=f"{name}：{text.zh.format(**values)}",
        en=f"{name}: {text.en.format(**values)}",
        code=f"document.{why}",
    )


def doubt(code: str, **values: str | int) -> Name:
    """Return what is doubtful in a document that is read."""
    text = DOUBTS[code]
    return Name(zh=text.zh.format(**values), en=text.en.format(**values))


def ranges(numbers: list[int]) -> str:
    """Return ascending numbers as people write them: ``2, 5-7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return ", ".join(shown[:10]) + (" …" if len(shown) > 10 else "")
