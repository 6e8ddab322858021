"""The verifications of the served home: one object for all requests."""

from engine.audit.verify_job import VerifyJobs
from engine.kept import public_key
from web.office import Office

_NAME = "verify"


def jobs_of(office: Office) -> VerifyJobs:
    """Return the home's verifications; whoever asks first makes them."""
    made = office.parts.get(_NAME)
    if made is None:
        fresh = VerifyJobs(office.home.database, pubkey=pubkey_of(office), clock=office.clock)
        made = office.parts.setdefault(_NAME, fresh)  # of two who ask at once, one object stays
    if not isinstance(made, VerifyJobs):
        raise TypeError(f"the office keeps something else as {_NAME}")
    return made


def pubkey_of(office: Office) -> str | None:
    """Return the public key of the home's checkpoints, None where it has no usable key."""
    return public_key(office.home.seal_key)
