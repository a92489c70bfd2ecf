import { byId, make } from './dom.js';
import { text } from './strings.js';

const RENEW_BEFORE = 60_000;
const RETRY_AFTER = 5_000;
const LOG_LENGTH = 200;

/** Events of ours that this page listens to. Actions can be refused; notices tell what has become true. */
const EVENTS = [
  'interaction-accept',
  'interaction-reject',
  'interaction-select',
  'interaction-open',
  'interaction-park',
  'interaction-finish',
  'agent-status-select',
];

/**
 * All that a page must do: give the desk a token, and listen.
 * @param {string} agent
 * @param {import('./records.js').Records} records
 */
export function connectDesk(agent, records) {
  const workspace = byId('workspace');
  void keepToken(agent, workspace);
  void linkPhone();
  for (const type of EVENTS) workspace.addEventListener(type, (event) => log(event));
  workspace.addEventListener('interaction-select', ({ detail }) =>
    records.showContact(detail.interaction.contact),
  );
  workspace.addEventListener('interaction-finish', (event) => {
    const known = records.find(event.detail.interaction.contact);
    if (byId('veto').checked && known?.tasks.some(({ done }) => !done)) event.preventDefault();
  });
}

/** Fetches a token and again before it ends. A real page would get it from its own server, for the person who is signed in there. */
async function keepToken(agent, workspace) {
  const banner = byId('banner');
  let wait = RETRY_AFTER;
  try {
    const response = await fetch(`/demo/token?agent=${encodeURIComponent(agent)}`);
    if (!response.ok) throw new Error(`The gateway answered ${response.status}.`);
    const { token, expiresAt } = await response.json();
    workspace.setAttribute('token', token);
    banner.hidden = true;
    wait = Math.max(new Date(expiresAt).getTime() - Date.now() - RENEW_BEFORE, RETRY_AFTER);
  } catch (error) {
    console.warn(error);
    banner.textContent = text('error.token');
    banner.hidden = Boolean(workspace.getAttribute('token'));
  }
  setTimeout(() => void keepToken(agent, workspace), wait);
}

/** Where the stand-in lets you play the contact; without a stand-in there is no such page. */
async function linkPhone() {
  const link = byId('phone');
  const response = await fetch('/demo/config').catch(() => null);
  const config = response?.ok ? await response.json() : {};
  if (!config.phonePage) return;
  link.href = config.phonePage;
  link.hidden = false;
}

function log(event) {
  const list = byId('log');
  const name = event.detail?.interaction?.contact?.name ?? '';
  const { interaction: _interaction, ...rest } = event.detail ?? {};
  const line = make(
    'li',
    {},
    make('time', { text: new Date().toLocaleTimeString('en-GB') }),
    make('code', { text: event.type }),
    make('bdi', { text: name }),
    make('span', {
      class: 'detail',
      text: Object.entries(rest)
        .map(([key, value]) => `${key}: ${value}`)
        .join(', '),
    }),
  );
  list.prepend(line);
  while (list.children.length > LOG_LENGTH) list.lastChild.remove();
  byId('log-count').textContent = String(list.children.length);
}
