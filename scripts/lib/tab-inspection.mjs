/** What the disk of the browser has: the texts of the drafts, and those of the outbox with their steps, but for what the contact centre has accepted. */
export async function stored({ page }) {
  return page.evaluate(async () => {
    const answer = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const [found] = (await indexedDB.databases()).filter(({ name }) =>
      name.startsWith('whatsapp-workspace ['),
    );
    const db = await answer(indexedDB.open(found.name));
    const [drafts, outbox] = await Promise.all(
      ['drafts', 'outbox'].map((store) => answer(db.transaction(store).objectStore(store).getAll())),
    );
    db.close();
    return {
      drafts: drafts.map(({ text }) => text),
      outbox: outbox
        .filter(({ step }) => step.at !== 'accepted')
        .map(({ body, step }) => `${body.text} (${step.at})`),
    };
  });
}

/** What there is to know of a tab that does not do its work. */
export async function stateOf({ page, composer }) {
  const text = await composer.inputValue({ timeout: 1_000 }).catch(() => null);
  const told = await page.evaluate(() => {
    const { workspace } = document.querySelector('whatsapp-workspace');
    const latest = (stream$) => {
      let value = null;
      stream$.subscribe((now) => (value = now)).unsubscribe();
      return value;
    };
    const selected = latest(workspace.selected$);
    return {
      visibility: document.visibilityState,
      storage: latest(workspace.storage$),
      connection: latest(workspace.connection$)?.at,
      selected,
      draft: selected === null ? null : latest(workspace.draft$(selected)).text,
      outbox: latest(workspace.outbox$).map(({ body, step }) => `${body.text} (${step.at})`),
      clockIsOff: globalThis.clockIsOff,
    };
  });
  return { composer: text, ...told };
}

/** By text: how far the contact centre believes that these messages have come. */
export async function deliveries({ page }, texts) {
  const found = await page.evaluate(async (wanted) => {
    const { workspace } = document.querySelector('whatsapp-workspace');
    const states = {};
    const read = ({ transcript }) => {
      for (const { items } of transcript.chunks)
        for (const { kind, message } of items)
          if (kind === 'message' && wanted.includes(message.content.text))
            states[message.content.text] = message.delivery?.state;
    };
    const subscriptions = [...workspace.state.interactions.keys()].map((id) =>
      workspace.transcript$(id).subscribe(read),
    );
    for (let page = 0; page < 10; page++) {
      for (const id of workspace.state.interactions.keys()) workspace.loadOlder(id);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    for (const subscription of subscriptions) subscription.unsubscribe();
    return states;
  }, texts);
  return new Map(Object.entries(found));
}
