const MOST_BYTES = 63;

/** A label as the server keeps it for an application name: 63 bytes of ASCII. Marks above letters are left off. */
export function applicationName(label: string): string {
  return label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]/gu, '?')
    .slice(0, MOST_BYTES);
}
