// Progressive enhancement only: every page does its work without this file.
(function () {
  'use strict';
  var each = function (selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); };

  var menuButton = document.querySelector('.menu-button');
  var menu = document.getElementById('menu');
  if (menuButton && menu) {
    var setMenu = function (open) {
      menu.classList.toggle('is-open', open);
      menuButton.setAttribute('aria-expanded', String(open));
    };
    menuButton.addEventListener('click', function () { setMenu(menuButton.getAttribute('aria-expanded') !== 'true'); });
    document.addEventListener('keydown', function (event) {
      if (event.key !== 'Escape') return;
      if (menuButton.getAttribute('aria-expanded') === 'true') { setMenu(false); menuButton.focus(); }
      each('.submenu[open]', function (open) { open.open = false; open.querySelector('summary').focus(); });
    });
    document.addEventListener('click', function (event) {
      each('.submenu[open]', function (open) { if (!open.contains(event.target)) open.open = false; });
    });
  }

  var summary = document.querySelector('[data-focus]');
  if (summary) summary.focus();
  each('.error-summary a', function (link) {
    link.addEventListener('click', function (event) {
      var field = document.getElementById(link.getAttribute('href').slice(1));
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.scrollIntoView({ block: 'center' });
    });
  });

  // Communes follow their province.
  each('select[data-communes-of]', function (communes) {
    var province = document.getElementById(communes.getAttribute('data-communes-of'));
    if (!province) return;
    province.addEventListener('change', function () {
      communes.setAttribute('aria-busy', 'true');
      fetch('/dia-ban/xa?tinh=' + encodeURIComponent(province.value), { headers: { Accept: 'application/json' } })
        .then(function (answer) { return answer.json(); })
        .then(function (found) {
          while (communes.options.length > 1) communes.remove(1);
          found.communes.forEach(function (one) { communes.add(new Option(one.name, one.code)); });
        })
        .finally(function () { communes.removeAttribute('aria-busy'); });
    });
  });

  // A button pressed twice sends once.
  each('form[method="post"]', function (form) {
    form.addEventListener('submit', function (event) {
      if (form.hasAttribute('data-sent')) { event.preventDefault(); return; }
      form.setAttribute('data-sent', '');
      var pressed = event.submitter;
      if (pressed) pressed.setAttribute('aria-disabled', 'true');
      window.setTimeout(function () {
        form.removeAttribute('data-sent');
        if (pressed) pressed.removeAttribute('aria-disabled');
      }, 8000);
    });
  });
  window.addEventListener('pageshow', function () {
    each('form[data-sent]', function (form) { form.removeAttribute('data-sent'); });
    each('[aria-disabled="true"]', function (button) { button.removeAttribute('aria-disabled'); });
  });

  // A chosen file goes up at once; the paper's block is replaced by the server's answer.
  each('form[data-papers]', function (form) {
    form.addEventListener('change', function (event) {
      var input = event.target;
      var key = input.getAttribute && input.getAttribute('data-paper');
      if (!key || !input.files.length) return;
      var block = document.getElementById('giay-to-' + key);
      var saved = form.querySelector('.saved');
      var wanted = input.getAttribute('data-nhan');
      if (wanted && wanted.split(' ').indexOf(input.files[0].name.split('.').pop().toLowerCase().replace('jpeg', 'jpg')) < 0) {
        if (saved) saved.textContent = 'Tệp không đúng loại, vui lòng chọn tệp khác.';
        input.value = '';
        return;
      }
      var content = new FormData();
      content.set('_csrf', form.elements['_csrf'].value);
      content.set('thao-tac', 'tai-len:' + key);
      content.set(input.name, input.files[0]);
      block.setAttribute('aria-busy', 'true');
      fetch(window.location.href.split('#')[0], { method: 'POST', body: content })
        .then(function (answer) { return answer.text(); })
        .then(function (text) {
          var fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('giay-to-' + key);
          if (!fresh || form.hasAttribute('data-sent')) return;
          block.replaceWith(document.importNode(fresh, true));
          var refused = document.querySelector('#giay-to-' + key + ' .field-error');
          if (saved) saved.textContent = refused ? refused.textContent : 'Đã tải tệp lên.';
          var again = document.getElementById(input.id);
          if (again) again.focus();
        })
        .finally(function () { block.removeAttribute('aria-busy'); });
    });
  });

  // What is being typed is kept on the server as a draft.
  each('form[data-autosave]', function (form) {
    var saved = form.querySelector('.saved');
    var timer = 0;
    var changed = false;
    var say = function (text) { if (saved) saved.textContent = text; };
    var keep = function () {
      if (!changed) return;
      changed = false;
      var content = new FormData(form);
      content.set('thao-tac', 'tu-luu');
      fetch(form.action || window.location.href, { method: 'POST', body: content, keepalive: true }).then(function (answer) {
        if (answer.status === 204) { say('Đã tự động lưu nháp.'); return; }
        changed = true;
        say(answer.redirected
          ? 'Phiên làm việc đã hết hạn, nội dung vừa nhập chưa được lưu nháp. Bấm nút bên trên để đăng nhập lại, nội dung đã nhập được giữ.'
          : 'Chưa tự động lưu được.');
      }).catch(function () { changed = true; say('Chưa tự động lưu được.'); });
    };
    form.addEventListener('input', function () { changed = true; window.clearTimeout(timer); timer = window.setTimeout(keep, 1200); });
    form.addEventListener('submit', function () { changed = false; window.clearTimeout(timer); });
    document.addEventListener('visibilitychange', function () { if (document.visibilityState === 'hidden') keep(); });
  });

  each('[data-print]', function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { window.print(); });
  });
  each('[data-poll]', function (place) {
    window.setTimeout(function () { window.location.reload(); }, Number(place.getAttribute('data-poll')) * 1000);
  });

  // Before an idle session ends, the person is told and can go on.
  var idle = Number(document.body.getAttribute('data-idle-minutes'));
  if (idle) {
    var warnAfter = Math.max(1, idle - 5) * 60000;
    var warn = function () {
      var dialog = document.createElement('dialog');
      dialog.setAttribute('aria-labelledby', 'phien-tieu-de');
      dialog.innerHTML = '<h2 id="phien-tieu-de">Phiên làm việc sắp hết hạn</h2>' +
        '<p>Bạn đã không thao tác một lúc. Phiên sẽ tự kết thúc sau khoảng 5 phút để bảo vệ thông tin của bạn.</p>' +
        '<p class="actions"><button class="button" type="button">Tiếp tục phiên làm việc</button></p>';
      document.body.appendChild(dialog);
      var before = document.activeElement;
      dialog.querySelector('button').addEventListener('click', function () {
        fetch('/phien/giu', { headers: { Accept: 'application/json' } });
        dialog.close();
      });
      dialog.addEventListener('close', function () {
        dialog.remove();
        if (before && before.focus) before.focus();
        window.setTimeout(warn, warnAfter);
      });
      dialog.showModal();
    };
    window.setTimeout(warn, warnAfter);
  }
})();
