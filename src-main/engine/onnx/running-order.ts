import { topologicalSort } from '../graph/topological-sort.ts';
import type { NodeRecord } from './file-records.ts';
import { refuse, shown } from './refuse.ts';

/** Nodes with each after those that it reads from; the file's order where that is such an order. Refuses circles. */
export function inRunningOrder(nodes: readonly NodeRecord[]): readonly NodeRecord[] {
  const producers = new Map<string, NodeRecord>();
  for (const node of nodes) {
    for (const name of node.outputs) {
      if (name === '') continue;
      if (producers.has(name)) {
        refuse(`The value ${shown(name)} is computed by two nodes. The file is damaged or faulty.`);
      }
      producers.set(name, node);
    }
  }
  const sorted = topologicalSort(nodes, function* (node) {
    for (const name of node.inputs) {
      const producer = producers.get(name);
      if (producer) yield producer;
    }
  });
  if ('order' in sorted) return sorted.order;
  const names = sorted.circle.slice(0, 5).map((node) => shown(node.name === '' ? node.op : node.name));
  return refuse(
    `The nodes ${names.join(', ')} wait for one another in a circle. The file is damaged or faulty.`,
  );
}
