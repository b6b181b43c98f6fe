import { createHash } from 'node:crypto';
import type { MigrationSet } from '../../model/migration.ts';
import { TOOL_VERSION } from '../../model/tool-version.ts';
import type { Files } from '../../ports/files.ts';
import type { ErModel } from './er-model.ts';
import type { SchemaStep } from './schema-step.ts';

/** What earlier walks saw of the very same migrations. */
export interface KnownWalk {
  /** From the first migration on, without a gap. */
  readonly steps: readonly SchemaStep[];
  /** The whole schema by the chain of the version after which it is that. */
  readonly models: ReadonlyMap<string, ErModel>;
}

const NOTHING: KnownWalk = { steps: [], models: new Map() };

/**
 * One hash for each migration, over its checksum and those of all before it, the server and what is left out: what a
 * walk saw holds while it is the same.
 */
export function chainsOf(set: MigrationSet, server: string, ignored: readonly string[]): readonly string[] {
  let chain = JSON.stringify([TOOL_VERSION, server, ignored]);
  return set.migrations.map(({ version, checksum }) => {
    chain = createHash('sha256')
      .update(JSON.stringify([chain, version.text, checksum]))
      .digest('hex');
    return chain;
  });
}

/** Reads what holds for `chains`; nothing where there is no file, or not as it was written. */
export function readWalk(files: Files, file: string, chains: readonly string[]): KnownWalk {
  if (!files.exists(file)) return NOTHING;
  const [hash, text = ''] = new TextDecoder().decode(files.read(file)).split('\n');
  // What was cut short or edited is made anew.
  if (hash !== hashOf(text)) return NOTHING;
  const kept = JSON.parse(text) as Kept;
  const other = kept.steps.findIndex(({ chain }, index) => chain !== chains[index]);
  const steps = (other === -1 ? kept.steps : kept.steps.slice(0, other)).map(({ step }) => step);
  const held = new Set(chains);
  return { steps, models: new Map(kept.models.filter(([chain]) => held.has(chain))) };
}

/** Keeps what a walk saw, for the next one. */
export function keepWalk(files: Files, file: string, chains: readonly string[], { steps, models }: KnownWalk): void {
  const kept: Kept = { steps: steps.map((step, index) => ({ chain: chains[index] ?? '', step })), models: [...models] };
  const text = JSON.stringify(kept);
  files.keep(file, `${hashOf(text)}\n${text}\n`);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

interface Kept {
  readonly steps: readonly { readonly chain: string; readonly step: SchemaStep }[];
  readonly models: readonly (readonly [string, ErModel])[];
}
