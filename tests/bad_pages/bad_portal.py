"""Pages that make themselves hard to look at, as a table: each is the sound page with one thing that stands in the way."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from tests.hardships.hard_portal import Answer, Talk

ROWS = "".join(f"<tr><th scope=row>Lệ phí {n}</th><td>{n}0.000 đồng</td></tr>" for n in range(1, 5))
LINKS = "".join(f'<li><a href="/muc-{n}">Lĩnh vực số {n}</a></li>' for n in range(1, 7))
STYLE = (
    "body{font:16px/1.5 sans-serif;margin:0;color:#222;background:#fff} header,footer{padding:12px;background:#eee}"
    " main{padding:16px;max-width:70em} .anh{background:linear-gradient(#fff,#e8e8e8);padding:8px}"
    " a:focus,button:focus,input:focus{outline:3px solid #004}"
)
BODY = (
    '<header id=dau><a href="/">Cổng dịch vụ công tỉnh Thử</a><nav aria-label="Danh mục"><ul>'
    f'<li><a href="/">Trang chủ</a></li>{LINKS}</ul></nav></header>'
    "<main id=noi-dung><h1>Thủ tục cấp giấy phép</h1><p class=anh>Người dân nộp hồ sơ trực tuyến, nhận kết quả tại nhà "
    "và đánh giá việc giải quyết của cơ quan.</p><h2>Lệ phí phải nộp</h2>"
    f"<table><caption>Bảng lệ phí</caption>{ROWS}</table>"
    '<form id=tim action="/tim" method=get><label for=tu-khoa>Từ khóa tìm kiếm</label> <input id=tu-khoa '
    'name=tuKhoa placeholder="Nhập tên thủ tục"> <label>Họ và tên <input name=hoTen></label> <button>Tìm kiếm</button>'
    "</form><p lang=en>This passage tells foreign residents where they may ask for help with their papers.</p></main>"
    "<footer id=cuoi><p>Cơ quan chủ quản: Ủy ban nhân dân tỉnh Thử</p><p>Tổng đài: 1900 0000</p></footer>"
)
ATTRIBUTES = 'lang="vi"'


def html(
    body: str = BODY, *, head: str = "", after: str = "", doctype: str = "<!doctype html>", root: str = ATTRIBUTES
) -> str:
    """A page with these parts; the sound page without any."""
    return (
        f"{doctype}<html {root}><head><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Thủ tục cấp giấy phép – Cổng dịch vụ công tỉnh Thử</title>{head}<style>{STYLE}</style></head>"
        f"<body>{body}{after}</body></html>"
    )


def served(text: str, **headers: str) -> Answer:
    """Answers with this page."""
    return lambda talk: talk.answer(text.encode(), **headers)


def script(code: str) -> str:
    """As an element."""
    return f"<script>{code}</script>"


def last(code: str) -> Answer:
    """The sound page whose last script is this one."""
    return served(html(after=script(code)))


def leaves(ms: int, how: str) -> Answer:
    """The sound page that goes to itself (with another query) after so many ms, again and again."""
    return last(f"setTimeout(() => {{ {how} }}, {ms})")


def leaves_once(ms: int) -> Answer:
    """The sound page that goes to itself once."""
    code = f"if (!location.search) setTimeout(() => location.replace('?sau'), {ms})"
    return last(code)


# What a page's script may have put in the place of what the browser offers. Each must change nothing of what is seen.
OVERRIDES: Mapping[str, tuple[str, ...]] = {
    "json": ("JSON.stringify = JSON.parse = () => { throw new Error('giả') }", "JSON = { stringify: () => 'giả' }"),
    "arrays": (
        "for (const name of ['map', 'filter', 'some', 'every', 'find', 'slice', 'push', 'join', 'forEach', 'flatMap', 'concat',"
        " 'includes', 'indexOf', 'sort', 'reduce']) Array.prototype[name] = function () { return this }",
        "Array.from = () => ['giả']; Array.isArray = () => false",
        "Array.prototype[Symbol.iterator] = function* () { yield 'giả' }",
    ),
    "array-itself": (
        "Array.prototype.last = function () {}; Object.prototype.thừa = { a: 1 }; Array.prototype.toJSON = () => 'giả'",
        "Array = function () { return { length: 0 } }",
    ),
    "objects-and-maps": (
        "for (const name of ['keys', 'entries', 'values', 'fromEntries', 'assign', 'create', 'defineProperty', 'is', 'freeze',"
        " 'getOwnPropertyNames', 'getPrototypeOf']) Object[name] = () => { throw new Error('giả') }",
        "Map.prototype.get = Map.prototype.set = Map.prototype.has = Set.prototype.add = Set.prototype.has = () => false;"
        " WeakMap.prototype.get = () => 1; Map = Set = WeakMap = function () {}",
    ),
    "promises": (
        "Promise.prototype.then = function () { return this }",
        "Promise = function () { this.then = () => this }; Promise.resolve = () => new Promise()",
    ),
    "texts-and-functions": (
        "String.prototype.trim = String.prototype.replace = String.prototype.split = String.prototype.slice ="
        " String.prototype.normalize = () => 'giả'; RegExp.prototype.test = () => true; RegExp.prototype.exec = () => null",
        "Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => 'giả'",
    ),
    "boxes-and-styles": (
        "Element.prototype.getBoundingClientRect = () => ({ left: 0, top: 0, right: 0, bottom: 0, width: 0, height: 0 });"
        " Element.prototype.getClientRects = () => []; Element.prototype.checkVisibility = () => false",
        "window.getComputedStyle = () => ({ display: 'none', getPropertyValue: () => '' })",
        "Element.prototype.getAttribute = () => 'giả'; Element.prototype.hasAttribute = () => true",
    ),
    "queries": (
        "Document.prototype.querySelectorAll = Element.prototype.querySelectorAll = document.querySelectorAll = () => [];"
        " Document.prototype.querySelector = Element.prototype.querySelector = document.querySelector = () => null;"
        " Element.prototype.matches = () => true; Element.prototype.closest = () => null",
        "Document.prototype.createTreeWalker = null",
    ),
    "clocks-and-timers": (
        "performance.now = () => 0; performance.getEntriesByType = () => []; Date.now = () => 0; window.performance = null",
        "requestAnimationFrame = () => 0; setTimeout = () => 0; setInterval = () => 0; queueMicrotask = () => 0;"
        " MutationObserver = PerformanceObserver = function () { this.observe = this.disconnect = () => {} }",
    ),
    "getters-that-throw": (
        "for (const [of, name] of [[Element.prototype, 'id'], [Element.prototype, 'className'], [Node.prototype, 'textContent'],"
        " [HTMLElement.prototype, 'innerText'], [Element.prototype, 'tagName'], [Node.prototype, 'parentElement'],"
        " [Element.prototype, 'attributes'], [Element.prototype, 'shadowRoot'], [HTMLAnchorElement.prototype, 'href'],"
        " [Document.prototype, 'body'], [Document.prototype, 'title']])"
        " Object.defineProperty(of, name, { get() { throw new Error('giả') } })",
    ),
    "names-of-tools": (
        "for (const name of ['axe', 'keyboard', 'boxes', 'made1', 'unmask'])"
        " Object.defineProperty(window, name, { value: 'giả', writable: false, configurable: false })",
        "window.define = () => {}; define.amd = {}; window.module = { exports: {} }; window.$ = () => { throw new Error('giả') }",
    ),
    "hardened": (
        "for (const it of [Object, Array, Function, String, Element, Node, Document, Promise])"
        " { Object.freeze(it); Object.freeze(it.prototype) }",
    ),
    "names-of-the-window": (
        "window.name = 'x'.repeat(1e5); for (const n of ['status', 'length', 'closed', 'event', 'origin', 'scrollX', 'innerWidth'])"
        " try { Object.defineProperty(window, n, { get() { return 'giả' }, configurable: true }) } catch (e) {}",
    ),
}
SILENT = "<iframe title=Khung srcdoc='<p>Khung</p>'></iframe>"
DEEP_FRAME = "if (self.frameElement ? +name < 30 : 1) { const f = document.createElement('iframe'); f.name = (+name || 0) + 1; f.title = 'Khung'; f.src = '/sau'; document.body.append(f) }"
SHADOWS = (
    "let at = document.querySelector('main'); for (let n = 0; n < 20; n++) { const el = document.createElement('div'); at.append(el);"
    " at = el.attachShadow({ mode: MODE }); at.innerHTML = `<p>Tầng ${n}</p><a href='/tang-${n}'>Tầng ${n}</a>` }"
)
CLOBBERING = "".join(
    f"<input type=hidden name={name}>"
    for name in [
        "children",
        "childNodes",
        "parentNode",
        "parentElement",
        "getAttribute",
        "setAttribute",
        "hasAttribute",
        "nodeType",
        "nodeName",
        "tagName",
        "localName",
        "id",
        "className",
        "classList",
        "title",
        "name",
        "action",
        "method",
        "target",
        "style",
        "matches",
        "closest",
        "contains",
        "querySelector",
        "querySelectorAll",
        "getBoundingClientRect",
        "getClientRects",
        "checkVisibility",
        "textContent",
        "innerText",
        "innerHTML",
        "outerHTML",
        "attributes",
        "shadowRoot",
        "firstChild",
        "nextSibling",
        "previousElementSibling",
        "ownerDocument",
        "getRootNode",
        "compareDocumentPosition",
        "elements",
        "length",
        "submit",
        "noValidate",
        "cloneNode",
        "tabIndex",
        "dataset",
        "lang",
        "offsetWidth",
        "offsetParent",
        "clientWidth",
        "scrollWidth",
        "isConnected",
        "labels",
        "isContentEditable",
        "append",
        "remove",
        "focus",
        "blur",
        "scrollIntoView",
        "form",
        "href",
    ]
)
CLOBBERED_DOCUMENT = (
    "<form name=forms></form><img name=body alt=''><img name=documentElement alt=''><form name=querySelectorAll></form>"
    "<form name=querySelector></form><form name=createTreeWalker></form><form name=getElementById></form><form name=activeElement></form>"
    "<form name=scrollingElement></form><form name=title></form><form name=images></form><form name=getAnimations></form>"
    "<form name=adoptedStyleSheets></form><form name=createElement></form><form name=createRange></form><form name=scripts></form>"
    "<form name=characterSet></form><form name=nodeType></form><form name=readyState></form><form name=defaultView></form>"
    "<form name=styleSheets></form><form name=elementFromPoint></form><form name=fonts></form><form name=getElementsByTagName></form>"
)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj trailer<</Root 1 0 R>>\n%%EOF"


def stays(text: str = "", **headers: str) -> Answer:
    """The sound page with one more thing at its end."""
    return served(html(after=text), **headers)


def slowly(talk: Talk) -> None:
    """Answers a call of the page that never ends."""
    talk.answer(b"{}", kind="application/json")


# What the page does while it is looked at, or is. What is seen of it is right, or it has a named outcome.
BAD: Mapping[str, Answer] = {
    "changes-without-end": last(
        "setInterval(() => { const p = document.createElement('p'); p.textContent = Math.random();"
        " document.querySelector('main').append(p); if (document.querySelectorAll('main p').length > 50) document.querySelector('main p:last-child').remove() }, 5)"
    ),
    "asks-without-end": last(
        "(function again() { fetch('/goi?' + Math.random()).finally(() => setTimeout(again, 20)) })()"
    ),
    "timers-without-end": last(
        "(function again() { for (let n = 0; n < 20; n++) setTimeout(() => {}, 50); setTimeout(again, 5); requestAnimationFrame(() => {}) })()"
    ),
    "redraws-itself": last("setInterval(() => { document.body.innerHTML = document.body.innerHTML }, 60)"),
    "leaves-after-50": leaves(50, "location.replace('?' + Math.random())"),
    "leaves-after-200": leaves(200, "location.replace('?' + Math.random())"),
    "leaves-after-800": leaves(800, "location.replace('?' + Math.random())"),
    "reloads-after-50": leaves(50, "location.reload()"),
    "reloads-after-200": leaves(200, "location.reload()"),
    "reloads-after-800": leaves(800, "location.reload()"),
    "leaves-once-after-200": leaves_once(200),
    "leaves-once-after-800": leaves_once(800),
    "refresh-every-second": served(html(head="<meta http-equiv=refresh content=1>")),
    "pop-ups": last("for (let n = 0; n < 3; n++) window.open('/cua-so?' + n)"),
    "pop-ups-again": last("setInterval(() => window.open('/cua-so?' + Math.random()), 300)"),
    "asks-before-leaving": last("onbeforeunload = (e) => { e.preventDefault(); return e.returnValue = 'Ở lại?' }"),
    "prints": last("window.print(); onload = () => window.print()"),
    "alerts": last("setInterval(() => alert('Xin chào'), 300)"),
    "confirms": last("setInterval(() => { confirm('Đồng ý?'); prompt('Tên?') }, 300)"),
    "endless-script-later": last("setTimeout(() => { while (true); }, 1000)"),
    "endless-script-soon": last("setTimeout(() => { while (true); }, 150)"),
    "many-nodes": served(html(BODY.replace("</main>", "<p>một đoạn</p>" * 50_000 + "</main>"))),
    "much-text": served(html(BODY.replace("</main>", "<p>" + "một đoạn văn dài " * 900_000 + "</p></main>"))),
    "many-frames": stays(SILENT * 300),
    "deep-frames": stays(script(DEEP_FRAME)),
    "policy-none": served(html(), Content_Security_Policy="default-src 'none'; style-src 'self' 'unsafe-inline'"),
    "trusted-types": served(html(), Content_Security_Policy="require-trusted-types-for 'script'; trusted-types 'none'"),
    "sandbox": served(html(), Content_Security_Policy="sandbox"),
    "sandboxed-frame": stays("<iframe sandbox title=Khung src='/khung'></iframe>"),
    "clobbered-form": served(html(BODY.replace("<button>", f"{CLOBBERING}<button>"))),
    "clobbered-document": stays(CLOBBERED_DOCUMENT),
    "shadows-open": last(SHADOWS.replace("MODE", "'open'")),
    "shadows-closed": last(SHADOWS.replace("MODE", "'closed'")),
    "no-body": last("document.body.remove()"),
    "no-root": last("setTimeout(() => document.documentElement.remove(), 30)"),
    "body-detached-later": last("setTimeout(() => document.body.remove(), 700)"),
    "frameset": lambda talk: talk.answer(
        b"<html><head><title>Khung</title></head><frameset cols='50%,50%'><frame src='/khung'><frame src='/khung'></frameset></html>"
    ),
    "quirks": served(html(doctype="")),
    "right-to-left": served(html(root='lang="ar" dir="rtl"')),
    "root-hidden": served(html(root='lang="vi" style="display:none"')),
    "content-visibility": served(
        html(head="<style>main,footer{content-visibility:auto;contain-intrinsic-size:1px 5000px}</style>")
    ),
    "very-tall": stays("<div style='height:30000px'></div>"),
    "very-wide": stays("<div style='width:30000px;height:10px'></div>"),
    "no-height": served(html(head="<style>html,body{height:0;overflow:hidden}</style>")),
    "scroll-hijack": last(
        "addEventListener('scroll', () => scrollTo(0, 0)); setInterval(() => scrollTo(0, Math.random() * 500), 30);"
        " window.scrollTo = Element.prototype.scrollIntoView = () => {}"
    ),
    "focus-hijack": last(
        "document.addEventListener('focusin', () => setTimeout(() => document.querySelector('#tu-khoa').focus(), 0))"
    ),
    "keys-eaten": last(
        "addEventListener('keydown', (e) => { e.preventDefault(); e.stopImmediatePropagation() }, true)"
    ),
    "text-plain": lambda talk: talk.answer("Xin chào".encode(), kind="text/plain; charset=utf-8"),
    "json": lambda talk: talk.answer('{"a": "Xin chào"}'.encode(), kind="application/json"),
    "xml": lambda talk: talk.answer(b"<?xml version='1.0'?><a><b>Xin</b></a>", kind="application/xml"),
    "svg": lambda talk: talk.answer(
        b"<svg xmlns='http://www.w3.org/2000/svg'><text y='20'>Xin</text></svg>", kind="image/svg+xml"
    ),
    "image": lambda talk: talk.answer(PNG, kind="image/png"),
    "pdf": lambda talk: talk.answer(PDF, kind="application/pdf"),
    "attachment": lambda talk: talk.answer(
        PDF, kind="application/pdf", Content_Disposition="attachment; filename=a.pdf"
    ),
    "empty": lambda talk: talk.answer(b""),
    "no-content": lambda talk: talk.answer(b"", 204),
}
ALSO: Mapping[str, Answer] = {
    "/": served(html()),
    "/goi": slowly,
    "/cua-so": served(html("<p>Quảng cáo</p>")),
    "/khung": served(html("<main><h1>Khung</h1><p>Nội dung của khung</p></main>")),
    "/sau": served(html("<p>Tầng</p>", after=script(DEEP_FRAME))),
}


def answers() -> dict[str, Answer]:
    """Every path of the portal."""
    overriding = {f"/doi/{name}": served(html(head="".join(map(script, codes)))) for name, codes in OVERRIDES.items()}
    return {**ALSO, **{f"/{name}": answer for name, answer in BAD.items()}, **overriding}
