import { quoteIdentifier, quoteLiteral } from '../../../sql/quote.ts';

/** Options as the catalog keeps them (`name=value`) as SQL wants them: ` OPTIONS (name 'value')`; '' without any. */
export function foreignOptions(options: readonly string[]): string {
  if (options.length === 0) return '';
  const all = options.map((option) => {
    const at = option.indexOf('=');
    return `${quoteIdentifier(option.slice(0, at))} ${quoteLiteral('postgres', option.slice(at + 1))}`;
  });
  return ` OPTIONS (${all.join(', ')})`;
}
