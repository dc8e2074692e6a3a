"""The coded errors of Marsad: each says what happened, to which page, and what to do.

The code is part of the public contract (`marsad.error/1` in the output, the reference in the docs);
the message is for people and may be improved.
"""

from __future__ import annotations

from typing import ClassVar


class MarsadError(Exception):
    """An error with a stable code, the page it happened to, and a hint.

    Args:
        message: what happened, in one sentence.
        page: the page's id, path or address, if known.
    """

    code: ClassVar[str] = "M000"
    title: ClassVar[str] = "Something went wrong"
    hint: ClassVar[str] = "Report it with the page, if you can share it."

    def __init__(self, message: str, page: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.page = page

    def to_dict(self) -> dict[str, str | None]:
        """The error as `marsad.error/1`, to be printed in the record's place."""
        return {
            "schema": "marsad.error/1",
            "id": self.page,
            "code": self.code,
            "message": f"{self.message} {self.hint}",
        }


class EmptyPage(MarsadError):
    """The page holds no bytes, or nothing but white space."""

    code = "M101"
    title = "The page is empty"
    hint = "Check that the file was saved or fetched whole."


class NotText(MarsadError):
    """The bytes are of another kind of file: a PDF, an image, an archive."""

    code = "M102"
    title = "The page is not text"
    hint = "Give an HTML or text page; convert a PDF or an image to text first."


class PageTooLarge(MarsadError):
    """The page is beyond the size limit."""

    code = "M103"
    title = "The page is too large"
    hint = "Split it; --max-size raises the limit on bytes."


class NotArabic(MarsadError):
    """The page has text, but no Arabic prose to read."""

    code = "M104"
    title = "No Arabic text"
    hint = "Marsad reads Arabic; check that the page is the one you meant."


class BrokenArchive(MarsadError):
    """A gzip or WARC file ends early or cannot be decoded."""

    code = "M105"
    title = "The archive is damaged"
    hint = "Any whole page before the damage was read; fetch the file again for the rest."


class BadLine(MarsadError):
    """A line of a JSON-lines file is not a page."""

    code = "M106"
    title = "Not a page line"
    hint = 'Each line must be an object with "text" or "html".'


class NotFound(MarsadError):
    """The file or folder does not exist or cannot be opened."""

    code = "M107"
    title = "No such page"
    hint = "Check the path."


class BadDay(MarsadError):
    """A day was given that is not a day of the calendar."""

    code = "M108"
    title = "Not a day"
    hint = "Give it as YYYY-MM-DD."


class FetchRefused(MarsadError):
    """The address is not one that may be fetched: not http(s), or not on the public network."""

    code = "M201"
    title = "Address refused"
    hint = "Only http and https addresses on the public network are fetched; save the page and give the file."


class FetchFailed(MarsadError):
    """The address did not answer with a page in time."""

    code = "M202"
    title = "The page could not be fetched"
    hint = "Try again later, or save the page and give the file."


class NoSuchFinding(MarsadError):
    """`explain` was asked for an id that the page's record does not hold."""

    code = "M301"
    title = "No such finding"
    hint = "Run `marsad read` to see the ids of this page's findings."


class BadRecord(MarsadError):
    """A record's JSON does not follow `marsad.record/1`."""

    code = "M302"
    title = "Not a record"
    hint = "Give one line of `marsad read --json`."


class ExportExtraMissing(MarsadError):
    """A format needs a library that is not installed."""

    code = "M401"
    title = "A library for this format is missing"
    hint = "Install it: pip install 'marsad[export]'"


class NotALedger(MarsadError):
    """The file exists and is no ledger."""

    code = "M501"
    title = "Not a ledger"
    hint = "Give the path of a file that `marsad add --into` has made."


class NewerLedger(MarsadError):
    """The ledger was made by a later version of the program, whose tables this one does not know."""

    code = "M502"
    title = "The ledger is newer than the program"
    hint = "Upgrade Marsad: pip install --upgrade marsad. Nothing was changed."


class CannotWrite(MarsadError):
    """The ledger's file or its folder cannot be written."""

    code = "M503"
    title = "The ledger cannot be written"
    hint = "Check the rights on the file and its folder; a copy of the file can be read anywhere."


class DiskFull(MarsadError):
    """There is no room left for the ledger."""

    code = "M504"
    title = "The disk is full"
    hint = "Make room and run the same command again: what was acknowledged is kept, and it goes on from there."


class DamagedLedger(MarsadError):
    """The ledger's file is damaged."""

    code = "M505"
    title = "The ledger is damaged"
    hint = "Run `marsad check`; restore a copy, or save what can be read with `sqlite3 LEDGER .recover`."


class BusyLedger(MarsadError):
    """Another process is writing the ledger."""

    code = "M506"
    title = "The ledger is being written"
    hint = "Wait for the other command to end, then run this one again."


class NoSuchIncident(MarsadError):
    """No incident and no mention has that id."""

    code = "M507"
    title = "No such incident"
    hint = "Run `marsad incidents LEDGER` to see the ids; the first digits are enough where no other id begins so."


class BadFilter(MarsadError):
    """A filter was given a value that it cannot take."""

    code = "M508"
    title = "Not a filter"
    hint = "See `marsad incidents --help`."


class NotTold(MarsadError):
    """No page tells that truce, or that relation of two sides."""

    code = "M509"
    title = "No page tells that"
    hint = "See `marsad truces LEDGER` and `marsad alignments LEDGER`; a filter may hide it."


class NoSuchUser(MarsadError):
    """The desk has no user of that name."""

    code = "M601"
    title = "No such user"
    hint = "Run `marsad users LEDGER` to see who may log in."


class NeedsPassword(MarsadError):
    """The desk was to be opened to other machines while nobody needs a password."""

    code = "M602"
    title = "A password is needed first"
    hint = "Add a user: marsad user LEDGER NAME --role admin. Without one the desk answers on 127.0.0.1 only."


class DeskExtraMissing(MarsadError):
    """The desk needs libraries that are not installed."""

    code = "M603"
    title = "The desk's libraries are missing"
    hint = "Install them: pip install 'marsad[desk]'"


class BadJudgement(MarsadError):
    """A decision names no card, no verdict or a value that its field cannot take."""

    code = "M604"
    title = "Not a decision"
    hint = "Name a card of the ledger, one of the verdicts, and fields as the incident's JSON writes them."


class Forbidden(MarsadError):
    """The user's role does not allow it."""

    code = "M605"
    title = "Not allowed"
    hint = "Ask an admin of the desk for the role that it needs."


class NoSuchPage(MarsadError):
    """The ledger has no page of that id."""

    code = "M606"
    title = "No such page"
    hint = "Run `marsad search LEDGER WORDS` to find pages."


class AddressTaken(MarsadError):
    """The address cannot be listened on: another program holds it, or it is not this machine's."""

    code = "M607"
    title = "The address cannot be used"
    hint = "Give another with --port or --host; --port 0 takes any that is free."


class BadBorders(MarsadError):
    """The file given for the map's borders is no GeoJSON of countries."""

    code = "M608"
    title = "Not a file of borders"
    hint = (
        "Give a GeoJSON FeatureCollection of Polygons and MultiPolygons in degrees, its features with `iso_a3` or"
        " `name`."
    )


def all_errors() -> tuple[type[MarsadError], ...]:
    """Every coded error, in order of its code."""
    return tuple(sorted(MarsadError.__subclasses__(), key=lambda e: e.code))


class BadGold(MarsadError):
    """A gold file cannot be read, or a line of it is of no kind that the scoreboard knows."""

    code = "M109"
    title = "Not a gold file"
    hint = "See docs/reference/gold.md for the kinds of lines."
