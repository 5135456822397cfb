import { titlePhrase } from './title-phrase.ts';

/** The text a score is conditioned on: section title and class title as phrases, lower-cased; the section's alone for a section. */
export function contextText(sectionTitle: string, classTitle: string | null): string {
  const section = titlePhrase(sectionTitle, 'section');
  const parts = classTitle === null ? [section] : [section, titlePhrase(classTitle, 'class')];
  return parts.join('; ').toLowerCase();
}
