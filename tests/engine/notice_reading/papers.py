"""An invented notice, as a city would write one."""

from engine.notice_reading.kept import keep_reading
from engine.notice_reading.taking import paper_of_text
from tests.engine.world import ADMIN, NOW, World

PAPER = """泉州市科学技术协会文件

泉科协〔2023〕88号

泉州市科学技术协会关于举办2023年青年科普创客周活动的通知

各县（市、区）科协，市级各学会：
为弘扬科学精神，决定举办2023年青年科普创客周活动。现将有关事项通知如下：
一、时间和主题
活动主题：动手创造，点亮未来。
活动时间：2023年10月16日至10月22日。
二、有关事项
（一）登记发布。请各活动举办单位于2023年9月25日前登录科普活动平台，填报活动信息。
（二）信息完善。请各活动举办单位于2023年10月27日前通过科普活动平台补充完善活动信息，包括活动图片、视频等。
（三）工作总结。请各县（市、区）科协于11月3日前将活动总结材料通过电子邮件报送市科协普及部。
（四）市科协将于11月下旬公布优秀活动名单。
联系人：林晓，电话：0595-20000000，邮箱：lin@example.cn。

泉州市科学技术协会
2023年8月14日
"""


def begin_reading(world: World, text: str = PAPER) -> int:
    """Let the city's admin begin to read a notice; return the number of the reading."""
    paper = paper_of_text(text, name="创客周通知.txt")
    with world.database.write() as conn:
        return keep_reading(conn, paper, region="350500", actor=world.person(ADMIN), now=NOW)
