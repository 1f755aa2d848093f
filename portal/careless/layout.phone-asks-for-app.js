addEventListener('load', function () {
  if (innerWidth > 480 || !document.querySelector('.apply-head')) return;
  var wall = document.createElement('div');
  Object.assign(wall.style, { position: 'fixed', inset: '0', zIndex: '50', padding: '3rem 1.5rem', background: '#fff' });
  wall.innerHTML = '<h2>Tải ứng dụng để tiếp tục</h2><p>Trên điện thoại, hồ sơ được nộp trong ứng dụng của tỉnh.</p>';
  document.body.appendChild(wall);
});
