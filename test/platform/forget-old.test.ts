import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { textDraft } from '../../src/model/index.js';
import { databaseName } from '../../src/platform/desk-database.js';
import { FOUND_OLD_FOR, KEPT_FOR, OLD_DRAFTS } from '../../src/platform/forget-old.js';
import { DeskStorage } from '../../src/platform/storage.js';
import { anOutboxItem } from '../support/builders.js';

const ANA = { issuer: 'https://desk.example', agent: 'ana' };
const MASHA = 'interaction-1';

describe('what is too old', () => {
  const opened: DeskStorage[] = [];

  async function open(): Promise<DeskStorage> {
    const storage = await DeskStorage.open(ANA);
    opened.push(storage);
    return storage;
  }

  afterEach(async () => {
    for (const storage of opened.splice(0)) storage.close();
    await deleteDB(databaseName(ANA));
  });

  const touch = async (interaction: string, at: number): Promise<void> => {
    const db = await openDB(databaseName(ANA));
    await db.put('drafts', { ...textDraft('Old'), interaction, at });
    await db.put('seen', { interaction, pendency: { since: 1, count: 1 }, at });
    db.close();
  };
  const reopened = async (): Promise<DeskStorage> => {
    for (const storage of opened.splice(0)) storage.close();
    return open();
  };
  const clock = Object.getOwnPropertyDescriptor(Date, 'now');
  const setClock = (ahead: number): void => {
    const now = performance.timeOrigin + performance.now() + ahead;
    Object.defineProperty(Date, 'now', { ...clock, value: () => Math.round(now) });
  };
  afterEach(() => {
    if (clock) Object.defineProperty(Date, 'now', clock);
  });

  it('is forgotten, a draft only a day after it was found old, and never a message', async () => {
    const storage = await open();
    await storage.enqueue([anOutboxItem({ createdAt: 1 })]);
    await storage.saveDraft('interaction-2', textDraft('New'));
    await touch(MASHA, Date.now() - KEPT_FOR - 1);
    const later = await reopened();
    expect([...(await later.drafts()).keys()]).to.have.members([MASHA, 'interaction-2']);
    expect(await later.seen()).to.deep.equal(new Map());
    setClock(FOUND_OLD_FOR);
    const last = await reopened();
    expect(await last.drafts()).to.deep.equal(new Map([['interaction-2', textDraft('New')]]));
    expect(await last.outbox()).to.have.length(1);
    expect(await last.remembered(OLD_DRAFTS)).to.equal(null);
  });

  it('is no draft because of a clock that was ahead for less than a day', async () => {
    await (await open()).saveDraft(MASHA, textDraft('Half'));
    setClock(KEPT_FOR * 2);
    await reopened();
    setClock(KEPT_FOR * 2 + FOUND_OLD_FOR / 2);
    await reopened();
    setClock(0);
    await reopened();
    setClock(FOUND_OLD_FOR);
    expect((await (await reopened()).drafts()).get(MASHA)?.text).to.equal('Half');
  });

  it('is no draft that was touched since it was found old', async () => {
    await open();
    await touch(MASHA, Date.now() - KEPT_FOR - 1);
    await (await reopened()).saveDraft(MASHA, textDraft('Half'));
    setClock(KEPT_FOR + FOUND_OLD_FOR);
    await reopened();
    setClock(KEPT_FOR + FOUND_OLD_FOR * 1.5);
    expect((await (await reopened()).drafts()).get(MASHA)?.text).to.equal('Half');
  });
});
