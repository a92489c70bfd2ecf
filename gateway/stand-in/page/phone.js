// The contact's phone. Everything shown is text from elsewhere: it only ever becomes text nodes.
import { draw, icon, words } from './drawing.js';
import { Faults } from './faults.js';

const SVG_STATES = {
  pending: ['clock', 'Not with the business yet'],
  taken: ['tick', 'The business has it'],
  accepted: ['clock', 'Accepted'],
  sent: ['tick', 'Sent'],
  delivered: ['ticks', 'Delivered'],
  read: ['ticks', 'Read'],
  failed: ['alert', 'Failed'],
};
/** How long a contact looks at a message before it counts as read: one sees the ticks change. */
const READING_TIME = 600;
const NEAR_END = 48;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

const element = (id) => document.getElementById(id);
const [app, phone, chat, list, composer, text] = ['app', 'phone', 'chat', 'messages', 'composer', 'text'].map(
  element,
);

/** Contacts by id; messages by wamid, in their order. */
const contacts = new Map();
const messages = new Map();
/** What was typed and not sent, by contact. */
const drafts = new Map();
/** List items of the open conversation, by wamid. */
const items = new Map();
let business = null;
let open = null;
let unseen = 0;
let reading = null;

const faults = new Faults(element('faults'), (patch) => post('/faults', patch));

// What happens at the server

function connect() {
  const source = new EventSource('/phone/events');
  const on = (type, listener) => source.addEventListener(type, (event) => listener(JSON.parse(event.data)));
  on('snapshot', takeSnapshot);
  on('contact', (contact) => {
    contacts.set(contact.id, contact);
    renderPeople();
  });
  on('message', takeMessage);
  on('faults', (settings) => faults.show(settings));
  on('link', showLink);
  source.addEventListener('error', () =>
    showLink({ state: 'failing', detail: 'The stand-in does not answer' }),
  );
}

function takeSnapshot(snapshot) {
  business = snapshot.business;
  contacts.clear();
  messages.clear();
  for (const contact of snapshot.contacts) contacts.set(contact.id, contact);
  for (const message of snapshot.messages) messages.set(message.wamid, message);
  faults.offer(snapshot.sendFaults);
  faults.show(snapshot.faults);
  showLink(snapshot.link);
  renderPeople();
  openFromAddress();
}

function takeMessage(message) {
  const isNew = !messages.has(message.wamid);
  messages.set(message.wamid, message);
  if (message.contact === open?.id) {
    const atEnd = isAtEnd();
    const item = items.get(message.wamid);
    if (item) item.replaceChildren(...bubbleContent(message, item));
    else appendMessage(message);
    if (atEnd || (isNew && message.author === 'contact')) scrollToEnd();
    else if (isNew) showUnseen(unseen + 1);
    readSoon();
  }
  renderPeople();
}

function showLink(link) {
  const sentences = { connecting: 'Waiting for the first webhook', connected: 'The gateway takes webhooks' };
  element('link').dataset.state = link.state;
  element('link').textContent = sentences[link.state] ?? `${link.detail}. Trying again.`;
}

async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

// The phones

function renderPeople() {
  const last = new Map();
  const unread = new Map();
  for (const message of messages.values()) {
    last.set(message.contact, message);
    if (message.author === 'business' && (message.state === 'delivered' || message.state === 'sent')) {
      unread.set(message.contact, (unread.get(message.contact) ?? 0) + 1);
    }
  }
  const rows = [...contacts.values()]
    .toSorted((a, b) => (last.get(b.id)?.at ?? 0) - (last.get(a.id)?.at ?? 0))
    .map((contact) => [contact, personRow(contact, last.get(contact.id), unread.get(contact.id) ?? 0)]);
  const focused = document.activeElement?.dataset.contact;
  element('people').replaceChildren(...rows.map(([, row]) => row));
  if (focused)
    element('people')
      .querySelector(`[data-contact="${CSS.escape(focused)}"]`)
      ?.focus();
}

