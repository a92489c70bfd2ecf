// Writes types by which React, Preact, Solid and Vue know our elements, from custom-elements.json → dist/types/. Part of the build.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventClasses } from './lib/event-classes.mjs';
import { root } from './lib/run.mjs';

/** These hold others, whose events pass them on their way up. */
const HOLD_OTHERS = ['whatsapp-workspace', 'whatsapp-desk'];

const HEAD = '// Generated from custom-elements.json.';

const { modules } = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8'));
const elements = modules
  .flatMap(({ declarations }) => declarations)
  .filter(({ tagName }) => tagName)
  .sort((a, b) => (a.tagName < b.tagName ? -1 : 1));
const classes = eventClasses();

const FILES = { elements: elementTypes(), react: react(), preact: preact(), solid: solid(), vue: vue() };
mkdirSync(join(root, 'dist/types'), { recursive: true });
for (const [name, text] of Object.entries(FILES)) {
  writeFileSync(join(root, 'dist/types', `${name}.d.ts`), `${HEAD}\n${text}`);
}

/** What the frameworks' types have in common: by tag, the class, what can be set, and the events. */
function elementTypes() {
  return `import type * as ours from '../esm/index.js';

/** The classes. */
export interface Elements {
${elements.map(({ tagName, name }) => `  '${tagName}': ours.${name};`).join('\n')}
}

/** What can be set, as properties and as attributes. */
export interface ElementSettings {
${elements.map((element) => `  '${element.tagName}': ${settingsOf(element)};`).join('\n')}
}

/** The events that can be heard there: its own, and those of the elements inside it that bubble. */
export interface ElementEvents {
${elements.map((element) => `  '${element.tagName}': {\n${eventsOf(element)}  };`).join('\n')}
}

export type Listeners<Events, Prefix extends string> = {
  [Name in keyof Events & string as \`\${Prefix}\${Name}\`]?: (event: Events[Name]) => void;
};
`;
}

function settingsOf({ name, members = [], attributes = [] }) {
  const fields = members.filter(
    (member) => member.kind === 'field' && !member.readonly && member.name !== 'workspace',
  );
  const properties = `Partial<Pick<ours.${name}, ${fields.map((field) => `'${field.name}'`).join(' | ')}>>`;
  const others = attributes
    .filter((attribute) => attribute.fieldName && attribute.fieldName !== attribute.name)
    .map((attribute) => ({ name: attribute.name, type: `ours.${name}['${attribute.fieldName}']` }));
  // The property \`workspace\` takes an id too, as the attribute does.
  const lines = others.map((one) =>
    one.name === 'workspace'
      ? `    workspace?: ours.Workspace | string | null;`
      : `    '${one.name}'?: ${one.type};`,
  );
  return lines.length === 0 ? properties : `${properties} & {\n${lines.join('\n')}\n  }`;
}

function eventsOf({ tagName, events = [] }) {
  const inside = HOLD_OTHERS.includes(tagName)
    ? elements.flatMap((other) => other.events ?? []).filter(({ type }) => classes.get(type.text)?.bubbles)
    : [];
  const types = new Map([...events, ...inside].map(({ name, type }) => [name, type.text]));
  return [...types].map(([name, type]) => `    '${name}': ours.${type};\n`).join('');
}

function react() {
  return `import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { ElementEvents, ElementSettings, Elements, Listeners } from './elements.js';

type OurElements = {
  [Tag in keyof Elements]: Omit<DetailedHTMLProps<HTMLAttributes<Elements[Tag]>, Elements[Tag]>, keyof ElementSettings[Tag]> &
    ElementSettings[Tag] &
    Listeners<ElementEvents[Tag], 'on'>;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends OurElements {}
  }
}
`;
}

function preact() {
  return `import type { ClassAttributes, HTMLAttributes } from 'preact';
import type { ElementEvents, ElementSettings, Elements, Listeners } from './elements.js';

type OurElements = {
  [Tag in keyof Elements]: Omit<HTMLAttributes<Elements[Tag]>, keyof ElementSettings[Tag]> &
    ClassAttributes<Elements[Tag]> &
    ElementSettings[Tag] &
    Listeners<ElementEvents[Tag], 'on'>;
};

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends OurElements {}
  }
}
`;
}

function solid() {
  return `import type { JSX } from 'solid-js';
import type { ElementEvents, ElementSettings, Elements, Listeners } from './elements.js';

type Properties<Settings> = { [Name in keyof Settings & string as \`prop:\${Name}\`]?: Settings[Name] };

type OurElements = {
  [Tag in keyof Elements]: Omit<JSX.HTMLAttributes<Elements[Tag]>, keyof ElementSettings[Tag]> &
    ElementSettings[Tag] &
    Properties<ElementSettings[Tag]> &
    Listeners<ElementEvents[Tag], 'on:'>;
};

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends OurElements {}
  }
}
`;
}

function vue() {
  return `import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { ElementEvents, ElementSettings, Elements } from './elements.js';

type Emits<Events> = EmitFn<{ [Name in keyof Events]: (event: Events[Name]) => void }>;

type OurComponents = {
  [Tag in keyof Elements]: new () => Elements[Tag] & {
    /** For templates alone. */
    $props: ElementSettings[Tag] & Omit<HTMLAttributes, keyof ElementSettings[Tag]> & PublicProps;
    /** For templates alone. */
    $emit: Emits<ElementEvents[Tag]>;
  };
};

declare module 'vue' {
  interface GlobalComponents extends OurComponents {}
}
`;
}
