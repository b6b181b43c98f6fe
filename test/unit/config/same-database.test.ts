import { describe, expect, it } from 'vitest';
import { databaseKey } from '../../../src/config/same-database.ts';

describe('two URLs name one database', () => {
  it.each([
    ['postgres://a@db/shop', 'postgresql://b:secret@DB:5432/shop?sslmode=require'],
    ['postgres://a@db/shop', 'postgres://a@db/sh%6Fp'],
    ['postgres://shop@db', 'postgres://other@db/shop'],
    ['postgres://a@/shop?host=/run/pg', 'postgres://b@localhost/shop?port=5432&host=%2Frun%2Fpg'],
    ['sqlite:data/app.db', 'sqlite://./data/../data/app.db'],
    ['embedded:shop', 'embedded:shop'],
    ['postgres://a@one,two/shop', 'postgres://a@one,two/shop'],
  ])('%s and %s', (one, other) => {
    expect(databaseKey(one)).toBe(databaseKey(other));
  });

  it.each([
    ['postgres://a@db/shop', 'postgres://a@db/shops'],
    ['postgres://a@db/shop', 'postgres://a@db:5433/shop'],
    ['postgres://a@db/shop', 'postgres://a@db2/shop'],
    ['postgres://a@/shop?host=/run/A', 'postgres://a@/shop?host=/run/a'],
    ['sqlite:a.db', 'sqlite:b.db'],
    ['embedded:a', 'embedded:b'],
  ])('%s and %s do not', (one, other) => {
    expect(databaseKey(one)).not.toBe(databaseKey(other));
  });

  it('never does in memory', () => {
    expect(databaseKey('sqlite::memory:')).toBeNull();
  });
});
