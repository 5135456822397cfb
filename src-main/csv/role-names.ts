import type { ColumnRoleName } from '../contract/table-file.ts';

/** The names by which a column is recognised, the best first, as `plainName` gives them. */
export const namesOfRoles: Readonly<Record<ColumnRoleName, readonly string[]>> = {
  phrase: words(
    'phrase phrases term terms keyword keywords text expression concept name begriff begriffe wort stichwort ' +
      'suchbegriff terme termes motclé motcle motsclés término termino frase palabraclave',
  ),
  anchor: words(
    'anchor anchors anchorphrase query queries queryphrase source sourcephrase seed seedphrase left leftphrase phrase1 term1 word1 lemma1 ' +
      'text1 sentence1 texta phrasea input original reference anker ausgangsbegriff suchanfrage quelle requête requete ' +
      'ancre consulta ancla origen',
  ),
  target: words(
    'target targets targetphrase candidate candidates candidatephrase similar similarphrase match matched matchedphrase right ' +
      'rightphrase phrase2 term2 word2 lemma2 text2 sentence2 textb phraseb synonym synonyms variant response comparison ziel zielbegriff ' +
      'kandidat vergleich cible candidat objetivo candidato',
  ),
  context: words(
    'context cpc cpcclass cpcsymbol cpccode cpccontext cpcclassification cpcsubclass symbol ipc ipcclass class ' +
      'classification klasse klassifikation kontext contexte classe clase contexto',
  ),
  score: words(
    'score scores similarity similarityscore sim label labels gold goldscore relevance truth groundtruth ' +
      'bewertung ähnlichkeit aehnlichkeit similarité similarite similitud puntuación puntuacion',
  ),
  rating: words('rating ratings ratingcode grade judgement judgment stufe urteil notation calificación'),
  note: words(
    'note notes comment comments remark remarks annotation annotations memo description reason explanation ' +
      'bemerkung bemerkungen kommentar anmerkung notiz remarque remarques commentaire nota notas comentario observaciones',
  ),
};

/** Names that say little, so that what the column holds must agree: `class` may be A47, or "positive". */
export const weakNames: ReadonlySet<string> = new Set(
  words(
    'class classe klasse clase classification klassifikation symbol label labels gold truth groundtruth relevance ' +
      'sim grade notation name text left right input source original reference match matched response description reason',
  ),
);

/** A column's name without case, spaces and punctuation. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const roleOfPlain = new Map<string, { readonly role: ColumnRoleName; readonly rank: number }>();
for (const [role, names] of Object.entries(namesOfRoles) as [ColumnRoleName, readonly string[]][]) {
  names.forEach((name, rank) => roleOfPlain.set(name, { role, rank }));
}

/** The role that a name speaks for and how well it does (0 is best), or null. */
export function roleOfName(name: string): { readonly role: ColumnRoleName; readonly rank: number } | null {
  return roleOfPlain.get(plainName(name)) ?? null;
}

function words(text: string): string[] {
  return text.split(' ');
}
