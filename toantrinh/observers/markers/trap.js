([word, most, ear]) => {
  const heard = globalThis[ear];
  if (!heard) return;
  const origin = globalThis.origin;
  const tell = (number, how) => heard(JSON.stringify({ number, how, origin, address: location.href, title: document.title }));
  const ran = (number) => { tell(Number(number) || 0, 'ran'); };
  const spelt = [word, word.toUpperCase(), word[0].toUpperCase() + word.slice(1)];
  for (const one of spelt) Object.defineProperty(globalThis, one, { value: ran, configurable: true });
  for (let number = 1; number <= most; number += 1) {
    customElements.define(`${word}-${number}`, class extends HTMLElement {
      connectedCallback() {
        tell(number, this.hasAttribute('onplay') ? 'element' : 'stripped');
        this.dispatchEvent(new Event('play'));
      }
    });
  }
}
