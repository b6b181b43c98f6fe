/**
 * Kind and qualified name, unique in a snapshot and the same on every server: `table public.users`,
 * `constraint users_pkey on public.users`, `default public.users.id`, `function public.f(integer, text)`,
 * `grant on table public.users to app`, `comment on column public.users.email`, `owner of table public.users`,
 * `setting user_version`. Names are quoted where SQL needs it. SQLite has no schema in front.
 */
export type ObjectId = string;
