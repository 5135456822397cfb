import { int } from '../../graph/attribute.ts';
import type { Pooling } from './head.ts';

/** The vector of the first token ([CLS]). */
export const firstToken: Pooling = ({ g }, hidden) =>
  g.op('Gather', [hidden, g.constant('int64', [], [0])], { axis: int(1) });
