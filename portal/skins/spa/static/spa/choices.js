// Drop-downs drawn by the application: a combobox that opens a list, with a box to filter long ones.
// Lists are drawn bit by bit while they are scrolled; the communes of a province are fetched when they are asked for.
// Keyboard as in the ARIA Authoring Practices (select-only combobox; with a filter, the filter leads the list).
const FILTER_FROM = 8;
const AT_ONCE = 20;
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase().trim();

export function dressChoices(root) {
  const found = root.matches && root.matches('select') ? [root] : root.querySelectorAll('select');
  for (const select of found) new Choice(select);
}

class Choice {
  constructor(select) {
    this.id = select.id;
    this.options = Array.from(select.options, (option) => ({ value: option.value, text: option.text }));
    this.empty = this.options.find((one) => one.value === '') || { value: '', text: '– Chọn –' };
    if (select.required) this.options = this.options.filter((one) => one.value !== '');
    this.dependsOn = select.dataset.communesOf || '';
    this.loadedFor = null;
    this.draw(select);
    this.take(this.options.find((one) => one.value === select.value) || this.empty);
    if (this.dependsOn) this.followProvince();
  }

  draw(select) {
    const label = document.querySelector(`label[for="${CSS.escape(this.id)}"]`);
    label.id = label.id || `${this.id}-nhan`;
    label.removeAttribute('for');
    label.addEventListener('click', () => this.head.focus());
    this.box = document.createElement('div');
    this.box.className = 'pick';
    this.box.innerHTML = '<div class="pick-head" role="combobox" tabindex="0" aria-haspopup="listbox" aria-expanded="false"></div>' +
      '<input type="hidden"><div class="pick-panel" hidden></div>';
    [this.head, this.field, this.panel] = this.box.children;
    this.head.id = this.id;
    this.head.setAttribute('aria-labelledby', label.id);
    this.head.setAttribute('aria-controls', `${this.id}-danh-sach`);
    for (const name of ['aria-describedby', 'aria-invalid']) {
      if (select.hasAttribute(name)) this.head.setAttribute(name, select.getAttribute(name));
    }
    if (select.required) this.head.setAttribute('aria-required', 'true');
    this.field.name = select.name;
    this.list = document.createElement('div');
    this.list.id = `${this.id}-danh-sach`;
    this.list.className = 'pick-list';
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-labelledby', label.id);
    this.list.tabIndex = -1;
    this.filter = document.createElement('input');
    this.filter.type = 'text';
    this.filter.className = 'pick-filter';
    this.filter.placeholder = 'Lọc danh sách…';
    this.filter.autocomplete = 'off';
    this.filter.setAttribute('aria-label', 'Lọc danh sách');
    this.filter.setAttribute('aria-controls', this.list.id);
    this.panel.append(this.filter, this.list);
    select.replaceWith(this.box);
    this.listen();
  }

