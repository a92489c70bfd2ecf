import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { Desk } from './desk.js';
import { Network } from './network.js';
import { Installation, JWT_SECRET, eventually } from './support.js';

describe('agents', () => {
  let all: Installation;
  before(async () => {
    all = await Installation.start();
  });
  after(() => all?.stop());

  it('one parks, the other opens', async () => {
    const ana = await all.desk('ana');
    const ben = await all.desk('ben');
    await ana.becomeReady();
    all.standIn.writeAsContact({ contact: 'bruno', text: 'Bom dia' });
    await ana.accept('Bruno Carvalho');
    await ana.write('One moment, please.');
    await all.untilSent('One moment, please.', 'read');

    await ana.park('Team workbin');
    await ana.tile('Bruno Carvalho').waitFor({ state: 'detached' });

    await openFromTeam(ben, 'Bruno Carvalho');
    await ben.conversation('Bruno Carvalho').waitFor();
    await ben.message('One moment, please.').waitFor();
    await ben.record.getByRole('heading', { name: 'New customer' }).waitFor();
    await ana.page
      .getByRole('region', { name: 'Workbins' })
      .getByText('Bruno Carvalho')
      .waitFor({ state: 'detached' });
    await ana.close();
    await ben.close();
  });

  it('two open the same: one gets it, the other is told', async () => {
    const ana = await all.desk('ana');
    const bensNetwork = await Network.to(all.gateway.port);
    const ben = await Desk.open(await all.browser.newPage(), `${bensNetwork.url}/?agent=ben`);
    await ana.becomeReady();
    all.standIn.writeAsContact({ contact: 'mika', text: 'Hei' });
    await ana.accept('Mika');
    await ana.park('Team workbin');
    for (const desk of [ana, ben]) await unfoldTeam(desk);
    await parkedRow(ben, 'Mika').waitFor();

    // Ben has not heard yet that Ana was first.
    const release = bensNetwork.holdDownstream();
    await parkedRow(ana, 'Mika').dblclick();
    await ana.conversation('Mika').waitFor();
    await parkedRow(ben, 'Mika').dblclick();
    release();

    await ben.page.getByText('Another agent was first.').waitFor();
    assert.equal(await ben.conversation('Mika').count(), 0);
    await parkedRow(ben, 'Mika').waitFor({ state: 'detached' });
    assert.equal(await ana.conversation('Mika').count(), 1);
    await ana.close();
    await ben.close();
    await bensNetwork.close();
  });

  it('one rejects, the next gets it', async () => {
    const desks = [await all.desk('ana'), await all.desk('ben')];
    for (const desk of desks) await desk.becomeReady();
    all.standIn.writeAsContact({ contact: 'layla', text: 'مرحبًا' });
    const name = 'ليلى الحسيني';
    const first = await eventually(async () => {
      const rings = await Promise.all(desks.map((desk) => desk.invitation(name).count()));
      assert.equal(rings[0] === 1, rings[1] === 0, 'It rings at one of them.');
      return rings.indexOf(1);
    });
    await desks[first]?.invitation(name).getByRole('button', { name: 'Reject' }).click();
    await desks[1 - first]?.accept(name);
    assert.equal(await desks[first]?.invitation(name).count(), 0);
    for (const desk of desks) await desk.close();
  });

  it('a token that has ended: the page says what to do, and goes on with a new one', async () => {
    const context = await all.browser.newContext();
    let expired = true;
    await context.route('**/demo/token*', async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { token: string };
      await route.fulfill({ response, json: expired ? { ...body, token: asExpired(body.token) } : body });
    });
    const page = await context.newPage();
    await page.goto(`${all.network.url}/?agent=ana`);
    await page.getByText('Your sign-in has ended. Sign in again, then try again.').first().waitFor();
    expired = false;
    await page.reload();
    await page
      .getByRole('button', { name: /^Status: / })
      .and(page.locator(':enabled'))
      .waitFor();
    assert.equal(await page.getByText('Your sign-in has ended.').count(), 0);
    await context.close();
  });
});

describe('an agent with nobody else waiting', () => {
  let all: Installation;
  before(async () => {
    all = await Installation.start();
  });
  after(() => all?.stop());

  it('a contact who writes while another is in front: the page calls, and is as it was', async () => {
    const desk = await all.desk('ana');
    await desk.becomeReady();
    const title = await desk.page.title();
    const names = ['Contact in front', 'Contact behind'];
    for (const [i, name] of names.entries()) {
      all.standIn.writeAsContact({ contact: { name, phone: `25471100000${i}` }, text: 'Hello' });
      await desk.accept(name);
      await desk.write(`Hello ${name}`);
      await all.untilSent(`Hello ${name}`, 'read');
    }
    await desk.goTo('Contact in front');
    await eventually(async () => assert.equal(await desk.page.title(), title));
    all.standIn.writeAsContact({ contact: { phone: '254711000001' }, text: 'One more thing' });
    await eventually(async () => assert.notEqual(await desk.page.title(), title));
    await desk.goTo('Contact behind');
    await desk.message('One more thing').waitFor();
    await eventually(async () => assert.equal(await desk.page.title(), title));
    await desk.close();
  });
});

async function unfoldTeam(desk: Desk): Promise<void> {
  const team = desk.page.getByRole('button', { name: /^Team workbin/ });
  const toggle = desk.page.getByRole('button', { name: /^Workbins/ });
  await team.or(toggle).first().waitFor();
  if (!(await team.isVisible())) await toggle.click();
  if ((await team.getAttribute('aria-expanded')) !== 'true') await team.click();
}

function parkedRow(desk: Desk, name: string): ReturnType<Desk['page']['locator']> {
  return desk.page.locator('workbin-list').getByRole('listitem').filter({ hasText: name });
}

async function openFromTeam(desk: Desk, name: string): Promise<void> {
  await unfoldTeam(desk);
  await parkedRow(desk, name).dblclick();
}

/** The same token, well signed, that ended an hour ago. */
function asExpired(token: string): string {
  const [header = '', payload = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const at = Math.floor(Date.now() / 1000) - 3600;
  const body = Buffer.from(JSON.stringify({ ...claims, iat: at - 60, nbf: at - 60, exp: at })).toString(
    'base64url',
  );
  const signature = createHmac('sha256', JWT_SECRET).update(`${header}.${body}`).digest('base64url');
  return `${header}.${body}.${signature}`;
}
