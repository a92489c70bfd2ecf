import { expect } from '@open-wc/testing';
import { SystemNotices } from '../../src/platform/system-notices.js';

interface Shown {
  readonly title: string;
  readonly options: NotificationOptions;
  closed: boolean;
  press(): void;
}

let shown: Shown[] = [];

class FakeNotification extends EventTarget {
  static permission: NotificationPermission = 'granted';
  readonly #shown: Shown;
  constructor(title: string, options: NotificationOptions) {
    super();
    this.#shown = { title, options, closed: false, press: () => this.dispatchEvent(new Event('click')) };
    shown.push(this.#shown);
  }
  close(): void {
    this.#shown.closed = true;
    this.dispatchEvent(new Event('close'));
  }
}

class FakeDocument extends EventTarget {
  visibilityState: DocumentVisibilityState = 'hidden';
  focused = 0;
  defaultView = { focus: () => this.focused++ };
  become(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const original = globalThis.Notification;
let doc: FakeDocument;
let notices: SystemNotices;
let pressed = 0;

const show = (title = 'Masha'): void =>
  notices.show({ key: 'one', title, body: 'Hello', lang: 'en', dir: 'ltr', onPress: () => pressed++ });

describe('notifications of the system', () => {
  beforeEach(() => {
    shown = [];
    pressed = 0;
    doc = new FakeDocument();
    FakeNotification.permission = 'granted';
    globalThis.Notification = FakeNotification as unknown as typeof Notification;
    notices = new SystemNotices(doc as unknown as Document);
  });
  afterEach(() => {
    notices.close();
    globalThis.Notification = original;
  });

  it('say who and what while the page is hidden, without a sound', () => {
    show();
    expect(shown.map(({ title }) => title)).to.deep.equal(['Masha']);
    expect(shown[0]?.options).to.include({ tag: 'one', body: 'Hello', silent: true, lang: 'en', dir: 'ltr' });
  });

  it('are not shown while the page can be seen, or without leave', () => {
    doc.become('visible');
    show();
    doc.become('hidden');
    FakeNotification.permission = 'denied';
    show();
    expect(shown).to.deep.equal([]);
  });

  it('bring the page to the front when they are pressed, and go', () => {
    show();
    shown[0]?.press();
    expect([pressed, doc.focused, shown[0]?.closed]).to.deep.equal([1, 1, true]);
  });

  it('go when the page can be seen again, and when there is nobody to show them to', () => {
    show();
    doc.become('visible');
    expect(shown[0]?.closed).to.equal(true);
    doc.become('hidden');
    show('Omar');
    notices.close();
    expect(shown[1]?.closed).to.equal(true);
  });

  it('are none where a page may have none', () => {
    globalThis.Notification = class {
      static permission = 'granted';
      constructor() {
        throw new TypeError('Illegal constructor.');
      }
    } as unknown as typeof Notification;
    expect(show).not.to.throw();
    Reflect.deleteProperty(globalThis, 'Notification');
    expect(show).not.to.throw();
  });
});
