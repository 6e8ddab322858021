"""Word lists from which names, titles and places are invented; nobody and nothing here is real."""

_SURNAMES = """
    王:wang 李:li 张:zhang 刘:liu 陈:chen 杨:yang 黄:huang 赵:zhao 吴:wu 周:zhou 徐:xu
    孙:sun 马:ma 朱:zhu 胡:hu 郭:guo 何:he 林:lin 高:gao 罗:luo 郑:zheng 梁:liang
    谢:xie 宋:song 唐:tang 许:xu 韩:han 冯:feng 邓:deng 曹:cao 彭:peng 曾:zeng 肖:xiao
    田:tian 董:dong 潘:pan 袁:yuan 蔡:cai 蒋:jiang 余:yu 杜:du 叶:ye 程:cheng 苏:su
    魏:wei 吕:lv 丁:ding 任:ren 沈:shen 姚:yao 卢:lu 傅:fu 钟:zhong 崔:cui 谭:tan
"""

_GIVEN = """
    敏:min 静:jing 磊:lei 强:qiang 洋:yang 艳:yan 勇:yong 军:jun
    杰:jie 娟:juan 涛:tao 明:ming 超:chao 霞:xia 平:ping 刚:gang
    燕:yan 辉:hui 玲:ling 桂英:guiying 丹:dan 萍:ping 鹏:peng 华:hua
    红:hong 建国:jianguo 晓燕:xiaoyan 志强:zhiqiang 秀英:xiuying 海燕:haiyan 文静:wenjing 立新:lixin
    春梅:chunmei 国栋:guodong 雪梅:xuemei 子涵:zihan 雨桐:yutong 思远:siyuan 佳怡:jiayi 俊杰:junjie
    婉清:wanqing 丽华:lihua 永康:yongkang 小满:xiaoman 景行:jingxing 若谷:ruogu 知远:zhiyuan 云帆:yunfan
    安然:anran
"""

SURNAMES = tuple(pair.split(":") for pair in _SURNAMES.split())
GIVEN = tuple(pair.split(":") for pair in _GIVEN.split())
"""Each as it is written and as it is spoken."""

TOPICS = (
    "人工智能", "食品安全", "防震减灾", "天文观测", "航空航天", "垃圾分类", "健康急救", "生物多样性",
    "海洋科学", "节能低碳", "现代农业", "机器人", "趣味化学", "消防避险", "近视防控", "营养膳食",
    "茶叶种植", "中医药文化", "气象观测", "水资源保护", "数学之美", "大国工程", "新能源汽车", "心理健康",
    "反诈防骗", "科幻创作", "昆虫世界", "古生物化石", "无人机", "3D打印", "核能应用", "桥梁结构",
)  # fmt: skip

FORMS = (
    "科普讲座", "体验日", "主题展", "进校园", "进社区", "开放日", "知识竞赛", "亲子实验课", "巡展",
    "专家问诊", "科学秀", "读书会", "研学营", "手工坊", "辩论赛", "微视频展播",
)  # fmt: skip

ONLINE_FORMS = ("网络直播课", "云参观", "线上答题", "直播问答")

PLACES = (
    "文化广场", "科技馆报告厅", "图书馆一楼", "第二实验小学操场", "中山公园", "新时代文明实践中心",
    "青少年宫", "体育馆", "党群服务中心", "农业示范园", "滨江步道", "少年儿童活动中心", "会展中心",
)  # fmt: skip

SCHOOLS = ("第一中学", "第二中学", "实验小学", "职业技术学校", "外国语学校", "第五小学", "特殊教育学校")
HALLS = ("科技馆", "博物馆", "植物园", "气象科普馆", "防震减灾教育馆", "图书馆", "消防体验馆")
SOCIETIES = ("医学会", "护理学会", "农学会", "林学会", "气象学会", "地震学会", "计算机学会", "心理卫生协会")
DEPARTMENTS = (
    "教育局", "卫生健康局", "生态环境局", "农业农村局", "气象局", "应急管理局", "科学技术局", "自然资源局",
)  # fmt: skip
COMPANIES = ("星野", "青禾", "云杉", "海鹭", "启明石", "北斗湾", "绿径", "知更", "白桦林", "长风里")
TRADES = ("生物科技公司", "智能装备公司", "农业开发公司", "新材料公司", "教育科技公司")
NATIONAL_FIELDS = (
    "观星", "昆虫", "湿地", "古生物", "桥梁", "极地", "海洋牧场", "种子", "灯塔", "冰川", "地图", "声学科普",
    "航模", "茶学", "矿物", "竹藤", "风能", "植物绘画", "桥牌数学", "深空",
)  # fmt: skip

HEAT = ("连续三天气温超过 40℃，为保证安全取消户外活动", "高温红色预警，学校通知停止户外活动")
CALLED_OFF = ("主讲人临时不能到场", "场地检修，今年不再举办", "与县里另一项活动合并举办")
POSTPONED = ("台风将至，改期举办", "场地临时征用，顺延举办", "主讲人行程有变，改期举办", "学校考试，改到下周")
RETURNS = {
    "activity": (
        "总结没有写明参与人数和效果，请补充",
        "照片看不清活动现场，请换两张",
        "总结与活动名称不符，请核对",
    ),
    "report": ("汇总表没有盖章，请补交", "活动场次与平台上的不一致，请核对", "附件打不开，请重新报送"),
}
LEFT_OUT = ("同一单位已有一项入选", "现场照片与总结不一致，留待核实", "去年已表扬，今年让给别的活动")
SENT_BACK = ("名单中有活动已退回补充材料，请重拟",)
HANDED_OVER = ("原联系人休假", "工作调整，由同事接手", "原联系人借调外出")
