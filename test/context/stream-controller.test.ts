import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { BehaviorSubject, NEVER, Observable, Subject } from 'rxjs';
import { StreamController } from '../../src/context/index.js';

class StreamProbe extends LitElement {
  @property({ attribute: false }) source: Observable<number> | null = null;
  renders = 0;
  seenInWillUpdate: number | null = null;
  readonly stream = new StreamController(this, () => this.source, 0);

  protected override willUpdate(_changed: PropertyValues): void {
    this.seenInWillUpdate = this.stream.value;
  }

  protected override render(): unknown {
    this.renders++;
    const { error, value } = this.stream;
    return error instanceof Error ? `failed: ${error.message}` : value;
  }
}
customElements.define('stream-probe', StreamProbe);

class KeyedProbe extends LitElement {
  @property() key = 'a';
  made: string[] = [];
  readonly stream = new StreamController<string>(
    this,
    () => {
      this.made.push(this.key);
      return new BehaviorSubject(this.key);
    },
    '',
    () => [this.key],
  );

  protected override render(): unknown {
    return this.stream.value;
  }
}
customElements.define('keyed-probe', KeyedProbe);

/** An observable that counts its subscriptions. */
function counted(values: Observable<number>): {
  source: Observable<number>;
  active: () => number;
  total: () => number;
} {
  let active = 0;
  let total = 0;
  const source = new Observable<number>((subscriber) => {
    active++;
    total++;
    const subscription = values.subscribe(subscriber);
    return () => {
      active--;
      subscription.unsubscribe();
    };
  });
  return { source, active: () => active, total: () => total };
}

const probe = (source: Observable<number> | null): Promise<StreamProbe> =>
  fixture<StreamProbe>(html`<stream-probe .source=${source}></stream-probe>`);
const shown = (element: LitElement): string => element.shadowRoot?.textContent ?? '';

describe('StreamController', () => {
  it('shows the initial value until the stream speaks, then each value', async () => {
    const subject = new Subject<number>();
    const element = await probe(subject);
    expect(shown(element)).to.equal('0');
    subject.next(7);
    await element.updateComplete;
    expect(shown(element)).to.equal('7');
  });

  it('has a value that is there at once in the first rendering, also in willUpdate, and renders once', async () => {
    const element = await probe(new BehaviorSubject(5));
    expect(element.seenInWillUpdate).to.equal(5);
    expect(shown(element)).to.equal('5');
    expect(element.renders).to.equal(1);
  });

  it('renders once for many values of one task', async () => {
    const subject = new Subject<number>();
    const element = await probe(subject);
    const before = element.renders;
    for (let i = 1; i <= 100; i++) subject.next(i);
    await element.updateComplete;
    expect(element.renders - before).to.equal(1);
    expect(shown(element)).to.equal('100');
  });

  it('subscribes once, and lets go when the element goes', async () => {
    const { source, active, total } = counted(NEVER);
    const element = await probe(source);
    element.requestUpdate();
    await element.updateComplete;
    expect([active(), total()]).to.deep.equal([1, 1]);
    element.remove();
    await Promise.resolve();
    expect(active()).to.equal(0);
  });

  it('keeps its subscription when the element is moved', async () => {
    const { source, total, active } = counted(NEVER);
    const element = await probe(source);
    const elsewhere = await fixture(html`<stream-probe></stream-probe>`);
    elsewhere.append(element);
    await element.updateComplete;
    expect([active(), total()]).to.deep.equal([1, 1]);
  });

  it('subscribes again when the element comes back, showing the last value meanwhile', async () => {
    const subject = new Subject<number>();
    const { source, total } = counted(subject);
    const element = await probe(source);
    subject.next(3);
    await element.updateComplete;
    const parent = element.parentElement as Element;
    element.remove();
    await Promise.resolve();
    parent.append(element);
    await element.updateComplete;
    expect(total()).to.equal(2);
    subject.next(4);
    await element.updateComplete;
    expect(shown(element)).to.equal('4');
  });

  it('goes over to another stream and forgets the values of the first', async () => {
    const first = counted(new BehaviorSubject(1));
    const element = await probe(first.source);
    const second = new Subject<number>();
    element.source = second;
    await element.updateComplete;
    expect(first.active()).to.equal(0);
    expect(shown(element)).to.equal('0');
    element.source = null;
    await element.updateComplete;
    expect(second.observed).to.equal(false);
  });

  it('keeps an error as a value', async () => {
    const subject = new Subject<number>();
    const element = await probe(subject);
    subject.next(2);
    subject.error(new Error('gone'));
    await element.updateComplete;
    expect(shown(element)).to.equal('failed: gone');
    expect(element.stream.value).to.equal(2);
  });

  it('keeps the last value of a stream that ends', async () => {
    const subject = new Subject<number>();
    const element = await probe(subject);
    subject.next(9);
    subject.complete();
    await element.updateComplete;
    expect(shown(element)).to.equal('9');
  });

  it('asks for a keyed stream only when the key changes', async () => {
    const element = await fixture<KeyedProbe>(html`<keyed-probe></keyed-probe>`);
    element.requestUpdate();
    await element.updateComplete;
    expect(element.made).to.deep.equal(['a']);
    element.key = 'b';
    await element.updateComplete;
    expect(element.made).to.deep.equal(['a', 'b']);
    expect(shown(element)).to.equal('b');
  });
});
