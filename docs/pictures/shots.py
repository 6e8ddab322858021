"""Every picture of the guides, in the order in which the season of the pictures goes on."""

from shots_admin import ADMIN
from shots_auditor import AUDITOR
from shots_coordinator import COORDINATOR
from shots_papers import PAPERS
from shots_review import REVIEW

SHOTS = (*COORDINATOR, *ADMIN, *PAPERS, *AUDITOR, *REVIEW)
