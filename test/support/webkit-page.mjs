import { setTimeout as sleep } from 'node:timers/promises';

/** Code points that WebDriver gives to keys without a character. */
const KEYS = {
  Alt: '\uE00A',
  ArrowDown: '\uE015',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  ArrowUp: '\uE013',
  Backspace: '\uE003',
  Control: '\uE009',
  Delete: '\uE017',
  End: '\uE010',
  Enter: '\uE007',
  Escape: '\uE00C',
  F10: '\uE03A',
  Home: '\uE011',
  Insert: '\uE016',
  Meta: '\uE03D',
  PageDown: '\uE00F',
  PageUp: '\uE00E',
  Shift: '\uE008',
  Space: ' ',
  Tab: '\uE004',
};
const BUTTONS = { left: 0, middle: 1, right: 2 };
const RESIZE_ATTEMPTS = 20;

const keyValue = (name) => KEYS[name] ?? name;
const keyDown = (name) => ({ type: 'keyDown', value: keyValue(name) });
const keyUp = (name) => ({ type: 'keyUp', value: keyValue(name) });

/** The part of Playwright's page object that Web Test Runner's commands use, over WebDriver. */
export class WebKitPage {
  #call;

  /** @param {(method: string, path: string, body?: object) => Promise<any>} call */
  constructor(call) {
    this.#call = call;
  }

  keyboard = {
    type: (text) => this.#keys([...text].flatMap((character) => [keyDown(character), keyUp(character)])),
    press: (combination) => {
      const names = combination === '+' ? ['+'] : combination.split('+');
      return this.#keys([...names.map(keyDown), ...names.reverse().map(keyUp)]);
    },
    down: (name) => this.#keys([keyDown(name)]),
    up: (name) => this.#keys([keyUp(name)]),
  };

  mouse = {
    move: (x, y) => this.#pointer(moveTo(x, y)),
    click: (x, y, { button = 'left' } = {}) =>
      this.#pointer(moveTo(x, y), pointerDown(button), pointerUp(button)),
    down: ({ button = 'left' } = {}) => this.#pointer(pointerDown(button)),
    up: ({ button = 'left' } = {}) => this.#pointer(pointerUp(button)),
  };

  /** Sizes the window until the page has the wanted size. MiniBrowser's toolbar never lets it be narrower than 447 px. */
  async setViewportSize({ width, height }) {
    for (let attempt = 0; attempt < RESIZE_ATTEMPTS; attempt += 1) {
      const script = 'return [innerWidth, innerHeight]';
      const [innerWidth, innerHeight] = await this.#call('POST', '/execute/sync', { script, args: [] });
      if (innerWidth === width && innerHeight === height) return;
      const rect = await this.#call('GET', '/window/rect');
      await this.#call('POST', '/window/rect', {
        width: rect.width + width - innerWidth,
        height: rect.height + height - innerHeight,
      });
      await sleep(50);
    }
    throw new Error(`WebKit: the window could not be made ${width} × ${height}`);
  }

  emulateMedia() {
    throw new Error('WebKitGTK cannot emulate media features');
  }

  async screenshot() {
    return Buffer.from(await this.#call('GET', '/screenshot'), 'base64');
  }

  /** Lets go of keys and buttons that a former test left pressed. */
  async releaseActions() {
    await this.#call('DELETE', '/actions').catch(() => {});
  }

  #keys(actions) {
    return this.#call('POST', '/actions', { actions: [{ type: 'key', id: 'key', actions }] });
  }

  #pointer(...actions) {
    const parameters = { pointerType: 'mouse' };
    return this.#call('POST', '/actions', {
      actions: [{ type: 'pointer', id: 'pointer', parameters, actions }],
    });
  }
}

const moveTo = (x, y) => ({ type: 'pointerMove', x, y, duration: 0 });
const pointerDown = (button) => ({ type: 'pointerDown', button: BUTTONS[button] });
const pointerUp = (button) => ({ type: 'pointerUp', button: BUTTONS[button] });
