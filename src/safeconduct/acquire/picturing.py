"""A picture and a PDF of a stored page, drawn from its stored bytes and nothing else.

The page is shown at its own address, so that its links are right; everything that it asks for
beside itself is refused and counted. Its scripts do not run: a script would change what was stored.
"""

import base64
from typing import Any

from safeconduct.acquire.browser import BrowserFailed, Chromium, Session, answer_to, session
from safeconduct.acquire.captured import NotCaptured
from safeconduct.acquire.capturing import Page, Pictures, no_picture

PICTURE, PRINT = "picture.png", "page.pdf"

_WIDTH, _HEIGHT = 1280, 900
_TALLEST = 16_000
_MOST_NAMED = 50
_LONGEST_NAMED = 300
_DRAWN = ("text/html", "application/xhtml+xml", "text/plain")
_IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")


def pictures(page: Page, chromium: Chromium) -> Pictures:
    """What Chromium shows of a page; where it fails, why. Never raises for a page."""
    said = (page.media_type or "").partition(";")[0].strip().lower()
    if said and said not in (*_DRAWN, *_IMAGES):
        return no_picture(f"content of type {said[:100]} is not drawn")
    try:
        with session(chromium) as opened:
            return _drawn(page, opened)
    except BrowserFailed as error:
        return no_picture(f"Chromium: {error}")


class _Refused:
    """What the page asked for beside itself."""

    def __init__(self, page: Page) -> None:
        self._page, self._given = page, False
        self.addresses: dict[str, None] = {}

    def answer(self, asked: dict[str, Any], opened: Session) -> None:
        """The page itself once, and nothing afterwards."""
        url, number = str(asked["request"]["url"]), asked["requestId"]
        if not self._given:
            self._given = True
            lines = []
            if self._page.media_type:
                lines = [{"name": "Content-Type", "value": self._page.media_type}]
            body = base64.b64encode(self._page.content).decode()
            opened.tell(
                "Fetch.fulfillRequest",
                requestId=number,
                responseCode=200,
                responseHeaders=lines,
                body=body,
            )
            return
        if not url.endswith("/favicon.ico"):
            self.addresses[url[:_LONGEST_NAMED]] = None
        # Aborted, not blocked: a page that leads elsewhere by itself stays what is shown.
        opened.tell("Fetch.failRequest", requestId=number, errorReason="Aborted")


def _drawn(page: Page, opened: Session) -> Pictures:
    refused = _Refused(page)
    opened.ask("Emulation.setScriptExecutionDisabled", value=True)
    opened.ask(
        "Emulation.setDeviceMetricsOverride",
        width=_WIDTH,
        height=_HEIGHT,
        deviceScaleFactor=1,
        mobile=False,
    )
    opened.ask("Page.enable")
    opened.ask("Fetch.enable", patterns=[{"urlPattern": "*"}])
    _loaded(opened, refused, opened.tell("Page.navigate", url=page.url))
    size = _asked(opened, refused, "Page.getLayoutMetrics")["cssContentSize"]
    height = max(1, int(size["height"]))
    clip = {"x": 0, "y": 0, "width": max(1, int(size["width"])), "scale": 1}
    clip = {**clip, "width": min(clip["width"], 4 * _WIDTH), "height": min(height, _TALLEST)}
    shot = _asked(
        opened,
        refused,
        "Page.captureScreenshot",
        format="png",
        captureBeyondViewport=True,
        clip=clip,
    )
    printed = _asked(opened, refused, "Page.printToPDF", printBackground=True)
    files = (
        (PICTURE, base64.b64decode(shot["data"])),
        (PRINT, base64.b64decode(printed["data"])),
    )
    return Pictures(files=files, not_captured=_missing(refused, height))


def _loaded(opened: Session, refused: _Refused, number: int) -> None:
    while True:
        event = opened.event()
        if event.get("id") == number:
            failed = answer_to("Page.navigate", event).get("errorText")
            if failed:
                raise BrowserFailed(f"the page is not shown ({failed})")
        elif _heard(event, opened, refused):
            return


def _asked(opened: Session, refused: _Refused, method: str, **parameters: Any) -> dict[str, Any]:
    """An answer, while what the page asks for meanwhile is refused too."""
    number = opened.tell(method, **parameters)
    while True:
        event = opened.event()
        if event.get("id") == number:
            return answer_to(method, event)
        _heard(event, opened, refused)


def _heard(event: dict[str, Any], opened: Session, refused: _Refused) -> bool:
    """Deals with one event. Is the page loaded?"""
    method = event.get("method")
    if method == "Fetch.requestPaused":
        refused.answer(event["params"], opened)
    elif method == "Page.javascriptDialogOpening":
        opened.tell("Page.handleJavaScriptDialog", accept=False)
    elif method == "Inspector.targetCrashed":
        raise BrowserFailed("the page made it crash")
    return method == "Page.loadEventFired"


def _missing(refused: _Refused, height: int) -> tuple[NotCaptured, ...]:
    found = [
        NotCaptured(what="in the picture: what scripts would have changed", why="they do not run")
    ]
    named = list(refused.addresses)[:_MOST_NAMED]
    why = "the picture is drawn without the network"
    found += [NotCaptured(what=f"in the picture: {address}", why=why) for address in named]
    more = len(refused.addresses) - len(named)
    if more > 0:
        found.append(NotCaptured(what=f"in the picture: {more} more parts of the page", why=why))
    if height > _TALLEST:
        cut = f"the page is {height:,} pixels high, and the picture {_TALLEST:,}; the PDF has all"
        found.append(NotCaptured(what="in the picture: the end of the page", why=cut))
    return tuple(found)
