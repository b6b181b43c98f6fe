/** One measured series. `suffix` is what follows the family's name: `_total`, `_bucket`, or nothing. */
export interface Sample {
  readonly suffix: '' | '_total' | '_bucket' | '_sum' | '_count' | '_info';
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Metrics of one name, in the words of OpenMetrics. */
export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'info';
  /** The name ends with it. Null where the number counts things. */
  readonly unit: 'seconds' | null;
  readonly help: string;
  readonly samples: readonly Sample[];
}
