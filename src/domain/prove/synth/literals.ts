/** Texts in quotes of those checks that mention a column, apart from patterns. */
export function literalsIn(checks: readonly string[], name: string): string[] {
  return checks
    .filter((check) => check.includes(name))
    .flatMap((check) =>
      [
        ...check.matchAll(
          /(~~?\*?|\b(?:LIKE|GLOB|REGEXP|SIMILAR TO)\b)?\s*\(?(?:similar_to_escape\()?'((?:[^']|'')*)'/giu,
        ),
      ]
        .filter((match) => match[1] === undefined)
        .map((match) => (match[2] ?? '').replaceAll("''", "'")),
    )
    .filter((text) => text !== '');
}

export function numbersIn(checks: readonly string[]): number[] {
  return checks.flatMap((check) =>
    [...check.replaceAll(/'(?:[^']|'')*'/gu, '').matchAll(/(?<![\w.])\(?(-?\d+(?:\.\d+)?)/gu)].map((match) =>
      Number(match[1]),
    ),
  );
}

/** Days in quotes, as `2024-02-29`. */
export function daysIn(checks: readonly string[]): string[] {
  return checks.flatMap((check) =>
    [...check.matchAll(/'(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8]))\b/gu)].map((match) => match[1] ?? ''),
  );
}
