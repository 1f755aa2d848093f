(function () {
  var bar = document.createElement('div');
  bar.textContent = 'Đường dây nóng tiếp nhận phản ánh của người dân và doanh nghiệp: 1900 0000';
  Object.assign(bar.style, {
    position: 'fixed', inset: 'auto 0 0', height: '7rem', padding: '1rem', zIndex: '30', background: '#fff4dc', color: '#5a3800',
  });
  document.body.appendChild(bar);
})();
