import { block, ok, onFact, type PreflightCheck } from '../check.ts';

export const EXTENSIONS: PreflightCheck = {
  name: 'extensions',
  title: 'Extensions that the plan makes are available',
  examine: ({ facts, needs }) =>
    onFact(facts.extensions, (available) => {
      const absent = needs.extensions.filter((name) => !available.includes(name));
      if (absent.length === 0)
        return ok(needs.extensions.length === 0 ? 'the plan makes none' : `available: ${needs.extensions.join(', ')}`);
      return block(
        `not available on the server: ${absent.join(', ')}`,
        'Install the package that brings them (Debian: postgresql-contrib, or one named after the extension).',
      );
    }),
};
