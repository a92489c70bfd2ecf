import { expect } from '@open-wc/testing';
import { defineElement } from '../../src/define/define-element.js';
import '../../src/define.js';
import '../../src/define/whatsapp-media.js';
import { VERSION } from '../../src/version.js';
import * as everything from '../../src/index.js';

function warningsOf(act: () => void): string[] {
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (...args: unknown[]) => warnings.push(String(args[0]));
  try {
    act();
  } finally {
    console.warn = warn;
  }
  return warnings;
}

describe('define', () => {
  it('registers each element that the package exports under its own tag', async () => {
    const tags: Readonly<Record<string, unknown>> = {
      'agent-status': everything.AgentStatus,
      'connection-status': everything.ConnectionStatus,
      'elapsed-time': everything.ElapsedTime,
      'interaction-bar': everything.InteractionBar,
      'notification-editor': everything.NotificationEditor,
      'pending-indicator': everything.PendingIndicator,
      'response-picker': everything.ResponsePicker,
      'side-panel': everything.SidePanel,
      'whatsapp-composer': everything.WhatsAppComposer,
      'whatsapp-desk': everything.WhatsAppDesk,
      'whatsapp-interaction': everything.WhatsAppInteraction,
      'whatsapp-media': everything.WhatsAppMedia,
      'whatsapp-message': everything.WhatsAppMessage,
      'whatsapp-transcript': everything.WhatsAppTranscript,
      'whatsapp-workspace': everything.WhatsAppWorkspace,
      'workbin-list': everything.WorkbinList,
    };
    for (const [tag, element] of Object.entries(tags)) {
      // Some are loaded later. Compared without `equal`, which would print a whole class.
      expect((await customElements.whenDefined(tag)) === element, tag).to.equal(true);
    }
  });

  it('does nothing the second time', () => {
    class Twice extends HTMLElement {}
    expect(
      warningsOf(() => {
        defineElement('defined-twice', Twice);
        defineElement('defined-twice', Twice);
      }),
    ).to.deep.equal([]);
  });

  it('says of whom a tag is, so that nothing is loaded for an element of another version', () => {
    class First extends HTMLElement {}
    class Second extends HTMLElement {}
    expect(defineElement('defined-by-one', First)).to.equal(true);
    expect(defineElement('defined-by-one', First)).to.equal(true);
    warningsOf(() => expect(defineElement('defined-by-one', Second)).to.equal(false));
  });

  it('warns, keeps the first and does not throw when another copy comes', () => {
    class First extends HTMLElement {}
    class Second extends HTMLElement {}
    defineElement('defined-elsewhere', First);
    const warnings = warningsOf(() => defineElement('defined-elsewhere', Second));
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('<defined-elsewhere>');
    expect(warnings[0]?.split(`version ${VERSION}`), 'names both versions').to.have.length(3);
    expect(customElements.get('defined-elsewhere')).to.equal(First);
  });
});
