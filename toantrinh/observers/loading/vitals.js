// The browser's own figures of this load, in ms from the start of the navigation; what the largest content is.
() => new Promise((resolve) => {
  const seen = { 'largest-contentful-paint': [], longtask: [] };
  const supported = (window.PerformanceObserver && PerformanceObserver.supportedEntryTypes) || [];
  const watchers = Object.keys(seen).filter((type) => supported.includes(type)).map((type) => {
    const watcher = new PerformanceObserver((list) => { seen[type].push(...list.getEntries()); if (type !== 'longtask') setTimeout(told, 10); });
    watcher.observe({ type, buffered: true });
    return watcher;
  });
  const way = (element) => {
    const parts = [];
    for (let one = element; one && one.nodeType === 1 && parts.length < 4; one = one.parentElement) {
      const id = one.getAttribute('id');
      if (id && /^[\w-]+$/.test(id)) { parts.unshift(`#${id}`); break; }
      const alike = one.parentElement ? [...one.parentElement.children].filter((other) => other.localName === one.localName) : [one];
      parts.unshift(alike.length > 1 ? `${one.localName}:nth-of-type(${alike.indexOf(one) + 1})` : one.localName);
    }
    return parts.join(' > ');
  };
  const described = (entry) => entry && entry.element ? {
    selector: way(entry.element), markup: entry.element.cloneNode(false).outerHTML.slice(0, 300),
    text: entry.url ? '' : (entry.element.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 80),
    address: /^https?:/.test(entry.url) ? entry.url.slice(0, 300) : '',
  } : null;
  let late = 0;
  const told = () => {
    if (!late) return;
    clearTimeout(late);
    late = 0;
    watchers.forEach((watcher) => watcher.disconnect());
    const [trip] = performance.getEntriesByType('navigation');
    const first = performance.getEntriesByName('first-contentful-paint')[0];
    const largest = seen['largest-contentful-paint'].pop();
    const tasks = supported.includes('longtask') ? seen.longtask : null;
    const after = first ? first.startTime : 0;
    resolve({
      origin: performance.timeOrigin,
      first: first ? first.startTime : null,
      largest: largest ? largest.startTime : null,
      loaded: trip && trip.loadEventEnd ? trip.loadEventEnd : null,
      longest: tasks && Math.max(0, ...tasks.map((task) => task.duration)),
      blocking: tasks && tasks.filter((task) => task.startTime + task.duration > after)
        .reduce((sum, task) => sum + Math.max(0, task.duration - 50), 0),
      element: described(largest),
    });
  };
  late = setTimeout(told, 60); // a page without anything large says nothing
})
