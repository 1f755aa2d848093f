(function () {
  var opener = document.getElementById('mo-thong-bao');
  if (!opener) return;
  opener.addEventListener('click', function () {
    var box = document.createElement('div');
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-modal', 'true');
    box.setAttribute('aria-label', 'Thông báo bảo trì');
    Object.assign(box.style, { position: 'fixed', inset: '20% 10% auto', padding: '2rem', zIndex: '40', background: '#fff', border: '2px solid' });
    box.innerHTML = '<p>Cổng bảo trì từ 22 giờ đến 24 giờ.</p><p><button type="button" class="button">Đóng</button></p>';
    document.body.appendChild(box);
    var close = function () { box.remove(); opener.focus(); };
    box.querySelector('button').addEventListener('click', close);
    document.addEventListener('keydown', function (event) { if (event.key === 'Escape') close(); });
  });
})();
