/**
 * Command `media`: sets media features that emulateMedia cannot, such as forced-colors and prefers-contrast. Chromium only.
 * In a test: `await executeServerCommand('media', { 'forced-colors': 'active' })`; true when it was done.
 */
export function mediaPlugin() {
  return {
    name: 'media',
    async executeCommand({ command, payload, session }) {
      if (command !== 'media') return undefined;
      if (session.browser.name !== 'Chromium') return false;
      const devtools = await session.browser.getPage(session.id).createCDPSession();
      const features = Object.entries(payload).map(([name, value]) => ({ name, value }));
      await devtools.send('Emulation.setEmulatedMedia', { features });
      return true;
    },
  };
}
