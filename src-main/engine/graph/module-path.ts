/**
 * The module of the exported model that a node belongs to, from the node's name: `/encoder/layer.0/output/dense/Add_1` belongs to
 * `/encoder/layer.0/output/dense`. A module that is called again has a number behind its name in the file (`dense_1`), which is
 * taken off, so that both calls count as one module. Null where the name tells nothing.
 */
export function modulePath(nodeName: string | null): string | null {
  const parts = nodeName?.split('/') ?? [];
  if (parts.length < 3 || parts[0] !== '') return null;
  return parts
    .slice(0, -1)
    .map((part) => part.replace(/_\d+$/, ''))
    .join('/');
}
