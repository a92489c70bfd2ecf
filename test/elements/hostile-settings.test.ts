import { expect, nextFrame } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../support/all-elements.js';
import { FakeWorkspace } from '../support/fake-workspace.js';

interface Member {
  readonly kind: string;
  readonly name: string;
  readonly static?: boolean;
  readonly readonly?: boolean;
}
interface Declaration {
  readonly tagName?: string;
  readonly members?: readonly Member[];
  readonly attributes?: readonly { readonly name: string; readonly fieldName?: string }[];
}

/** What a page may set by mistake: by a template of its own, from data that is not there yet, by a framework. */
const VALUES: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['undefined', undefined],
  ['NaN', NaN],
  ["''", ''],
  ["'x'", 'x'],
  ['{}', {}],
  ['[]', []],
  ['[null]', [null]],
  ['-1', -1],
  ['Infinity', Infinity],
  ['true', true],
  ['a function', () => 'x'],
  ['a symbol', Symbol('x')],
  ['an object without a prototype', Object.create(null)],
];

const manifest = (await (await fetch('/custom-elements.json')).json()) as {
  readonly modules: readonly { readonly declarations: readonly Declaration[] }[];
};
const elements = manifest.modules
  .flatMap(({ declarations }) => declarations)
  .filter((one): one is Declaration & { tagName: string } => one.tagName !== undefined);

const settings = ({ members = [] }: Declaration): readonly string[] =>
  members
    .filter((member) => member.kind === 'field' && !member.static && !member.readonly)
    .map(({ name }) => name);

type Bag = LitElement & Record<string, unknown>;
const create = (tag: string): Bag => document.createElement(tag) as Bag;

describe('Settings that make no sense', () => {
  let errors: unknown[] = [];
  const onError = (event: ErrorEvent): unknown => errors.push(event.error ?? event.message);
  const { error } = console;

  beforeEach(() => {
    errors = [];
    window.addEventListener('error', onError);
    console.error = (...args: unknown[]) => errors.push(args);
  });
  afterEach(async () => {
    await nextFrame();
    window.removeEventListener('error', onError);
    console.error = error;
    document.querySelectorAll('[data-hostile]').forEach((element) => element.remove());
    expect(errors).to.deep.equal([]);
  });

  // All values at once: each on an element of its own, so that they wait for the same frames.
  function place(element: Bag): void {
    element.dataset['hostile'] = '';
    document.body.append(element);
  }

  async function expectAlive(element: Bag, what: string): Promise<void> {
    await element.updateComplete;
    expect(element.hasUpdated, what).to.equal(true);
    element.requestUpdate();
    await element.updateComplete;
  }

  it('are looked for in every element', () => {
    expect(elements.map(({ tagName }) => tagName)).to.include.members(['whatsapp-desk', 'whatsapp-message']);
    expect(elements.every((one) => settings(one).length > 0)).to.equal(true);
    expect(elements.filter(({ tagName }) => !customElements.get(tagName))).to.deep.equal([]);
  });

  for (const declaration of elements) {
    const { tagName: tag, attributes = [] } = declaration;

    for (const name of settings(declaration)) {
      it(`<${tag}>.${name} bears them`, async () => {
        const initial = create(tag)[name];
        await Promise.all(
          VALUES.map(async ([shown, value]) => {
            const before = create(tag);
            before[name] = value;
            place(before);
            const after = create(tag);
            place(after);
            await after.updateComplete;
            after[name] = value;
            await expectAlive(before, `${shown} before it is on the page`);
            await expectAlive(after, `${shown} while it is on the page`);
            if (value != null) return;
            expect(before[name], shown).to.deep.equal(initial);
            expect(after[name], shown).to.deep.equal(initial);
          }),
        );
      });

      if (!settings(declaration).includes('workspace')) continue;

      it(`<${tag}>.${name} bears them with a workspace`, async () => {
        await Promise.all(
          VALUES.map(async ([shown, value]) => {
            const element = create(tag);
            if (name !== 'workspace') element['workspace'] = new FakeWorkspace();
            place(element);
            await element.updateComplete;
            element[name] = value;
            await expectAlive(element, shown);
          }),
        );
      });
    }

    for (const { name, fieldName } of attributes) {
      it(`<${tag} ${name}> bears them, and its end`, async () => {
        const initial = fieldName && create(tag)[fieldName];
        await Promise.all(
          VALUES.filter(([, value]) => typeof value !== 'symbol').map(async ([shown]) => {
            const element = create(tag);
            place(element);
            await element.updateComplete;
            element.setAttribute(name, shown);
            await expectAlive(element, `${name}=${shown}`);
            element.removeAttribute(name);
            await expectAlive(element, `${name} removed`);
            if (fieldName) expect(element[fieldName], shown).to.deep.equal(initial);
          }),
        );
      });
    }
  }
});
