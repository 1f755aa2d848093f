// The browser's own figures of this load, in ms from the start of the navigation, and the sizes of what it fetched, in bytes.
() => new Promise((resolve) => {
  const seen = { 'largest-contentful-paint': [], longtask: [] };
  const supported = (window.PerformanceObserver && PerformanceObserver.supportedEntryTypes) || [];
  const watchers = Object.keys(seen).filter((type) => supported.includes(type)).map((type) => {
    const watcher = new PerformanceObserver((list) => { seen[type].push(...list.getEntries()); if (type !== 'longtask') setTimeout(told, 10); });
    watcher.observe({ type, buffered: true });
    return watcher;
  });
  let late = 0;
  const told = () => {
    if (!late) return;
    clearTimeout(late);
    late = 0;
    watchers.forEach((watcher) => watcher.disconnect());
    const [way] = performance.getEntriesByType('navigation');
    const first = performance.getEntriesByName('first-contentful-paint')[0];
    const largest = seen['largest-contentful-paint'].pop();
    const end = way && way.loadEventEnd ? way.loadEventEnd : performance.now();
    const tasks = seen.longtask.filter((task) => task.startTime < end).map((task) => task.duration);
    const round = (value) => (value === undefined || value === null ? null : Math.round(value * 10) / 10);
    const sizes = {};
    for (const entry of [...(way ? [way] : []), ...performance.getEntriesByType('resource')]) {
      if (entry.decodedBodySize) sizes[entry.name.split('#')[0]] = [entry.encodedBodySize, entry.decodedBodySize];
    }
    resolve({
      figures: {
        first_byte_ms: way ? round(way.responseStart) : null, first_content_ms: first ? round(first.startTime) : null,
        largest_content_ms: largest ? round(largest.startTime) : null, loaded_ms: way && way.loadEventEnd ? round(way.loadEventEnd) : null,
        longest_task_ms: supported.includes('longtask') ? round(Math.max(0, ...tasks)) : null,
      },
      sizes,
    });
  };
  late = setTimeout(told, 60); // a page without anything large says nothing
})
