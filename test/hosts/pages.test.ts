import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Desk } from '../e2e/desk.js';
import { Installation, JWT_SECRET } from '../e2e/support.js';
import { bundlePage } from './host-builds.js';
import { HostProject } from './installed-package.js';
import { codeBlock, codeBlocks } from './readme.js';
import { WebServer } from './web-server.js';

const README_GATEWAY = 'https://desk.example.com';

/** What each page does with the contact whom its agent has accepted. */
const OPEN_RECORD = `
function openRecord(id) {
  const record = document.createElement('p');
  record.textContent = 'Record of ' + id;
  document.body.append(record);
}
function caseIsFiled() {
  return false;
}`;

// What the README says of other people's pages, done with the package as it is installed, on three origins: the page's, the script's, and the gateway's.
describe('a host page by the README', () => {
  let project: HostProject;
  let page: WebServer;
  let scripts: WebServer;
  let all: Installation;

  before(async () => {
    [project, page, scripts] = await Promise.all([
      HostProject.create(),
      WebServer.start(),
      WebServer.start(),
    ]);
    all = await Installation.start({ ALLOWED_ORIGINS: page.origin });
    page.folders = Object.fromEntries(
      ['plain', 'react', 'preact', 'vue'].map((name) => [name, join(project.folder, name)]),
    );
    page.headers = { 'content-security-policy': policy() };
    scripts.folders = { dist: join(project.packageFolder, 'dist') };
    scripts.headers = { 'access-control-allow-origin': page.origin };
  });
  after(async () => {
    await Promise.all([all?.stop(), page?.close(), scripts?.close()]);
    project?.remove();
  });

  it('in plain HTML, with the script from another origin', async () => {
    const [embed] = codeBlocks().filter(
      ({ section, language }) => section === 'Embed it' && language === 'html',
    );
    const markup = here(embed?.code ?? '').replace("THE AGENT'S TOKEN", token());
    project.write('plain/page.js', `${OPEN_RECORD}\n${here(codeBlock('Screen pop', 'js'))}`);
    project.write('plain/index.html', html(markup, './page.js'));
    const desk = await works('plain', 'wilhelmina', 'Wilhelmina');
    // The page vetoes.
    await desk.markDone();
    assert.equal(await desk.conversation('Wilhelmina').count(), 1);
    await desk.close();
  });

  it('in React', async () => {
    project.write('src/desk.tsx', here(codeBlock('In a framework', 'tsx')));
    project.write(
      'src/react.tsx',
      `import { createRoot } from 'react-dom/client';
      import { Desk } from './desk.tsx';
      ${OPEN_RECORD}
      createRoot(document.getElementById('root')).render(<Desk token="${token()}" openRecord={openRecord} />);`,
    );
    await bundlePage(project, 'src/react.tsx', 'react');
    project.write('react/index.html', html('<div id="root"></div>', './main.js'));
    const desk = await works('react', 'bruno', 'Bruno');
    assert.equal(await densityOf(desk), 'compact');
    await desk.close();
  });

  it('in Preact, with what is written for React', async () => {
    project.write('src/desk.tsx', here(codeBlock('In a framework', 'tsx')));
    project.write(
      'src/preact.tsx',
      `import { render } from 'preact';
      import { Desk } from './desk.tsx';
      ${OPEN_RECORD}
      render(<Desk token="${token()}" openRecord={openRecord} />, document.getElementById('root'));`,
    );
    await bundlePage(project, 'src/preact.tsx', 'preact', 'preact');
    project.write('preact/index.html', html('<div id="root"></div>', './main.js'));
    const desk = await works('preact', 'ana', 'Ana');
    assert.equal(await densityOf(desk), 'compact');
    await desk.close();
  });

  it('in Vue', async () => {
    project.write('src/desk.vue', here(codeBlock('In a framework', 'vue')));
    project.write(
      'src/vue.ts',
      `import { createApp, h } from 'vue';
      import Desk from './desk.vue';
      ${OPEN_RECORD}
      createApp(() => h(Desk, { token: '${token()}', onOpen: openRecord })).mount('#root');`,
    );
    await bundlePage(project, 'src/vue.ts', 'vue');
    project.write('vue/index.html', html('<div id="root"></div>', './main.js'));
    const desk = await works('vue', 'mika', 'Mika');
    assert.equal(await densityOf(desk), 'compact');
    await desk.close();
  });

  /** Opens a page, accepts who writes, answers, and sees that the page heard of it. */
  async function works(folder: string, contact: string, name: string): Promise<Desk> {
    const context = await all.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const desk = await Desk.open(await context.newPage(), `${page.origin}/${folder}/index.html`);
    await desk.becomeReady();
    all.standIn.writeAsContact({ contact, text: 'Good morning' });
    await desk.accept(name);
    await desk.page
      .getByText(/^Record of (\+?\d+|[A-Z]{2}\.\d+)$/)
      .first()
      .waitFor();
    await desk.write(`Hello ${name}`);
    await all.untilSent(`Hello ${name}`, 'read');
    assert.deepEqual(desk.complaints, []);
    return desk;
  }

  function densityOf(desk: Desk): Promise<unknown> {
    return desk.page
      .locator('whatsapp-desk')
      .evaluate((element) => (element as unknown as { density: unknown }).density);
  }

  /** The README's code with the addresses of this test instead of its own. */
  function here(code: string): string {
    return code.replaceAll(README_GATEWAY, all.network.url).replaceAll('"/dist/', `"${scripts.origin}/dist/`);
  }

  /** The README's policy, with the origins added that it says to add. */
  function policy(): string {
    const socket = all.network.url.replace(/^http/, 'ws');
    return codeBlock('Content security policy', '')
      .trim()
      .replaceAll(/\s+/g, ' ')
      .replace("script-src 'self'", `$& ${scripts.origin}`)
      .replace("connect-src 'self'", `$& ${all.network.url} ${socket}`);
  }
});

/** A token as a CRM's server signs it. */
function token(): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: 'HS256', typ: 'JWT' },
    {
      sub: 'ana',
      name: 'Ana',
      iss: 'whatsapp-workspace',
      aud: 'whatsapp-workspace-gateway',
      iat: now,
      exp: now + 3600,
    },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const signature = createHmac('sha256', JWT_SECRET).update(parts.join('.')).digest('base64url');
  return [...parts, signature].join('.');
}

const html = (body: string, script: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <link rel="icon" href="data:," />
    <title>Host</title>
  </head>
  <body>
    ${body}
    <script type="module" src="${script}"></script>
  </body>
</html>`;
