/** `1 check`, `2 checks`. */
export function counts(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
