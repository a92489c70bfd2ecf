// A customer database like many: it knows nothing of WhatsApp but the desk's tag, its attributes, its DOM events, and which keys are the desk's.
import { connectDesk } from './crm/desk.js';
import { useHotkeys } from './crm/hotkeys.js';
import { useLayout } from './crm/layout.js';
import { Records } from './crm/records.js';
import { useSettings } from './crm/settings.js';
import { translate } from './crm/strings.js';

const agent = new URLSearchParams(location.search).get('agent') ?? 'ana';

const layout = useLayout();
const records = new Records({ shown: () => layout.show('record') });
useSettings(agent, () => {
  translate(document);
  records.render();
});
useHotkeys(records, layout);
connectDesk(agent, records);