function personRow(contact, message, unread) {
  const isOpen = contact.id === open?.id && isShown();
  const line = message ? `${message.author === 'contact' ? 'You: ' : ''}${message.text}` : address(contact);
  const button = draw(
    'button',
    { class: 'person', type: 'button', 'data-contact': contact.id, title: contact.name },
    [
      avatar(contact),
      draw('span', { class: 'person-name', dir: 'auto' }, [contact.name]),
      draw('span', { class: 'person-time' }, [message ? clock.format(message.at) : '']),
      draw('span', { class: 'person-line', dir: 'auto' }, [line]),
    ],
  );
  if (isOpen) button.setAttribute('aria-current', 'true');
  if (unread > 0 && !isOpen) {
    button.append(draw('span', { class: 'badge', 'aria-label': `${unread} unread` }, [String(unread)]));
  }
  button.addEventListener('click', () => {
    location.hash = contact.id;
    openConversation(contact.id);
  });
  return draw('li', {}, [button]);
}

function avatar(contact) {
  const initials = contact.name
    .split(/\s+/)
    .filter((word) => /\p{Letter}/u.test(word))
    .map((word) => [...word][0])
    .slice(0, 2)
    .join('');
  const hue = [...contact.id].reduce((sum, character) => sum + character.codePointAt(0), 0) % 5;
  return draw('span', { class: 'avatar', 'data-hue': String(hue), 'aria-hidden': 'true' }, [
    initials.toUpperCase() || '#',
  ]);
}

function address(contact) {
  return contact.phone ? `+${contact.phone}` : `@${contact.username ?? contact.bsuid}`;
}

// One phone

function openFromAddress() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (contacts.has(id)) openConversation(id);
  else if (isWide()) openConversation(open?.id ?? [...contacts.keys()][0]);
}

function openConversation(id) {
  const isOther = open?.id !== id;
  if (open && isOther) drafts.set(open.id, text.value);
  open = contacts.get(id) ?? null;
  if (!open) return;
  app.dataset.view = 'chat';
  phone.hidden = false;
  document.title = `${open.name}'s phone`;
  element('business').textContent = `Business +${business.displayPhoneNumber}`;
  element('owner').replaceChildren(draw('bdi', {}, [open.name]), `'s phone, ${address(open)}`);
  element('empty').textContent = `Nothing here yet. Write to the business as ${open.name}.`;
  if (isOther) text.value = drafts.get(id) ?? '';
  complain('');
  renderMessages();
  renderPeople();
  fitText();
  readSoon();
  if (isOther && matchMedia('(pointer: fine)').matches) text.focus();
}

function renderMessages() {
  list.replaceChildren();
  items.clear();
  for (const message of messages.values()) if (message.contact === open.id) appendMessage(message);
  element('empty').hidden = items.size > 0;
  scrollToEnd();
}

function appendMessage(message) {
  const day = new Date(message.at).toDateString();
  const previous = list.lastElementChild;
  if (previous?.dataset.day !== day) {
    list.append(draw('li', { class: 'day', 'data-day': day }, [dayName(message.at)]));
  }
  const item = draw('li', { class: 'bubble', 'data-author': message.author, 'data-day': day });
  if (previous?.dataset.day === day && previous.dataset.author === message.author) item.dataset.follows = '';
  item.append(...bubbleContent(message, item));
  items.set(message.wamid, item);
  list.append(item);
  element('empty').hidden = true;
}

