import { migrate, redo, rollback, type CallOptions, type ProgressEvent } from '../../../src/index.ts';
import type { Project } from '../project.ts';
import type { Direction, Kind } from './kinds.ts';

/** A command that takes the step (003) among others in some way. */
export interface Way {
  readonly name: string;
  /** Of the step while it fails. */
  readonly direction: Direction;
  /** What is applied when the command begins. */
  readonly from: Stage;
  /** What is in place when the step has failed in its own transaction. */
  readonly stops: Stage;
  /** What is in place once the step went through. */
  readonly ends: Stage;
  /** The files of the step are gone when the command runs. */
  readonly stored: boolean;
  readonly dry: boolean;
  /** All steps are committed together. */
  readonly together: boolean;
  readonly takes: (kind: Kind) => boolean;
  readonly run: (project: Project, options: CallOptions) => Promise<unknown>;
}

/** The version applied last. */
export type Stage = '001' | '002' | '003' | '004';

type Run = Way['run'];
const up =
  (how: object): Run =>
  async (project, options) =>
    migrate(project.config, { ...project.options, ...options, ...how });
const down =
  (how: object): Run =>
  async (project, options) =>
    rollback(project.config, { ...project.options, ...options, to: '002', ...how });
const again: Run = async (project, options) => redo(project.config, { ...project.options, ...options, step: 2 });

const way = (name: string, change: Pick<Way, 'direction' | 'from' | 'stops' | 'ends' | 'run'> & Partial<Way>): Way => ({
  name,
  stored: false,
  dry: false,
  together: false,
  takes: ({ irreversible }) => change.direction === 'up' || !irreversible,
  ...change,
});
const reversible = ({ irreversible }: Kind): boolean => !irreversible;
const shares = ({ shares: together, irreversible }: Kind): boolean => together && !irreversible;

export const WAYS: readonly Way[] = [
  way('migrate', { direction: 'up', from: '001', stops: '002', ends: '004', run: up({}) }),
  way('rollback', { direction: 'down', from: '004', stops: '003', ends: '002', run: down({}) }),
  way('rollback from the history', {
    direction: 'down',
    from: '004',
    stops: '003',
    ends: '002',
    stored: true,
    run: down({}),
  }),
  way('redo, down', { direction: 'down', from: '004', stops: '003', ends: '004', run: again, takes: reversible }),
  way('redo, up', { direction: 'up', from: '004', stops: '002', ends: '004', run: again, takes: reversible }),
  way('migrate in one transaction', {
    direction: 'up',
    from: '001',
    stops: '001',
    ends: '004',
    together: true,
    run: up({ singleTransaction: true }),
    takes: ({ shares: together }) => together,
  }),
  way('rollback in one transaction', {
    direction: 'down',
    from: '004',
    stops: '004',
    ends: '002',
    together: true,
    run: down({ singleTransaction: true }),
    takes: shares,
  }),
  way('dry migrate', {
    direction: 'up',
    from: '001',
    stops: '001',
    ends: '001',
    dry: true,
    run: up({ dryRun: true }),
    takes: ({ shares: together }) => together,
  }),
  way('dry rollback', {
    direction: 'down',
    from: '004',
    stops: '004',
    ends: '004',
    dry: true,
    run: down({ dryRun: true }),
    takes: shares,
  }),
];

export type { ProgressEvent };
