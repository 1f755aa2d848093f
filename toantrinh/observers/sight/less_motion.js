// Whether the page that is open would be the same had it been opened without a wish for less motion and were that wish
// taken back only now: its rules that ask for the wish say nothing but how animations run. A script can read what other
// rules lead to (a length, a property of its own), and a picture is chosen when the page comes. False where not all of
// its rules can be read. `age`: ms since the document began to come.
() => {
  const WISH = /prefers-reduced-motion/i, RUNS = /^(-webkit-)?(animation|transition)|^scroll-behavior$/, MOST = 50000;
  let read = 0;
  const asks = (media) => WISH.test(media ? media.mediaText : '');
  const fits = (rule, asked) => {
    if (!asked && !WISH.test(rule.cssText) && !('styleSheet' in rule)) return true;
    if (rule instanceof CSSKeyframesRule) return true;
    const now = asked || asks(rule.media);
    if (rule instanceof CSSImportRule) return !rule.styleSheet || sheet(rule.styleSheet, now);
    const style = rule instanceof CSSStyleRule || rule.constructor.name === 'CSSNestedDeclarations' ? rule.style : null;
    if (style && (now ? ![...style].every((name) => RUNS.test(name)) : WISH.test(style.cssText))) return false;
    if (!style && !rule.cssRules) return !now;
    return [...(rule.cssRules || [])].every((inner) => fits(inner, now));
  };
  const sheet = (one, asked) => {
    let rules;
    try { rules = [...one.cssRules]; } catch { return false; }
    read += rules.length;
    return read <= MOST && rules.every((rule) => fits(rule, asked || asks(one.media)));
  };
  const roots = [document];
  for (const el of document.querySelectorAll('*')) if (el.shadowRoot) roots.push(el.shadowRoot);
  const [came] = performance.getEntriesByType('navigation');
  return {
    age: performance.now() - (came ? came.responseStart : 0),
    live: !document.querySelector('source[media*="reduced-motion" i], [sizes*="reduced-motion" i]')
      && roots.every((root) => [...root.styleSheets, ...root.adoptedStyleSheets].every((one) => sheet(one, false))),
  };
}
