addEventListener('keydown', function (event) {
  if (event.key === 'Tab' && event.target.id === 'tu-khoa') event.preventDefault();
});
