"""Libraries are known by what they say where they name themselves; versions compare by their numbers."""

from __future__ import annotations

import datetime

import pytest

from toantrinh.advisories.model import load_advisories
from toantrinh.advisories.versions import is_below
from toantrinh.observers.leaks.libraries import libraries_in

ADVISORIES = load_advisories()
OWN = "https://cong.example/tinh/a.js"


def known(text: str, address: str = OWN) -> list[tuple[str, str, str]]:
    return [(found.library, found.version, found.how) for found in libraries_in(address, text, ADVISORIES)]


@pytest.mark.parametrize(
    ("text", "library", "version"),
    [
        ("/*! jQuery v3.4.1 | (c) JS Foundation and other contributors */", "jquery", "3.4.1"),
        ("/*!\n * jQuery JavaScript Library v1.12.4\n * http://jquery.com/\n */", "jquery", "1.12.4"),
        ("/*! jQuery UI - v1.12.1 - 2016-09-14\n* http://jqueryui.com", "jquery-ui", "1.12.1"),
        ("/*!\n * jQuery UI 1.8.24\n *\n * Copyright 2012", "jquery-ui", "1.8.24"),
        ("/*!\n  * Bootstrap v4.1.3 (https://getbootstrap.com/)", "bootstrap", "4.1.3"),
        ("/*!\n * Bootstrap v3.3.7 (http://getbootstrap.com)", "bootstrap", "3.3.7"),
        ("/*\n AngularJS v1.6.9\n (c) 2010-2018 Google, Inc.", "angularjs", "1.6.9"),
        ("/**\n * @license AngularJS v1.7.8\n", "angularjs", "1.7.8"),
        ("/*!\n * Vue.js v2.6.14\n * (c) 2014-2021 Evan You", "vue", "2.6.14"),
        ("//! moment.js\n//! version : 2.24.0\n//! authors", "moment", "2.24.0"),
        ("/**\n * @license\n * Lodash <https://lodash.com/>\n * Copyright", "lodash", ""),
        ("/**\n * @license\n * lodash 4.17.15 (Custom Build) <https://lodash.com/>", "lodash", "4.17.15"),
        ("/*! @license DOMPurify 2.0.11 | (c) Cure53", "dompurify", "2.0.11"),
        ("/**!\n\n @license\n handlebars v4.7.6\n\nCopyright", "handlebars", "4.7.6"),
        ('window.CKEDITOR={timestamp:"L7C8",version:"4.16.1",revision:"x"', "ckeditor4", "4.16.1"),
        ("/*! Select2 4.0.5 | https://github.com/select2", "select2", "4.0.5"),
        ("const pdfjsVersion = '2.6.347';", "pdfjs", "2.6.347"),
        ("/*! jQuery Validation Plugin - v1.19.1 - 6/15/2019", "jquery-validation", "1.19.1"),
        ("/* axios v0.21.1 | (c) 2020 by Matt Zabriskie */", "axios", "0.21.1"),
    ],
)
def test_a_library_is_known_by_its_banner(text: str, library: str, version: str) -> None:
    assert known(text) == ([(library, version, "banner")] if version else [])


@pytest.mark.parametrize(
    "text",
    [
        "/*! tra-cuu.js\n * Changelog: sửa lỗi với jQuery v1.12.4, thử với Bootstrap v3.3.7 */",
        "/*! jQuery Migrate v3.0.0 | (c) jQuery Foundation */",
        "// cần jQuery v1.8.0 trở lên",
        'var ghiChu = "Vue.js v2.6.14";',
        "/*! moment-timezone.js v0.5.1 */",
        "/*!\n * jQuery UI Touch Punch 0.2.3\n *\n * Copyright 2011–2014, Dave Furfero",
        "/*! jQuery UI Timepicker 0.3.3",
        "/*\n * jQuery UI MultiSelect Widget 1.13\n",
    ],
)
def test_another_library_in_a_changelog_is_not_taken_for_it(text: str) -> None:
    assert known(text) == []


