import { draw } from './drawing.js';

const SEND_FAULTS = {
  none: 'as it should be',
  'rate-limit': 'too many messages (429)',
  'pair-rate': 'too many to this contact (131056)',
  unavailable: 'service unavailable (503)',
  'server-error': 'server error (500)',
  'expired-token': 'token has expired (401)',
  'cut-after-accept': 'accept, then cut the line',
  'silent-after-accept': 'accept, then say nothing',
  'held-for-quality': 'accept, hold back to judge the template',
};

const NO_FAULTS = {
  duplicateWebhooks: false,
  reorderStatuses: false,
  holdWebhooks: false,
  sendFault: 'none',
  sendFaultTimes: null,
  failNext: null,
};

/** The panel of faults: shows what is set at the server, and asks for changes. */
export class Faults {
  #panel;
  #form;
  #change;

  /** `change` sends a patch of settings to the server. */
  constructor(panel, change) {
    this.#panel = panel;
    this.#form = panel.querySelector('form');
    this.#change = change;
    this.#form.addEventListener('change', (event) => void this.#send(this.#read(event.target)));
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    panel.querySelector('#no-faults').addEventListener('click', () => void this.#send(NO_FAULTS));
  }

  /** Which answers to sending the server can play. */
  offer(sendFaults) {
    const options = sendFaults.map((fault) =>
      draw('option', { value: fault }, [SEND_FAULTS[fault] ?? fault]),
    );
    this.#form.elements.sendFault.replaceChildren(...options);
  }

  show(settings) {
    const { elements } = this.#form;
    for (const [name, value] of Object.entries(settings)) {
      const field = elements[name];
      if (field?.type === 'checkbox') field.checked = value;
      else if (field) field.value = String(value ?? '');
    }
    this.#summarise(settings);
  }

  #summarise(settings) {
    const active = [
      settings.duplicateWebhooks && 'webhooks twice',
      settings.reorderStatuses && 'statuses reversed',
      settings.holdWebhooks && 'webhooks held back',
      settings.sendFault !== 'none' && (SEND_FAULTS[settings.sendFault] ?? settings.sendFault),
      settings.failNext !== null && `next message fails (${settings.failNext})`,
    ].filter(Boolean);
    this.#panel.toggleAttribute('data-active', active.length > 0);
    this.#panel.querySelector('#fault-summary').textContent = active.join(', ') || 'none';
  }

  /** What the field that changed stands for. */
  #read({ name, type, value, checked }) {
    if (type === 'checkbox') return { [name]: checked };
    return { [name]: name === 'sendFault' ? value : value === '' ? null : Number(value) };
  }

  async #send(patch) {
    try {
      await this.#change(patch);
    } catch (error) {
      this.#panel.querySelector('#fault-summary').textContent = error.message;
    }
  }
}
