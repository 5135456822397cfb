/** A query that shows what the product does. */
export interface Example {
  readonly anchor: string;
  readonly context: string;
  readonly domain: string;
}

/** Queries for the first visit, one a field. */
export const examples: readonly Example[] = [
  { anchor: 'abatement of pollution', context: 'A47', domain: 'Furniture, domestic articles' },
  { anchor: 'fluid dispensing nozzle', context: 'B05', domain: 'Spraying, atomising' },
  { anchor: 'electrode plate', context: 'H01', domain: 'Electric elements' },
];
