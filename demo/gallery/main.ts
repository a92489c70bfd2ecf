/** The gallery: every element in every state, without a server. */
import * as time from './time.js';
import { GROUPS } from './states/index.js';
import { Stage } from './stage.js';
import { useSwitches } from './switches.js';
import { showNavigation } from './navigation.js';

const bare = new URLSearchParams(location.search).has('bare');
document.documentElement.toggleAttribute('data-bare', bare);

const stage = new Stage(get('stage'), GROUPS);
useSwitches(get<HTMLFormElement>('switches'), (switches) => {
  time.setFrozen(switches.time === 'frozen');
  stage.apply(switches);
});
showNavigation(get('states'), get<HTMLInputElement>('filter'), GROUPS);
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-forward]')) {
  button.addEventListener('click', () => time.forward(Number(button.dataset['forward']) * time.SECOND));
}
get('reset').addEventListener('click', () => time.reset());
setInterval(() => (get('clock').textContent = new Date().toLocaleString(document.documentElement.lang)), 500);

addEventListener('hashchange', () => stage.show(location.hash));
stage.show(location.hash);

function get<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as T;
}
