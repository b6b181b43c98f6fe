import { createReadStream } from 'node:fs';
import { SurefootError, messageOf } from '../../../model/errors.ts';
import type { Value } from '../../../model/engine.ts';

/** A CSV file as a stream: the column names of its first line, then one row after the other. */
export interface Csv {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly Value[]>;
}

/** Opens a CSV file (RFC 4180, UTF-8). An empty field without quotes is null; a quoted one is empty text. */
export async function readCsv(path: string, delimiter: string): Promise<Csv> {
  const { parse } = await import('csv-parse');
  const input = createReadStream(path);
  const parser = parse({
    delimiter,
    bom: true,
    skip_empty_lines: true,
    cast: (value, context) => (value === '' && !context.quoting ? null : value),
  });
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  const iterator: AsyncIterator<readonly Value[]> = parser[Symbol.asyncIterator]();
  const first = await next(iterator, path);
  if (first === null)
    throw new SurefootError({
      code: 'csv-invalid',
      message: `${path} is empty: its first line must name the columns`,
      hint: 'Put the column names on the first line.',
    });
  return {
    columns: first.map(String),
    rows: {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          const row = await next(iterator, path);
          return row === null ? { done: true, value: undefined } : { done: false, value: row };
        },
        return: async () => {
          input.destroy();
          parser.destroy();
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    },
  };
}

async function next(iterator: AsyncIterator<readonly Value[]>, path: string): Promise<readonly Value[] | null> {
  try {
    const result = await iterator.next();
    return result.done === true ? null : result.value;
  } catch (error) {
    throw new SurefootError({
      code: 'csv-invalid',
      message: `${path}: ${messageOf(error)}`,
      hint: 'Correct the file; the step was aborted.',
      cause: error,
    });
  }
}
