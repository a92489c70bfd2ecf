import { EMPTY, distinctUntilChanged, finalize, map, merge, share, switchMap, tap, throttleTime } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Localizer } from '../../i18n/index.js';
import { contactLabel } from '../../model/index.js';
import { AlertSound } from '../../platform/alert-sound.js';
import { SystemNotices } from '../../platform/system-notices.js';
import type { Alert, Workspace } from '../../streams/index.js';
import { previewText, selectInteraction } from '../base/index.js';

/** The least time between two sounds, in milliseconds. */
const SOUND_PAUSE = 1_000;
/** How much of a message a notification shows, in characters. */
const FIRST_WORDS = 80;

interface Speaker {
  readonly localizer: Localizer;
}

/**
 * Lets the agent hear and see what is new, as the agent has chosen, for as long as it is subscribed to. Loaded when one of both is chosen.
 * @param host Is asked before a notification that was pressed brings its conversation to the front.
 */
export function alertAgent(host: EventTarget, workspace: Workspace, words: Speaker): Observable<unknown> {
  const sound = new AlertSound();
  const notices = new SystemNotices(document);
  return workspace.settings$.pipe(
    map((settings) => ({ heard: settings.sound === true, seen: settings.notifications === true })),
    distinctUntilChanged((a, b) => a.heard === b.heard && a.seen === b.seen),
    switchMap(({ heard, seen }) => {
      const alerts$ = workspace.alerts$.pipe(share());
      const heard$ = alerts$.pipe(
        throttleTime(SOUND_PAUSE),
        tap(({ kind }) => void sound.play(kind)),
      );
      const seen$ = alerts$.pipe(
        tap((alert) => notices.show(noticeOf(alert, words.localizer, () => goTo(host, workspace, alert)))),
      );
      return merge(heard ? heard$ : EMPTY, seen ? seen$ : EMPTY);
    }),
    finalize(() => {
      sound.close();
      notices.close();
    }),
  );
}

function noticeOf(
  { kind, interaction }: Alert,
  localizer: Localizer,
  onPress: () => void,
): Parameters<SystemNotices['show']>[0] {
  const { id, contact, lastMessage } = interaction;
  const name = contactLabel(contact);
  const said = lastMessage ? previewText(localizer, lastMessage) : '';
  return {
    key: `whatsapp-workspace ${id}`,
    title: kind === 'invitation' ? localizer.t('bar.announce-invitation', { name }) : name,
    body: said.length > FIRST_WORDS ? `${[...said].slice(0, FIRST_WORDS).join('')}…` : said,
    lang: localizer.locale,
    dir: localizer.direction,
    onPress,
  };
}

/** An invitation is in sight with the page; a conversation comes to the front. */
function goTo(host: EventTarget, workspace: Workspace, { interaction }: Alert): void {
  const now = workspace.state.interactions.get(interaction.id);
  if (now?.state === 'active') selectInteraction(host, workspace, now);
}
