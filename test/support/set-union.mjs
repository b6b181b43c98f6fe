// gitlab-ci-local is made for Node 22; this is all it misses on Node 20.
const sets = Object.getPrototypeOf(new Set());
if (!('union' in sets))
  Object.defineProperty(sets, 'union', {
    value: function union(other) {
      return new Set([...this, ...other]);
    },
  });
