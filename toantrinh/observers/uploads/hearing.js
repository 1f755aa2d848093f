// Notes what a page sends with files: fields and names of files, before it goes. Changes nothing of it.
(() => {
  const noted = (address, method, data) => {
    try {
      if (!(data instanceof FormData)) return;
      const fields = [];
      for (const [name, value] of data.entries()) {
        fields.push(typeof value === 'string' ? { name, value } : { name, file: value.name, type: value.type, size: value.size });
      }
      if (!fields.some((one) => one.file !== undefined && one.size)) return;
      window.toantrinhGui({ address: String(new URL(address, document.baseURI)), method: String(method || 'GET').toUpperCase(), fields });
    } catch (error) { /* whatever it is, it is the page's own business */ }
  };
  const fetched = window.fetch;
  window.fetch = function (input, init) {
    if (init && init.body) noted(input && input.url ? input.url : input, init.method, init.body);
    return fetched.apply(this, arguments);
  };
  const open = XMLHttpRequest.prototype.open, send = XMLHttpRequest.prototype.send, opened = new WeakMap();
  XMLHttpRequest.prototype.open = function (method, address) {
    opened.set(this, [method, address]);
    return open.apply(this, arguments);
  };
  XMLHttpRequest.prototype.send = function (body) {
    const known = opened.get(this);
    if (known && body) noted(known[1], known[0], body);
    return send.apply(this, arguments);
  };
  // Also fires when a script only asks for a form's data: what then goes is noted above, and comes later.
  window.addEventListener('formdata', (event) => {
    const form = event.target, by = document.activeElement;
    const presser = by && by.form === form && by.formAction && by.hasAttribute('formaction') ? by : null;
    noted(presser ? presser.formAction : form.action, form.method, event.formData);
  }, true);
})();
