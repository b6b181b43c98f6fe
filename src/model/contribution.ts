import type { CheckResult } from './check-result.ts';
import type { Plan } from './plan.ts';

/**
 * What a capability offers to `release` and `checklist` (items, ways back), to `ci` (checks) and to `report` (sections).
 * Those commands know none of the capabilities: they walk what is offered, in the order of `STAGES` and then of the
 * registry in commands/contributions.ts.
 */
export interface Contribution {
  readonly items?: readonly ChecklistItem[];
  readonly waysBack?: readonly WayBack[];
  readonly checks?: readonly CiCheck[];
  readonly sections?: readonly ReportSection[];
}

/**
 * The one order of a release. `before` and `after` are for the items of `checklist.md`; `rollback` is walked only when a
 * release is taken back; `later` only stands in the printed list.
 */
export const STAGES = [
  'preflight',
  'backup',
  'proofs',
  'plan',
  'window',
  'before',
  'migrate',
  'checks',
  'invariants',
  'timings',
  'after',
  'log',
  'rollback',
  'later',
] as const;
export type Stage = (typeof STAGES)[number];

/**
 * `absent`: not configured or not there yet, neither passed nor failed. `blocked`: it can not be done before another
 * item is. `open`: it waits for a person, or was not reached.
 */
export const ITEM_STATES = ['passed', 'failed', 'absent', 'blocked', 'open'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** A measured value. */
export interface Figure {
  readonly name: string;
  readonly value: number | string;
  /** Null where the value says it all. */
  readonly unit: 'ms' | 'bytes' | 'rows' | '%' | null;
}

/** One place where something is not as it should be. */
export interface ContributedFinding {
  readonly severity: 'error' | 'warning';
  /** Stable and short: the rule, hazard, error code or check it comes from. */
  readonly rule: string;
  readonly message: string;
  /** As shown to people: relative to the project. */
  readonly file: string | null;
  /** 1-based. */
  readonly line: number | null;
}

/** What is known of the release while an item runs. */
export interface ItemContext {
  readonly signal: AbortSignal;
  /** The database exists (it was there when the release began, or has been made since). */
  readonly exists: boolean;
  /** When the release began, ISO 8601 UTC. */
  readonly since: string;
  /** The last version applied when the release began; null where there was none. */
  readonly from: string | null;
  /** The last version asked for; null for all. */
  readonly to: string | null;
  /** Runs that applied something since the release began, oldest first. */
  readonly runIds: readonly string[];
  /** What is to be applied now, made once and again after each run. Throws what keeps it from being made. */
  plan(): Promise<Plan>;
}

/** What became of one item. */
export interface ItemResult {
  readonly state: ItemState;
  /** One short sentence: what was found, or why it is absent and the command that changes that. */
  readonly detail: string;
  readonly figures?: readonly Figure[];
  readonly findings?: readonly ContributedFinding[];
  /** Checks that were made for it, for the journal. */
  readonly checks?: readonly CheckResult[];
}

/** One item of the checklist of a database. */
export interface ChecklistItem {
  /** Stable and unique within the list: `backup`, `tenancy-audit`. */
  readonly id: string;
  readonly title: string;
  readonly stage: Stage;
  /** Heading it stands under where that is not its stage. */
  readonly group?: string | undefined;
  /** How it is done, for the one who does it by hand. */
  readonly help?: string | undefined;
  /** Who sees to it; null for the one who runs the release. */
  readonly owner: string | null;
  /** The states that stop the release here. By policy `absent` may be one of them. */
  readonly stops: readonly ItemState[];
  /** Null for a manual item, which is signed with a name and a note. Throws SurefootError, which is a failure. */
  readonly run: ((context: ItemContext) => Promise<ItemResult>) | null;
}

/** A way back that is offered when an item after the migration fails or a release is given up. */
export interface WayBack {
  readonly id: string;
  readonly title: string;
  /** Whether it is open now, why, and the exact command that does the same outside the release. */
  look(context: ItemContext): Promise<{ readonly open: boolean; readonly why: string; readonly command: string }>;
  run(context: ItemContext): Promise<ItemResult>;
}

/** One check of `ci`. Checks of one group run one after the other, groups run side by side. */
export interface CiCheck {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** Throws SurefootError, which is a failure. */
  run(options: CiOptions): Promise<CiResult>;
}

/** What the caller of `ci` decides. */
export interface CiOptions {
  readonly signal: AbortSignal;
  /** Prove what has no valid proof, instead of calling it a failure. */
  readonly prove: boolean;
  /** Write the kept snapshot anew, instead of comparing with it. */
  readonly keepSnapshot: boolean;
}

export interface CiResult {
  /** `absent`: there was nothing to check, which is not a pass. */
  readonly outcome: 'passed' | 'failed' | 'absent';
  readonly detail: string;
  readonly figures?: readonly Figure[];
  readonly findings?: readonly ContributedFinding[];
  /** Test cases for JUnit where the check has several, a migration each for instance. Durations in ms. */
  readonly cases?: readonly {
    readonly name: string;
    readonly outcome: CiResult['outcome'];
    readonly detail: string;
    readonly durationMs: number | null;
    readonly file: string | null;
    readonly line: number | null;
  }[];
}

/** One section of a report. */
export interface ReportSection {
  readonly id: string;
  readonly title: string;
  /** Reads what it needs when it is called. */
  value(options: ReportOptions): Promise<SectionValue>;
}

export interface ReportOptions {
  readonly signal: AbortSignal;
  /** Whether migrations may be run on a shadow to learn what they make. */
  readonly shadow: boolean;
}

/** A section without blocks is not shown; its headlines and what it knows of single migrations still are. */
export interface SectionValue {
  /** Lines for the summary at the top of the report. */
  readonly headlines: readonly Headline[];
  readonly blocks: readonly ReportBlock[];
  /** What it knows of single migrations. All that is known of a version is shown together. */
  readonly migrations?: readonly MigrationPart[];
}

export interface MigrationPart {
  readonly version: string;
  /** Heading over the blocks: `Migration`, `Checks`. */
  readonly title: string;
  readonly badges?: readonly Badge[];
  readonly blocks: readonly ReportBlock[];
}

export type Tone = 'good' | 'bad' | 'warning' | 'neutral';

export interface Badge {
  readonly text: string;
  readonly tone: Tone;
}

export interface Headline {
  readonly label: string;
  readonly text: string;
  readonly tone: Tone;
}

/** What every renderer of reports knows. All text is plain: renderers escape it. Times ISO 8601 UTC. */
export type ReportBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'figures'; readonly figures: readonly Figure[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[];
      readonly rows: readonly (readonly (string | number | Badge | null)[])[];
    }
  | {
      readonly kind: 'timeline';
      readonly entries: readonly {
        readonly at: string;
        readonly until: string | null;
        readonly label: string;
        readonly tone: Tone;
      }[];
    }
  | {
      readonly kind: 'code';
      readonly language: 'sql' | 'typescript' | 'text';
      readonly text: string;
      /** As shown to people: relative to the project. */
      readonly file?: string | null;
    }
  /** Unified lines: ` `, `+` or `-` and the text. */
  | { readonly kind: 'diff'; readonly text: string }
  | { readonly kind: 'findings'; readonly findings: readonly ContributedFinding[] }
  | { readonly kind: 'checks'; readonly checks: readonly CheckResult[] }
  /** Milliseconds before and after a change; null where there is no time from before. */
  | {
      readonly kind: 'timings';
      readonly timings: readonly {
        readonly label: string;
        readonly beforeMs: number | null;
        readonly afterMs: number;
        readonly tone: Tone;
      }[];
    }
  | {
      readonly kind: 'diagram';
      readonly label: string;
      /**
       * One SVG drawing made by surefoot, with nothing outside it. Parts of one state alone have the class `added` or
       * `removed`, parts that are another now `changed`.
       */
      readonly svg: string;
      /** The same as Mermaid; null where there is nothing. */
      readonly before: string | null;
      readonly after: string | null;
    };
