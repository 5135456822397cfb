import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { buildLexicon } from '../../../../scripts/train-scorer/lexicon/build-lexicon.ts';
import { Lexicon } from '../../../../src-main/engine/scoring/phrase/lexicon.ts';

const synsets = [
  'synset\tpos\tlexfile\tmembers\thypernyms\tinstance_of\tholonyms\tmeronyms\tsimilar_also\tdomain_topic\tgloss',
  '1-n\tn\tx\tartifact\t\t\t\t\t\t\ta thing',
  '2-n\tn\tx\tpump|water pump\t1-n\t\t\t\t\t\tmoves liquids',
  '3-n\tn\tx\timpeller|Impellerus\t1-n\t\t2-n\t\t\t\tturns',
  '4-n\tn\tx\tzyzzyva\t1-n\t\t\t\t\t\ta weevil',
  '5-a\ta\tx\thot\t\t\t\t\t\t\twarm',
  '6-r\tr\tx\thotly\t\t\t\t\t\t\tin a hot way',
];
const relations = [
  'relation\tlemma1\tsynset1\tlemma2\tsynset2',
  'antonym\thot\t5-a\tcold\t7-a',
  'antonym\thot\t5-a\tzyzzyva\t4-n',
];
const counts = [
  'the\t1000',
  'pump\t90',
  'water\t90',
  'impeller\t50',
  'artifact\t2',
  'hot\t60',
  'cold\t60',
  'hotly\t60',
  'zyzzyva\t1',
];

it('keeps what patents speak of and what stands above it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'build-lexicon-'));
  await mkdir(join(folder, 'wordnet'));
  await mkdir(join(folder, 'text'));
  await writeFile(join(folder, 'wordnet/synsets.tsv.gz'), gzipSync(synsets.join('\n')));
  await writeFile(join(folder, 'wordnet/lexical_relations.tsv.gz'), gzipSync(relations.join('\n')));
  await writeFile(join(folder, 'text/unigrams.tsv.gz'), gzipSync(counts.join('\n')));
  const lexicon = new Lexicon(buildLexicon(folder));
  const known = ['pump', 'water pump', 'impeller', 'hot', 'artifact', 'zyzzyva', 'hotly'].filter((key) =>
    lexicon.senses(key),
  );
  expect(known).toEqual(['pump', 'water pump', 'impeller', 'hot']);
  const [pump, impeller] = [lexicon.senses('pump')!, lexicon.senses('impeller')!];
  expect([pump.synsets.length, [...impeller.wholes]]).toEqual([
    2,
    [pump.synsets[[...pump.steps].indexOf(0)]],
  ]);
  expect([lexicon.opposite('cold', 'hot'), lexicon.opposite('hot', 'zyzzyva')]).toEqual([true, false]);
  await rm(folder, { recursive: true });
});
