"""Two auditors for the city, and a key to seal its history with."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from config.schedule import Role
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft
from engine.roster import save_people
from engine.seal_key import SealKey
from tests.engine.world import NOW, World

KEY = SealKey(name="duban/test", secret=Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
AUDITOR, SECOND = "audit@example.cn", "second@example.cn"


def with_auditors(world: World) -> World:
    """Enter two auditors; one of them reads English."""
    grants = (RightDraft(role=Role.AUDITOR, region="350500"),)
    drafts = [
        PersonDraft(name="何审计", email=AUDITOR, rights=grants),
        PersonDraft(name="Ann Ho", email=SECOND, lang="en", rights=grants),
    ]
    with world.database.write() as conn:
        save_people(conn, drafts, actor=SYSTEM, now=NOW)
    return world
