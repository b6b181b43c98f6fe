import type { Badge, Headline, ReportBlock } from './contribution.ts';
import type { Engine } from './engine.ts';

/** A report as a value: what each renderer writes down. Times ISO 8601 UTC. */
export interface Report {
  readonly format: 1;
  readonly at: string;
  readonly toolVersion: string;
  readonly databases: readonly DatabaseReport[];
}

export interface DatabaseReport {
  readonly name: string;
  readonly engine: Engine;
  /** Without password. */
  readonly url: string;
  readonly headlines: readonly Headline[];
  readonly sections: readonly ReportedSection[];
  /** Ascending by version. */
  readonly migrations: readonly ReportedMigration[];
}

export interface ReportedSection {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
}

/** All that is known of one version. */
export interface ReportedMigration {
  readonly version: string;
  readonly name: string;
  readonly badges: readonly Badge[];
  readonly parts: readonly { readonly title: string; readonly blocks: readonly ReportBlock[] }[];
}
