// What pages of that time did with onclick="__doPostBack(…)", written so that a strict content policy lets it run.
(function () {
  'use strict';
  var each = function (selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); };
  var sent = false;

  function postBack(form, target) {
    if (sent || !form) return;
    sent = true;
    form.elements['__EVENTTARGET'].value = target;
    form.submit();
  }

  window.addEventListener('pageshow', function () {
    sent = false;
    each('input[name="__EVENTTARGET"]', function (field) { field.value = ''; });
  });

  each('a.lnkPostBack', function (link) {
    link.addEventListener('click', function (event) {
      event.preventDefault();
      var asked = link.getAttribute('data-hoi');
      if (asked && !window.confirm(asked)) return;
      var form = link.parentNode;
      while (form && form.nodeName !== 'FORM') form = form.parentNode;
      postBack(form, link.getAttribute('data-target') || '');
    });
  });

  // The cascade: the page goes to the server and comes back with the communes of the province.
  each('select.autoPostBack', function (select) {
    select.addEventListener('change', function () { postBack(select.form, select.id); });
  });

  each('form', function (form) {
    form.addEventListener('submit', function (event) {
      var pressed = event.submitter;
      var asked = pressed && pressed.getAttribute('data-hoi');
      if (form.method === 'post' && sent) { event.preventDefault(); return; }
      if (asked && !window.confirm(asked)) { event.preventDefault(); return; }
      sent = form.method === 'post';
    });
  });

  each('input[data-href]', function (button) {
    button.addEventListener('click', function () { window.location.href = button.getAttribute('data-href'); });
  });
  each('input[data-cua-so]', function (button) {
    button.addEventListener('click', function () {
      window.open(button.getAttribute('data-cua-so'), '_blank', 'width=860,height=640,scrollbars=1,resizable=1');
    });
  });
  each('[data-dong-cua-so]', function (button) {
    button.addEventListener('click', function () { window.close(); });
  });

  // A panel that belongs to one choice.
  each('[data-khi]', function (panel) {
    var wanted = panel.getAttribute('data-khi').split('=');
    var show = function () {
      var chosen = document.querySelector('input[name="' + wanted[0] + '"]:checked');
      panel.className = chosen && chosen.value === wanted[1] ? '' : 'an';
    };
    each('input[name="' + wanted[0] + '"]', function (radio) { radio.addEventListener('click', show); });
    show();
  });

  // The announcement stands before the page until it is closed.
  var announcement = document.getElementById('divThongBao');
  if (announcement) {
    var shade = document.getElementById('divNenThongBao');
    var set = function (hidden) {
      announcement.className = 'divThongBao' + (hidden ? ' an' : '');
      shade.className = 'nenThongBao' + (hidden ? ' an' : '');
    };
    each('.dongThongBao', function (button) {
      button.addEventListener('click', function (event) { event.preventDefault(); set(true); });
    });
    set(false);
  }
})();
