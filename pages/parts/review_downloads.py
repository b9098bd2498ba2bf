"""The minutes of a review as files."""

from metrics.meetings import Meeting
from pages.parts import tables
from pages.parts.markup import show
from pages.parts.source import Source
from pages.texts import t


def offer(source: Source, meeting: Meeting) -> None:
    """The decisions and actions of a review as tables to download."""
    show(
        tables.links(
            source, "revue-releve", t("Relevé de décisions et d’actions"), meeting=meeting.meeting_id
        )
    )
