import { css, unsafeCSS } from 'lit';
import type { CSSResult } from 'lit';

interface Token {
  readonly light: string;
  readonly dark: string;
  /** What stands for it when the user forces colours. */
  readonly forced: string;
}

/** Colours, light and dark, with their contrast checked. Each is `--whatsapp-<name>` to the host and `--_<name>` to our own styles. */
export const COLORS = {
  surface: { light: '#ffffff', dark: '#121a17', forced: 'Canvas' },
  'surface-sunken': { light: '#f3f4f1', dark: '#0c1311', forced: 'Canvas' },
  text: { light: '#15201b', dark: '#e8efeb', forced: 'CanvasText' },
  'text-muted': { light: '#55615b', dark: '#a3b3ab', forced: 'CanvasText' },
  border: { light: '#838f89', dark: '#66776f', forced: 'ButtonBorder' },
  divider: { light: '#dfe3e0', dark: '#26332d', forced: 'GrayText' },
  accent: { light: '#0a7556', dark: '#3ccb99', forced: 'Highlight' },
  'on-accent': { light: '#ffffff', dark: '#05261b', forced: 'HighlightText' },
  'bubble-in': { light: '#ffffff', dark: '#1e2a25', forced: 'Canvas' },
  'bubble-out': { light: '#d9f4e5', dark: '#0e4735', forced: 'Canvas' },
  link: { light: '#0a5aa5', dark: '#86c5ff', forced: 'LinkText' },
  read: { light: '#0a659e', dark: '#6fc3ff', forced: 'CanvasText' },
  'pending-ok': { light: '#1b7f45', dark: '#55cb88', forced: 'CanvasText' },
  'pending-warning': { light: '#f5b400', dark: '#ffc64d', forced: 'CanvasText' },
  'pending-warning-text': { light: '#8f5600', dark: '#ffc64d', forced: 'CanvasText' },
  'pending-critical': { light: '#c3261f', dark: '#ff837a', forced: 'CanvasText' },
  focus: { light: '#1a66d6', dark: '#8ab8ff', forced: 'Highlight' },
} as const satisfies Record<string, Token>;

/** Sizes: space 2 4 8 12 16 24, radii, text. `--whatsapp-<name>` to the host, `--_<name>` to our own styles. */
export const SIZES = {
  'font-size': '14px',
  'row-height': '44px',
  'radius-control': '6px',
  'radius-card': '10px',
} as const;

function declarations(value: (name: string, token: Token) => string): CSSResult {
  const lines = Object.entries(COLORS).map(([name, token]) => `--_${name}: ${value(name, token)};`);
  return unsafeCSS(lines.join('\n'));
}

// Private variables are worked out afresh at each of our elements from the public ones, which inherit: so a host may set a public one on any
// ancestor, and none of our elements resets it for those inside.
const ours = declarations(
  (name, { light, dark }) => `var(--whatsapp-${name}, light-dark(${light}, ${dark}))`,
);
const forced = declarations((_name, token) => token.forced);
const sizes = unsafeCSS(
  Object.entries(SIZES)
    .map(([name, value]) => `--_${name}: var(--whatsapp-${name}, ${value});`)
    .join('\n'),
);

export const themeStyles = css`
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([theme='auto']) {
    color-scheme: light dark;
  }
`;

/**
 * `--_density` tells what stands inside, where a style query can ask for it, what the attribute tells the element itself. `--_lines`: the least height of a row, in
 * px at a font size of 14.
 */
const compact = unsafeCSS('--whatsapp-row-height: 32px; --_density: compact; --_lines: 24;');
const comfortable = unsafeCSS('--whatsapp-row-height: 44px; --_density: comfortable; --_lines: 36;');

/** What `density` says to what stands inside. */
export const densityStyles = css`
  :host([density='compact']) {
    ${compact}
  }
  :host([density='comfortable']) {
    ${comfortable}
  }
`;

/** The design tokens. `theme` on any of our elements reaches those inside it, because `color-scheme` inherits. */
export const tokenStyles = css`
  :host {
    ${ours}
    ${sizes}
    --_font-size-small: calc(var(--_font-size) * 12 / 14);
    --_font-size-title: calc(var(--_font-size) * 15 / 14);
    --_target: 32px;
    /* Of what floats: in the dark a shadow is not seen. */
    --_raised: light-dark(var(--_surface), color-mix(in srgb, var(--_surface) 95%, #fff));
    --_shadow: 0 1px 2px rgb(0 0 0 / 12%), 0 6px 20px rgb(0 0 0 / 16%);
    --_hover: color-mix(in srgb, var(--_text) 7%, transparent);
    --_selected: color-mix(in srgb, var(--_accent) 12%, transparent);
    --_motion: 160ms;
  }
  ${themeStyles}
  :host(:state(compact)) {
    ${compact}
  }
  :host(:state(comfortable)) {
    ${comfortable}
  }
  @media (pointer: coarse) {
    :host {
      --_target: 44px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --_motion: 0ms;
    }
  }
  @media (forced-colors: active) {
    :host {
      ${forced}
      --_hover: transparent;
      --_selected: transparent;
    }
  }
`;
