const endings = /\.(csv|tsv|tab|txt|psv|xlsx|xlsm|xls|gz|zip)$/i;

/** The name of a library for a file: its name without folders and endings, `mine.csv.gz` gives `mine`. */
export function libraryNameOf(fileName: string): string {
  let name = fileName;
  while (endings.test(name)) name = name.replace(endings, '');
  return name.trim() === '' ? fileName : name.trim();
}