@pytest.mark.parametrize(
    ("version", "parts", "how"),
    [
        ("1.12.1", "widget.js, position.js, widgets/datepicker.js, widgets/checkboxradio.js", "banner"),
        ("1.12.1", "widget.js, position.js, widgets/mouse.js, widgets/sortable.js", "partial"),
        ("1.13.1", "widget.js, position.js, widgets/datepicker.js", "partial"),
    ],
)
def test_a_build_without_the_part_that_has_the_hole_is_told_apart(version: str, parts: str, how: str) -> None:
    text = f"/*! jQuery UI - v{version} - 2016-09-14\n* http://jqueryui.com\n* Includes: {parts}\n* Copyright */"
    assert known(text) == [("jquery-ui", version, how)]


def test_the_text_counts_more_than_the_address() -> None:
    address = "https://cong.example/js/jquery-1.12.4.min.js"
    assert known("/*! jQuery v3.7.1 | (c) OpenJS */", address) == [("jquery", "3.7.1", "banner")]
    assert known("(function(){})()", address) == [("jquery", "1.12.4", "file-name")]
    assert known("", "https://code.jquery.com/jquery-3.4.1.min.js") == [("jquery", "3.4.1", "cdn")]
    assert known("", "https://cdn.jsdelivr.net/npm/vue@2.6.14/dist/vue.min.js") == [("vue", "2.6.14", "cdn")]
    assert known("", "https://cdnjs.cloudflare.com/ajax/libs/jquery/3.3.1/jquery.min.js") == [
        ("jquery", "3.3.1", "cdn")
    ]
    assert known("", "https://cong.example/js/jquery.min.js?v=1.2.3") == []


def test_several_versions_in_one_file_are_told_apart() -> None:
    text = "/*! jQuery v3.7.1 */ /*! jQuery v1.12.4 */"
    assert [how for _, _, how in known(text)] == ["banners", "banners"]


@pytest.mark.parametrize(
    ("library", "version", "ids"),
    [
        ("jquery", "3.4.1", {"CVE-2020-11022", "CVE-2020-11023"}),
        ("jquery", "3.3.1", {"CVE-2019-11358", "CVE-2020-11022", "CVE-2020-11023"}),
        ("jquery", "3.5.0", set()),
        ("jquery", "3.5.0-rc.1", {"CVE-2020-11022", "CVE-2020-11023"}),
        ("jquery-ui", "1.13.0", {"CVE-2022-31160"}),
        ("bootstrap", "4.3.1", set()),
        ("bootstrap", "4.3.0", {"CVE-2019-8331"}),
        ("bootstrap", "3.4.1", set()),
        ("bootstrap", "5.3.3", set()),
        ("moment", "2.29.4", set()),
        ("lodash", "4.17.20", {"CVE-2021-23337"}),
        ("lodash", "4.17.21", set()),
        ("angularjs", "1.8.3", {"CVE-2024-21490"}),
        ("vue", "3.4.0", set()),
        ("dompurify", "3.0.9", {"CVE-2024-45801"}),
        ("dompurify", "2.5.4", set()),
        ("ckeditor4", "4.22.1", {"CVE-2024-24815", "CVE-2024-24816"}),
        ("ckeditor4", "4.24.0-lts", set()),
    ],
)
def test_a_version_has_the_holes_of_its_range(library: str, version: str, ids: set[str]) -> None:
    assert {one for hole in ADVISORIES.libraries[library].holes_of(version) for one in hole.ids} == ids


def test_the_end_of_a_library_has_a_day() -> None:
    vue = ADVISORIES.libraries["vue"]
    assert vue.ended("2.7.16", datetime.date(2023, 12, 30)) is None
    assert vue.ended("2.7.16", datetime.date(2026, 1, 1)) and not vue.ended("3.4.0", datetime.date(2026, 1, 1))


def test_previews_come_before_their_release_and_suffixes_do_not_count() -> None:
    assert is_below("3.5.0-beta1", "3.5.0") and is_below("1.9.0b1", "1.9.0") and is_below("1.9", "1.10")
    assert (
        not is_below("4.24.0-lts", "4.24.0") and not is_below("1.0", "1.0.0") and is_below("3.0.0-rc.1", "3.0.0-rc.2")
    )


def test_every_pattern_finds_what_it_is_written_for_and_every_hole_names_a_source() -> None:
    for name, library in ADVISORIES.libraries.items():
        assert library.banners and library.files, name
        assert all(hole.ids and hole.source.startswith("https://") for hole in library.holes), name
        assert library.holes, name
