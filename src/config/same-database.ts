import { normalize } from 'node:path';

/**
 * What two URLs have in common when they name one database, whoever logs in and however they are spelt; null for what is
 * another database at each opening.
 */
export function databaseKey(url: string): string | null {
  if (url.startsWith('sqlite:')) {
    const path = url.replace(/^sqlite:(?:\/\/)?/u, '');
    return path === ':memory:' ? null : `sqlite:${normalize(path)}`;
  }
  if (!/^postgres(?:ql)?:\/\//u.test(url)) return url;
  const parts = partsOf(url);
  if (parts === null) return url;
  const given = (name: string): string | null => parts.searchParams.get(name);
  const host = given('host') ?? decodeURIComponent(parts.hostname);
  const port = given('port') ?? (parts.port === '' ? '5432' : parts.port);
  const user = given('user') ?? decodeURIComponent(parts.username);
  const path = decodeURIComponent(parts.pathname.slice(1));
  return `postgres://${host.startsWith('/') ? host : host.toLowerCase()}:${port}/${given('dbname') ?? (path === '' ? user : path)}`;
}

/** Null for what URL does not take, such as several hosts. */
function partsOf(url: string): URL | null {
  try {
    return new URL(url.replace('@/', '@localhost/').replace(/^postgresql:/u, 'postgres:'));
  } catch {
    return null;
  }
}
