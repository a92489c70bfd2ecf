import type { Subject } from './subject.js';

const ROW = 60;
const ROWS = 14;

/** The least that a window of messages can be: rows of one height, those at the end rendered once in a frame. What it costs is the floor. */
export function bareWindow(): Subject {
  const texts: string[] = [];
  const scroller = document.createElement('div');
  const list = document.createElement('div');
  let due = false;

  function render(): void {
    due = false;
    const first = Math.max(0, texts.length - ROWS);
    list.style.height = `${texts.length * ROW}px`;
    list.replaceChildren(
      ...texts.slice(first).map((text, i) => {
        const row = document.createElement('p');
        row.textContent = text;
        Object.assign(row.style, { position: 'absolute', margin: '0', top: `${(first + i) * ROW}px` });
        return row;
      }),
    );
    scroller.scrollTop = scroller.scrollHeight;
  }

  function change(): void {
    if (!due) requestAnimationFrame(render);
    due = true;
  }

  return {
    async mount(root) {
      Object.assign(scroller.style, { overflow: 'auto', width: '100%', height: '100%' });
      list.style.position = 'relative';
      scroller.append(list);
      root.append(scroller);
    },
    load(all) {
      texts.push(...all);
      change();
    },
    append(text, interaction) {
      if (interaction !== 0) return;
      texts.push(text);
      change();
    },
    visible: () => [...list.children].map((row) => row.textContent ?? ''),
  };
}