function bubbleContent(message, item) {
  item.dataset.state = message.state;
  const [name, label] = SVG_STATES[message.state];
  const told = message.error ? `${message.error.title} (${message.error.code})` : label;
  const mark = icon(name);
  if (name === 'ticks') mark.classList.add('wide');
  const meta = draw('span', { class: 'meta', 'data-state': message.state, title: told }, [
    draw('bdi', {}, [message.error ? `${told} · ${clock.format(message.at)}` : clock.format(message.at)]),
    mark,
  ]);
  meta.setAttribute('aria-label', `${clock.format(message.at)}, ${told}`);
  meta.setAttribute('role', 'img');
  // The time stands at the end of the last line, and on which side that is depends on the words.
  return [
    ...(message.file ? [fileView(message)] : []),
    ...(message.template ? aboveWords(message.template) : []),
    draw('div', { dir: 'auto' }, [words(message), meta]),
    ...(message.template ? belowWords(message.template) : []),
    ...(message.choices?.length > 0 ? [choicesView(message)] : []),
  ];
}

/** What a template has above its words: a line of text, or a place. */
function aboveWords({ header, place }) {
  const named = place && [place.name, place.address].filter(Boolean).join(', ');
  return [
    ...(header ? [draw('div', { class: 'template-header', dir: 'auto' }, [header])] : []),
    ...(place
      ? [
          draw('div', { class: 'template-place', dir: 'auto' }, [
            named || 'A place',
            ` (${place.latitude}, ${place.longitude})`,
          ]),
        ]
      : []),
  ];
}

/** What it has below them, except what is tapped on to answer. */
function belowWords({ footer, buttons }) {
  const links = buttons.filter(({ kind }) => kind !== 'reply').map(linkView);
  return [
    ...(footer ? [draw('div', { class: 'template-footer', dir: 'auto' }, [footer])] : []),
    ...(links.length > 0 ? [draw('div', { class: 'choices' }, links)] : []),
  ];
}

/** A button of a template that leads somewhere, or copies something. */
function linkView({ kind, text, target }) {
  if (kind === 'url' && /^https?:/.test(target ?? ''))
    return draw(
      'a',
      { class: 'choice', href: target, target: '_blank', rel: 'noopener noreferrer', dir: 'auto' },
      [text],
    );
  if (kind === 'phone' && target)
    return draw('a', { class: 'choice', href: `tel:${target}`, dir: 'auto' }, [text]);
  const button = draw('button', { type: 'button', class: 'choice', dir: 'auto' }, [
    text,
    ...(target ? [draw('span', {}, [target])] : []),
  ]);
  if (kind === 'code') button.addEventListener('click', () => void navigator.clipboard?.writeText(target));
  return button;
}

/** What can be tapped on. The real app opens a list over the conversation; here its rows stand below the words. */
function choicesView({ wamid, contact, choices }) {
  const buttons = choices.map(({ id, title, description }) => {
    const button = draw('button', { type: 'button', class: 'choice', dir: 'auto' }, [
      title,
      ...(description ? [draw('span', {}, [description])] : []),
    ]);
    button.addEventListener('click', () => {
      post(`/phone/contacts/${encodeURIComponent(contact)}/taps`, { wamid, choice: id }).catch((error) =>
        complain(`Not sent: ${error.message}`),
      );
    });
    return button;
  });
  return draw('div', { class: 'choices' }, buttons);
}

/** What the file of a message shows; what is neither seen nor heard can be kept. */
function fileView({ file, type }) {
  const source = `/phone/files/${encodeURIComponent(file.id)}`;
  const name = file.name ?? type;
  if (type === 'image' || type === 'sticker') return draw('img', { class: 'file', src: source, alt: name });
  if (type === 'video' || type === 'audio') return draw(type, { class: 'file', src: source, controls: '' });
  return draw('a', { class: 'file', href: source, download: name, dir: 'auto' }, [name]);
}

function dayName(at) {
  const today = new Date().toDateString();
  return new Date(at).toDateString() === today ? 'Today' : calendar.format(at);
}

function isAtEnd() {
  return chat.scrollHeight - chat.scrollTop - chat.clientHeight < NEAR_END;
}

function scrollToEnd() {
  chat.scrollTop = chat.scrollHeight;
  showUnseen(0);
}

