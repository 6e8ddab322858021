"""Who is to do what, through which channel, with which materials: the words of a clause beside its date."""

import re
from dataclasses import dataclass

from config.reading import words
from config.reading.normal import Plain
from config.reading.scene import Scene

_PARTY = re.compile(
    r"单位|科协|学会|协会|学校|学院|部门|各|选手|作者|同学|学生|考生|[者员人]|团队|队"
    r"|[委局厅会办组院校处]|企业|公司|对象|中心|项目|政府|机构|高校|县|市|区|班级|教师|家长"
    r"|社团"
)
_ASKED = re.compile(
    r"请(?P<who>[^,。;:请将把]{2,50}?)(?:务必|认真|尽快|积极|统一|高度|结合|根据)?(?:于|在|按"
    r"|将|把|通过|汇总|组织|,|$)"
)
_SUBJECT = re.compile(
    r"(?:^|[,;:。)、]|\d[.、])(?P<who>[^,。;:请将把于在]{2,50}?)(?:报名后|原则上)?(?:务必|必须"
    r"|须|需|应|要|可|均可|统一)?(?:于|在|将[^,。;:]{0,60})?$"
)
_AFTER = re.compile(
    r"^[, :)]{0,3}(?:请)?(?P<who>[^,。;:将把请]{2,40}?)(?:务必|必须|须|需|应|要|可|牵头|负责"
    r"|均可|将|把|通过|提交|报送|组织|自行|统一|报名|填写|上报|在)"
)
_PLEASE = re.compile(r"(?:^|[,;:。])(?P<who>[^,。;:请]{2,60}?)(?:拟|须|需|应|要|可)[^,。;:]{0,30},请")
_FIRST = re.compile(
    r"(?:^|[:。、)])(?P<who>[^,。;:请将把]{2,30}?)(?:统一|负责|组织|收集|汇总|要|应|须|需|可|拟)"
)
_VERB = re.compile(r"^(?:报送|提交|通过|组织|完成|登录|填写|将|把|以|前往|到|至|按)")
_NOBODY = re.compile(r"主题|时间|日期|截止|通知")
_MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{1,62}[A-Za-z0-9]")
_SITE = re.compile(r"https?://[A-Za-z0-9./?=&_%#:~-]{4,120}|www\.[A-Za-z0-9./-]{3,80}")
_PLATFORM = re.compile(
    r"[“”\u4e00-\u9fffA-Za-z]{2,16}?(?:平台|网站|官网|(?<![本各该一])系统|客户端|小程序|公众号"
    r"|[Aa][Pp][Pp])|QQ群|微信群|钉钉群"
)
_PAPER = re.compile(
    r"纸质[版件稿材]?|邮寄|寄[送至到往]|盖章[原件版]{0,2}|书面|一式[两二三四五六]份|送交|交至|交到|现场"
)
_BY_MAIL = re.compile(r"电子邮[件箱]|邮箱|电子版|电子稿|电子文档|[eE]-?mail")
_TITLED = re.compile(r"《([^《》\n]{2,60}(?:表|书|函|报告|单|材料|方案|总结|回执|名单|论文|手册))》")
_MATERIAL = re.compile(
    r"[\u4e00-\u9fff]{0,14}(?:申报表|申请表|登记表|汇总表|报名表|推荐表|安排表|征集表|回执"
    r"|(?:工作|活动)总结|总结(?:材料|报告)|佐证材料|证明材料|照片|视频|图片|新闻报道链接"
    r"|扫描件|承诺书|论文|作品|摘要|简历)"
)
_FULL = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）"}
_HALF = re.compile(r"(?<=[\u3000-\u9fff”])[,:;()]|[,:;()](?=[\u3000-\u9fff“])")
_MARGIN = " ,:;。、)\t|-·"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who, what, how and with what."""

    who: str | None
    action: str | None
    channel: str | None
    materials: tuple[str, ...]


def parties(plain: Plain, scene: Scene, cite: str) -> Parties:
    """Return what the clause of ``scene`` says beside its date; ``cite`` are its plain words."""
    return Parties(who=_who(scene), action=_action(scene), channel=channel(cite), materials=materials(cite))


def _who(scene: Scene) -> str | None:
    lead, rest = scene.lead.rstrip(), scene.rest
    for pattern, said in (
        (_ASKED, lead[-120:]),
        (_PLEASE, lead[-160:]),
        (_SUBJECT, lead[-90:]),
        (_AFTER, rest[:90]),
        (_ASKED, rest[:120]),
        (_FIRST, lead[-160:]),
    ):
        found = pattern.search(said)
        who = (
            re.sub(r"^[\d.、()一二三四五六七八九十 ]+(?=[^\d])", "", found["who"]).strip(_MARGIN)
            if found
            else ""
        )
        who = re.sub(r"[、]?(?:高度重视|认真|结合|根据|按照).*$", "", who)
        if 2 <= len(who) <= 50 and _PARTY.search(who) and not _VERB.match(who) and not _NOBODY.search(who):
            return typeset(who)
    return None


def _action(scene: Scene) -> str | None:
    if scene.phrase.same:
        return typeset(scene.lead.strip(_MARGIN)[-120:]) or None
    rest = re.split(r"[。\n]", scene.rest.strip(_MARGIN), maxsplit=1)[0].strip(_MARGIN)
    object_ = re.search(r"(?:将|把)[^,。;将把]{2,80}$", scene.lead.rstrip("于在 "))
    said = f"{object_[0]}{rest}" if object_ else rest
    if words.PROSE.search(said) or (len(said) >= 4 and not scene.label):
        return typeset(said[:120])
    label = re.sub(r"(?:截止|起止)?(?:时间|日期|期限)?$", "", scene.label.strip(_MARGIN)).strip(_MARGIN)
    before = re.split(r"[,。;:]", scene.bare)[-1].strip(_MARGIN)
    return typeset(label or before) or None


def typeset(said: str) -> str:
    """Write the punctuation between Chinese characters in full width again, as notices print it."""
    return _HALF.sub(lambda found: _FULL[found[0]], said)


def channel(cite: str) -> str | None:
    """Return how a thing is to be handed in: e-mail, platform or paper, in the words of the notice."""
    ways = []
    if mails := list(dict.fromkeys(_MAIL.findall(cite))):
        ways.append("email: " + ", ".join(mails[:3]))
    site, platform = _SITE.search(cite), _PLATFORM.search(cite)
    if site or platform:
        named = [re.sub(r"^.*(?:通过|登[录陆]|在|于|访问|进入|将|、)", "", platform[0])] if platform else []
        ways.append(
            "platform: "
            + " ".join([*named, *([f"({site[0]})"] if site and named else [site[0]] if site else [])])
        )
    if not mails and _BY_MAIL.search(cite):
        ways.append("email")
    if paper := _PAPER.search(cite):
        ways.append(f"paper: {paper[0]}")
    return "; ".join(ways) or None


def materials(cite: str) -> tuple[str, ...]:
    """Return what is to be handed in, as the clause names it."""
    titled = _TITLED.findall(cite)
    bare = [
        one for one in _MATERIAL.findall(_TITLED.sub("", cite)) if not any(one in title for title in titled)
    ]
    stripped = [
        re.sub(
            r"^.*(?:将|把|的|及|和|与|含|并|交|写|送|括|要|年|于|前|日|请|收集|辖区|全部|所有)(?=[^日])",
            "",
            one,
        )
        for one in bare
    ]
    return tuple(dict.fromkeys([*titled, *filter(None, stripped)]))[:12]
