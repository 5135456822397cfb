/**
 * The module of the exported model that a node belongs to, from the node's name: `/encoder/layer.0/output/dense/Add_1` belongs to
 * `/encoder/layer.0/output/dense`. Null where the name tells nothing.
 */
export function modulePath(nodeName: string | null): string | null {
  const parts = nodeName?.split('/') ?? [];
  return parts.length < 3 || parts[0] !== '' ? null : parts.slice(0, -1).join('/');
}

/**
 * Maps paths to modules: a module that is called again appears in an export with a number behind its name (`query_1` for the second
 * call of `query`). The number only counts as such where the module without it is there as well.
 */
export function modulesOf(paths: Iterable<string>): ReadonlyMap<string, string> {
  const known = new Set(paths);
  return new Map(
    [...known].map((path) => {
      const plain = path.replace(/_\d+$/, '');
      return [path, known.has(plain) ? plain : path];
    }),
  );
}