function showUnseen(count) {
  unseen = count;
  element('to-end').hidden = count === 0;
  element('to-end-text').textContent = count === 1 ? '1 new message' : `${count} new messages`;
}

/** Reads what is delivered, if somebody can see it. */
function readSoon() {
  const isSeen = open && document.visibilityState === 'visible' && isShown();
  const waits = [...messages.values()].some(
    (message) =>
      message.contact === open?.id && message.author === 'business' && message.state === 'delivered',
  );
  if (!isSeen || !waits || reading !== null) return;
  const { id } = open;
  reading = setTimeout(() => {
    reading = null;
    if (open?.id === id) post(`/phone/contacts/${encodeURIComponent(id)}/read`).catch(() => undefined);
  }, READING_TIME);
}

/** Whether the open conversation is on the screen: a narrow window shows either the list or the phone. */
function isShown() {
  return app.dataset.view === 'chat' || isWide();
}

function isWide() {
  return matchMedia('(width >= 640px)').matches;
}

// Writing

async function send() {
  const written = text.value;
  if (!open || written.trim() === '') return;
  const { id } = open;
  text.value = '';
  fitText();
  complain('');
  try {
    await post(`/phone/contacts/${encodeURIComponent(id)}/messages`, { text: written });
  } catch {
    drafts.set(id, written);
    if (open?.id !== id) return;
    text.value = written + text.value;
    fitText();
    complain('Not sent: the stand-in does not answer. Send it again in a moment.');
  }
}

async function sendFile(file) {
  if (!open || !file) return;
  const query = new URLSearchParams({ name: file.name, caption: text.value.trim() });
  complain('');
  try {
    const response = await fetch(`/phone/contacts/${encodeURIComponent(open.id)}/files?${query}`, {
      method: 'POST',
      headers: { 'content-type': file.type || 'application/octet-stream' },
      body: file,
    });
    if (!response.ok) throw new Error((await response.json()).error);
    text.value = '';
    fitText();
  } catch (error) {
    complain(`Not sent: ${error.message}`);
  }
}

async function addContact(form) {
  const complaint = element('new-contact-complaint');
  complaint.hidden = true;
  try {
    const contact = await post('/phone/contacts', Object.fromEntries(new FormData(form)));
    form.reset();
    element('new-contact').open = false;
    contacts.set(contact.id, contact);
    location.hash = contact.id;
    openConversation(contact.id);
  } catch (error) {
    complaint.textContent = error.message;
    complaint.hidden = false;
  }
}

function complain(sentence) {
  element('complaint').textContent = sentence;
  element('complaint').hidden = sentence === '';
}

/** Where the browser does not fit the height of a text area to its text. */
function fitText() {
  composer.querySelector('.send').disabled = text.value.trim() === '';
  if (CSS.supports('field-sizing', 'content')) return;
  text.style.height = 'auto';
  text.style.height = `${Math.min(text.scrollHeight + 2, 148)}px`;
}

composer.addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});
element('file').addEventListener('change', ({ target }) => {
  void sendFile(target.files[0]).finally(() => (target.value = ''));
});
text.addEventListener('input', fitText);
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  void send();
});
chat.addEventListener('scroll', () => {
  if (isAtEnd()) showUnseen(0);
});
element('to-end').addEventListener('click', scrollToEnd);
element('back').addEventListener('click', () => {
  const { id } = open;
  app.dataset.view = 'list';
  location.hash = '';
  renderPeople();
  element('people')
    .querySelector(`[data-contact="${CSS.escape(id)}"]`)
    ?.focus();
});
element('new-contact-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void addContact(event.currentTarget);
});
addEventListener('hashchange', openFromAddress);
document.addEventListener('visibilitychange', readSoon);
new ResizeObserver(() => {
  if (unseen === 0) scrollToEnd();
}).observe(chat);

connect();
