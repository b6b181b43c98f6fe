// gitlab-ci-local is made for Node 22; this is all it misses on Node 20.
if (!('union' in Set.prototype))
  Object.defineProperty(Set.prototype, 'union', {
    value: function union(other) {
      return new Set([...this, ...other]);
    },
  });
