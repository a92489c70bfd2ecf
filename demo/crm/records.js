import { customer, customers } from './data.js';
import { byId, initials, make } from './dom.js';
import { date, money, text, translate } from './strings.js';

const CLOSED = new Set(['delivered', 'returned', 'cancelled']);

/** The list of customers and the record that is shown. */
export class Records {
  #shown;
  /** The record in front: a customer, or what is known of somebody new. */
  #current = customers[0];
  #filter = '';

  /** @param {{ shown: () => void }} options `shown` is called when the agent has chosen a record */
  constructor({ shown }) {
    this.#shown = shown;
    byId('find').addEventListener('input', (event) => {
      this.#filter = event.target.value.trim().toLocaleLowerCase();
      this.#renderList();
    });
  }

  render() {
    this.#renderList();
    this.#renderRecord();
  }

  /** Goes to the next (1) or previous (-1) customer of the list. */
  step(steps) {
    const list = this.#listed();
    const index = list.indexOf(this.#current) + steps;
    if (list[index]) this.#choose(list[index]);
  }

  /** Puts the cursor in the form for a new note or task. */
  focusForm(name) {
    this.#shown();
    byId('record').querySelector(`[data-field="${name}"] input`)?.focus();
  }

  /**
   * The screen pop: shows the record of a WhatsApp contact, or a card for a new one.
   * @param {{ name: string | null, phone: string | null, bsuid: string | null }} contact
   */
  showContact(contact) {
    this.#show(this.find(contact) ?? this.#newRecord(contact));
  }

  /** @returns {import('./data.js').Customer | undefined} */
  find({ phone, bsuid }) {
    return customers.find(
      (one) => (phone && digits(one.phone) === digits(phone)) || (bsuid && one.bsuid === bsuid),
    );
  }

  /** By the agent's hand: on a narrow window the record then takes the place of the list. */
  #choose(record) {
    this.#show(record);
    this.#shown();
  }

  #show(record) {
    this.#current = record;
    this.render();
    document.querySelector('.customer-list [aria-current]')?.scrollIntoView({ block: 'nearest' });
  }

  #newRecord({ name, phone, bsuid }) {
    return customer({ id: '', name: name ?? '', phone: phone ?? '', bsuid: bsuid ?? '', tier: 'new' });
  }

  #listed() {
    return customers.filter(({ name, company, phone }) =>
      `${name} ${company} ${phone} ${digits(phone)}`.toLocaleLowerCase().includes(this.#filter),
    );
  }

  #renderList() {
    const listed = this.#listed();
    byId('customer-count').textContent = String(listed.length);
    byId('no-customers').hidden = listed.length > 0;
    byId('customers').replaceChildren(...listed.map((one) => this.#renderEntry(one)));
  }

  #renderEntry(one) {
    const button = make(
      'button',
      { type: 'button', class: 'customer', 'aria-current': one === this.#current && 'true' },
      make('span', { class: 'avatar', 'aria-hidden': 'true', text: initials(one.name) }),
      make('span', { class: 'customer-name', dir: 'auto', text: one.name, title: one.name }),
      make('span', { class: 'customer-line', dir: 'auto', text: one.company || one.city }),
    );
    button.addEventListener('click', () => this.#choose(one));
    return make('li', {}, button);
  }

  #renderRecord() {
    const place = byId('record');
    const isNew = this.#current.id === '';
    const content = byId(isNew ? 'new-record-template' : 'record-template').content.cloneNode(true);
    translate(content);
    if (isNew) this.#fillNewRecord(content.querySelector('form'));
    else this.#fillRecord(content);
    place.replaceChildren(content);
  }

  #fillRecord(content) {
    const one = this.#current;
    const field = (name) => content.querySelector(`[data-field="${name}"]`);
    field('initials').textContent = initials(one.name);
    field('name').textContent = one.name;
    field('name').dir = 'auto';
    field('line').textContent = [one.company, one.city].filter(Boolean).join(' · ');
    field('line').dir = 'auto';
    field('tier').textContent = text(`tier.${one.tier}`);
    field('facts').append(...facts(one));
    field('order-count').textContent = String(one.orders.length);
    const orders = one.orders.map(orderRow);
    field('orders').append(...(orders.length > 0 ? orders : [emptyRow(text('orders.none'))]));
    field('notes').append(...listOr(one.notes.map(noteItem), text('notes.none')));
    field('tasks').append(...listOr(one.tasks.map(taskItem), text('tasks.none')));
    this.#onAdd(field('note-form'), (words) =>
      one.notes.unshift({ text: words, at: Date.now(), by: agentName() }),
    );
    this.#onAdd(field('task-form'), (words) => one.tasks.unshift({ text: words, done: false }));
  }

  #onAdd(form, add) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const words = form.elements.text.value.trim();
      if (!words) return;
      add(words);
      this.#renderRecord();
      byId('record').querySelector(`[data-field="${form.dataset.field}"] input`).focus();
    });
  }

  #fillNewRecord(form) {
    const draft = this.#current;
    form.elements.name.value = draft.name;
    form.elements.phone.value = draft.phone ? `+${draft.phone}` : '';
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const { name, phone, company, city } = Object.fromEntries(new FormData(form));
      const saved = { ...draft, id: `new-${customers.length}`, name, company, city, phone: digits(phone) };
      customers.unshift(saved);
      this.#show(saved);
    });
  }
}

function facts(one) {
  const open = one.orders.filter(({ status }) => !CLOSED.has(status));
  const rows = [
    ['record.phone', one.phone && `+${one.phone}`],
    ['record.whatsapp', !one.phone && one.bsuid],
    ['record.email', one.email],
    ['record.city', one.city],
    ['record.since', date(one.since)],
    ['record.open-value', money(open.reduce((sum, { total }) => sum + total, 0))],
  ];
  return rows
    .filter(([, value]) => value)
    .map(([key, value]) =>
      make('div', {}, make('dt', { text: text(key) }), make('dd', {}, make('bdi', { text: value }))),
    );
}

function orderRow({ number, at, items, status, total }) {
  return make(
    'tr',
    {},
    make('th', { scope: 'row', text: number }),
    make('td', { class: 'nowrap spare', text: date(at) }),
    make('td', { dir: 'auto', text: items }),
    make('td', {}, make('span', { class: `status ${status}`, text: text(`status.${status}`) })),
    make('td', { class: 'number', text: money(total) }),
  );
}

function emptyRow(words) {
  return make('tr', {}, make('td', { colspan: 5, class: 'none', text: words }));
}

function noteItem({ text: words, at, by }) {
  return make(
    'li',
    {},
    make('p', { dir: 'auto', text: words }),
    make('small', {}, make('bdi', { text: by }), ' · ', make('bdi', { text: date(at) })),
  );
}

function taskItem(task) {
  const box = make('input', { type: 'checkbox', checked: task.done });
  box.addEventListener('change', () => (task.done = box.checked));
  return make('li', {}, make('label', {}, box, make('span', { dir: 'auto', text: task.text })));
}

function listOr(items, words) {
  return items.length > 0 ? items : [make('li', { class: 'none', text: words })];
}

function agentName() {
  return byId('agent').title;
}

function digits(phone) {
  return phone.replace(/\D/gu, '');
}