  listen() {
    this.head.addEventListener('click', () => (this.isOpen ? this.close() : this.open()));
    this.head.addEventListener('keydown', (event) => this.onHeadKey(event));
    this.filter.addEventListener('keydown', (event) => this.onListKey(event));
    this.filter.addEventListener('input', (event) => { event.stopPropagation(); this.narrow(); });
    this.filter.addEventListener('change', (event) => event.stopPropagation());
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const row = event.target.closest('[role="option"]');
      if (row) this.choose(this.narrowed[Number(row.dataset.place)]);
    });
    this.list.addEventListener('scroll', () => {
      if (this.list.scrollTop + this.list.clientHeight > this.list.scrollHeight - 60) this.drawMore();
    });
    this.box.addEventListener('focusout', (event) => {
      if (this.isOpen && !this.box.contains(event.relatedTarget)) this.close({ focus: false });
    });
  }

  get isOpen() { return !this.panel.hidden; }

  /** Show `option` as chosen, without telling anybody. */
  take(option) {
    this.field.value = option.value;
    this.head.textContent = option.text;
    this.head.classList.toggle('is-empty', option.value === '');
  }

  choose(option) {
    const isNew = this.field.value !== option.value;
    this.take(option);
    this.close();
    if (isNew) this.tell();
  }

  tell() {
    for (const name of ['input', 'change']) this.field.dispatchEvent(new Event(name, { bubbles: true }));
  }

  async open() {
    this.panel.hidden = false;
    this.head.setAttribute('aria-expanded', 'true');
    this.filter.value = '';
    if (this.dependsOn) await this.load();
    this.filter.hidden = this.options.length < FILTER_FROM;
    this.narrow();
    if (!this.filter.hidden) this.filter.focus();
  }

  close({ focus = true } = {}) {
    this.panel.hidden = true;
    this.head.setAttribute('aria-expanded', 'false');
    for (const one of [this.head, this.filter]) one.removeAttribute('aria-activedescendant');
    this.list.replaceChildren();
    if (focus) this.head.focus();
  }

  narrow() {
    const wanted = plain(this.filter.value);
    this.narrowed = this.options.filter((one) => plain(one.text).includes(wanted));
    this.drawn = 0;
    this.list.replaceChildren();
    this.list.scrollTop = 0;
    this.drawMore();
    if (!this.narrowed.length) this.say(this.options.length ? 'Không có mục phù hợp' : 'Chưa có mục nào để chọn');
    const chosen = this.narrowed.findIndex((one) => one.value === this.field.value);
    this.mark(Math.max(0, chosen));
  }

  drawMore(until = this.drawn + AT_ONCE) {
    for (; this.drawn < Math.min(until, this.narrowed.length); this.drawn += 1) {
      const one = this.narrowed[this.drawn];
      const row = document.createElement('div');
      row.id = `${this.id}-muc-${this.drawn}`;
      row.className = 'pick-row';
      row.dataset.place = this.drawn;
      row.setAttribute('role', 'option');
      row.setAttribute('aria-selected', String(one.value === this.field.value));
      row.setAttribute('aria-setsize', this.narrowed.length);
      row.setAttribute('aria-posinset', this.drawn + 1);
      row.textContent = one.text;
      this.list.append(row);
    }
  }

  say(text) {
    const row = document.createElement('div');
    row.className = 'pick-note';
    row.setAttribute('role', 'option');
    row.setAttribute('aria-disabled', 'true');
    row.setAttribute('aria-selected', 'false');
    row.textContent = text;
    this.list.replaceChildren(row);
  }

  mark(place) {
    if (!this.narrowed.length) return;
    this.place = Math.min(Math.max(place, 0), this.narrowed.length - 1);
    this.drawMore(Math.max(this.drawn, this.place + 2));
    this.list.querySelectorAll('.is-active').forEach((row) => row.classList.remove('is-active'));
    const row = this.list.children[this.place];
    row.classList.add('is-active');
    row.scrollIntoView({ block: 'nearest' });
    (this.filter.hidden ? this.head : this.filter).setAttribute('aria-activedescendant', row.id);
  }

  onHeadKey(event) {
    if (this.isOpen) { this.onListKey(event); return; }
    const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!['Enter', ' ', 'ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key) && !letter) return;
    event.preventDefault();
    this.open().then(() => {
      if (event.key === 'End') this.mark(this.narrowed.length - 1);
      if (letter && event.key !== ' ') this.typed(event.key);
    });
  }

  onListKey(event) {
    const inFilter = event.target === this.filter;
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    if (event.key in moves) this.mark(this.place + moves[event.key]);
    else if (!inFilter && event.key === 'Home') this.mark(0);
    else if (!inFilter && event.key === 'End') this.mark(this.narrowed.length - 1);
    else if (event.key === 'Enter' || (!inFilter && event.key === ' ')) {
      if (this.narrowed.length) this.choose(this.narrowed[this.place]);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
    } else if (event.key === 'Tab') { this.close(); return; }
    else if (!inFilter && event.key.length === 1) this.typed(event.key);
    else return;
    event.preventDefault();
  }

  /** A letter: into the filter where there is one, else on to the next entry that begins with it. */
  typed(letter) {
    if (!this.filter.hidden) {
      this.filter.value = letter;
      this.narrow();
      return;
    }
    const order = [...this.narrowed.keys()].map((step) => (this.place + 1 + step) % this.narrowed.length);
    const found = order.find((place) => plain(this.narrowed[place].text).startsWith(plain(letter)));
    if (found !== undefined) this.mark(found);
  }

  // The communes of the chosen province are asked for when the list is opened.
  async load() {
    const province = this.provinceField().value;
    if (province === this.loadedFor) return;
    this.list.setAttribute('aria-busy', 'true');
    this.say('Đang tải danh sách…');
    try {
      const answer = await fetch(`/dia-ban/xa?tinh=${encodeURIComponent(province)}`, { headers: { Accept: 'application/json' } });
      const { communes } = await answer.json();
      this.options = communes.map((one) => ({ value: one.code, text: one.name }));
      this.loadedFor = province;
    } catch (fault) {
      this.options = [];
    }
    this.list.removeAttribute('aria-busy');
  }

  provinceField() {
    const head = document.getElementById(this.dependsOn);
    return head.matches('[role="combobox"]') ? head.nextElementSibling : head;
  }

  followProvince() {
    const form = this.box.closest('form');
    form.addEventListener('change', (event) => {
      if (event.target !== this.provinceField() || this.loadedFor === event.target.value) return;
      this.options = [];
      this.take(this.empty);
      this.tell();
    });
  }
}
