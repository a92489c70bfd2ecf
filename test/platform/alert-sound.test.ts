import { expect } from '@open-wc/testing';
import { AlertSound } from '../../src/platform/alert-sound.js';
import type { SoundingPage } from '../../src/platform/alert-sound.js';

let made = 0;
let closed = 0;
let started: number[] = [];

/** As much of the browser's as is used; what is started is written down. */
class FakeContext {
  state = 'suspended';
  currentTime = 1;
  destination = {};
  constructor() {
    made++;
  }
  async resume(): Promise<void> {
    this.state = 'running';
  }
  async close(): Promise<void> {
    closed++;
  }
  createGain(): unknown {
    const gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
    return { gain, connect: () => undefined };
  }
  createOscillator(): unknown {
    return {
      frequency: { value: 0 },
      connect: () => undefined,
      start: (at: number) => started.push(at),
      stop: () => undefined,
    };
  }
}

const page = (hasBeenActive: boolean, context: unknown = FakeContext): SoundingPage & { active: boolean } => {
  const made = {
    active: hasBeenActive,
    navigator: {
      userActivation: {
        get hasBeenActive(): boolean {
          return made.active;
        },
      },
    },
    AudioContext: context as NonNullable<SoundingPage['AudioContext']>,
  };
  return made;
};

describe('the sound of alerts', () => {
  beforeEach(() => {
    made = closed = 0;
    started = [];
  });

  it('makes nothing before somebody has pressed something on the page, and sounds from then on', async () => {
    const fresh = page(false);
    const sound = new AlertSound(fresh);
    expect(await sound.play('message')).to.equal(false);
    expect(made).to.equal(0);
    fresh.active = true;
    expect(await sound.play('message')).to.equal(true);
    expect(await sound.play('invitation')).to.equal(true);
    expect(made).to.equal(1);
  });

  it('is another one for an invitation than for a message', async () => {
    const sound = new AlertSound(page(true));
    await sound.play('message');
    const ofMessage = started.length;
    await sound.play('invitation');
    expect(started.length - ofMessage).to.be.above(ofMessage);
  });

  it('is given back when it is closed', async () => {
    const sound = new AlertSound(page(true));
    await sound.play('message');
    sound.close();
    sound.close();
    expect(closed).to.equal(1);
  });

  it('says that nothing is heard where the browser cannot or will not', async () => {
    class Refusing extends FakeContext {
      override async resume(): Promise<void> {
        throw new Error('No.');
      }
    }
    expect(await new AlertSound(page(true, Refusing)).play('message')).to.equal(false);
    expect(await new AlertSound({ navigator: {} }).play('message')).to.equal(false);
  });

  it('is made by the browser itself', async () => {
    const sound = new AlertSound({ navigator: {}, AudioContext });
    // Whether it is heard is for the machine to say; it must not throw.
    expect(await Promise.race([sound.play('invitation'), Promise.resolve(true)])).to.be.a('boolean');
    sound.close();
  });
});
