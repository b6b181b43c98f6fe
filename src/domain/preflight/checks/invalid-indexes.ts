import { ok, onFact, plural, showList, warn, type PreflightCheck } from '../check.ts';

export const INVALID_INDEXES: PreflightCheck = {
  name: 'invalid-indexes',
  title: 'Invalid indexes',
  examine: ({ facts }) =>
    onFact(facts.invalidIndexes, (indexes) =>
      indexes.length === 0
        ? ok('none')
        : warn(
            `${plural(indexes.length, 'index').replace('indexs', 'indexes')} marked invalid: ${showList(indexes.map(({ index, table }) => `${index} on ${table}`))}`,
            'Drop it with DROP INDEX CONCURRENTLY, or build it anew with REINDEX INDEX CONCURRENTLY: it is written to and never read, and a unique one can refuse rows.',
          ),
    ),
};
