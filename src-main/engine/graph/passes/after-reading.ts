import { eliminateCommonNodes } from './eliminate-common-nodes.ts';
import { eliminateDeadCode } from './eliminate-dead-code.ts';
import { eliminateIdentity } from './eliminate-identity.ts';
import { exposeNormalizationStatistics } from './expose-normalization-statistics.ts';
import { foldConstants } from './fold-constants.ts';
import { fuseGelu } from './fuse-gelu.ts';
import { fuseLayerNormalization } from './fuse-layer-normalization.ts';
import type { Pass } from './pass.ts';
import { untieInitialisers } from './untie-initialisers.ts';

/** The passes that make an export ready for training or for a faster inference graph, in the order in which each finds what it requires. */
export const afterReading: readonly Pass[] = [
  untieInitialisers,
  eliminateIdentity,
  foldConstants,
  fuseLayerNormalization,
  fuseGelu,
  exposeNormalizationStatistics,
  eliminateCommonNodes,
  eliminateDeadCode,
];
