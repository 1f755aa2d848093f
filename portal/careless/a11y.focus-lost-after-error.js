Array.prototype.forEach.call(document.querySelectorAll('form[data-autosave]'), function (form) {
  form.addEventListener('submit', function (event) {
    if (!event.submitter || event.submitter.value !== 'tiep-tuc') return;
    var empty = Array.prototype.filter.call(form.querySelectorAll('[required]'), function (one) { return !one.value; });
    Array.prototype.forEach.call(form.querySelectorAll('.field-error'), function (old) { old.remove(); });
    empty.forEach(function (one) {
      var words = document.createElement('p');
      words.className = 'field-error';
      words.setAttribute('role', 'alert');
      words.id = one.name + '-loi';
      words.textContent = 'Vui lòng nhập thông tin ô này.';
      one.closest('.field').appendChild(words);
      one.setAttribute('aria-describedby', words.id);
      one.setAttribute('aria-invalid', 'true');
    });
    if (!empty.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    event.submitter.disabled = true;
    form.addEventListener('input', function () { event.submitter.disabled = false; });
  }, true);
});
