(function () {
  var button = document.getElementById('dung-tin');
  if (!button) return;
  button.addEventListener('click', function () {
    var still = document.querySelector('.news-line').classList.toggle('is-still');
    button.textContent = still ? 'Chạy dòng tin' : 'Tạm dừng dòng tin';
  });
})();
