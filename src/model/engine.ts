export type Engine = 'postgres' | 'sqlite';
export type Direction = 'up' | 'down';

/** A value a statement parameter may have, on both engines. */
export type Value = string | number | bigint | boolean | null | Uint8Array;

/** A row as the engines return it: 64-bit integers are numbers where safe, else text; times are text; JSON is parsed. */
export type Row = Readonly<Record<string, unknown>>;
