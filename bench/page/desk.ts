import 'whatsapp-workspace/define';
import { Centre } from './centre.js';
import type { Subject } from './subject.js';

/** The product as a host page has it: the conversation alone, or in a whole desk. */
export function desk(tag: 'whatsapp-interaction' | 'whatsapp-desk'): Subject {
  const provider = document.createElement('whatsapp-workspace');
  const element = document.createElement(tag);
  let centre = new Centre(1);

  return {
    async mount(root, open) {
      centre = new Centre(open);
      provider.quiet = true;
      provider.transport = centre;
      provider.append(element);
      element.style.blockSize = '100%';
      const online = new Promise<void>((resolve) => {
        provider.addEventListener('connection-change', ({ detail }) => {
          if (detail.connection.at === 'online') resolve();
        });
      });
      root.append(provider);
      await online;
      await customElements.whenDefined('whatsapp-transcript');
    },
    load(texts) {
      centre.load(texts);
      provider.workspace?.select('i0');
    },
    append: (text, interaction) => centre.say(text, interaction),
    visible() {
      const conversation =
        tag === 'whatsapp-desk' ? element.shadowRoot?.querySelector('whatsapp-interaction') : element;
      const transcript = conversation?.shadowRoot?.querySelector('whatsapp-transcript')?.shadowRoot;
      const messages = [...(transcript?.querySelectorAll('whatsapp-message') ?? [])];
      return messages.map(({ shadowRoot }) => shadowRoot?.querySelector('.text')?.textContent ?? '');
    },
  };
}
