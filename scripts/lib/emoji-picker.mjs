// Makes what `<whatsapp-emoji-picker>` shows of emoji-picker-element and its data: modules beside ours, without any other request, for pages with the strictest
// security policy. emoji-picker-element writes styles and markup of its own, which such a policy forbids, and fetches its data as a file.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './run.mjs';

const FOLDER = 'src/elements/whatsapp-emoji-picker/made';
const STAMP = join(root, FOLDER, '.stamp');
const { resolve } = createRequire(import.meta.url);

/** In which file what is replaced by what; each stands there once, else the package has changed and this must be looked at again. */
const PATCHES = {
  'picker.js': [
    ['template.innerHTML = htmlString;', 'template.innerHTML = setting.markup(htmlString);'],
    [
      'targetNode.setAttribute(attributeName, newValue);',
      "if (attributeName === 'style') targetNode.style.cssText = newValue; else targetNode.setAttribute(attributeName, newValue);",
    ],
    ["const style = document.createElement('style');", 'const style = new CSSStyleSheet();'],
    ['style.textContent = baseStyles + EXTRA_STYLES;', 'style.replaceSync(baseStyles + EXTRA_STYLES);'],
    ['this.shadowRoot.appendChild(style);', 'this.shadowRoot.adoptedStyleSheets = [style];'],
    // A page's own copy has the name, and is not patched.
    ["if (!customElements.get('emoji-picker')) {", "if (!customElements.get('whatsapp-emoji-grid')) {"],
    [
      "customElements.define('emoji-picker', PickerElement);",
      "customElements.define('whatsapp-emoji-grid', PickerElement);",
    ],
  ],
  'database.js': [
    [
      "const response = await fetch(dataSource, { method: 'HEAD' });",
      'const response = await setting.data(dataSource, false);',
    ],
    ['const response = await fetch(dataSource);', 'const response = await setting.data(dataSource, true);'],
    ['`emoji-picker-element-${this.locale}`', '`whatsapp-workspace emoji ${this.locale}`'],
  ],
};

const SETTING = `export const setting = { markup: (markup) => markup, data: null };`;

/** Makes the modules anew when the packages or this script have changed. */
export async function makeEmojiPicker() {
  const picker = resolve('emoji-picker-element/picker.js');
  const data = resolve('emoji-picker-element-data/en/emojibase/data.json');
  const hash = createHash('sha256');
  for (const path of [picker, join(dirname(picker), 'database.js'), data, fileURLToPath(import.meta.url)])
    hash.update(readFileSync(path));
  const stamp = hash.digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  await bundlePicker(picker);
  writeData('en', data);
  writeFileSync(STAMP, stamp);
}

/** Puts them where the compiled modules look for them. */
export function copyEmojiPicker() {
  const to = join(root, FOLDER.replace('src', 'dist/esm'));
  mkdirSync(to, { recursive: true });
  cpSync(join(root, FOLDER), to, { recursive: true, filter: (path) => !path.endsWith('.stamp') });
}

async function bundlePicker(picker) {
  // What imports this module may be what installs the packages.
  const { build } = await import('esbuild');
  const { version } = JSON.parse(readFileSync(join(dirname(picker), 'package.json'), 'utf8'));
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `import ${JSON.stringify(picker)}; export { setting } from 'setting';`,
      resolveDir: root,
    },
    outfile: join(FOLDER, 'picker.js'),
    banner: {
      js: `// emoji-picker-element ${version}, copyright Nolan Lawson, Apache License 2.0 (http://www.apache.org/licenses/LICENSE-2.0);\n// changed by scripts/lib/emoji-picker.mjs.`,
    },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'error',
    plugins: [patching],
  });
}

const patching = {
  name: 'patching',
  setup(onBuild) {
    onBuild.onResolve({ filter: /^setting$/ }, () => ({ path: 'setting', namespace: 'setting' }));
    onBuild.onLoad({ filter: /.*/, namespace: 'setting' }, () => ({ contents: SETTING }));
    onBuild.onLoad({ filter: /emoji-picker-element[\\/](picker|database)\.js$/ }, ({ path }) => {
      const name = path.endsWith('picker.js') ? 'picker.js' : 'database.js';
      const code = PATCHES[name].reduce(
        (text, [from, to]) => replaceOnce(text, from, to),
        readFileSync(path, 'utf8'),
      );
      return { contents: `import { setting } from 'setting';\n${code}` };
    });
  },
};

function replaceOnce(code, from, to) {
  const parts = code.split(from);
  if (parts.length !== 2) throw new Error(`emoji-picker-element has changed; once there should be: ${from}`);
  return parts.join(to);
}

/** As text, which the browser parses faster than it would a module full of objects. */
function writeData(language, path) {
  const json = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
  const version = createHash('sha256').update(json).digest('hex').slice(0, 16);
  const code = `// emoji-picker-element-data, copyright Nolan Lawson, Apache License 2.0; from Emojibase, copyright Miles Johnson, MIT licence.\nexport const version = ${JSON.stringify(version)};\nexport const json = ${JSON.stringify(json)};\n`;
  writeFileSync(join(root, FOLDER, `data-${language}.js`), code);
}
