import type { ZodType } from 'zod';

/** Command (and `error`, `journal-entry`) -> schema of its JSON document. */
export const SCHEMAS: Readonly<Record<string, ZodType>>;

/** The published JSON Schema of one of them. */
export function jsonSchemaText(name: string): string;
