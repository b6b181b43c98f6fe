import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandsIn, directivesIn, filled, optionsIn } from '../../support/hinted.ts';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

/** What stands for a value, in code and in text, is a name like any other. */
const plain = (line: string): string =>
  line
    .replaceAll(/(?<=[\w-])\$\{[^{}]*\}/gu, '')
    .replaceAll(/\$\{[^{}]*\}/gu, 'main')
    .replaceAll(/[`*]/gu, ' ');

describe('commands that surefoot and its pages name', () => {
  it('have their options', () => {
    const files = [...filesIn('src', '.ts'), ...filesIn('docs', '.md'), 'README.md'];
    const wrong: string[] = [];
    let named = 0;
    for (const file of files)
      for (const [index, line] of readFileSync(join(REPOSITORY, file), 'utf8').split('\n').entries())
        try {
          named += commandsIn(plain(line)).length;
        } catch (error) {
          wrong.push(`${file}:${String(index + 1)}: ${String(error)}`);
        }
    expect(wrong).toEqual([]);
    expect(named).toBeGreaterThan(100);
  });
});

describe('the reader of commands', () => {
  it('ends where the sentence goes on', () => {
    expect(
      commandsIn(
        'Roll back with surefoot rollback main --to 003, or run surefoot restore --env live other --backup x-1 --discard-later-runs.',
      ),
    ).toEqual([
      ['rollback', 'main', '--to', '003'],
      ['restore', '--env', 'live', 'other', '--backup', 'x-1', '--discard-later-runs'],
    ]);
    expect(commandsIn('Run surefoot migrate to go on, surefoot log note <run> "a b" (or not)')).toEqual([
      ['migrate'],
      ['log', 'note', '<run>', 'a b'],
    ]);
    expect(commandsIn(String.raw`surefoot status --url 'sqlite:it'\''s here.db' main`)).toEqual([
      ['status', '--url', "sqlite:it's here.db", 'main'],
    ]);
  });

  it('fails for an option that the command does not have, and for what nobody gave a value', () => {
    expect(() => commandsIn('Run surefoot repair main --version 3')).toThrow('has no option --version');
    expect(() => commandsIn('Run surefoot rollback main --to')).toThrow('--to has no value');
    expect(() => filled(['snapshot', '<database>'])).toThrow('<database>');
    expect(filled(['repair', '--reason', '…', '<version>'], { '<version>': '4' })).toEqual([
      'repair',
      '--reason',
      expect.not.stringContaining('…'),
      '4',
    ]);
  });

  it('reads options and directives out of a sentence', () => {
    expect(optionsIn('Pass --as applied when all is there, or --as pending when not.', 'repair')).toEqual([
      '--as',
      'applied',
    ]);
    expect(optionsIn('Pass --as applied when all is there, or --as pending when not.', 'repair', 1)).toEqual([
      '--as',
      'pending',
    ]);
    expect(
      directivesIn('Put -- @transaction none at the head; or write -- @allow x <reason> and -- @deletes "A b".'),
    ).toEqual(['-- @transaction none', '-- @allow x <reason>', '-- @deletes "A b"']);
  });
});
