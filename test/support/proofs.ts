import { prove, type ProveResult } from '../../src/index.ts';
import type { Project } from './project.ts';

export async function proofsOf(project: Project, input: object = {}): Promise<ProveResult> {
  const [result] = (await prove(project.config, { ...project.options, ...input })).databases;
  if (result === undefined) throw new Error('no result');
  return result;
}

export const results = ({ versions }: ProveResult): Record<string, string> =>
  Object.fromEntries(Object.entries(versions).map(([version, { result }]) => [version, result]));
