import { readDegrees } from './map-link.js';
import type { DraftNotification } from './notification.js';
import { notificationFaults, writtenValues } from './notification-values.js';
import type { OutboundTemplate, TemplateHeaderValue } from './outbound-content.js';
import { templateContent, templateFault } from './template-content.js';

/** What its header shows, where that is no text: what the response brings, else the place that the agent has typed; null while there is none. */
export function headerOf({ template, header, place }: DraftNotification): TemplateHeaderValue | null {
  if (header !== null || template.header?.kind !== 'location') return header;
  const latitude = readDegrees(place.latitude, 90);
  const longitude = readDegrees(place.longitude, 180);
  if (latitude === null || longitude === null) return null;
  const name = place.name.trim() || null;
  return { kind: 'location', latitude, longitude, name, address: place.address.trim() || null };
}

/** Whether a notification cannot be sent as it is: its template, its header or one of its values. */
export function notificationFault(notification: DraftNotification): boolean {
  return (
    templateFault(notification.template, headerOf(notification)) !== null ||
    notificationFaults(notification).length > 0
  );
}

/** A notification as it is sent. */
export function outboundTemplate(notification: DraftNotification): OutboundTemplate {
  const { template } = notification;
  const header = headerOf(notification);
  const values = writtenValues(notification);
  return {
    kind: 'template',
    name: template.name,
    language: template.language,
    values,
    ...(header && { header }),
    shown: templateContent(template, values, header),
  };
}
