import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { PendingIndicator } from '../../src/elements/pending-indicator/pending-indicator.js';
import '../../src/define/pending-indicator.js';
import { NOON } from '../support/builders.js';
import { byRole, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const clock = { now: () => NOON };

function indicator(since: string | number | null): Promise<PendingIndicator> {
  return fixture<PendingIndicator>(
    html`<pending-indicator .since=${since} .clock=${clock}></pending-indicator>`,
  );
}

const name = (element: Element): string | null => byRole(element, 'img')?.getAttribute('aria-label') ?? null;

describe('<pending-indicator>', () => {
  describe('accessibility', () => {
    for (const [level, seconds] of Object.entries({ ok: 5, warning: 35, critical: 260 })) {
      it(`has no violations when ${level}`, async () => {
        const element = await indicator(NOON - seconds * 1000);
        await expect(element).to.be.accessible();
      });
    }

    it('says how long and how urgent in its name', async () => {
      expect(name(await indicator(NOON - 5_000))).to.equal('Waiting 5 s');
      expect(name(await indicator(NOON - 35_000))).to.equal('Waiting 35 s, warning');
      expect(name(await indicator(NOON - 240_000))).to.equal('Waiting 4 min, critical');
    });

    it('speaks Arabic, right to left, inside lang="ar"', async () => {
      const around = await fixture(html`
        <div lang="ar"><pending-indicator .since=${NOON - 240_000} .clock=${clock}></pending-indicator></div>
      `);
      const element = around.querySelector('pending-indicator') as PendingIndicator;
      await element.updateComplete;
      expect(name(element)).to.contain('عاجل');
      expect(element.shadowRoot?.firstElementChild?.getAttribute('dir')).to.equal('rtl');
    });

    it('does not flash for people who want less motion', async () => {
      if (!navigator.userAgent.includes('Chrome')) return;
      await emulateMedia({ reducedMotion: 'reduce' });
      const element = await indicator(NOON - 240_000);
      const still = element.shadowRoot?.querySelector('svg') as SVGElement;
      expect(getComputedStyle(still).animationName).to.equal('none');
      await emulateMedia({ reducedMotion: 'no-preference' });
      expect(getComputedStyle(still).animationName).to.equal('flash');
    });
  });

  describe('properties', () => {
    it('shows nothing while nobody waits', async () => {
      expect(shadowText(await indicator(null))).to.equal('');
    });

    it('takes an ISO date, milliseconds and milliseconds as text', async () => {
      for (const since of [new Date(NOON - 120_000).toISOString(), NOON - 120_000, String(NOON - 120_000)]) {
        expect(shadowText(await indicator(since))).to.equal('2 min');
      }
    });

    it('takes its thresholds in seconds from attributes', async () => {
      const element = await fixture(html`
        <pending-indicator
          .since=${NOON - 90_000}
          warning="60"
          critical="120"
          .clock=${clock}
        ></pending-indicator>
      `);
      expect(name(element)).to.equal('Waiting 1 min, warning');
    });

    it('shows long waits in their largest unit, and tells screen readers the rest', async () => {
      for (const [waited, shown, told] of [
        [59 * 60_000, '59 min', '59 min'],
        [72 * 60_000, '1 h', '1 h 12 min'],
        [23.9 * 3_600_000, '23 h', '23 h 54 min'],
        [3 * 86_400_000 + 2 * 3_600_000, '3 d', '3 d 2 h'],
      ] as const) {
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        const element = await indicator(NOON - waited);
        expect(shadowText(element)).to.equal(shown);
        expect(name(element)).to.equal(`Waiting ${told}, critical`);
      }
    });

    it('lets a contact who seems to write from the future wait from now', async () => {
      expect(name(await indicator(NOON + 5_000))).to.equal('Waiting 0 s');
    });

    it('grows older and more urgent by itself, without any workspace', async () => {
      let now = NOON + 1_000;
      const element = await fixture(html`
        <pending-indicator
          since=${NOON}
          warning="2"
          critical="3"
          .clock=${{ now: () => now }}
        ></pending-indicator>
      `);
      expect(name(element)).to.equal('Waiting 1 s');
      now = NOON + 2_000;
      await waitUntil(() => name(element) === 'Waiting 2 s, warning', 'yellow');
      now = NOON + 3_000;
      await waitUntil(() => name(element) === 'Waiting 3 s, critical', 'red');
    });
  });

  describe('lifecycle', () => {
    it('goes on after a move', async () => {
      const element = await fixture<PendingIndicator>(
        html`<pending-indicator since=${new Date().toISOString()}></pending-indicator>`,
      );
      const before = name(element);
      const elsewhere = await fixture(html`<div></div>`);
      elsewhere.append(element);
      await waitUntil(() => name(element) !== before, 'still ticking');
    });
  });

  describe('errors', () => {
    it('warns once about a date that is none, and shows nothing', async () => {
      const warnings: unknown[] = [];
      const { warn } = console;
      console.warn = (...args: unknown[]) => warnings.push(args[0]);
      try {
        const first = await indicator('yesterday-ish');
        const second = await indicator('yesterday-ish');
        expect(shadowText(first) + shadowText(second)).to.equal('');
        expect(warnings).to.have.length(1);
        expect(warnings[0]).to.contain('yesterday-ish');
      } finally {
        console.warn = warn;
      }
    });

    it('keeps the default for a threshold that is no number', async () => {
      const element = await fixture(html`
        <pending-indicator .since=${NOON - 35_000} warning="soon" .clock=${clock}></pending-indicator>
      `);
      expect(name(element)).to.equal('Waiting 35 s, warning');
    });
  });
});
