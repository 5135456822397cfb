import { readEncoderConfig } from '../../architectures/config/read-config.ts';
import { fillFresh } from '../../architectures/fresh-weights.ts';
import { linearLogit } from '../../architectures/heads/linear-logit.ts';
import { namingOf } from '../../architectures/naming.ts';
import { loadWeights } from '../../weights/load-weights.ts';
import { openWeights } from '../../weights/open-shards.ts';
import { encoderModel, type EncoderModel } from '../encoder-model.ts';
import type { ModelSource } from './training-job.ts';

/** The model of a job. A head that the file of weights does not have begins fresh. */
export function openModel({ config: json, weights, seed, pooling, headDropout }: ModelSource): EncoderModel {
  const config = readEncoderConfig(json);
  return encoderModel({
    config,
    appendHead: linearLogit(pooling, headDropout),
    load: async (parameters, viewOf) => {
      const isNew = (name: string): boolean => weights === null || name.startsWith('head.');
      for (const parameter of parameters) {
        if (isNew(parameter.name)) fillFresh(parameter, seed, viewOf(parameter));
      }
      if (weights === null) return;
      const source = await openWeights(weights);
      try {
        await loadWeights(source, {
          wanted: parameters,
          rules: namingOf[config.family],
          viewOf,
          mayMiss: isNew,
        });
      } finally {
        await source.close();
      }
    },
  });
}
