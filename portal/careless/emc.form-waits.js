(function () {
  var buttons = document.querySelectorAll('.form-actions .button, .big-search .button, .actions a.button');
  var set = function (isReady) {
    Array.prototype.forEach.call(buttons, function (one) {
      one.disabled = !isReady;
      one.style.pointerEvents = isReady ? '' : 'none';
    });
  };
  if (!window._govaq) return;
  set(false);
  var timer = setInterval(function () {
    if (!window._govaq.loaded) return;
    clearInterval(timer);
    set(true);
  }, 50);
})();
