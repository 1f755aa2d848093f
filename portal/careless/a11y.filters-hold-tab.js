addEventListener('keydown', function (event) {
  var filters = event.target.closest && event.target.closest('.figure-filters');
  if (event.key !== 'Tab' || !filters) return;
  var stops = Array.prototype.slice.call(filters.querySelectorAll('select, button'));
  var next = stops.indexOf(event.target) + (event.shiftKey ? -1 : 1);
  event.preventDefault();
  stops[(next + stops.length) % stops.length].focus();
});
