import { byId, initials, memory } from './dom.js';

/** Whom the gateway's demo signs in. */
const NAMES = { ana: 'Ana Silva', ben: 'Ben Okafor', carla: 'Carla Moreno', dilek: 'Dilek Aydın' };

/**
 * @param {string} agent
 * @param {() => void} onLanguage
 */
export function useSettings(agent, onLanguage) {
  const root = document.documentElement;
  const workspace = byId('workspace');
  const desk = byId('desk');
  showAgent(agent);

  setting('language', navigator.language.startsWith('ar') ? 'ar' : 'en', (language) => {
    root.lang = language;
    root.dir = language === 'ar' ? 'rtl' : 'ltr';
    onLanguage();
  });
  setting('theme', 'auto', (theme) => (root.dataset.theme = theme));
  setting('desk-theme', '', (theme) => put(desk, 'theme', theme));
  setting('density', '', (density) => put(desk, 'density', density));

  const choice = byId('set-agent');
  choice.append(...Object.entries(NAMES).map(([id, name]) => new Option(name, id)));
  choice.value = agent;
  choice.addEventListener('change', () => {
    const url = new URL(location.href);
    url.searchParams.set('agent', choice.value);
    workspace.remove();
    location.assign(url);
  });
}

function showAgent(agent) {
  const name = NAMES[agent] ?? agent;
  const avatar = byId('agent');
  avatar.textContent = initials(name);
  avatar.setAttribute('aria-label', name);
  avatar.title = name;
}

/** Keeps one choice: the address (`?theme=dark`) wins over what the browser remembers. */
function setting(name, otherwise, apply) {
  const select = byId(`set-${name}`);
  const wanted = new URLSearchParams(location.search).get(name) ?? memory.get(name) ?? otherwise;
  select.value = [...select.options].some((option) => option.value === wanted) ? wanted : otherwise;
  apply(select.value);
  select.addEventListener('change', () => {
    memory.set(name, select.value);
    apply(select.value);
  });
}

function put(element, attribute, value) {
  if (value) element.setAttribute(attribute, value);
  else element.removeAttribute(attribute);
}
