const warned = new Set<string>();

/** Tells the page's developer about a bad value, once for each distinct message. */
export function warnOnce(message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  console.warn(`whatsapp-workspace: ${message}`);
}
