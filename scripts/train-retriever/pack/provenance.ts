/** Where the training data come from and under which licences. */
export const dataSources = [
  {
    name: 'Patent Phrase Similarity data set, training split (Aslanyan & Wetherbee 2022), © Google',
    licence: 'CC BY 4.0',
    source: 'https://www.kaggle.com/datasets/google/google-patent-phrase-similarity-dataset',
  },
  {
    name: 'US patent descriptions and abstracts 2005-2016: text by the USPTO, collected by api-evangelist',
    licence: 'Apache-2.0 (collection)',
    source: 'https://github.com/api-evangelist/patents-2005 to patents-2016',
  },
  {
    name: 'Random US patent abstracts (datasciencecampus/pygrams)',
    licence: 'Open Government Licence v3.0',
    source: 'https://github.com/datasciencecampus/pygrams',
  },
  {
    name: 'Cooperative Patent Classification titles 2022.02, USPTO and EPO',
    licence: 'official titles, © USPTO and EPO',
    source: 'https://www.cooperativepatentclassification.org',
  },
  {
    name: 'Open English WordNet, derived from Princeton WordNet',
    licence: 'CC BY 4.0 and the Princeton WordNet licence',
    source: 'https://en-word.net',
  },
] as const;
