import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Wall time in ms of a child process from its start to its end; throws with what it wrote to standard error. */
export async function time(scratch, { command, args, cwd, env }) {
  const log = join(scratch, 'stderr.txt');
  const output = openSync(log, 'w');
  const began = performance.now();
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', output] });
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve(status ?? signal));
  });
  const ms = performance.now() - began;
  closeSync(output);
  if (code === 0) return ms;
  const said = readFileSync(log, 'utf8').trim().split('\n').slice(0, 3).join(' / ');
  throw new Error(`exit ${code}: ${said.slice(0, 300)}`);
}

/**
 * Runs every contender once per round, in an order that moves on from round to round. `contenders` maps names to
 * functions that give the ms of one run. One that fails is left out from then on, with its reason.
 */
export async function interleave(contenders, rounds, deadline) {
  const names = Object.keys(contenders);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  const failures = {};
  for (let round = 0; round < rounds && (round === 0 || performance.now() < deadline); round += 1) {
    for (let at = 0; at < names.length; at += 1) {
      const name = names[(at + round) % names.length];
      if (failures[name] !== undefined) continue;
      try {
        times[name].push(await contenders[name](round));
      } catch (error) {
        failures[name] = error.message;
      }
    }
  }
  return { times, failures };
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, least and most of the ratios to the floor, each taken within one round. */
export function ratios(times, floor) {
  const values = times.flatMap((ms, round) => (floor[round] === undefined ? [] : [ms / floor[round]]));
  return values.length === 0 ? null : { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}
