import { expect, it } from 'vitest';
import { createProgress, durationWords } from '../../src-main/cli/terminal/progress.ts';

function progressAt(isTerminal: boolean, columns = 80) {
  let now = 0;
  let text = '';
  const progress = createProgress({
    isTerminal,
    columns,
    now: () => now,
    write: (part) => void (text += part),
  });
  return {
    at(seconds: number, done: number, total: number | null, stage = 'Scoring') {
      now = seconds * 1000;
      progress.report(done, total, stage);
    },
    end: () => progress.end(),
    take() {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

it('shows rows a second and the time left on a terminal, at most ten times a second', () => {
  const progress = progressAt(true);
  progress.at(0, 0, 10_000);
  expect(progress.take()).toBe('\r\u001b[KScoring: 0 of 10,000, 0 %');
  progress.at(0.05, 100, 10_000);
  expect(progress.take()).toBe('');
  progress.at(2, 2500, 10_000);
  expect(progress.take()).toBe('\r\u001b[KScoring: 2,500 of 10,000, 25 %, 1,250 rows/s, 6 s left');
  progress.end();
  expect(progress.take()).toBe('\r\u001b[K');
});

it('starts its rate anew with each stage and knows no time left without a total', () => {
  const progress = progressAt(true);
  progress.at(0, 0, 100, 'Reading');
  progress.at(10, 0, null, 'Writing');
  progress.take();
  progress.at(12, 100, null, 'Writing');
  expect(progress.take()).toBe('\r\u001b[KWriting: 100, 50 rows/s');
});

it('writes a line now and then where there is no terminal', () => {
  const progress = progressAt(false);
  for (let second = 0; second <= 12; second++) progress.at(second, second * 10, 200);
  expect(progress.take()).toBe(
    'Scoring: 50 of 200, 25 %, 10 rows/s, 15 s left\nScoring: 100 of 200, 50 %, 10 rows/s, 10 s left\n',
  );
  progress.end();
  expect(progress.take()).toBe('');
});

it('never wraps a line of the terminal', () => {
  const progress = progressAt(true, 20);
  progress.at(0, 0, 1_000_000, 'A stage with a long name');
  expect(progress.take().replace('\r\u001b[K', '').length).toBeLessThan(20);
});

it.each([
  [0.4, '0 s'],
  [59.4, '59 s'],
  [200, '3 min 20 s'],
  [7500, '2 h 5 min'],
])('%d seconds are %s', (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});
