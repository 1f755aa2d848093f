"""Scripts that the home page runs once it is loaded, each only under its name."""

from __future__ import annotations

from flask import Flask, Response, request

from portal.defects import has_defect
from portal.security import nonce

# Sorts the news again and again, as it were; whoever clicks meanwhile waits.
BLOCKING = """
addEventListener('load', function () {
  var until = performance.now() + 900, sum = 0;
  while (performance.now() < until) sum += Math.sqrt(sum + 1);
});
"""
# A sun that goes up and down in a corner for 4.4 s (what moves longer needs a button that stops it, WCAG 2.2.2).
ANIMATION = """
addEventListener('load', function () {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  var sun = document.createElement('div');
  sun.setAttribute('aria-hidden', 'true');
  Object.assign(sun.style, {
    position: 'fixed', right: '8px', bottom: '8px', width: '40px', height: '40px', borderRadius: '50%',
    background: '#f6c25b', pointerEvents: 'none',
  });
  document.body.appendChild(sun);
  sun.animate([{ opacity: 0.2 }, { opacity: 1, transform: 'translateY(-16px)' }, { opacity: 0.2 }],
    { duration: 1100, iterations: 4 }).onfinish = function () { sun.remove(); };
});
"""


def install(app: Flask) -> None:
    """Put what is switched on into the home page. Without any, nothing of `app` changes."""
    script = (BLOCKING if has_defect("script.blocking") else "") + (
        ANIMATION if has_defect("lookalike.late-animation") else ""
    )
    if not script:
        return

    @app.after_request
    def _into_home_page(response: Response) -> Response:
        if request.path == "/" and response.mimetype == "text/html" and response.status_code == 200:
            tag = f'<script nonce="{nonce()}">{script}</script></head>'
            response.set_data(response.get_data(as_text=True).replace("</head>", tag, 1))
        return response
