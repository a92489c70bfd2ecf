// Takes the README's picture of the demo page at work. Usage, after building and compiling the tests: node .build/test/e2e/screenshot.js docs/screenshot.png
import { Installation } from './support.js';

const [path = 'docs/screenshot.png', theme = 'light'] = process.argv.slice(2);
// Short, so that every level of urgency is in the picture soon.
const all = await Installation.start({ PENDING_WARNING_S: '3', PENDING_CRITICAL_S: '6' });
try {
  const desk = await all.desk('ana', {
    viewport: { width: 1360, height: 820 },
    colorScheme: theme === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  await desk.becomeReady();
  const contact = (id: string, text: string): void => void all.standIn.writeAsContact({ contact: id, text });

  contact('layla', 'مرحبًا، متى تصل الكراسي؟');
  await desk.accept('ليلى الحسيني');
  contact('mika', 'Hi! Do you still make the small round table?');
  await desk.accept('Mika');
  contact('ana', 'Good morning! Are the pine boards of *HP-10495* ready?');
  await desk.accept('Ana Wanjiru');
  await desk.write('Good morning Ana, yes: all forty are planed and packed.');
  await all.untilSent('Good morning Ana, yes: all forty are planed and packed.', 'read');
  contact('ana', 'Wonderful 🙏');
  contact('ana', 'Can the driver come on Thursday before ten? The yard is here: https://example.com/yard');
  await desk.message('Can the driver come').waitFor();
  await desk.write('Thursday at nine is booked for you.');
  await desk.untilMessage('Thursday at nine is booked for you.', 'Read');
  contact('ana', 'Perfect. And could you add two trestles to the order?');
  await desk.message('two trestles').waitFor();
  await desk.page
    .getByRole('img', { name: /critical/ })
    .first()
    .waitFor();
  contact('bruno', 'Bom dia, gostaria de um orçamento para uma mesa de 3 metros.');
  await desk.invitation('Bruno Carvalho').waitFor();
  await desk.composer.fill('Of course. Two trestles are 84 dollars; I add');
  await desk.page.screenshot({ path });
  await desk.close();
} finally {
  await all.stop();
}
