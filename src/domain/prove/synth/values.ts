import type { ObjectId } from '../../../model/snapshot.ts';
import type { SchemaObject } from '../../../model/snapshot.ts';
import { valueText, type ValueWish } from './pools.ts';
import type { SchemaIndex } from './shape.ts';

export type TextWish = Omit<ValueWish, 'type' | 'labels'>;

/** The text form of a value of any type: element by element for arrays, attribute by attribute for composite types. */
export function textFor(index: SchemaIndex, type: string, typeObject: ObjectId | null, wish: TextWish): string | null {
  if (type.endsWith('[]')) {
    const element = textFor(index, type.slice(0, -2), typeObject, wish);
    return element === null ? '{}' : `{${quoted(element)}}`;
  }
  const object = (typeObject === null ? undefined : index.get(typeObject)) ?? ownType(index, type);
  const detail = object?.detail;
  if (object !== undefined && detail?.type === 'domain') {
    const own = [object, ...index.children(object.id)].flatMap(({ definition }) => {
      const check = /\bCHECK\b[\s\S]*/iu.exec(definition)?.[0];
      return check === undefined ? [] : [check.replaceAll(/\bVALUE\b/gu, wish.name)];
    });
    return textFor(index, detail.base, null, { ...wish, checks: [...wish.checks, ...own] });
  }
  if (detail?.type === 'composite') {
    const texts = detail.attributes.map(({ name, type: inner }) =>
      textFor(index, inner, null, { ...wish, name, checks: [] }),
    );
    return `(${texts.map((text) => (text === null ? '' : quoted(text))).join(',')})`;
  }
  if (object?.kind === 'range') return ownRange(index, object, type, wish);
  // Of an extension in another schema.
  const plain = type.toLowerCase().replace(/^(?:"[^"]+"|\w+)\./u, '');
  return valueText({ ...wish, type: plain, labels: detail?.type === 'enum' ? detail.labels : null });
}

/** A type of this schema by the name that another one gives it. */
function ownType(index: SchemaIndex, type: string): SchemaObject | undefined {
  for (const kind of ['domain', 'enum', 'composite', 'range'])
    for (const name of [type, `public.${type}`]) {
      const found = index.get(`${kind} ${name}`);
      if (found !== undefined) return found;
    }
  return undefined;
}

function ownRange(index: SchemaIndex, { definition }: SchemaObject, type: string, wish: TextWish): string {
  const subtype = /\bsubtype\s*=\s*("[^"]+"|[\w. ]+)/iu.exec(definition)?.[1]?.trim() ?? '';
  const low = textFor(index, subtype, null, { ...wish, attempt: 0, checks: [] });
  const high = textFor(index, subtype, null, { ...wish, attempt: 0, checks: [], serial: wish.serial + 1 });
  const range = low === null || high === null ? 'empty' : `[${quoted(low)},${quoted(high)})`;
  return /multirange"?$/iu.test(type) ? `{${range}}` : range;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`)}"`;
}
