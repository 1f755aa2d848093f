(function () {
  var opener = document.getElementById('mo-thong-bao');
  if (!opener) return;
  opener.addEventListener('click', function () {
    var box = document.createElement('dialog');
    box.setAttribute('aria-label', 'Thông báo bảo trì');
    box.innerHTML = '<p>Cổng bảo trì từ 22 giờ đến 24 giờ.</p><p><button type="button" class="button">Đóng</button></p>';
    document.body.appendChild(box);
    box.querySelector('button').addEventListener('click', function () { box.close(); });
    box.addEventListener('close', function () { box.remove(); opener.focus(); });
    box.showModal();
  });
})();
