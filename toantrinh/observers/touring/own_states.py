"""The citizen's own pages once they are logged in: their dossiers, and what the system keeps of them."""

from __future__ import annotations

from toantrinh.driver.eyes import View
from toantrinh.journey.identity import needs_log_in
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observers.touring.album import Album
from toantrinh.observers.touring.close_looks import Close
from toantrinh.scenarios.drafts import own_list

DOSSIERS, ACCOUNT = "Hồ sơ của tôi", "Trang tài khoản"


def own_pages(who: Traveller, album: Album) -> None:
    """The list of one's dossiers and the account's page; nobody who is not logged in has them."""
    if album.come_to(DOSSIERS, lambda: _dossiers(who, album)):
        album.come_to(ACCOUNT, lambda: _account(who, album))


def _dossiers(who: Traveller, album: Album) -> View:
    view = own_list(who)
    album.look(who, view, DOSSIERS, StepName.NOTICE, close=Close.MEASURED)
    return who.hands.settle()


def _account(who: Traveller, album: Album) -> None:
    who.book.begin(StepName.NOTICE)
    view = who.way_to("own-account", "account")
    if view is None:
        raise StepEnded(Reach.ABSENT, "không thấy lối tới trang tài khoản")
    if needs_log_in(view, who.lexicon):
        raise StepEnded(Reach.NOT_TRIED, "trang tài khoản đòi đăng nhập lại")
    who.book.see(view)
    album.look(who, view, ACCOUNT, StepName.NOTICE, close=Close.MEASURED)
