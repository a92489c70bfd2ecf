import { byId, make } from './dom.js';
import { text } from './strings.js';

const RENEW_BEFORE = 60_000;
const RETRY_AFTER = 5_000;
const LOG_LENGTH = 200;

/** What the agent asks for, on its way up from the desk: `preventDefault()` refuses them. */
const ACTIONS = [
  'interaction-accept',
  'interaction-reject',
  'interaction-select',
  'interaction-open',
  'interaction-park',
  'interaction-finish',
  'message-send',
  'agent-status-select',
];

/** What has become true, told by <whatsapp-workspace>. */
const NOTICES = [
  'interaction-accepted',
  'interaction-selected',
  'interaction-done',
  'interaction-parked',
  'message-sent',
  'unread-change',
  'attention-change',
  'connection-change',
];

/**
 * All that a page must do: give the desk a token, and listen.
 * @param {string} agent
 * @param {import('./records.js').Records} records
 */
export function connectDesk(agent, records) {
  const workspace = byId('workspace');
  const simulated = new URLSearchParams(location.search).get('simulated');
  if (simulated === null) {
    void keepToken(agent, workspace);
  } else {
    // `?simulated=7` shows the page without any server.
    workspace.removeAttribute('gateway');
    workspace.setAttribute('simulated', simulated);
  }
  for (const type of [...ACTIONS, ...NOTICES]) workspace.addEventListener(type, log);
  workspace.addEventListener('interaction-selected', ({ detail: { interaction } }) => {
    if (interaction) records.showContact(interaction.contact);
  });
  workspace.addEventListener('interaction-finish', (event) => {
    const known = records.find(event.detail.interaction.contact);
    if (byId('veto').checked && known?.tasks.some(({ done }) => !done)) event.preventDefault();
  });
  workspace.addEventListener('unread-change', ({ detail }) => {
    byId('unread').textContent = detail.unread > 0 ? String(detail.unread) : '';
  });
}

/** Fetches a token and again before it ends. A real page would get it from its own server, for the person who is signed in there. */
async function keepToken(agent, workspace) {
  const banner = byId('banner');
  let wait = RETRY_AFTER;
  try {
    const response = await fetch(`/demo/token?agent=${encodeURIComponent(agent)}`);
    if (!response.ok) throw new Error(`The gateway answered ${response.status}.`);
    const { token, expiresAt, phonePage } = await response.json();
    workspace.setAttribute('token', token);
    linkPhone(phonePage);
    banner.hidden = true;
    wait = Math.max(new Date(expiresAt).getTime() - Date.now() - RENEW_BEFORE, RETRY_AFTER);
  } catch (error) {
    console.warn(error);
    banner.textContent = text('error.token');
    banner.hidden = Boolean(workspace.getAttribute('token'));
  }
  setTimeout(() => void keepToken(agent, workspace), wait);
}

/** Where one can play the contact: the stand-in's page, at its usual port unless the gateway says otherwise. */
function linkPhone(address) {
  const usual = new URL('/', location.href);
  usual.port = '8090';
  const link = byId('phone');
  link.href = address ?? usual.href;
  link.hidden = false;
}

function log(event) {
  const list = byId('log');
  const line = make(
    'li',
    {},
    make('time', { text: new Date().toLocaleTimeString('en-GB') }),
    make('code', { text: event.type }),
    make('bdi', { text: event.detail.interaction?.contact.name ?? '' }),
    make('span', { class: 'detail', text: summary(event) }),
  );
  list.prepend(line);
  while (list.children.length > LOG_LENGTH) list.lastChild.remove();
  byId('log-count').textContent = String(list.children.length);
  queueMicrotask(() => {
    if (event.defaultPrevented) line.append(make('strong', { text: text('log.refused') }));
  });
}

function summary({ type, detail }) {
  switch (type) {
    case 'agent-status-select':
      return detail.status;
    case 'interaction-park':
    case 'interaction-parked':
      return detail.workbin;
    case 'message-send':
      return `${detail.draft.text.length} characters`;
    case 'message-sent':
      return `${detail.text.length} characters`;
    case 'unread-change':
      return `unread ${detail.unread}, waiting ${detail.pending}`;
    case 'attention-change':
      return `${detail.interactions.length} unattended`;
    case 'connection-change':
      return detail.connection.at;
    default:
      return '';
  }
}
