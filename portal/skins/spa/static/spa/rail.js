// The menu at the side: always there on wide screens, opened by its button on narrow ones.
(function () {
  'use strict';
  var button = document.querySelector('.rail-button');
  var rail = document.getElementById('menu');
  if (!button || !rail) return;
  var set = function (open) {
    rail.classList.toggle('is-open', open);
    button.setAttribute('aria-expanded', String(open));
  };
  button.addEventListener('click', function () { set(button.getAttribute('aria-expanded') !== 'true'); });
  rail.addEventListener('click', function (event) { if (event.target.closest('a')) set(false); });
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && button.getAttribute('aria-expanded') === 'true') { set(false); button.focus(); }
  });
})();
