/** A unified diff without its file heading. The package is loaded when there is something to compare. */
export async function unifiedDiff(
  before: string,
  after: string,
  names: readonly [string, string] = ['expected', 'actual'],
): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  return createTwoFilesPatch(names[0], names[1], before, after, undefined, undefined, { context: 2 })
    .split('\n')
    .slice(1)
    .join('\n')
    .trimEnd();
}
