"""Two admins at once: one decision, one mail a person, one chain."""

from concurrent.futures import ThreadPoolExecutor

from config.errors import UserError
from config.schedule import Role
from engine.actors import SYSTEM
from engine.audit.subjects import Kind
from engine.drafts import PersonDraft, RightDraft
from engine.roster import save_people
from engine.tables import history, message
from tests.engine.commendation.conftest import Office
from tests.engine.world import NOTICE, NOW


def test_of_two_approvals_at_once_one_holds(office: Office) -> None:
    third = PersonDraft(
        name="郑主任", email="zheng@example.cn", rights=(RightDraft(role=Role.ADMIN, region="350500"),)
    )
    with office.world.database.write() as conn:
        save_people(conn, [third], actor=SYSTEM, now=NOW)
    office.propose()
    office.put_forward()

    def approve(address: str) -> str:
        try:
            return str(office.approve(office.world.person(address)).chain.state)
        except UserError as error:
            return error.code

    with ThreadPoolExecutor(2) as pool:
        ended = sorted(pool.map(approve, ["wu@example.cn", "zheng@example.cn"]))

    rows = office.world.rows(history, subject=f"{Kind.COMMENDATION}:{NOTICE}")
    assert (ended, len(office.world.rows(message))) == (["commend.state", "decided"], 2)
    assert [row.version for row in rows] == [1, 2, 3]
